"""The app and the floor as processes of their own; what each has taken of the machine."""

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
from tempfile import gettempdir

from cdef.config import DEFAULTS
from tests.bench.data import Data, settings

ROOT = Path(__file__).parent.parent.parent
# As the starter does once it has found its libraries.
APP = ("-c", "import gc; gc.disable(); from cdef import cli; cli.main([])")
FLOOR = ("-m", "tests.bench.floor")
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

    def megabytes(self) -> float:
        """The memory that is its own, with its share of what it shares (PSS)."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@contextmanager
def pair(data: Data) -> Iterator[tuple[Server, Server]]:
    """The app on the data, and the floor on a copy of it."""
    copy = copy_for_floor(data)
    with running(*APP, database=data.path) as app, running(*FLOOR, database=copy) as floor:
        yield app, floor


def copy_for_floor(data: Data) -> Path:
    copy = data.path.with_suffix(".floor.sqlite3")
    if not copy.exists():
        shutil.copy(data.path, copy)
    return copy


@contextmanager
def running(*command: str, database: Path, threads: int = DEFAULTS["THREADS"]) -> Iterator[Server]:
    port = free_port()
    address = settings(database)["SQLALCHEMY_DATABASE_URI"]
    with database.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command, address, str(port), str(threads)],
            cwd=ROOT,
            env=environment(database, port, threads),
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(port, process)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def environment(database: Path, port: int, threads: int) -> dict[str, str]:
    """As installed: what was compiled is kept, elsewhere where it must not be kept here."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("CDEF_")}
    if inherited.pop("PYTHONDONTWRITEBYTECODE", ""):
        inherited["PYTHONPYCACHEPREFIX"] = str(Path(gettempdir()) / "cdef-bench-compiled")
    own = {f"CDEF_{name}": str(value) for name, value in settings(database).items()}
    return inherited | own | {"CDEF_PORT": str(port), "CDEF_THREADS": str(threads)}


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
            time.sleep(0.005)
    raise RuntimeError("a server did not start")
