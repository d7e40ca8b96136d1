"""Serving the app: the embedded server with its mail worker, and the demonstration."""

import gc
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from cdef import backups, create_app
from cdef.accounts import actions as accounts
from cdef.accounts.rules import FIRST_STAFF
from cdef.config import in_a_sentence
from cdef.demo.stage import stage
from cdef.demo.views import blueprint as demo_pages
from cdef.directory import actions as directory
from cdef.kernel import clock
from cdef.kernel.links import link
from cdef.outbox import worker
from cdef.schema import bring_up_to_date
from cdef.series import actions as series

CONNECTIONS = 1000  # browsers keep some open each; past the limit nobody new is let in
UPLOADS = 4  # times too large, an upload is not even read; until then the app says so on its page
DEMO_NOW = "2016-10-17T09:00:00"


def run() -> None:
    """Bring the database up, fill an empty one, start the mail worker, and serve."""
    with in_a_sentence():
        app = create_app()
        with app.app_context():
            bring_up_to_date()
            fill()
        backups.nightly(app)
        server = bind(app)
        settle()
        with app.app_context():
            greet(app)
    serve(app, server)


def fill() -> None:
    """The 2016-17 series and a dozen districts, where there is nothing yet."""
    series.load_series(now=clock.now())
    directory.load_seed()


def greet(app: Flask) -> None:
    """Say where the app is, and while nobody is staff by an own address, let somebody in."""
    click.echo(f"The training registers teams at {app.config['BASE_URL']}/")
    if any(person.email != FIRST_STAFF for person in accounts.administrators()):
        return
    accounts.add_staff(FIRST_STAFF, name="First staff member", by=None, now=clock.now())
    secret = accounts.sign_in_link(FIRST_STAFF, now=clock.now())
    click.echo("Nobody is staff yet. This link signs you in as staff, once, within 30 minutes:")
    click.echo(f"  {link('accounts.confirm', secret=secret)}")
    click.echo("Then make it yours: python app.py staff add YOUR@ADDRESS")


def settle() -> None:
    """What the start has made stays as long as the process: the garbage collector is spared it."""
    gc.collect()
    gc.freeze()
    gc.enable()


def bind(app: Flask) -> BaseWSGIServer | MultiSocketServer:
    """The server, listening but not answering yet; its words where it cannot."""
    host, port = app.config["HOST"], app.config["PORT"]
    largest = UPLOADS * app.config["MAX_CONTENT_LENGTH"]
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=app.config["THREADS"],
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            ident=None,
            clear_untrusted_proxy_headers=not app.config["PROXIES"],
            max_request_body_size=largest,
        )
    except OSError as error:
        sys.exit(
            f"Cannot listen on {host}, port {port}: {error.strerror}. Set CDEF_PORT to another."
        )
    except ValueError:
        sys.exit(f"CDEF_HOST must be an address of this machine, and is {host!r}.")


def serve(app: Flask, server: BaseWSGIServer | MultiSocketServer) -> None:
    """Answer, with the mail worker beside, until told to stop; what is in hand is finished."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    finish = worker.start(app) if app.config["WORKER"] else lambda: None
    try:
        server.run()
    finally:
        finish()


def demo() -> None:
    """A throw-away database with the demo cast, at the source page's own time."""
    folder = Path(tempfile.mkdtemp(prefix="cdef-demo-"))
    try:
        with in_a_sentence():
            app = create_app(demo_settings(folder))
            app.register_blueprint(demo_pages)
            server = bind(app)
            with app.app_context():
                bring_up_to_date()
                fill()
                stage()
        settle()
        click.echo(f"The demonstration is at {app.config['BASE_URL']}/demo")
        serve(app, server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def demo_settings(folder: Path) -> dict[str, Any]:
    return {
        "DEMO": True,
        "PRETEND_NOW": DEMO_NOW,
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'demo.sqlite3'}",
        "SECRET_KEY": os.urandom(24).hex(),
        "MAIL_SERVER": "",
    }
