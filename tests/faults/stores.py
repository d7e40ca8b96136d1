"""The two databases that a run can have: each begins anew for every seed, and has ways to break."""

import resource
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Protocol

from sqlalchemy import create_engine, text

from tests.databases import address_of, administer, copy_database, fresh_name, server
from tests.faults import power

ROOM = 64  # megabytes, of which a run needs four


class Store(Protocol):
    """Where the database is; ``servers`` and ``workers`` are how many processes use it."""

    address: str
    durable: str  # Where what was synced is kept, if anywhere.
    servers: int
    workers: int

    def keep(self) -> None: ...
    def begin(self) -> None: ...
    def lock(self, seconds: float) -> None: ...
    def end(self) -> None: ...


class Sqlite:
    """A file, in a small file system of its own where that may be mounted, so that it can be filled."""

    servers = workers = 1

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_mounted = mount(folder)
        self.path, self.synced = folder / "cdef.sqlite3", folder / "synced"
        self.synced.mkdir()
        self.address, self.durable = f"sqlite:///{self.path}", str(self.synced)

    def keep(self) -> None:
        """The database is as every run shall find it."""
        self.content = self.path.read_bytes()

    def begin(self) -> None:
        for old in (*self.folder.glob("*.sqlite3-*"), *self.synced.iterdir()):
            old.unlink()
        for path in (self.path, self.synced / self.path.name):
            path.write_bytes(self.content)

    def lock(self, seconds: float) -> None:
        """Somebody else writes for a while."""
        other = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        other.execute("ROLLBACK")
        other.close()

    def fill_disk(self, seconds: float, pids: Callable[[], list[int]]) -> None:
        """Nothing more fits for a while; without an own file system, no file may grow."""
        if self.is_mounted:
            ballast = self.folder / "ballast"
            with ballast.open("wb", buffering=0) as file:
                fill(file.write)
            time.sleep(seconds)
            ballast.unlink()
            return
        limit_files(pids(), self.path.stat().st_size)
        time.sleep(seconds)
        limit_files(pids(), resource.RLIM_INFINITY)

    def lose_power(self, chance: Random) -> None:
        power.fail(self.path, self.synced, chance)

    def end(self) -> None:
        if self.is_mounted:
            unmount(self.folder)


def mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "-l", folder], check=True)  # noqa: S607


def fill(write: Callable[[bytes], int]) -> None:
    for size in (1 << 20, 4096, 1):
        try:
            while write(bytes(size)) == size:
                pass
        except OSError:
            continue


def limit_files(pids: list[int], size: int) -> None:
    for pid in pids:
        try:
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
        except ProcessLookupError:
            continue


class Postgresql:
    """A server of this process's own, with a database that is copied from the kept one."""

    servers, workers, durable = 3, 2, ""

    def __init__(self, _folder: Path) -> None:
        self.name, self.kept = fresh_name(), fresh_name()
        administer(server(), f"CREATE DATABASE {self.name}")
        self.address = address_of(self.name)

    def keep(self) -> None:
        copy_database(self.name, self.kept)

    def begin(self) -> None:
        copy_database(self.kept, self.name)

    def lock(self, seconds: float) -> None:
        """Somebody else holds every cohort for a while."""
        engine = create_engine(self.address)
        with engine.begin() as connection:
            connection.execute(text("SELECT id FROM cohort FOR UPDATE"))
            time.sleep(seconds)
        engine.dispose()

    def disconnect(self) -> None:
        """Everybody's connection ends, in the midst of whatever it does."""
        others = f"datname = '{self.name}' AND pid <> pg_backend_pid()"
        question = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"  # noqa: S608
        administer(server(), question)

    def end(self) -> None:
        for name in (self.name, self.kept):
            administer(server(), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


STORES: dict[str, Callable[[Path], "Sqlite | Postgresql"]] = {
    "sqlite": Sqlite,
    "postgresql": Postgresql,
}
