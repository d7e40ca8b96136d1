"""A mail server that speaks by a script, and does one thing wrong at one step of one conversation."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from tests.cast import parse

STEPS = ["greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", ".", "QUIT"]
FAULTS = {"4xx": "451 4.3.2 Come back later", "5xx": "550 5.7.1 Not here", "silence": "", "cut": ""}
AGREED = {"greeting": "220 Ready", "DATA": "354 Go on", "AUTH": "235 Welcome", "QUIT": "221 Bye"}
OFFERED = "250-scripted\r\n250-AUTH PLAIN\r\n250 STARTTLS"


class Cut(Exception):
    """The conversation has ended without a word."""


class ScriptedServer:
    """Takes every letter, but does its fault the first time that it comes to the step."""

    def __init__(self, step: str, fault: str) -> None:
        self.fault: tuple[str, str] | None = (step, fault)
        self.accepted: list[bytes] = []  # Also what it accepted without saying so.
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self) -> None:
        while True:
            try:
                conversation, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(conversation,), daemon=True).start()

    def talk(self, conversation: socket.socket) -> None:
        with conversation, conversation.makefile("rwb") as file, suppress(Cut, OSError):
            self.answer(file, "greeting")
            while line := file.readline():
                self.obey(file, line.decode().split(" ")[0].strip().upper().split(":")[0])

    def obey(self, file: BinaryIO, verb: str) -> None:
        self.answer(file, verb)
        if verb == "DATA" and not self.refused:
            lines = list(iter(file.readline, b".\r\n"))
            raw = b"".join(line.removeprefix(b".") for line in lines)
            step, fault = self.fault or ("", "")
            if step != "." or fault in ("silence", "cut"):
                self.accepted.append(raw)
            self.answer(file, ".")
        if verb == "QUIT":
            raise Cut

    def answer(self, file: BinaryIO, step: str) -> None:
        words = AGREED.get(step, OFFERED if step == "EHLO" else "250 Go on")
        self.refused = False
        if self.fault and self.fault[0] == step:
            fault, self.fault = self.fault[1], None
            self.refused, words = True, FAULTS[fault]
            if fault == "silence":
                self.over.wait(10)
            if not words:
                raise Cut
        file.write(f"{words}\r\n".encode())
        file.flush()

    def identities(self) -> list[str]:
        return [str(parse(raw)["Message-ID"]) for raw in self.accepted]

    def stop(self) -> None:
        self.over.set()
        self.listener.close()


@contextmanager
def scripted_server(step: str, fault: str) -> Iterator[ScriptedServer]:
    server = ScriptedServer(step, fault)
    try:
        yield server
    finally:
        server.stop()
