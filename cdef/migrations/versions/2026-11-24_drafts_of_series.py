"""drafts of series, and rules that were removed."""

import sqlalchemy as sa
from alembic import op

revision = "c41f8e2b7d06"
down_revision = "c3e9a17f52d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default stays: to take it away, SQLite would have to make the table anew.
    no = sa.false()
    op.add_column("series", sa.Column("is_draft", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("team_rule", sa.Column("removed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("team_rule", "removed_at")
    op.drop_column("series", "is_draft")
