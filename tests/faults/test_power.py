"""What is left of SQLite's file when the power fails right after a commit, as the app sets it and otherwise."""

import subprocess
import sys
from pathlib import Path
from random import Random
from sqlite3 import OperationalError, connect

import pytest

from tests.faults import power
from tests.served import ROOT

ROWS = 20
WRITER = """
import sqlite3, sys
from cdef.kernel.db import configure_sqlite
from tests.faults import power

path, synced, setting = sys.argv[1:]
power.record(synced)
connection = sqlite3.connect(path)
configure_sqlite(connection, None)
connection.execute(setting or "SELECT 1")
connection.execute("CREATE TABLE row (number INTEGER)")
for number in range(int(sys.stdin.read())):
    connection.execute("INSERT INTO row VALUES (?)", (number,))
"""


@pytest.mark.power
@pytest.mark.skipif(power.library() is None, reason="SQLite is hidden inside this Python")
@pytest.mark.parametrize(
    ("setting", "left"),
    [
        ("", ROWS),
        ("PRAGMA journal_mode = DELETE", ROWS - 1),  # The removed journal comes back.
        ("PRAGMA synchronous = OFF", 0),
    ],
)
def test_a_commit_outlives_the_power_only_as_the_app_sets_sqlite(
    tmp_path: Path, setting: str, left: int
) -> None:
    path, synced = tmp_path / "own.sqlite3", tmp_path / "synced"
    synced.mkdir()
    command = [sys.executable, "-c", WRITER, str(path), str(synced), setting]
    subprocess.run(command, cwd=ROOT, input=str(ROWS), text=True, check=True)
    power.fail(path, synced, Random(1))
    assert count(path) == left


def count(path: Path) -> int:
    try:
        [[found]] = connect(path).execute("SELECT count(*) FROM row")
    except OperationalError:  # Not even the table is there.
        return 0
    return int(found)
