"""Conversations: their events and the slots after the last one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("sender_id", sa.String(250), primary_key=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversation_changed_at", "conversation", ["changed_at"])
    op.create_table(
        "conversation_event",
        sa.Column("sender_id", sa.String(250), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("data", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("conversation_event")
    op.drop_table("conversation")
