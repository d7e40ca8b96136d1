"""Taking turns: of several processes that share a folder, one at a time does what only one may do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def wait_for_turn(file: BinaryIO) -> None:
        while True:
            with suppress(OSError):  # It gives up after ten seconds.
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                return
else:
    import fcntl

    def wait_for_turn(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait until no other process has its turn; the file stays, the turn ends with the process."""
    with path.open("wb") as file:
        wait_for_turn(file)
        yield
