"""search the timeline."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from cdef.kernel.words import fold

revision = "c81f0d6e2b57"
down_revision = "b81c40d2e6f7"
branch_labels = None
depends_on = None

EVENTS = sa.table(
    "event",
    sa.column("id", sa.Integer),
    sa.column("who", sa.Text),
    sa.column("what", sa.Text),
    sa.column("before", sa.JSON),
    sa.column("after", sa.JSON),
    sa.column("search_text", sa.Text),
)
TOGETHER = 1000


def upgrade() -> None:
    op.add_column(
        "event", sa.Column("search_text", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    last = 0
    while lines := op.get_bind().execute(following(last)).all():
        last = lines[-1].id
        op.get_bind().execute(
            sa.update(EVENTS).where(EVENTS.c.id == sa.bindparam("number")),
            [
                {"number": number, "search_text": searched(who, what, before, after)}
                for number, who, what, before, after in lines
            ],
        )


def following(last: int) -> sa.Select[int, str, str, object, object]:
    """The next lines that are not searchable yet."""
    columns = (EVENTS.c[name] for name in ("id", "who", "what", "before", "after"))
    return sa.select(*columns).where(EVENTS.c.id > last).order_by(EVENTS.c.id).limit(TOGETHER)


def searched(who: str, what: str, *values: object) -> str:
    return f"{fold(who)}\n{fold(' '.join([what, *texts(values)]))}"


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def downgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("search_text")
