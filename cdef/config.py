"""Every setting: its type, its default and the reason for it, checked when the app starts."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

MEGABYTE = 1024 * 1024

DEFAULTS: dict[str, Any] = {
    # Links in letters are made from this, never from the request's Host.
    # Empty: this machine, at the port below.
    "BASE_URL": "",
    "HOST": "127.0.0.1",
    "PORT": 5000,
    # An ISO time at which the app's clock starts, for the demo and the tests.
    "PRETEND_NOW": "",
    # The demo alone shows sign-in and personal links in the outbox and on one page.
    "DEMO": False,
    # Without a mail server letters are held, never lost.
    "MAIL_SERVER": "",
    "MAIL_PORT": 25,
    "MAIL_USERNAME": None,
    "MAIL_PASSWORD": None,
    "MAIL_USE_TLS": False,
    "MAIL_USE_SSL": False,
    "MAIL_SUPPRESS_SEND": False,  # Tests speak to a real server too.
    "MAIL_TIMEOUT": 20,  # seconds that any step of a delivery may take
    "MAIL_DEFAULT_SENDER": "Cohort Training <training@localhost.localdomain>",
    "WORKER": True,  # The mail worker runs inside the server.
    "MAX_CONTENT_LENGTH": 5 * MEGABYTE,
    "MAX_FORM_MEMORY_SIZE": MEGABYTE,
    "WTF_CSRF_TIME_LIMIT": None,  # A page left open over lunch still saves.
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 30,
    "SQLALCHEMY_DATABASE_URI": "",
    "SECRET_KEY": "",
    "TESTING": False,
}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadSetting(ValueError):
    """A setting that the app cannot start with; the sentence names it and says what is expected."""


def load(app: Flask, overrides: Mapping[str, Any] | None) -> None:
    """Defaults, then ``CDEF_…`` from the environment, then ``overrides``; checked, embedded where empty."""
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("CDEF")
    app.config.from_mapping(texts_as_they_are())
    app.config.from_mapping(overrides or {})
    embed(app)
    check(app.config)
    harden(app)


def texts_as_they_are() -> dict[str, str]:
    """A password of digits stays a text, though the prefixed environment reads it as a number."""
    texts = (
        name for name, default in DEFAULTS.items() if default is None or isinstance(default, str)
    )
    return {name: os.environ[f"CDEF_{name}"] for name in texts if f"CDEF_{name}" in os.environ}


def check(config: Mapping[str, Any]) -> None:
    for name, default in DEFAULTS.items():
        wanted = str if default is None else type(default)
        value = config[name]
        if not (value is None and default is None) and not isinstance(value, wanted):
            raise BadSetting(f"CDEF_{name} must be of type {wanted.__name__}, and is {value!r}.")
    if urlsplit(config["BASE_URL"]).scheme not in {"http", "https"}:
        raise BadSetting("CDEF_BASE_URL must be the app's own address, beginning with https://.")
    if is_outside(config) and not is_secure(config):
        raise BadSetting(
            "CDEF_BASE_URL must begin with https:// unless the app stays on this machine."
        )


def embed(app: Flask) -> None:
    """What an operator need not set: a database file and a secret key in the instance folder."""
    folder = Path(app.instance_path)
    if not app.config["BASE_URL"]:
        app.config["BASE_URL"] = f"http://{app.config['HOST']}:{app.config['PORT']}"
    if not app.config["SQLALCHEMY_DATABASE_URI"]:
        folder.mkdir(parents=True, exist_ok=True)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'cdef.sqlite3'}"
    if not app.config["SECRET_KEY"]:
        app.config["SECRET_KEY"] = own_secret(folder)


def own_secret(folder: Path) -> str:
    """The key that signs cookies, made once and readable by this user alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key


def harden(app: Flask) -> None:
    """What follows from the app's own address: which hosts it answers to, and which cookies it sets."""
    host = urlsplit(app.config["BASE_URL"]).hostname or ""
    app.config["TRUSTED_HOSTS"] = sorted({host} | (LOOPBACK if host in LOOPBACK else set()))
    if is_secure(app.config):
        app.config["SESSION_COOKIE_SECURE"] = True
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"


def is_secure(config: Mapping[str, Any]) -> bool:
    return urlsplit(str(config["BASE_URL"])).scheme == "https"


def is_outside(config: Mapping[str, Any]) -> bool:
    return urlsplit(config["BASE_URL"]).hostname not in LOOPBACK
