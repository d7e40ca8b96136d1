"""An administrator removes somebody from the staff, who is signed out at once."""

import pytest
from flask import Flask

from cdef.accounts import actions, staff_actions
from cdef.accounts.models import Person
from cdef.accounts.rules import roles_problem
from cdef.kernel import audit
from cdef.kernel.problems import Refused
from tests.account_states import COLLEAGUE, PAGE, colleague
from tests.cast import STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Page
from tests.races import at_once


def remove(cast: Cast, person: Person) -> Page:
    browser = cast.browser(STAFF)
    browser.get(f"{PAGE}/{person.id}")
    return browser.submit(f"{PAGE}/{person.id}/removal")


@both_databases
def test_whoever_is_removed_is_signed_out_on_every_device(cast: Cast) -> None:
    cast.staff()
    person = colleague(cast)
    desk, phone = cast.browser(COLLEAGUE), cast.browser(COLLEAGUE)
    assert {desk.get("/staff").status, phone.get("/staff").status} == {200}
    page = remove(cast, person)
    assert "Hyacinth Lindqvist is no longer staff, and is signed out everywhere." in page.html
    for device in (desk, phone):
        assert device.client.get("/staff").location == "/sign-in?next=/staff"
        assert device.client.post("/sign-out").status_code in (400, 401)


def test_whoever_removed_them_stays_signed_in(cast: Cast) -> None:
    cast.staff()
    assert remove(cast, colleague(cast)).status == 200


def test_they_can_sign_in_again_and_reach_no_desk(cast: Cast) -> None:
    cast.staff()
    remove(cast, colleague(cast))
    assert cast.browser(COLLEAGUE).get("/staff").status == 403


def test_it_stands_on_the_timeline(cast: Cast) -> None:
    cast.staff()
    person = colleague(cast)
    remove(cast, person)
    line = audit.timeline(f"person:{person.id}")[0]
    assert (line.who, line.what) == ("Rosalind Achterberg", "took all roles")
    assert (line.before, line.after) == ({"roles": "staff"}, {"roles": ""})


def test_a_letter_that_still_waits_is_cancelled(cast: Cast, mailbox: Mailbox) -> None:
    admin = cast.staff()
    person = staff_actions.invite_staff(
        "Hyacinth", COLLEAGUE, ["staff"], by=admin, now=cast.now(), once=""
    )
    remove(cast, person)
    assert [letter.state for letter in mailbox.letters("staff_added")] == ["cancelled"]


def test_nobody_removes_themselves(cast: Cast) -> None:
    own = cast.staff()
    colleague(cast, "admin")
    with pytest.raises(Refused, match="You cannot take the role “admin” from yourself"):
        staff_actions.remove_staff(own, by=own, now=cast.now())
    assert own.is_staff


def test_the_last_administrator_stays() -> None:
    problem = roles_problem("staff admin", "staff", is_own=False, is_last_admin=True)
    assert problem is not None
    assert problem.text == "Nobody else has the role “admin”. Give it to somebody first."
    assert roles_problem("staff", "", is_own=False, is_last_admin=False) is None


@both_databases
def test_of_two_who_remove_each_other_at_once_one_stays(app: Flask, cast: Cast) -> None:
    pairs = [(STAFF, COLLEAGUE), (COLLEAGUE, STAFF)]

    def remove_other(pair: tuple[str, str]) -> str:
        by, other = (actions.with_address(email) for email in pair)
        assert by is not None
        assert other is not None
        staff_actions.remove_staff(other, by=by, now=cast.now())
        return "done"

    for _ in range(5):
        actions.add_staff(STAFF, roles=["admin"], by=None, now=cast.now())
        actions.add_staff(COLLEAGUE, roles=["admin"], by=None, now=cast.now())
        said = at_once(app, pairs, remove_other)
        assert sorted(said, key=len) == [
            "done",
            "You are no longer an administrator of this desk. Nothing was changed.",
        ]
        assert len(actions.administrators()) == 1
