"""Signing a roster: each lead for the revision that they saw; the second signature submits."""

from datetime import date

import pytest

from cdef.kernel import audit
from cdef.kernel.db import transaction
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    MEMBERS,
    OTHER_LEAD,
    STAFF,
    UNION_LEAD,
    Cast,
    Mailbox,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser, Page


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team()


def sign(browser: Browser, team: Team) -> Page:
    browser.get(f"/teams/{team.id}")
    return browser.submit(f"/teams/{team.id}/signatures")


def has_button(page: Page, team: Team) -> bool:
    return page.has_form(f"/teams/{team.id}/signatures")


@both_databases
def test_the_first_signature_waits_for_the_other_side(cast: Cast, team: Team) -> None:
    page = sign(cast.browser(DISTRICT_LEAD), team)
    text = page.text()
    assert "Your signature is on the roster." in text
    assert "Waiting for the union side" in text
    assert "signed October 17, 2016" in text
    assert "for 8 people, $480" in text
    assert not has_button(page, team)
    assert team.state == "draft"


@both_databases
def test_the_second_signature_submits(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    cast.staff()
    sign(cast.browser(DISTRICT_LEAD), team)
    page = sign(cast.browser(UNION_LEAD), team)
    assert "Both sides have signed: the registration is submitted." in page.text()
    assert team.state == "submitted"
    assert sorted((letter.kind, letter.to_email) for letter in mailbox.letters()) == [
        ("submitted", UNION_LEAD),
        ("submitted", DISTRICT_LEAD),
        ("submitted_staff", STAFF),
    ]
    letter = text_of(mailbox.last("submitted", DISTRICT_LEAD))
    for words in ("Thaddeus Okonkwo-Reyes", "Ambrose Tillinghast", "8 people × $60 = $480"):
        assert words in letter


def test_signing_and_submitting_are_on_the_timeline(cast: Cast, team: Team) -> None:
    sign(cast.browser(UNION_LEAD), team)
    sign(cast.browser(DISTRICT_LEAD), team)
    newest = [(event.who, event.what) for event in audit.timeline(team.about)[:3]]
    assert newest == [
        ("Imogen Castellanos", "submitted the registration"),
        ("Imogen Castellanos", "signed the roster"),
        ("Beatriz Holloway", "signed the roster"),
    ]


def test_staff_read_what_can_be_waived_in_their_letter(cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    without_board = [row for row in MEMBERS if row[2] != "board"]
    cast.submitted(members=without_board)
    assert "Missing: school board member." in text_of(mailbox.last("submitted_staff", STAFF))


def test_the_first_lead_may_sign_before_the_partner_has_joined(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(partner=None)
    page = sign(cast.browser(DISTRICT_LEAD), team)
    assert "Waiting for the union side" in page.text()
    cast.join(team, UNION_LEAD)
    assert "Waiting for" not in cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}").text()


def test_signing_twice_is_one_signature(cast: Cast, team: Team) -> None:
    lead, same = cast.browser(DISTRICT_LEAD), cast.browser(DISTRICT_LEAD)
    same.get(f"/teams/{team.id}")
    sign(lead, team)
    assert same.submit(f"/teams/{team.id}/signatures").status == 200
    assert len(team.signatures) == 1


@both_databases
def test_a_change_voids_the_signature(cast: Cast, team: Team) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    sign(lead, team)
    cast.add(team, "union", "Somebody New", "teacher")
    page = lead.get(f"/teams/{team.id}")
    assert "District side: not signed" in page.text()
    assert has_button(page, team)
    sign(cast.browser(UNION_LEAD), team)
    assert team.state == "draft"
    sign(lead, team)
    assert team.state == "submitted"


def test_the_number_of_people_and_the_cost_stand_in_the_signature(cast: Cast, team: Team) -> None:
    cast.sign(team, "district")
    signature = team.signatures[0]
    assert (signature.people, signature.cost_cents) == (8, 48000)


# Refusals.


@both_databases
def test_a_roster_that_has_changed_is_not_signed_unseen(cast: Cast, team: Team) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    cast.add(team, "union", "Somebody New", "teacher")
    page = lead.submit(f"/teams/{team.id}/signatures")
    assert page.status == 422
    assert "The roster has changed since you opened the page." in page.text()
    assert team.signatures == []


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.0", "9" * 22, "9" * 5000, None])
def test_a_revision_that_is_none_is_refused(cast: Cast, team: Team, revision: str | None) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    assert lead.submit(f"/teams/{team.id}/signatures", revision=revision).status == 422
    assert team.signatures == []


def test_htmx_gets_a_refusal_as_a_notice(cast: Cast, team: Team) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    cast.add(team, "union", "Somebody New", "teacher")
    answer = lead.htmx(f"/teams/{team.id}/signatures")
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "The roster has changed" in answer.text


def test_a_roster_with_a_blocker_has_no_button_and_is_refused(cast: Cast) -> None:
    team = cast.team(members=[])
    lead = cast.browser(DISTRICT_LEAD)
    page = lead.get(f"/teams/{team.id}")
    assert not has_button(page, team)
    fields = [("csrf_token", page.value("csrf_token")), ("revision", str(team.revision))]
    page = lead.post(f"/teams/{team.id}/signatures", fields)
    assert page.status == 422
    assert "The team has 2 people; it needs at least 4." in page.text()
    assert team.signatures == []


@pytest.mark.parametrize("closing", [{"is_open": False}, {"closes_on": date(2016, 10, 16)}])
def test_a_closed_cohort_takes_no_second_signature(
    cast: Cast, team: Team, closing: dict[str, object]
) -> None:
    cast.sign(team, "district")
    with transaction():
        for name, value in closing.items():
            setattr(team.cohort, name, value)
    page = sign(cast.browser(UNION_LEAD), team)
    assert page.status == 422
    assert "This cohort does not take registrations any more." in page.text()
    assert len(team.signatures) == 1
    assert team.state == "draft"


def test_a_returned_team_submits_again_after_the_cohort_closed(cast: Cast, team: Team) -> None:
    cast.sign(team, "district")
    cast.sign(team, "union")
    cast.decide(team, "return", "Please add a school board member.")
    with transaction():
        team.cohort.is_open = False
    sign(cast.browser(DISTRICT_LEAD), team)
    sign(cast.browser(UNION_LEAD), team)
    assert team.state == "submitted"


def test_a_submitted_roster_has_nothing_to_sign(cast: Cast, team: Team) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    cast.sign(team, "district")
    cast.sign(team, "union")
    page = lead.get(f"/teams/{team.id}")
    assert not has_button(page, team)
    cast.decide(team, "approve")
    fields = [("csrf_token", page.value("csrf_token")), ("revision", "0")]
    page = lead.post(f"/teams/{team.id}/signatures", fields)
    assert page.status == 422
    assert "The roster is submitted already." in page.text()


def test_staff_do_not_sign(cast: Cast, team: Team) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    page = staff.get(f"/teams/{team.id}")
    assert not has_button(page, team)
    fields = [("csrf_token", page.value("csrf_token")), ("revision", str(team.revision))]
    page = staff.post(f"/teams/{team.id}/signatures", fields)
    assert page.status == 422
    assert "Only the leads of this team can sign." in page.text()


def test_strangers_learn_nothing(cast: Cast, team: Team) -> None:
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    fields = [("csrf_token", token), ("revision", str(team.revision))]
    assert stranger.post(f"/teams/{team.id}/signatures", fields).status == 404
    assert team.signatures == []
