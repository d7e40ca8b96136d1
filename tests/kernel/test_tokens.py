"""Mailed links and codes: hard to guess, kept only as hashes, bound to purpose, address and time."""

from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from cdef.kernel import clock, tokens
from cdef.kernel.db import db, transaction
from cdef.kernel.tokens import Issued, Token
from tests.conftest import both_databases

OWNER, OTHER = "imogen.castellanos@example.org", "beatriz.holloway@example.org"
HOUR = timedelta(hours=1)


def issue(email: str = OWNER, purpose: str = "sign-in", next_path: str = "/") -> Issued:
    payload = {"next": next_path}
    with transaction():
        return tokens.issue(purpose, email, lifetime=HOUR, now=clock.now(), payload=payload)


def proves(
    issued: Issued, *, purpose: str = "sign-in", email: str = OWNER, minutes: float = 0
) -> tuple[bool, bool]:
    """Whether the link and the code are good for a purpose, an address and a time."""
    now = clock.now() + timedelta(minutes=minutes)
    link = tokens.find(purpose, issued.secret, now=now)
    code = tokens.find_by_code(purpose, email, issued.code, now=now)
    return link is not None, code is not None


@both_databases
def test_a_link_and_its_code_prove_the_same(app: Flask) -> None:
    issued = issue()
    link = tokens.find("sign-in", issued.secret, now=clock.now())
    assert link is not None
    assert (link.email, link.payload) == (OWNER, {"next": "/"})
    assert tokens.find_by_code("sign-in", OWNER, issued.code, now=clock.now()) is link


def test_neither_link_nor_code_is_stored(app: Flask) -> None:
    issued = issue()
    token = db.session.scalars(select(Token)).one()
    stored = [str(getattr(token, column.key)) for column in Token.__table__.columns]
    assert not any(secret in text for secret in (issued.secret, issued.code) for text in stored)


def test_links_have_192_bits_and_codes_six_digits(app: Flask) -> None:
    many = [issue() for _ in range(20)]
    assert {len(issued.secret) for issued in many} == {32}
    assert len({issued.secret for issued in many}) == 20
    assert all(issued.code.isdecimal() and len(issued.code) == 6 for issued in many)
    assert len({issued.code for issued in many}) > 15


def test_they_are_good_for_their_purpose_alone(app: Flask) -> None:
    assert proves(issue(), purpose="partner") == (False, False)


def test_a_code_is_good_for_its_address_alone(app: Flask) -> None:
    issued = issue()
    assert proves(issued, email=OTHER) == (True, False)


def test_one_code_is_kept_differently_for_two_addresses_and_two_keys(app: Flask) -> None:
    """Or one table of a million hashes would open all of them."""
    first = tokens.code_digest(OWNER, "123456")
    assert first != tokens.code_digest(OTHER, "123456")
    app.config["SECRET_KEY"] = "another"
    assert first != tokens.code_digest(OWNER, "123456")


@pytest.mark.parametrize(("minutes", "is_good"), [(0, True), (59, True), (60.1, False)])
def test_they_end_after_their_time(app: Flask, minutes: float, is_good: bool) -> None:
    assert proves(issue(), minutes=minutes) == (is_good, is_good)


@pytest.mark.parametrize("secret", ["", "x", "ä", "x" * 10_000, "' OR 1=1 --"])
def test_what_was_never_issued_proves_nothing(app: Flask, secret: str) -> None:
    issue()
    assert proves(Issued(secret, secret)) == (False, False)


@both_databases
def test_revoking_closes_what_is_open_for_one_purpose_address_and_thing(app: Flask) -> None:
    first, second = issue(), issue()
    other, partner, elsewhere = issue(OTHER), issue(purpose="partner"), issue(next_path="/teams/7")
    with transaction():
        tokens.revoke("sign-in", OWNER, {"next": "/"}, now=clock.now())
    assert [proves(issued) for issued in (first, second)] == 2 * [(False, False)]
    assert proves(other, email=OTHER) == (True, True)
    assert proves(partner, purpose="partner") == (True, True)
    assert proves(elsewhere) == (True, True)


def test_the_same_form_with_other_words_is_another_form() -> None:
    key = tokens.once_key("key", "Imogen", "imogen@example.org")
    assert key == tokens.once_key("key", "Imogen", "imogen@example.org")
    assert key != tokens.once_key("key", "Imogen", "beatriz@example.org")
    assert key != tokens.once_key("another", "Imogen", "imogen@example.org")
    assert tokens.once_key("", "Imogen") == ""


@both_databases
def test_a_form_that_was_carried_out_is_remembered_with_its_work(app: Flask) -> None:
    with transaction():
        tokens.remember("key", "/teams/7", now=clock.now())
    assert tokens.already_done("key") == "/teams/7"
    assert tokens.already_done("another") is None


def test_a_form_whose_work_was_undone_is_not_remembered(app: Flask) -> None:
    with suppress(ZeroDivisionError), transaction():
        tokens.remember("key", "/teams/7", now=clock.now())
        _ = 1 / 0
    assert tokens.already_done("key") is None


def test_a_form_without_a_key_is_never_the_same(app: Flask) -> None:
    for _ in range(2):
        with transaction():
            tokens.remember("", "/teams/7", now=clock.now())
    assert tokens.already_done("") is None
