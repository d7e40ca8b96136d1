"""letters keep the number of the request in which they were written."""

import sqlalchemy as sa
from alembic import op

revision = "d94b17e3a05f"
down_revision = "c41d7f0e9a36"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letter", sa.Column("request_id", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("request_id")
