"""Folders of drivers that were killed are cleared up, and of no others."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.leftovers import PREFIX, clear_up, folder_prefix
from tests.faults.stores import mount, unmount


@pytest.fixture
def gone() -> int:
    """The number of a process that is no more."""
    found = subprocess.Popen([sys.executable, "-c", ""])
    found.wait()
    return found.pid


def test_a_folder_goes_with_what_was_mounted_there(tmp_path: Path, gone: int) -> None:
    folder = tmp_path / f"{PREFIX}{gone}-x"
    folder.mkdir()
    is_mounted = mount(folder)
    (folder / "cdef.sqlite3").touch()
    clear_up(tmp_path)
    assert not folder.exists()
    if is_mounted:
        with pytest.raises(subprocess.CalledProcessError):
            unmount(folder)


def test_a_folder_in_use_stays_and_so_does_what_bears_no_number(tmp_path: Path) -> None:
    kept = [tmp_path / f"{folder_prefix()}x", tmp_path / f"{PREFIX}nobody-x"]
    for folder in kept:
        folder.mkdir()
    clear_up(tmp_path)
    assert sorted(kept) == sorted(tmp_path.iterdir())
    assert str(os.getpid()) in kept[0].name
