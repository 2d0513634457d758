"""The last position among a person's facts, asked for at every new fact, is found by an index."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_fact_position", "fact", ["person", "position"])


def downgrade() -> None:
    op.drop_index("ix_fact_position", table_name="fact")
