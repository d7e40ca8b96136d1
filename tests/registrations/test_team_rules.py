"""Staff add, edit, order and remove what is asked of a team."""

import pytest
from sqlalchemy import select

from cdef.kernel.db import db
from cdef.registrations.recount_actions import recount
from cdef.series.models import TeamRule
from cdef.teams.listing_models import UnmetRule
from cdef.teams.models import WaiverRequest
from tests.cast import DISTRICT_LEAD, FEW, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.series.desk import PAGE, current, newest_event, staff_browser
from tests.teams.asking import WITHOUT_BOARD, ask

RULES = f"{PAGE}/rules"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return staff_browser(cast)


def texts() -> list[str]:
    return [rule.text for rule in current().team_rules]


def address(text: str) -> str:
    return f"{RULES}/{next(rule.id for rule in current().team_rules if rule.text == text)}"


def add(staff: Browser, **fields: object) -> str:
    staff.get(f"{RULES}/new")
    asked = {"text": "Principal", "met_by": "principal"} | fields
    return staff.submit(RULES, **asked).text()


def unmet() -> set[tuple[int, int]]:
    query = select(UnmetRule.rule_id, UnmetRule.team_id)
    return {(row[0], row[1]) for row in db.session.execute(query)}


@both_databases
def test_a_rule_more_is_asked_of_every_team(staff: Browser, cast: Cast) -> None:
    team = cast.submitted(members=FEW)
    assert "The rule “Principal” is added." in add(staff)
    assert texts()[-1] == "Principal"
    lead = cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}")
    assert "Missing: principal." in lead.text()
    assert unmet() == {(current().team_rules[-1].id, team.id)}
    assert "Principal" in staff.get("/").text()
    event = newest_event("series:1")
    assert event.after == {"text": "Principal", "met_by": ["principal"]}


def test_the_same_form_twice_adds_one(staff: Browser) -> None:
    staff.get(f"{RULES}/new")
    assert staff.page
    fields = [each for each in staff.page.form(RULES).fields if each[0] != "text"]
    fields += [("text", "Principal"), ("met_by", "principal")]
    staff.post(RULES, fields)
    staff.post(RULES, fields)
    assert texts().count("Principal") == 1


@pytest.mark.parametrize(
    "fields", [{"text": " "}, {"met_by": None}, {"met_by": "emperor"}, {"text": "x" * 121}]
)
def test_half_a_rule_is_refused(staff: Browser, fields: dict[str, object]) -> None:
    add(staff, **fields)
    assert staff.page
    assert staff.page.status == 422
    assert len(texts()) == 4


@both_databases
def test_positions_are_edited_and_the_lists_follow(staff: Browser, cast: Cast) -> None:
    team, form = cast.submitted(members=FEW), address("School board member")
    staff.get(form)
    page = staff.submit(form, press="See", text="Principal", met_by="principal")
    assert "Of the 1 team that waits for a decision, 1 has nobody in the positions" in page.text()
    assert texts()[1] == "School board member"
    page = staff.submit(form)
    assert "The rule “Principal” is saved." in page.text()
    assert unmet() == {(current().team_rules[1].id, team.id)}
    event = newest_event("series:1")
    assert event.what == "edited the rule “School board member”"
    assert event.before == {"text": "School board member", "met_by": ["board"]}
    assert set(recount().values()) == {0}


@both_databases
def test_a_rule_that_was_asked_to_be_waived_goes_without_breaking_the_request(
    staff: Browser, cast: Cast
) -> None:
    team, form = cast.submitted(members=WITHOUT_BOARD), address("School board member")
    ask(team)
    assert "1 team has asked that it be waived" in staff.get(form).text()
    assert "is removed." in staff.submit(f"{form}/removal").text()
    assert "School board member" not in texts()
    assert unmet() == set()
    request = db.session.scalars(select(WaiverRequest)).one()
    assert request.rule.text == "School board member"
    assert cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}").status == 200
    assert staff.get(f"/staff/teams/{team.id}").status == 200
    cast.decide(team, "approve")
    assert team.state == "approved"
    assert set(recount().values()) == {0}


def test_removed_twice_is_removed_once(staff: Browser) -> None:
    form = address("School board member")
    page = staff.get(form)
    staff.submit(f"{form}/removal")
    staff.page = page
    assert staff.submit(f"{form}/removal").status == 200
    assert [rule.text for rule in db.session.scalars(select(TeamRule)) if rule.removed_at] == [
        "School board member"
    ]
    assert newest_event("series:1").what == "removed a rule for a team"


def test_the_last_rule_can_go_too(staff: Browser, cast: Cast) -> None:
    cast.submitted(members=WITHOUT_BOARD)
    for text in texts():
        form = address(text)
        staff.get(form)
        staff.submit(f"{form}/removal")
    assert unmet() == set()
    assert "Nobody in particular is asked for." in staff.get(f"{PAGE}/terms").text()
    assert "We ask for at least" not in staff.get("/").text()


def test_rules_change_places(staff: Browser) -> None:
    first, second, *_ = texts()
    form = address(first)
    staff.get(f"{PAGE}/terms")
    staff.submit(f"{form}/later")
    assert texts()[:2] == [second, first]
    event = newest_event("series:1")
    assert event.what == "changed the order of the rules"


def test_two_edits_of_one_rule_are_shown_side_by_side(cast: Cast) -> None:
    form = address("School board member")
    first, second = staff_browser(cast), staff_browser(cast)
    first.get(form)
    second.get(form)
    first.submit(form, met_by="principal")
    page = second.submit(form, met_by="business")
    assert page.status == 409
    assert "as it is saved now Principal or site administrator" in page.text()
    assert current().team_rules[1].met_by == ["principal"]


def test_a_rule_of_another_series_is_not_found_here(staff: Browser, cast: Cast) -> None:
    cast.next_series()
    rule = db.session.scalars(select(TeamRule)).all()[0]
    assert staff.get(f"/staff/series/2/rules/{rule.id}").status == 404
