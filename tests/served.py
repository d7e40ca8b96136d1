"""The app as a real process, which a test can stop and kill.

Each is forked from one process that has imported everything: a start takes a tenth of a second.
"""

import atexit
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client

from tests.pages import Browser

ROOT = Path(__file__).parent.parent
PATIENCE = 60  # seconds until a process must answer, or have ended
NURSERY = """
import json, os, signal, sys, time
from cdef import cli, serve

children = set()

def ended(pid, patience):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            children.discard(pid)
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)

for line in sys.stdin:
    order = json.loads(line)
    if "pid" in order:
        print(json.dumps(ended(order["pid"], order["patience"])), flush=True)
        continue
    pid = os.fork()
    if pid == 0:
        break
    children.add(pid)
    print(pid, flush=True)
else:
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    sys.exit()
os.environ.update(order["environment"])
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
os.dup2(1, 2)
signal.signal(signal.SIGINT, signal.default_int_handler)
serve.run() if order["command"] is None else cli.main(order["command"])
"""


@lru_cache
def nursery() -> "subprocess.Popen[str]":
    """The process that all others are forked from; it ends with this one."""
    found = subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={name: text for name, text in os.environ.items() if not name.startswith("CDEF_")},
    )
    atexit.register(found.communicate)
    return found


def order(**words: Any) -> Any:
    process = nursery()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(words) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


class Process:
    """One command of the app, or the app itself when there is none."""

    def __init__(self, output: Path, *command: str, **environment: object) -> None:
        self.output = output
        settings = {f"CDEF_{name}": str(value) for name, value in environment.items()}
        settings["TMPDIR"] = str(output.parent)
        self.pid: int = order(
            command=list(command) or None, environment=settings, output=str(output)
        )

    def tell(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def ended(self) -> int:
        """The exit code; a negative one is the signal that killed it."""
        code = self.ended_within(PATIENCE)
        assert code is not None, f"process {self.pid} goes on:\n{self.said()}"
        return code

    def ended_within(self, seconds: float) -> int | None:
        code: int | None = order(pid=self.pid, patience=seconds)
        return code

    def said(self) -> str:
        return self.output.read_text() if self.output.exists() else ""

    def says(self, words: str) -> None:
        """Wait until it says this."""
        wait_until(lambda: words in self.said(), lambda: f"{words!r} is not in:\n{self.said()}")


class Served(Process):
    """The app, served at a port of its own, with its data in a folder."""

    def __init__(self, folder: Path, **environment: object) -> None:
        self.port = int(environment.setdefault("PORT", free_port()))  # type: ignore[call-overload]
        folder.mkdir(exist_ok=True)
        settings = {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'cdef.sqlite3'}",
            "SECRET_KEY": "for tests only",
        }
        super().__init__(folder / "output.txt", **settings | environment)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ready(self) -> "Served":
        """The same, once it answers."""
        wait_until(self.answers, lambda: f"nobody answers at {self.port}:\n{self.said()}")
        return self

    def answers(self) -> bool:
        try:
            return self.browser().client.get("/healthz/live").status_code == 200
        except OSError:
            return False

    def browser(self) -> Browser:
        """Somebody without scripts, who comes over the network."""
        return Browser(Client(self.forward))  # type: ignore[arg-type]

    def forward(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Ask the process what a test's client would ask the app."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            name.removeprefix("HTTP_").replace("_", "-").title(): value
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        headers["Content-Type"] = environ.get("CONTENT_TYPE", "")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        path = environ["PATH_INFO"] + (
            f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
        )
        try:
            connection.request(
                environ["REQUEST_METHOD"], path, environ["wsgi.input"].read(length), headers
            )
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        kept = [(name, self.local(name, value)) for name, value in answer.getheaders()]
        start_response(f"{answer.status} {answer.reason}", kept)
        return [body]

    @staticmethod
    def local(name: str, value: str) -> str:
        """A redirection within the site, as the test's client follows it."""
        return (
            urlsplit(value)._replace(scheme="", netloc="").geturl() if name == "Location" else value
        )

    def stop(self) -> int:
        self.tell(signal.SIGTERM)
        return self.ended()

    def kill(self) -> None:
        self.tell(signal.SIGKILL)
        assert self.ended() == -signal.SIGKILL


def wait_until(holds: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.01)


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
