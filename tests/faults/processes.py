"""Servers and workers of a driver, forked from its warm nursery."""

import atexit
import json
import os
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.served import ROOT, Process, Served


@lru_cache
def root() -> "subprocess.Popen[str]":
    """The process that has imported everything, from which nurseries are forked."""
    found = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        text=True,
        env={name: text for name, text in os.environ.items() if not name.startswith("CDEF_")},
    )
    atexit.register(found.communicate)
    return found


class Nursery:
    """The process that servers and workers come from; it ends with ``end``, and they with it."""

    def __init__(self, folder: Path, **told: Any) -> None:
        self.turn = threading.Lock()
        ways = folder / "to", folder / "back"
        for way in ways:
            os.mkfifo(way)
        where = {"to": str(ways[0]), "back": str(ways[1])}
        orders = root().stdin
        assert orders is not None
        orders.write(json.dumps(where) + "\n")
        orders.flush()
        self.stdin, self.stdout = ways[0].open("w"), ways[1].open()
        for way in ways:
            way.unlink()
        self.say(**told)

    def order(self, **words: Any) -> Any:
        """Say something and hear the answer; one at a time."""
        with self.turn:
            self.say(**words)
            return self.hear()

    def say(self, **words: Any) -> None:
        self.stdin.write(json.dumps(words) + "\n")
        self.stdin.flush()

    def hear(self) -> Any:
        answer = self.stdout.readline()
        assert answer, "the nursery has ended, and said above why"
        return json.loads(answer)

    def end(self) -> None:
        self.stdin.close()
        self.stdout.read()


class Child(Process):
    """A command of the app in a process of its own."""

    def __init__(self, nursery: Nursery, output: Path, *command: str, **told: Any) -> None:
        self.nursery, self.output = nursery, output
        self.pid: int = nursery.order(command=list(command) or None, output=str(output), **told)

    def ended_within(self, seconds: float) -> int | None:
        code: int | None = self.nursery.order(pid=self.pid, patience=seconds)
        return code


class ServedChild(Child, Served):
    """The app itself, at a port that the driver chose."""

    def __init__(self, nursery: Nursery, output: Path, port: int, **told: Any) -> None:
        self.port = port
        told["settings"] = told["settings"] | {"PORT": port, "WORKER": False}
        Child.__init__(self, nursery, output, **told)
