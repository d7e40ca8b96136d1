"""Every state and every verb: what is allowed does what it says and mails whom its page named."""

import pytest

from cdef.kernel import clock
from cdef.kernel.problems import Refused
from cdef.registrations import actions
from cdef.registrations.decision_page import ADDRESSES
from cdef.registrations.decision_rules import AFTER, NEEDS_NOTE, UNDOES
from cdef.registrations.preview_rules import NEWS_OF, TITLES
from cdef.registrations.rules import DONE, STATES, TOLD, TRANSITIONS, VERBS, staff_verbs
from tests.cast import STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.registrations.deciding import (
    BECAUSE,
    WAYS,
    bring,
    decide,
    letters_after,
    path,
    previewed,
)

LEADS = {"Imogen Castellanos", "Beatriz Holloway"}
EVERYBODY = LEADS | {"Thaddeus Okonkwo-Reyes", "Dashiell Nakagawa"}
# Who gets which letter besides the leads, whom each decision tells.
OTHERS = {"approve": {"confirmation": EVERYBODY}}
ALLOWED = [(state, verb) for state in WAYS for verb in staff_verbs(state)]
REFUSED = [(state, verb) for state in WAYS for verb in VERBS if verb not in staff_verbs(state)]


def expected(state: str, verb: str) -> set[tuple[str, str]]:
    found = {(NEWS_OF[verb], name) for name in LEADS}
    for kind, people in OTHERS.get(verb, {}).items():
        found |= {(kind, name) for name in people}
    if state == "approved":
        found |= {("cancellation", name) for name in EVERYBODY}
    return found


def test_the_tables_of_words_know_every_state_and_verb() -> None:
    states = {state for state, _ in TRANSITIONS} | set(TRANSITIONS.values())
    verbs = {verb for _, verb in TRANSITIONS}
    assert states == set(WAYS) == set(STATES) - {"waiting"}
    assert verbs == set(DONE) == set(TOLD) == set(NEWS_OF)
    assert verbs - set(VERBS) == {"submit", "accept", "pass"}
    assert set(VERBS) == set(ADDRESSES) == set(AFTER)
    assert {state for state, verb in TRANSITIONS if verb == "reinstate"} == set(UNDOES)
    assert set(TITLES) >= {NEWS_OF[verb] for verb in VERBS}


def test_every_decision_of_staff_is_undone_by_another() -> None:
    for state, verb in ALLOWED:
        after = TRANSITIONS[state, verb]
        assert after == state or "reinstate" in staff_verbs(after) or after == "submitted"


@both_databases
@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_what_is_allowed_does_what_it_says_and_mails_whom_it_said(
    cast: Cast, mailbox: Mailbox, state: str, verb: str
) -> None:
    team, staff = bring(cast, state), cast.browser(STAFF)
    page = staff.get(f"/staff/teams/{team.id}")
    assert page.has_form(path(team, verb))
    promised = previewed(page, team, verb)
    letters = len(mailbox.letters())
    decisions = len(team.registration.decisions) if team.registration else 0
    page = decide(staff, team, verb)
    assert page.status == 200, page.text()
    assert f"{DONE[verb]}." in page.text()
    assert team.state == TRANSITIONS[state, verb]
    assert len(team.registration.decisions) == decisions + 1
    newest = team.registration.decisions[-1]
    assert (newest.verb, newest.note, newest.by.email) == (verb, BECAUSE, STAFF)
    told = letters_after(mailbox, letters)
    at_once = {key: count for key, count in told.items() if key[0] != "lapsed"}
    assert at_once == promised
    assert set(promised) == expected(state, verb)
    assert set(promised.values()) == {1}


@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_what_is_not_allowed_is_refused_in_words_and_nothing_typed_is_lost(
    cast: Cast, mailbox: Mailbox, state: str, verb: str
) -> None:
    team, staff = bring(cast, state), cast.browser(STAFF)
    letters = len(mailbox.letters())
    assert not staff.get(f"/staff/teams/{team.id}").has_form(path(team, verb))
    page = decide(staff, team, verb, "A long note that took a while.")
    assert page.status == 422
    words = f"This cannot be done now: it is {state}."
    if (state, verb) == ("waitlisted", "recall"):
        words = "No seats are offered to this team now: the offer has ended."
    assert words in page.text()
    assert page.value("note") == "A long note that took a while."
    assert team.state == state
    assert len(mailbox.letters()) == letters


@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_what_needs_a_note_is_refused_without(
    cast: Cast, mailbox: Mailbox, state: str, verb: str
) -> None:
    if verb not in NEEDS_NOTE and (state, verb) != ("approved", "waitlist"):
        return
    team, staff = bring(cast, state), cast.browser(STAFF)
    letters = len(mailbox.letters())
    for note in ("", " \n ", "\0"):
        page = decide(staff, team, verb, note)
        assert page.status == 422
        assert "Please write a note: the leads will read it." in page.text()
    assert team.state == state
    assert len(mailbox.letters()) == letters


def test_an_unknown_verb_is_refused(cast: Cast) -> None:
    team = bring(cast, "submitted")
    with pytest.raises(Refused):
        actions.decide(team, "celebrate", "", by=cast.staff(), now=clock.now())
    assert team.state == "submitted"


def test_a_refused_decision_leaves_a_draft_without_a_registration(cast: Cast) -> None:
    team = bring(cast, "draft")
    assert decide(cast.browser(STAFF), team, "decline").status == 422
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
