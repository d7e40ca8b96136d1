"""What a PostgreSQL database holds, taken and put back: a hundredth of what a new database costs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from cdef.kernel.db import Base
from tests.databases import address_of, administer, closing, copy_database, fresh_name, server

# Rises with whatever is made, altered or set for the database; that something was dropped, the
# count tells.
SCHEMA = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint) FROM {kind}"  # noqa: S608 (none of it is anybody's)
    for kind in ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_db_role_setting")
)
OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
COUNTS = "SELECT sequencename, last_value FROM pg_sequences"

TURNS = 300  # What is deleted stays in the files, where every look at a table meets it.

Marks = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Contents:
    """The rows of each table that has any, as COPY writes them, and how far each sequence is."""

    rows: dict[str, bytes]
    counts: dict[str, int | None]


class Lent:
    """A database that one test after another finds as it was filled."""

    def __init__(self, template: str) -> None:
        self.template, self.name = template, fresh_name()
        self.tables = ["alembic_version", *(table.name for table in Base.metadata.sorted_tables)]
        self.make()
        closing.callback(administer, server(), f"DROP DATABASE {self.name} WITH (FORCE)")
        closing.callback(lambda: self.connection.close())

    def make(self) -> None:
        self.turns = TURNS
        copy_database(self.template, self.name)
        engine = create_engine(
            address_of(self.name), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        self.connection = engine.connect()
        self.driver: Any = self.connection.connection.driver_connection
        self.seed = self.there = self.take()
        self.marks_there = self.marks()
        self.schema = self.ask(SCHEMA)

    def ask(self, question: str) -> list[Any]:
        return list(self.connection.exec_driver_sql(question).fetchall())

    def begin(self) -> str:
        """Its address, when it is as it was filled, and nobody is in it."""
        self.turns -= 1
        if self.turns and self.is_the_same():
            self.put(self.seed)
        else:
            self.connection.close()
            self.make()
        return address_of(self.name)

    def is_the_same(self) -> bool:
        """Whether only rows may have changed; a test that ends every connection has ended this one."""
        try:
            self.ask(OTHERS)
            return self.ask(SCHEMA) == self.schema
        except DBAPIError:
            return False

    def marks(self) -> Marks:
        """What differs in a table whenever its rows do: how many, and who wrote the newest."""
        asked = (
            f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM \"{name}\""  # noqa: S608
            for name in self.tables
        )
        found = self.ask(" UNION ALL ".join(asked))
        return {name: (rows, newest) for name, rows, newest in found if rows}

    def take(self) -> Contents:
        with self.driver.transaction():
            self.run(["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"])
            return Contents(
                {name: self.rows(name) for name in self.marks()}, dict(self.ask(COUNTS))
            )

    def rows(self, name: str) -> bytes:
        with self.driver.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
            return b"".join(copy)

    def put(self, contents: Contents) -> None:
        """Make it hold this; what it holds already stays."""
        found = self.marks()
        changed = self.changed(found, contents)
        old = [name for name in reversed(changed) if name in found]
        with self.driver.transaction():
            self.run(f'DELETE FROM "{name}"' for name in old)  # noqa: S608
            for name in changed:
                self.write(name, contents.rows.get(name, b""))
        self.run(
            f"SELECT setval('{name}', {count or 1}, {count is not None})"
            for name, count in contents.counts.items()
        )
        self.there, self.marks_there = contents, self.marks()

    def run(self, statements: Iterable[str]) -> None:
        self.driver.execute("; ".join(statements))

    def write(self, name: str, rows: bytes) -> None:
        if rows:
            with self.driver.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
                copy.write(rows)

    def changed(self, found: Marks, contents: Contents) -> list[str]:
        """The tables to write anew, and with each those that refer to it, in the order of writing."""
        changed = {
            name
            for name in self.tables
            if found.get(name) != self.marks_there.get(name)
            or self.there.rows.get(name) != contents.rows.get(name)
        }
        for table in Base.metadata.sorted_tables:
            if any(key.column.table.name in changed for key in table.foreign_keys):
                changed.add(table.name)
        return [name for name in self.tables if name in changed]


lent: dict[str, Lent] = {}


def lend(template: Callable[[], str]) -> str:
    """The address of this process's one such database, as a test is to find it."""
    if not lent:
        made = Lent(template())
        lent[made.name] = made
    return next(iter(lent.values())).begin()
