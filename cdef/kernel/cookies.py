"""How cookies and form tokens are signed: with SHA-256, where the libraries' own choice is SHA-1."""

from hashlib import sha256

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer


class Cookies(SecureCookieSessionInterface):
    """The cookie of a browser, signed and readable: it holds a key, and nothing about anybody."""

    digest_method = staticmethod(sha256)


def init_app(app: Flask) -> None:
    app.session_interface = Cookies()
    # Flask-WTF signs a form's token with whatever is usual, and cannot be told otherwise.
    Signer.default_digest_method = staticmethod(sha256)
