"""Proving an address, signing in and out, and giving people roles."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.exc import IntegrityError

from cdef.accounts import letters, rules
from cdef.accounts.models import Person, SignedIn, Try
from cdef.accounts.rules import Limit, TooMany
from cdef.kernel import audit, tokens
from cdef.kernel.db import db, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import Kind, Problem, refusal
from cdef.outbox.actions import post

SIGN_IN = "sign-in"
OF_ROLES = "roles"  # What a line about roles is about, on the timeline of a person.
# Asked by every request, and made once: putting it together takes longer than the database needs.
WITH_KEY = select(SignedIn).where(SignedIn.key_hash == bindparam("key_hash"))


def person_for(email: str, *, name: str = "", now: datetime) -> Person:
    """The person with this address, made if new; in the caller's transaction."""
    folded = fold_email(email)
    person = with_address(folded) or new_person(folded, now=now)
    person.name = person.name or name
    return person


def with_address(folded: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == folded))


def new_person(folded: str, *, now: datetime) -> Person:
    """Somebody new, unless another transaction makes them at this moment: then theirs."""
    person = Person(email=folded, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        return db.session.scalars(select(Person).where(Person.email == folded)).one()
    return person


def request_sign_in(email: str, *, ip: str, now: datetime, next_path: str = "") -> str:
    """Mail a link and a code if the address is known; return the folded address.

    The answer is the same for every address, and so is what is counted. ``TooMany`` past the limits.
    """
    folded = fold_email(email)
    with transaction():
        count_link(folded, ip=ip, now=now)
        person = with_address(folded)
        if person:
            issued = tokens.issue(
                SIGN_IN, folded, lifetime=rules.LINK_LASTS, now=now, payload={"next": next_path}
            )
            post(letters.sign_in(person, issued, now=now), now=now)
    return folded


def count_link(email: str, *, ip: str, now: datetime) -> None:
    """Count one mailed link against its address and network, or refuse it."""
    check(rules.LINKS_PER_ADDRESS, tries("link", email, rules.LINKS_PER_ADDRESS, now=now))
    check(rules.TRIES_PER_NETWORK, tries_from(ip, now=now))
    db.session.add(Try(kind="link", email=email, ip=ip, at=now))


def prove_by_code(purpose: str, email: str, code: str, *, ip: str, now: datetime) -> tokens.Token:
    """The token that this code proves. A wrong code is counted, and ``Refused``."""
    with transaction():
        wrong = tries("wrong code", email, rules.WRONG_CODES_PER_ADDRESS, now=now)
        check(rules.WRONG_CODES_PER_ADDRESS, wrong)
        check(rules.TRIES_PER_NETWORK, tries_from(ip, now=now))
        digits = "".join(filter(str.isdecimal, code))
        token = tokens.find_by_code(purpose, email, digits, now=now)
        if token is None:
            db.session.add(Try(kind="wrong code", email=email, ip=ip, at=now))
    if token is None:
        raise refusal(
            "This code is not right, or it is older than 30 minutes. Use the code of the newest mail.",
            "code",
        )
    return token


def tries(kind: str, email: str, limit: Limit, *, now: datetime) -> int:
    recent = Try.kind == kind, Try.email == email, Try.at > now - limit.within
    return db.session.scalar(select(func.count()).select_from(Try).where(*recent)) or 0


def tries_from(ip: str, *, now: datetime) -> int:
    """Those of a network's addresses that have not proved themselves since: a school has one network."""
    recent = Try.ip == ip, Try.at > now - rules.TRIES_PER_NETWORK.within
    proved = exists().where(
        Person.email == Try.email,
        SignedIn.person_id == Person.id,
        SignedIn.created_at >= Try.at,
        SignedIn.is_personal.is_(False),
    )
    return db.session.scalar(select(func.count()).select_from(Try).where(*recent, ~proved)) or 0


def check(limit: Limit, used: int) -> None:
    if used >= limit.most:
        raise TooMany(Problem(Kind.BLOCKER, limit.sentence))


def use(token: tokens.Token, *, now: datetime) -> None:
    """Close a token, once; in the caller's transaction, which holds its row. ``Refused`` if it is used."""
    if not token.is_open(now):
        raise refusal("This link was used already, or it is too old. Ask for a new one.")
    token.used_at = now


def sign_in(token: tokens.Token, *, now: datetime) -> tuple[str, str]:
    """Sign in the owner of a proved address: the new browser key, and where they wanted to go."""
    with transaction(token):
        use(token, now=now)
        person = person_for(token.email, now=now)
        return open_browser(person, now=now), str(token.payload.get("next", ""))


def open_browser(person: Person, *, now: datetime, is_personal: bool = False) -> str:
    """A new key under which a browser is signed in; in the caller's transaction."""
    db.session.flush()
    key = tokens.new_secret()
    db.session.add(
        SignedIn(
            key_hash=tokens.digest(key),
            person_id=person.id,
            is_personal=is_personal,
            created_at=now,
            expires_at=now + rules.SIGNED_IN_LASTS,
        )
    )
    return key


def sign_out(key: str, *, now: datetime) -> None:
    with transaction():
        found = signed_in(key, now=now)
        if found:
            found.ended_at = now


def sign_out_everywhere(person: Person, *, now: datetime) -> None:
    """End what somebody has open in any browser."""
    with transaction(person):
        end_sign_ins(person, now=now)


def end_sign_ins(person: Person, *, now: datetime) -> None:
    """The same, in the caller's transaction."""
    still_open = SignedIn.person_id == person.id, SignedIn.ended_at.is_(None)
    db.session.execute(update(SignedIn).where(*still_open).values(ended_at=now))


def signed_in(key: str, *, now: datetime) -> SignedIn | None:
    """Where a browser key is signed in, unless it has ended."""
    found = db.session.scalar(WITH_KEY, {"key_hash": tokens.digest(key)})
    return found if found and found.ended_at is None and now < found.expires_at else None


def add_staff(
    email: str, *, name: str = "", roles: Collection[str] = (), by: Any, now: datetime
) -> Person:
    """Give a person roles beside those that they have; twice changes nothing.

    Without ``roles`` somebody new gets all of them, and whoever is staff already keeps theirs.
    """
    with transaction():
        person = person_for(email, name=name, now=now)
        wanted = roles or ([] if person.is_staff else rules.ROLES)
        set_roles(person, rules.in_order([*person.roles.split(), *wanted]), by=by, now=now)
        return person


def set_roles(person: Person, roles: str, *, by: Any, now: datetime) -> None:
    """Let a person have these roles, with a line on their timeline; in the caller's transaction."""
    before = person.roles
    if roles == before:
        return
    person.roles = roles
    db.session.flush()
    audit.record(
        f"person:{person.id}",
        rules.said_of_roles(before, roles),
        by=by,
        now=now,
        before={"roles": before},
        after={"roles": roles},
        subject=OF_ROLES,
    )


def staff() -> list[Person]:
    """Everybody who decides on registrations."""
    return [person for person in everybody_with_roles() if person.has_role("staff")]


def administrators() -> list[Person]:
    """Everybody who says who is staff."""
    return [person for person in everybody_with_roles() if person.has_role("admin")]


def everybody_with_roles() -> list[Person]:
    query = select(Person).where(Person.roles != "").order_by(Person.id)
    return list(db.session.scalars(query))


def sign_in_link(email: str, *, now: datetime) -> str:
    """A one-time sign-in path for whoever has the machine's shell; nothing is mailed."""
    with transaction():
        person = person_for(email, now=now)
        issued = tokens.issue(SIGN_IN, person.email, lifetime=rules.LINK_LASTS, now=now)
        return issued.secret
