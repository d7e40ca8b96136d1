"""The app and the floor as processes of their own, and how much processor time each has taken."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.data import Data, settings

ROOT = Path(__file__).parent.parent.parent
APP = "from cdef import serve; serve.run()"
PATIENCE = 60  # seconds until a server must listen


@dataclass(frozen=True)
class Server:
    """A process that answers at a port."""

    pid: int
    port: int

    def processor_time(self) -> float:
        """Seconds that all of its threads have computed."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def pair(data: Data) -> Iterator[tuple[Server, Server]]:
    """The app on the data, and the floor on a copy of it."""
    copy = data.path.with_suffix(".floor.sqlite3")
    shutil.copy(data.path, copy)
    bare = running("-m", "tests.bench.floor", database=copy)
    with running("-c", APP, database=data.path) as app, bare as floor:
        yield app, floor


@contextmanager
def running(*command: str, database: Path) -> Iterator[Server]:
    port = free_port()
    address = settings(database)["SQLALCHEMY_DATABASE_URI"]
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("CDEF_")}
    own = {f"CDEF_{name}": str(value) for name, value in settings(database).items()}
    with database.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command, address, str(port)],
            cwd=ROOT,
            env=inherited | own | {"CDEF_PORT": str(port)},
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(port, process)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("a server did not start")
