"""Every state and every verb: what is allowed does what it says and mails whom it should."""

from collections import Counter

import pytest

from cdef.kernel import clock
from cdef.kernel.problems import Refused
from cdef.registrations import actions
from cdef.registrations.rules import DONE, NEEDS_NOTE, STATES, TOLD, TRANSITIONS, VERBS
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, STAFF, UNION_LEAD, Cast, Mailbox
from tests.pages import Browser

# How a team comes into each state, from a draft that can be signed.
WAYS: dict[str, list[str]] = {
    "draft": [],
    "submitted": ["submit"],
    "returned": ["submit", "return"],
    "waitlisted": ["submit", "waitlist"],
    "approved": ["submit", "approve"],
    "declined": ["submit", "decline"],
    "withdrawn": ["submit", "withdraw"],
}
ADDRESSES = {
    "approve": "approval",
    "return": "return",
    "waitlist": "waitlisting",
    "decline": "refusal",
    "withdraw": "withdrawal",
    "reopen": "reopening",
}
# Who gets which letter when a verb is done; {state: …} where it depends on where it came from.
LEADS = [DISTRICT_LEAD, UNION_LEAD]
LETTERS = {
    "submit": {"submitted": LEADS, "submitted_staff": [STAFF]},
    "approve": {"approved": LEADS, "confirmation": ["everybody"]},
    "return": {"returned": LEADS},
    "waitlist": {"waitlisted": LEADS},
    "decline": {"declined": LEADS},
    "withdraw": {"withdrawn": LEADS},
    "reopen": {"reopened": LEADS},
}
ALLOWED = [pair for pair in TRANSITIONS if pair[1] in ADDRESSES]


def bring(cast: Cast, state: str) -> Team:
    """A team in this state, by the verbs that lead there."""
    cast.staff()
    team = cast.team(members=FEW)
    for verb in WAYS[state]:
        if verb == "submit":
            cast.sign(team, "district")
            cast.sign(team, "union")
        else:
            cast.decide(team, verb, "Because.")
    assert team.state == state
    return team


def decide(staff: Browser, team: Team, verb: str, note: str = "Because.") -> int:
    """Press the button as staff do; a button that is not there is posted all the same."""
    path = f"/staff/teams/{team.id}/{ADDRESSES[verb]}"
    page = staff.get(f"/staff/teams/{team.id}")
    assert page.has_form(path) is ((team.state, verb) in TRANSITIONS)
    fields = [("csrf_token", page.value("csrf_token")), ("note", note)]
    return staff.post(path, fields).status


def new_letters(mailbox: Mailbox, before: int) -> Counter[tuple[str, str]]:
    return Counter((letter.kind, letter.to_email) for letter in mailbox.letters()[before:])


def expected(team: Team, verb: str) -> Counter[tuple[str, str]]:
    everybody = [member.email for member in team.members]
    return Counter(
        (kind, email)
        for kind, people in LETTERS[verb].items()
        for email in (everybody if people == ["everybody"] else people)
    )


def test_the_tables_of_words_know_every_state_and_verb() -> None:
    states = {state for state, _ in TRANSITIONS} | set(TRANSITIONS.values())
    verbs = {verb for _, verb in TRANSITIONS}
    assert states == set(WAYS)
    assert states == set(STATES) - {"waiting"}
    assert verbs == set(DONE) == set(TOLD) == set(LETTERS) == {"submit", *VERBS}
    assert set(ADDRESSES) == set(VERBS)


@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_what_is_allowed_is_done_told_and_kept(
    cast: Cast, mailbox: Mailbox, state: str, verb: str
) -> None:
    team = bring(cast, state)
    letters = len(mailbox.letters())
    decisions = len(team.registration.decisions) if team.registration else 0
    staff = cast.browser(STAFF)
    assert decide(staff, team, verb) == 200
    assert staff.page is not None
    assert f"{DONE[verb]}." in staff.page.text()
    assert team.state == TRANSITIONS[state, verb]
    assert len(team.registration.decisions) == decisions + 1
    newest = team.registration.decisions[-1]
    assert (newest.verb, newest.note, newest.by.email) == (verb, "Because.", STAFF)
    assert new_letters(mailbox, letters) == expected(team, verb)


@pytest.mark.parametrize("state", WAYS)
def test_what_is_not_allowed_is_refused_in_words(cast: Cast, mailbox: Mailbox, state: str) -> None:
    team = bring(cast, state)
    letters = len(mailbox.letters())
    staff = cast.browser(STAFF)
    refused = [verb for verb in ADDRESSES if (state, verb) not in TRANSITIONS]
    assert refused
    for verb in refused:
        assert decide(staff, team, verb, "A long note that took a while.") == 422
        assert staff.page is not None
        assert f"This cannot be done now: it is {state}." in staff.page.text()
        assert staff.page.value("note") == "A long note that took a while."
    assert team.state == state
    assert len(mailbox.letters()) == letters


@pytest.mark.parametrize("verb", sorted(NEEDS_NOTE))
def test_what_needs_a_note_is_refused_without(cast: Cast, mailbox: Mailbox, verb: str) -> None:
    state = next(state for state, known in TRANSITIONS if known == verb)
    team = bring(cast, state)
    letters = len(mailbox.letters())
    staff = cast.browser(STAFF)
    for note in ("", " \n ", "\0"):
        assert decide(staff, team, verb, note) == 422
        assert staff.page is not None
        assert "Please write a note: the leads will read it." in staff.page.text()
    assert team.state == state
    assert len(mailbox.letters()) == letters


def test_an_unknown_verb_is_refused(cast: Cast) -> None:
    team = bring(cast, "submitted")
    with pytest.raises(Refused):
        actions.decide(team, "celebrate", "", by=cast.staff(), now=clock.now())
    assert team.state == "submitted"


def test_a_refused_decision_leaves_a_draft_without_a_registration(cast: Cast) -> None:
    team = bring(cast, "draft")
    assert decide(cast.browser(STAFF), team, "decline") == 422
    assert team.registration is None


def test_the_rows_of_the_decisions_are_never_changed(cast: Cast) -> None:
    team = bring(cast, "submitted")
    cast.decide(team, "decline", "No.")
    cast.decide(team, "reopen", "Yes.")
    assert [(row.verb, row.note) for row in team.registration.decisions] == [
        ("submit", ""),
        ("decline", "No."),
        ("reopen", "Yes."),
    ]
