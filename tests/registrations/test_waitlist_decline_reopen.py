"""Putting on the waitlist, declining and reopening: what the leads are told, and can do then."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, UNION_LEAD, Cast, Mailbox, text_of
from tests.conftest import both_databases

ROWS = [
    ("waitlist", "waitlisted", "is on the waitlist"),
    ("decline", "declined", "cannot be approved"),
]


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.submitted(members=FEW)


@both_databases
@pytest.mark.parametrize(("verb", "state", "words"), ROWS)
def test_the_leads_are_told_with_the_note(
    cast: Cast, team: Team, mailbox: Mailbox, verb: str, state: str, words: str
) -> None:
    cast.decide(team, verb, "More seats may come in January.")
    for lead in (DISTRICT_LEAD, UNION_LEAD):
        letter = text_of(mailbox.last(state, lead))
        assert words in letter
        assert "More seats may come in January." in letter


def test_a_waitlisted_team_needs_no_note(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    cast.decide(team, "waitlist")
    assert team.state == "waitlisted"
    assert "The staff writes" not in text_of(mailbox.last("waitlisted", DISTRICT_LEAD))


@pytest.mark.parametrize(("verb", "state", "words"), ROWS)
def test_the_roster_cannot_be_changed_then(
    cast: Cast, team: Team, verb: str, state: str, words: str
) -> None:
    cast.decide(team, verb, "Because.")
    page = cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}")
    assert not page.has_form(f"/teams/{team.id}/members")
    assert not page.has_form(f"/teams/{team.id}/signatures")


@both_databases
@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_a_reopened_team_is_built_signed_and_submitted_again(
    cast: Cast, team: Team, mailbox: Mailbox, verb: str
) -> None:
    cast.decide(team, verb, "Because.")
    cast.decide(team, "reopen", "Seats became free.")
    assert "is open again" in text_of(mailbox.last("reopened", UNION_LEAD))
    assert "Seats became free." in text_of(mailbox.last("reopened", UNION_LEAD))
    cast.add(team, "union", "Marguerite Adeyemi", "teacher")
    cast.sign(team, "district")
    cast.sign(team, "union")
    assert team.state == "submitted"
