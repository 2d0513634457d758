"""Messages of the web channel with their answers, by the id the browser gave them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "conversation_message",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("conversation", sa.String(250), nullable=False),
        sa.Column("message_id", sa.String(100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("replies", sa.Text()),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("conversation", "message_id", name="uq_conversation_message"),
    )
    op.create_index("ix_conversation_message_page", "conversation_message", ["conversation", "id"])


def downgrade() -> None:
    op.drop_table("conversation_message")
