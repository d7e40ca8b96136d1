"""Every setting: its type, its default and the reason for it, checked when the app starts."""

import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from cdef.kernel.clock import starting_at
from cdef.kernel.emails import is_email
from cdef.kernel.turns import turn

MEGABYTE = 1024 * 1024
NO_SENDER = "Cohort Training <training@localhost.localdomain>"

DEFAULTS: dict[str, Any] = {
    # Links in letters are made from this, never from the request's Host.
    # Empty: this machine, at the port below.
    "BASE_URL": "",
    "HOST": "127.0.0.1",
    "PORT": 5000,
    # How many requests are worked on at once. `python app.py bench --only threads` compares them.
    "THREADS": 4,
    # Whether browsers are to hold all names below the app's own to HTTPS as well. At the bare name of a
    # district, other sites stand below it, and some may have no HTTPS.
    "HSTS_SUBDOMAINS": True,
    # How many proxies stand before the app, each of which adds X-Forwarded-For: limits count who asks.
    "PROXIES": 0,
    # An ISO time at which the app's clock starts, for the demo and the tests.
    "PRETEND_NOW": "",
    # The demo alone shows sign-in and personal links in the outbox and on one page.
    "DEMO": False,
    # Without a mail server letters are held, never lost.
    "MAIL_SERVER": "",
    "MAIL_PORT": 25,
    "MAIL_USERNAME": "",
    "MAIL_PASSWORD": "",
    "MAIL_USE_TLS": False,
    "MAIL_USE_SSL": False,
    "MAIL_SUPPRESS_SEND": False,  # Tests speak to a real server too.
    "MAIL_TIMEOUT": 20.0,  # seconds that a step of a delivery may take, at most 60
    "MAIL_DEFAULT_SENDER": NO_SENDER,
    "WORKER": True,  # The mail worker runs inside the server.
    # Whoever sends this as a bearer token reads /metrics. Empty: whoever asks from this machine.
    "METRICS_TOKEN": "",
    "FREE_DISK_MB": 200,  # With less than this beside the room for a copy, the app is not well.
    "MAX_CONTENT_LENGTH": 5 * MEGABYTE,
    "MAX_FORM_MEMORY_SIZE": MEGABYTE,
    "WTF_CSRF_TIME_LIMIT": None,  # A page left open over lunch still saves.
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_REFRESH_EACH_REQUEST": False,  # An open page that asks for news prolongs nothing.
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 30,
    "SQLALCHEMY_DATABASE_URI": "",
    "SECRET_KEY": "",
    "TESTING": False,
}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


class CannotStart(Exception):
    """What whoever starts the app can mend; the sentence says it."""


class BadSetting(CannotStart):
    """A setting that the app cannot start with; the sentence names it and says what is expected."""


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """End the process with the sentence of what keeps it from starting, and not with a traceback."""
    try:
        yield
    except CannotStart as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database does not answer: {error.orig}")


def load(app: Flask, overrides: Mapping[str, Any] | None) -> None:
    """Defaults, then ``CDEF_…`` from the environment, then ``overrides``; checked, embedded where empty."""
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("CDEF")
    app.config.from_mapping(texts_as_they_are())
    app.config.from_mapping(overrides or {})
    check(wrong_types(app.config))
    embed(app)
    check(complaints(app.config))
    harden(app)
    trust_proxies(app)


def texts_as_they_are() -> dict[str, str]:
    """A password of digits stays a text, though the prefixed environment reads it as a number."""
    texts = (name for name, default in DEFAULTS.items() if isinstance(default, str))
    return {name: os.environ[f"CDEF_{name}"] for name in texts if f"CDEF_{name}" in os.environ}


def check(wrong: Iterable[str]) -> None:
    """Stop with everything that is wrong, each in its sentence."""
    sentences = list(wrong)
    if sentences:
        raise BadSetting("\n".join(sentences))


def wrong_types(config: Mapping[str, Any]) -> Iterator[str]:
    for name, default in DEFAULTS.items():
        wanted, found = type(default), type(config[name])
        if default is None or found is wanted or (wanted is float and found is int):
            continue
        yield f"CDEF_{name} must be {KINDS[wanted]}, and is {config[name]!r}."


def complaints(config: Mapping[str, Any]) -> Iterator[str]:
    """What the app cannot start with, though each setting is of its type."""
    for name in ("PORT", "MAIL_PORT"):
        if not 0 < config[name] < 65536:
            yield f"CDEF_{name} must be between 1 and 65535, and is {config[name]}."
    if not 0 < config["THREADS"] <= 64:
        yield f"CDEF_THREADS must be between 1 and 64, and is {config['THREADS']}."
    if config["PROXIES"] < 0:
        yield "CDEF_PROXIES must be the number of proxies before the app, 0 if there is none."
    if not is_time(config["PRETEND_NOW"]):
        yield "CDEF_PRETEND_NOW must be an ISO time like 2016-10-17T09:00, or empty."
    if not is_database(config["SQLALCHEMY_DATABASE_URI"]):
        yield "CDEF_SQLALCHEMY_DATABASE_URI must be the address of a database, like postgresql://…"
    yield from address_complaints(config)
    yield from mail_complaints(config)


