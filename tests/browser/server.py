"""The app behind a real server in a thread, which a test can stop and start again."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

HOST = "127.0.0.1"


class Server:
    """Waitress on a port of its own; the port is known before there is an app to serve."""

    def __init__(self) -> None:
        self.app: Callable[..., Iterable[bytes]] | None = None
        self.port = 0
        self.listen()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def listen(self) -> None:
        self.waitress: Any = create_server(self.answer, host=HOST, port=self.port, threads=4)
        self.port = int(self.waitress.effective_port)
        self.thread = threading.Thread(target=self.waitress.run, name="web server", daemon=True)

    def answer(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start_response)

    def start(self) -> None:
        """Serve; after a stop, on the same port again."""
        if self.thread.ident:
            self.listen()
        self.thread.start()

    def stop(self) -> None:
        """Cut every connection and stop listening; whatever is being answered is finished first."""
        self.waitress.task_dispatcher.shutdown()
        close_all = partial(wasyncore.close_all, self.waitress._map)
        self.waitress.trigger.pull_trigger(close_all)  # In its own thread: the loop ends there.
        self.thread.join()
