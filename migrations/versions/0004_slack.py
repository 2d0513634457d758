"""Slack: events taken, threads followed, answers given, long payloads; and one person in two places."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "slack_event",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("person", sa.String(90), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("calls", sa.Text()),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(32)),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_slack_event_received_at", "slack_event", ["received_at"])
    op.create_table(
        "slack_thread",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("ts", sa.String(30), primary_key=True),
        sa.Column("user", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
    )
    op.create_table(
        "slack_answer",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("ts", sa.String(30), primary_key=True),
        sa.Column("person", sa.String(90), nullable=False),
        sa.Column("sent", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "slack_token",
        sa.Column("token", sa.String(40), primary_key=True),
        sa.Column("person", sa.String(90), primary_key=True),
        sa.Column("payload", sa.Text(), nullable=False),
    )
    op.create_table(
        "join_code",
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_join_code_person", "join_code", ["person"])
    op.create_table(
        "identity_join",
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("external_id", sa.String(200), primary_key=True),
        sa.Column("person", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_identity_join_person", "identity_join", ["person"])


def downgrade() -> None:
    for table in ("identity_join", "join_code", "slack_token", "slack_answer", "slack_thread", "slack_event"):
        op.drop_table(table)
