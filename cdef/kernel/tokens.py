"""Mailed links and codes, of which only hashes are kept, and keys that make a repeated form harmless."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, mapped_column

from cdef.kernel.db import Base, db

SECRET_BYTES = 24  # 192 bits
CODE_DIGITS = 6


class Token(Base):
    """What one mailed link proves: that its reader owns the address, for a purpose, until a time."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at


class DoneOnce(Base):
    """A form that was already carried out, and the address that its answer led to."""

    __tablename__ = "done_once"

    key: Mapped[str] = mapped_column(primary_key=True)
    result: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Issued:
    """A fresh token with its secrets, which exist only here and in the letter."""

    secret: str
    code: str


def issue(
    purpose: str,
    email: str,
    *,
    lifetime: timedelta,
    now: datetime,
    payload: dict[str, Any] | None = None,
    issued: Issued | None = None,
) -> Issued:
    """Add a token in the caller's transaction; its code works beside its link, for the same time.

    ``issued`` are secrets that a letter holds which was written before.
    """
    issued = issued or fresh()
    db.session.add(
        Token(
            purpose=purpose,
            email=email,
            secret_hash=digest(issued.secret),
            code_hash=code_digest(email, issued.code),
            payload=payload or {},
            created_at=now,
            expires_at=now + lifetime,
        )
    )
    return issued


def fresh() -> Issued:
    """Secrets that nobody knows yet, and that open nothing until they are issued."""
    return Issued(new_secret(), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}")


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def derived(purpose: str, nonce: str) -> str:
    """A secret that can be shown again: without the app's key nobody makes it from what is stored."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    octets = hmac.new(key, f"{purpose}:{nonce}".encode(), "sha256").digest()[:SECRET_BYTES]
    return urlsafe_b64encode(octets).decode()


def newest_open(purpose: str, email: str, *, now: datetime) -> Token | None:
    """The last token of a purpose for an address, while it is open."""
    query = select(Token).where(Token.purpose == purpose, Token.email == email)
    token = db.session.scalar(query.order_by(Token.id.desc()).limit(1))
    return token if token and token.is_open(now) else None


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def code_digest(email: str, code: str) -> str:
    """Keyed, since six digits alone could be guessed from their hash."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"{email}:{code}".encode(), "sha256").hexdigest()


def find(purpose: str, secret: str, *, now: datetime) -> Token | None:
    """The open token behind a link, or None."""
    query = select(Token).where(Token.purpose == purpose, Token.secret_hash == digest(secret))
    token = db.session.scalar(query)
    return token if token and token.is_open(now) else None


def find_by_code(purpose: str, email: str, code: str, *, now: datetime) -> Token | None:
    """The newest open token that this address and code prove, or None."""
    query = select(Token).where(
        Token.purpose == purpose,
        Token.email == email,
        Token.code_hash == code_digest(email, code),
        Token.used_at.is_(None),
        Token.expires_at > now,
    )
    return db.session.scalar(query.order_by(Token.id.desc()))


def revoke(purpose: str, email: str, payload: dict[str, Any], *, now: datetime) -> None:
    """Close the open tokens of one purpose and address that are about the same thing."""
    query = select(Token).where(
        Token.purpose == purpose, Token.email == email, Token.used_at.is_(None)
    )
    for token in db.session.scalars(query):
        if token.payload == payload:
            token.used_at = now


def end_all(purpose: str, email: str, *, now: datetime) -> None:
    """Close every open token of one purpose for an address."""
    query = select(Token).where(
        Token.purpose == purpose, Token.email == email, Token.used_at.is_(None)
    )
    for token in db.session.scalars(query):
        token.used_at = now


def once_key(key: str, *fields: str) -> str:
    """The key of a form with what it says: the same form with other words is another one."""
    return digest("\n".join([key, *fields])) if key else ""


def already_done(key: str) -> str | None:
    """What an earlier sending of the same form led to; ask inside the transaction."""
    done = db.session.get(DoneOnce, key) if key else None
    return done.result if done else None


def remember(key: str, result: str, *, now: datetime) -> None:
    """Keep the form's answer in the transaction that does its work."""
    if key:
        db.session.add(DoneOnce(key=key, result=result, at=now))
