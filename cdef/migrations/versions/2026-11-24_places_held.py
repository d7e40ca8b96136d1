"""places held for names to follow."""

import sqlalchemy as sa
from alembic import op

from cdef.kernel.names import same_person_key

revision = "5b1d7c0e9a24"
down_revision = "25a4e3123a71"
branch_labels = None
depends_on = None

INDEX = "uq_member_team_id_email"
NAMED = sa.text("removed_at IS NULL AND email <> ''")
PRESENT = sa.text("removed_at IS NULL")
MEMBER = sa.table("member", sa.column("id"), sa.column("name"), sa.column("name_key"))


def upgrade() -> None:
    op.add_column("cohort", sa.Column("names_due", sa.Date(), nullable=True))
    # The defaults stay: to take them away, SQLite would have to make the table anew.
    for name in ("name_key", "once"):
        op.add_column("member", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    key_names()
    op.create_index("ix_member_name_key", "member", ["name_key"])
    one_address(NAMED)


def downgrade() -> None:
    one_address(PRESENT)
    op.drop_index("ix_member_name_key", "member")
    op.drop_column("member", "once")
    op.drop_column("member", "name_key")
    op.drop_column("cohort", "names_due")


def key_names() -> None:
    """Fold the names of the members who are there already."""
    connection = op.get_bind()
    for number, name in connection.execute(sa.select(MEMBER.c.id, MEMBER.c.name)).all():
        key = same_person_key(name)
        connection.execute(MEMBER.update().where(MEMBER.c.id == number).values(name_key=key))


def one_address(of: sa.TextClause) -> None:
    """An address stands once on a roster: on which rows that is asked."""
    op.drop_index(INDEX, "member")
    op.create_index(
        INDEX, "member", ["team_id", "email"], unique=True, sqlite_where=of, postgresql_where=of
    )
