"""The knowledge store and the experience record."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "certification_figure",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("certification", sa.String(80), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("currency", sa.String(3)),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_certification_figure_certification", "certification_figure", ["certification"])
    op.create_index("ix_certification_figure_expires_on", "certification_figure", ["expires_on"])
    op.create_table(
        "knowledge_item",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date()),
    )
    op.create_table(
        "knowledge_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=False),
    )
    op.create_table(
        "unanswered_question",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("competency", sa.String(80)),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
    )
    op.create_index("ix_evidence_person", "evidence", ["person"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("thumb", sa.String(4), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_feedback_person", "feedback", ["person"])
    op.create_table(
        "identity",
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("external_id", sa.String(200), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_identity_person", "identity", ["person"])
    op.create_table(
        "plan_step",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("done_when", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("advice", sa.String(80), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("due", sa.Date()),
    )
    op.create_index("ix_plan_step_person", "plan_step", ["person"])
    op.create_table(
        "skipped_question",
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("question", sa.String(80), primary_key=True),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("conversation", sa.String(250), nullable=False),
        sa.Column("message_id", sa.String(100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("person", "conversation", "message_id", name="uq_statement_message"),
    )
    op.create_index("ix_statement_person", "statement", ["person"])
    op.create_table(
        "fact",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("statement", sa.String(32), sa.ForeignKey("statement.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("fact_id", sa.String(80), nullable=False),
        sa.Column("polarity", sa.String(10), nullable=False),
        sa.Column("months_least", sa.Integer()),
        sa.Column("months_most", sa.Integer()),
        sa.Column("current", sa.Boolean()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.String(10)),
        sa.Column("end", sa.String(10)),
        sa.Column("amount", sa.Float()),
        sa.Column("unit", sa.String(20)),
        sa.Column("superseded_by", sa.String(32)),
    )
    op.create_index("ix_fact_current", "fact", ["person", "superseded_by"])
    op.create_index("ix_fact_person", "fact", ["person"])


def downgrade() -> None:
    for table in (
        "fact",
        "statement",
        "skipped_question",
        "plan_step",
        "identity",
        "feedback",
        "evidence",
        "unanswered_question",
        "person",
        "knowledge_version",
        "knowledge_item",
        "certification_figure",
    ):
        op.drop_table(table)
