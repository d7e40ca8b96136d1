"""what staff may do: whoever was staff has every role, as until now."""

import sqlalchemy as sa
from alembic import op

revision = "c3f7a2d91e58"
down_revision = "c4e9a1d27f58"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("UPDATE person SET roles = 'staff needs finance admin' WHERE roles != ''"))


def downgrade() -> None:
    op.execute(sa.text("UPDATE person SET roles = 'staff admin' WHERE roles != ''"))
