"""What a driver leaves when it is killed before it can clear up: the next one does it."""

import os
import shutil
import tempfile
from pathlib import Path

from tests.faults.stores import unmount

PREFIX = "cdef-faults-"


def folder_prefix() -> str:
    """Of this process's own folders: the next driver sees by it whether anybody is still in there."""
    return f"{PREFIX}{os.getpid()}-"


def clear_up(where: Path | None = None) -> None:
    """Unmount and remove the folders of drivers that are no more."""
    for folder in (where or Path(tempfile.gettempdir())).glob(f"{PREFIX}*-*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not lives(int(pid)) and folder.stat().st_uid == os.getuid():
            if folder.is_mount():
                unmount(folder)
            shutil.rmtree(folder, ignore_errors=True)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