def address_complaints(config: Mapping[str, Any]) -> Iterator[str]:
    if not is_own_address(config["BASE_URL"]):
        yield "CDEF_BASE_URL must be the app's own address and no more, like https://training.example.org."
    elif is_outside(config) and not is_secure(config):
        yield "CDEF_BASE_URL must begin with https:// unless the app stays on this machine."


def mail_complaints(config: Mapping[str, Any]) -> Iterator[str]:
    """Settings with which no letter would arrive, or a password would travel for all to read."""
    is_encrypted = config["MAIL_USE_TLS"] or config["MAIL_USE_SSL"]
    goes_out = config["MAIL_SERVER"] not in {"", *LOOPBACK}
    if not 0 < config["MAIL_TIMEOUT"] <= 60:
        yield "CDEF_MAIL_TIMEOUT must be more than 0 and at most 60 seconds."
    if not is_email(parseaddr(config["MAIL_DEFAULT_SENDER"])[1]):
        yield "CDEF_MAIL_DEFAULT_SENDER must be an address, like Training <training@example.org>."
    if goes_out and config["MAIL_DEFAULT_SENDER"] == NO_SENDER:
        yield "CDEF_MAIL_DEFAULT_SENDER must be set with CDEF_MAIL_SERVER: who letters come from."
    if config["MAIL_USE_TLS"] and config["MAIL_USE_SSL"]:
        yield "Set CDEF_MAIL_USE_TLS (STARTTLS) or CDEF_MAIL_USE_SSL (from the first byte), not both."
    if bool(config["MAIL_USERNAME"]) != bool(config["MAIL_PASSWORD"]):
        yield "Set CDEF_MAIL_USERNAME and CDEF_MAIL_PASSWORD, or neither."
    if goes_out and config["MAIL_PASSWORD"] and not is_encrypted:
        yield "CDEF_MAIL_PASSWORD needs CDEF_MAIL_USE_TLS or CDEF_MAIL_USE_SSL to travel unread."


def embed(app: Flask) -> None:
    """What an operator need not set: a database file and a secret key in the instance folder."""
    folder = Path(app.instance_path)
    if not app.config["BASE_URL"]:
        app.config["BASE_URL"] = f"http://{in_a_url(app.config['HOST'])}:{app.config['PORT']}"
    if not app.config["SQLALCHEMY_DATABASE_URI"]:
        folder.mkdir(parents=True, exist_ok=True)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'cdef.sqlite3'}"
    if not app.config["SECRET_KEY"]:
        app.config["SECRET_KEY"] = own_secret(folder)


def in_a_url(host: str) -> str:
    if host == "::1":
        return "localhost"  # which browsers know as the same, and Werkzeug as a host to trust
    return f"[{host}]" if ":" in host else host


def own_secret(folder: Path) -> str:
    """The key that signs cookies, made once and readable by this user alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret_key"
    if not content(path):
        with turn(folder / "secret_key.lock"):
            if not content(path):
                write_privately(path, secrets.token_urlsafe(48))
    return content(path)


def content(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


def write_privately(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def harden(app: Flask) -> None:
    """What follows from the app's own address: which hosts it answers to, and which cookies it sets."""
    host = urlsplit(app.config["BASE_URL"]).hostname or ""
    app.config["TRUSTED_HOSTS"] = sorted({host} | (LOOPBACK if host in LOOPBACK else set()))
    if is_secure(app.config):
        app.config["SESSION_COOKIE_SECURE"] = True
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"


def trust_proxies(app: Flask) -> None:
    """Learn from the proxies before the app who asks; from anybody else the header is a guess."""
    number = app.config["PROXIES"]
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=0)  # type: ignore[method-assign]


def is_secure(config: Mapping[str, Any]) -> bool:
    return urlsplit(str(config["BASE_URL"])).scheme == "https"


def is_outside(config: Mapping[str, Any]) -> bool:
    return urlsplit(config["BASE_URL"]).hostname not in LOOPBACK


def is_own_address(url: str) -> bool:
    """Whether this is scheme, host and port, and nothing else that a link could not follow."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for what is no number
    except ValueError:
        return False
    rest = parts.path.strip("/"), parts.query, parts.fragment, parts.username
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(rest)


def is_time(text: str) -> bool:
    try:
        return not text or bool(starting_at(text))
    except ValueError:
        return False


def is_database(url: str) -> bool:
    try:
        return bool(make_url(url))
    except ArgumentError:
        return False
