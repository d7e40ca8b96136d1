"""Who is staff: adding somebody, saying what they may do, and removing them.

Whoever does it is an administrator when it is done, as read under the lock, and stays one; so however
many remove each other at once, one administrator is left.
"""

from collections.abc import Collection
from datetime import datetime

from cdef.accounts import letters, rules
from cdef.accounts.actions import administrators, end_sign_ins, person_for, set_roles
from cdef.accounts.models import Person
from cdef.kernel import tokens
from cdef.kernel.db import hold, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import Refused, blocker, refusal
from cdef.outbox.actions import cancel_waiting, post
from cdef.outbox.overtaken_rules import REMOVED, ROLES, overtaken_by


class RolesChanged(Refused):
    """Somebody else changed the roles since the page was drawn."""


def invite_staff(
    name: str, email: str, roles: Collection[str], *, by: Person, now: datetime, once: str
) -> Person:
    """Make somebody staff and write to them how to sign in; the same form twice does it once."""
    wanted = rules.in_order(roles)
    key = tokens.once_key(once, name, fold_email(email), wanted)
    with transaction(by):
        check_admin(by)
        person = person_for(email, name=name, now=now)
        hold(Person, person.id)
        if tokens.already_done(key):
            return person
        if person.is_staff:
            raise refusal(f"{person.label} is staff already, with roles of their own.", "email")
        set_roles(person, wanted, by=by, now=now)
        post(letters.staff_added(person, by), now=now)
        tokens.remember(key, f"person:{person.id}", now=now)
        return person


def change_roles(
    person: Person, roles: Collection[str], *, seen: str, by: Person, now: datetime
) -> None:
    """Say anew what a staff member may do; ``RolesChanged`` if they are not the roles ``seen``."""
    with transaction(*in_turn(person, by)):
        check_admin(by)
        check_seen(person, seen)
        give(person, rules.in_order(roles), by=by, now=now)
        if person.roles != seen:
            tell_anew(person, by=by, now=now)


def tell_anew(person: Person, *, by: Person, now: datetime) -> None:
    """The first letter, while it waits, says what holds now."""
    about = f"person:{person.id}"
    reason = "They have other roles."
    if cancel_waiting(about, overtaken_by(ROLES), reason=reason, now=now):
        post(letters.staff_added(person, by), now=now)


def remove_staff(person: Person, *, by: Person, now: datetime) -> None:
    """Take every role, and end what they have open in any browser; twice changes nothing."""
    with transaction(*in_turn(person, by)):
        check_admin(by)
        if not person.is_staff:
            return
        give(person, "", by=by, now=now)
        end_sign_ins(person, now=now)
        about = f"person:{person.id}"
        cancel_waiting(about, overtaken_by(REMOVED), reason="They are no longer staff.", now=now)


def in_turn(*people: Person) -> list[Person]:
    """In one order for everybody, so that no two transactions wait for each other."""
    return sorted(set(people), key=lambda person: person.id)


def check_admin(by: Person) -> None:
    if not by.has_role("admin"):
        raise refusal("You are no longer an administrator of this desk. Nothing was changed.")


def check_seen(person: Person, seen: str) -> None:
    if person.roles != seen:
        now = person.roles.replace(" ", ", ") or "none"
        raise RolesChanged(
            blocker(f"Somebody changed these roles since you opened the page; now: {now}.")
        )


def give(person: Person, roles: str, *, by: Person, now: datetime) -> None:
    """Let a person have these roles, unless that would leave the desk without an administrator."""
    problem = rules.roles_problem(
        person.roles,
        roles,
        is_own=person.id == by.id,
        is_last_admin=administrators() == [person],
    )
    if problem:
        raise Refused(problem)
    set_roles(person, roles, by=by, now=now)
