"""What stays from seed to seed: the database's place, the nursery, the mail server, and who reads."""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from cdef import create_app
from cdef.kernel.db import db
from tests.faults.leftovers import clear_up, folder_prefix
from tests.faults.processes import Nursery
from tests.faults.setting import BEGIN, Setting, settings
from tests.faults.stores import STORES
from tests.outbox.mail_server import MailServer
from tests.served import free_port


class Stage:
    """One for each database."""

    def __init__(self, database: str) -> None:
        clear_up()
        self.closing = ExitStack()
        self.folder = Path(self.closing.enter_context(TemporaryDirectory(prefix=folder_prefix())))
        self.store = STORES[database](self.folder)
        self.closing.callback(self.store.end)
        self.post = MailServer()
        self.post.start()
        self.closing.callback(self.post.stop)
        self.nursery = Nursery(self.folder, address=self.store.address, mail_port=self.post.port)
        self.closing.callback(self.nursery.end)
        self.setting = Setting(**self.nursery.hear())
        self.store.keep()
        self.ports = [free_port() for _ in range(self.store.servers)]
        self.app = create_app(settings(self.store.address, self.post.port) | {"PRETEND_NOW": BEGIN})

    def warm(self) -> None:
        """Use everything once: it is worth it where many seeds follow."""
        self.nursery.order(warm=True)

    @contextmanager
    def begun(self) -> Iterator[Flask]:
        """All is as in the beginning; the app in this process reads the database."""
        self.store.begin()
        self.post.received.clear()
        with self.app.app_context():
            yield self.app
            db.session.remove()
            db.engine.dispose()


@lru_cache
def stage(database: str) -> Stage:
    """Made once for each process, and gone with it."""
    made = Stage(database)
    atexit.register(made.closing.close)
    return made
