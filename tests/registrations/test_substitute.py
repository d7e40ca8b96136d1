"""A member proposes somebody else for one meeting; a lead answers, and calendars follow."""

import pytest
from icalendar import Calendar

from cdef.kernel import audit
from cdef.kernel.db import db
from cdef.registrations.substitute_models import Substitute
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OTHER_LEAD,
    UNION_LEAD,
    Cast,
    Mailbox,
    address_of,
    calendars_of,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser
from tests.publishing import at_desk, hand_over, move
from tests.registrations.changing import make
from tests.registrations.substituting import (
    ANA,
    NAME,
    TO,
    answer,
    form_of,
    newest,
    own_id,
    propose,
    take_back,
)


@pytest.fixture
def team(cast: Cast) -> Team:
    team = cast.approved(members=FEW)
    hand_over()
    return team


@pytest.fixture
def mine(cast: Cast, team: Team) -> Browser:
    return cast.browser(TO, is_personal=True)


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(UNION_LEAD)


def entries(calendars: list[Calendar]) -> list[tuple[str, str, int]]:
    events = [(each["METHOD"], each.events[0]) for each in calendars]
    return [(method, str(event["UID"]), int(event["SEQUENCE"])) for method, event in events]


@both_databases
def test_both_leads_are_asked_and_the_page_says_so(
    mine: Browser, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    page = propose(mine, team, words="I am ill.")
    assert "Ana Ruiz is proposed. The leads of your team answer" in page.text()
    assert "You proposed Ana Ruiz in your place." in page.text()
    for to in (DISTRICT_LEAD, UNION_LEAD):
        text = text_of(mailbox.last("substitute_proposed", to))
        assert f"{NAME} cannot come to one meeting, and proposes Ana Ruiz" in text
        assert "I am ill." in text
    text = lead.get(f"/teams/{team.id}").text()
    assert f"Ana Ruiz ({ANA}) in the place of {NAME}: Session 1, November 29–30, 2016" in text
    assert [line.what for line in audit.timeline(team.about)[:2]] == [
        f"{NAME} cannot come to Session 1",
        f"proposed Ana Ruiz for Session 1 in the place of {NAME}",
    ]
    assert f"Session 1, November 29–30, 2016 0 1: {NAME} 3" in text


@both_databases
def test_accepted_the_entries_go_from_one_calendar_to_the_other(
    mine: Browser, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    before = entries(calendars_of(mailbox.last("confirmation", TO)))
    propose(mine, team)
    page = answer(lead, team, "acceptance")
    assert f"Ana Ruiz comes in the place of {NAME}." in page.text()
    gone = entries(calendars_of(mailbox.last("substitute_decided", TO)))
    assert [(method, uid) for method, uid, _ in gone] == [
        ("CANCEL", uid) for _, uid, _ in before[:2]
    ]
    assert all(new[2] > old[2] for new, old in zip(gone, before, strict=False))
    come = entries(calendars_of(mailbox.last("substitute_confirmed", ANA)))
    assert [method for method, _, _ in come] == ["REQUEST"] * 2
    assert not {uid for _, uid, _ in come} & {uid for _, uid, _ in before}
    file = Calendar.from_ical(mine.client.get(f"/personal/{own_id(team)}/calendar.ics").data)
    assert [str(event["UID"]) for event in file.events] == [uid for _, uid, _ in before[2:]]
    assert "Ana Ruiz comes in your place." in mine.get("/personal").text()


@both_databases
def test_refused_the_member_is_told_why_and_the_other_hears_nothing(
    mine: Browser, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose(mine, team)
    answer(lead, team, "refusal", note="We need you there.")
    letter = mailbox.last("substitute_decided", TO)
    assert letter["Subject"].startswith("Refused: Ana Ruiz in your place, Session 1")
    assert "We need you there." in text_of(letter)
    assert calendars_of(letter) == []
    assert mailbox.letters(to=ANA) == []
    text = mine.get("/personal").text()
    assert "Your leads do not want Ana Ruiz in your place: We need you there." in text
    assert propose(mine, team, name="Jo Lee", email="jo.lee@example.org").status == 200


def test_whoever_comes_after_all_gets_the_days_back(
    mine: Browser, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose(mine, team)
    answer(lead, team, "acceptance")
    hand_over()
    gone = entries(calendars_of(mailbox.last("substitute_decided", TO)))
    first = entries(calendars_of(mailbox.last("substitute_confirmed", ANA)))
    page = take_back(mine, team).text()
    assert "you are expected yourself" in page
    assert "You said that you can come." in page
    back = entries(calendars_of(mailbox.last("confirmation", TO)))
    assert [uid for _, uid, _ in back[:2]] == [uid for _, uid, _ in gone]
    assert all(new[2] > old[2] for new, old in zip(back, gone, strict=False))
    left = entries(calendars_of(mailbox.last("substitute_ended", ANA)))
    assert [(method, uid) for method, uid, _ in left] == [("CANCEL", uid) for _, uid, _ in first]
    assert all(new[2] > old[2] for new, old in zip(left, first, strict=True))


def test_a_proposal_that_is_taken_back_is_answered_no_more(
    mine: Browser, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose(mine, team)
    shown = lead.get(f"/teams/{team.id}")
    take_back(mine, team)
    assert {each.state for each in mailbox.letters("substitute_proposed")} == {"cancelled"}
    lead.page = shown
    page = lead.submit(f"/teams/{team.id}/substitutes/{newest().id}/acceptance")
    assert page.status == 422
    assert mailbox.letters(to=ANA) == []


def test_when_the_meeting_moves_it_has_ended_and_the_member_is_asked_anew(
    cast: Cast, mine: Browser, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose(mine, team)
    answer(lead, team, "acceptance")
    hand_over()
    gone = entries(calendars_of(mailbox.last("substitute_decided", TO)))
    move(at_desk(cast), "bay-area", 1, "2016-12-06", "2016-12-07")
    left = mailbox.last("substitute_ended", ANA)
    assert "The dates or the place of this meeting have changed." in text_of(left)
    assert "November 29–30, 2016" in text_of(left)
    assert [each["METHOD"] for each in calendars_of(left)] == ["CANCEL"] * 2
    new = entries(calendars_of(mailbox.last("dates_changed", TO)))
    assert [(method, uid) for method, uid, _ in new] == [("REQUEST", uid) for _, uid, _ in gone]
    assert all(now[2] > old[2] for now, old in zip(new, gone, strict=True))
    assert "Propose a substitute" in mine.get("/personal").text()


def test_one_answer_leaves_the_letters_about_others_alone(
    cast: Cast, mine: Browser, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    other = cast.browser(address_of(FEW[0][1]), is_personal=True)
    place = next(each.id for each in team.members if each.name == FEW[0][1])
    page = f"/personal/{place}/meetings/{team.cohort.meetings[0].id}/substitute"
    other.get(page)
    other.submit(page, name="Jo Lee", email="jo.lee@example.org")
    propose(mine, team)
    answer(lead, team, "acceptance")
    states = [each.state for each in mailbox.letters("substitute_proposed")]
    assert states == ["held", "held", "cancelled", "cancelled"]


@pytest.mark.parametrize("how", ["withdraw", "swap"])
def test_without_the_place_there_is_no_substitute(
    cast: Cast, mine: Browser, lead: Browser, team: Team, mailbox: Mailbox, how: str
) -> None:
    propose(mine, team)
    answer(lead, team, "acceptance")
    hand_over()
    if how == "withdraw":
        cast.decide(team, "withdraw")
    else:
        fields = {"name": "Winifred Abernathy", "email": "winifred@example.org"}
        make(lead, team, NAME, "swap", **fields)
    assert len(calendars_of(mailbox.last("substitute_ended", ANA))) == 2
    assert len(calendars_of(mailbox.last("cancellation", TO))) == 5


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Please give their name."),
        ({"email": "nowhere"}, "This does not look like an e-mail address."),
        ({"email": DISTRICT_LEAD}, "This person is on the team, and comes anyway."),
    ],
)
def test_what_cannot_be_is_refused_and_kept(
    mine: Browser, team: Team, fields: dict[str, str], said: str
) -> None:
    page = propose(mine, team, words="Kept.", **fields)
    assert page.status == 422
    assert said in page.text()
    assert page.form(form_of(team)).value("words") == "Kept."


def test_the_same_form_twice_proposes_once_and_a_second_one_is_refused(
    mine: Browser, team: Team
) -> None:
    first = mine.get(form_of(team))
    for _ in range(2):
        mine.page = first
        assert mine.submit(form_of(team), name="Ana Ruiz", email=ANA).status == 200
    assert db.session.query(Substitute).count() == 1
    page = propose(mine, team, email="jo.lee@example.org")
    assert "You have proposed somebody for this meeting already." in page.text()


def test_a_meeting_that_moved_meanwhile_is_looked_at_first(
    cast: Cast, mine: Browser, team: Team
) -> None:
    mine.get(form_of(team))
    move(at_desk(cast), "bay-area", 1, "2016-12-06", "2016-12-07")
    page = mine.submit(form_of(team), name="Ana Ruiz", email=ANA)
    assert page.status == 422
    assert "Session 1 has changed since you opened this page." in page.text()


def test_nobody_answers_for_another_team(cast: Cast, mine: Browser, team: Team) -> None:
    propose(mine, team)
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    path = f"/teams/{team.id}/substitutes/{newest().id}/acceptance"
    assert stranger.post(path, [("csrf_token", token)]).status == 404
    assert newest().state == "proposed"
