"""wordings: staff make the words of letters their own."""

import sqlalchemy as sa
from alembic import op

revision = "b90e4c27f6d1"
down_revision = "4f8e2a91c6d7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wording",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "scope", name=op.f("pk_wording")),
    )


def downgrade() -> None:
    op.drop_table("wording")
