"""The system that joint district-union teams register with."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask

from cdef import config
from cdef.kernel import access, clock, cookies, db, log, metrics, packing, pages, trace
from cdef.kernel.extensions import csrf, mail

# The nouns of the business, in the order in which they may import each other: only leftwards.
FEATURES = (
    "outbox",
    "accounts",
    "directory",
    "series",
    "teams",
    "registrations",
    "participants",
    "flyers",
    "reports",
)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The app, with ``settings`` over the environment over the defaults; ``BadSetting`` if they clash."""
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.jinja_environment = pages.Templates
    config.load(app, settings)
    db.init_app(app)
    mail.init_app(app)
    csrf.init_app(app)
    clock.init_app(app)
    cookies.init_app(app)
    metrics.init_app(app)
    packing.init_app(app)
    trace.init_app(app)
    log.init_app(app)
    access.init_app(app)
    pages.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(import_module(f"cdef.{feature}").blueprint)
    for part in ("health", "commands"):
        import_module(f"cdef.{part}").init_app(app)
    return app
