"""Starts the app on a machine that has nothing but Python: `python app.py`, `python app.py test`.

It installs the locked libraries into a folder once and runs itself again with the Python there.
A server that brings its own libraries imports it instead, as `app:create_app()`.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("CDEF_VENV") or ROOT / ".venv").absolute()
NEEDS, TEST_NEEDS = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
PYTHON, STAMP = "Scripts/python.exe" if os.name == "nt" else "bin/python", "installed.txt"
TEST_COMMANDS = {"test", "check", "bench", "faults"}


def create_app() -> Flask:
    from cdef import create_app as build

    return build()


def refuse_old_python(version: tuple[int, ...]) -> None:
    if version < (3, 11):
        found = ".".join(str(part) for part in version)
        sys.exit(f"This app needs Python 3.11 or newer, and this is Python {found}.")


def needs_of(arguments: list[str]) -> Path:
    return TEST_NEEDS if TEST_COMMANDS.intersection(arguments[:1]) else NEEDS


def fingerprint(needs: Path) -> str:
    """Changes with the locked versions, and with the Python that they were installed for."""
    return f"{sha256(needs.read_bytes()).hexdigest()} {sys.version_info[:2]}"


def is_whole(venv: Path) -> bool:
    """Whether it was filled to the end, for this Python, with what some release needs."""
    if not ((venv / PYTHON).exists() and (venv / STAMP).exists()):
        return False
    return (venv / STAMP).read_text().endswith(f" {sys.version_info[:2]}")


def is_ready(venv: Path, needs: Path) -> bool:
    """What the tests need includes what the app needs."""
    stamps = {fingerprint(needs), fingerprint(TEST_NEEDS)}
    return is_whole(venv) and (venv / STAMP).read_text() in stamps


def wait_for_turn(file: BinaryIO) -> None:
    """Of two starters one installs; pip inherits the turn, should its starter be killed."""
    os.set_inheritable(file.fileno(), True)
    if sys.platform == "win32":
        import msvcrt

        while True:
            with suppress(OSError):
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                break
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def run(purpose: str, *command: object) -> None:
    if subprocess.call([str(part) for part in command], close_fds=False):
        sys.exit(f"\n{purpose} failed; the lines above say why. Starting again tries again.")


def install(venv: Path, needs: Path) -> None:
    """Without its stamp, a folder may be half filled: it is emptied, but only if it is a venv.

    With the stamp of another release it is brought up to date, and keeps what was added by hand.
    """
    has_begun = is_whole(venv)
    (venv / STAMP).unlink(missing_ok=True)
    if not has_begun:
        clear = ["--clear"] if (venv / "pyvenv.cfg").exists() else []
        run(f"Making {venv}", sys.executable, "-m", "venv", *clear, venv)
    pip = [venv / PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    run("Downloading the libraries, which needs the network,", *pip, "-r", needs)
    (venv / STAMP).write_text(fingerprint(needs))


def prepare(venv: Path, needs: Path) -> None:
    if is_ready(venv, needs):
        return
    print(f"Installing the libraries into {venv}, once: about a minute.", flush=True)
    with Path(f"{venv}.lock").open("wb") as file:
        wait_for_turn(file)
        if not is_ready(venv, needs):
            install(venv, needs)


def run_again(python: Path) -> None:
    command = [str(python), __file__, *sys.argv[1:]]
    os.environ.pop("PYTHONHOME", None)
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(python, command)


def main(arguments: list[str]) -> None:
    refuse_old_python(sys.version_info[:3])
    prepare(VENV, needs_of(arguments))
    if not VENV.samefile(sys.prefix):
        run_again(VENV / PYTHON)
    gc.disable()  # What a start makes stays: to look through it again and again takes a sixth longer.
    from cdef import cli

    cli.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
