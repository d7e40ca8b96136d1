"""Serving the app: the embedded server with its mail worker, and the demonstration."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from flask import Flask
from waitress.server import create_server

from cdef import create_app
from cdef.accounts import actions as accounts
from cdef.config import BadSetting
from cdef.demo.stage import stage
from cdef.demo.views import blueprint as demo_pages
from cdef.directory import actions as directory
from cdef.kernel import clock
from cdef.kernel.links import link
from cdef.outbox import worker
from cdef.schema import NewerSchema, bring_up_to_date
from cdef.series import actions as series

THREADS = 4
FIRST_STAFF = "staff@localhost.localdomain"
DEMO_NOW = "2016-10-17T09:00:00"


def run() -> None:
    """Bring the database up, fill an empty one, start the mail worker, and serve."""
    try:
        app = create_app()
        with app.app_context():
            bring_up_to_date()
            fill()
            greet(app)
    except (BadSetting, NewerSchema) as error:
        sys.exit(str(error))
    listen(app)


def fill() -> None:
    """The 2016-17 series and a dozen districts, where there is nothing yet."""
    series.load_series(now=clock.now())
    directory.load_seed()


def greet(app: Flask) -> None:
    """Say where the app is, and let the first staff member in without mail."""
    click.echo(f"The training registers teams at {app.config['BASE_URL']}/")
    if accounts.staff():
        return
    accounts.add_staff(FIRST_STAFF, name="First staff member", by=None, now=clock.now())
    secret = accounts.sign_in_link(FIRST_STAFF, now=clock.now())
    click.echo("Nobody is staff yet. This link signs you in as staff, once, within 30 minutes:")
    click.echo(f"  {link('accounts.confirm', secret=secret)}")
    click.echo("Then make it yours: python app.py staff add YOUR@ADDRESS")


def listen(app: Flask) -> None:
    host, port = app.config["HOST"], app.config["PORT"]
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        sys.exit(
            f"Cannot listen on {host}, port {port}: {error.strerror}. Set CDEF_PORT to another."
        )
    finish = worker.start(app) if app.config["WORKER"] else lambda: None
    try:
        server.run()
    finally:
        finish()


def demo() -> None:
    """A throw-away database with the demo cast, at the source page's own time."""
    folder = Path(tempfile.mkdtemp(prefix="cdef-demo-"))
    try:
        app = create_app(demo_settings(folder))
        app.register_blueprint(demo_pages)
        with app.app_context():
            bring_up_to_date()
            fill()
            stage()
        click.echo(f"The demonstration is at {app.config['BASE_URL']}/demo")
        listen(app)
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
