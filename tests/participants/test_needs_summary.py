"""What caterers are told: how many need what, and nobody's name."""

from collections.abc import Sequence

from cdef.participants import actions
from cdef.participants.rules import Told, summary
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, OAKLAND, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Page

PAGE = "/staff/needs"


def tell(cast: Cast, team: Team, dietary: Sequence[str], access: str = "") -> None:
    for member, text in zip(team.members, dietary, strict=False):
        actions.tell_needs(member, text, access, now=cast.now())


def page(cast: Cast) -> Page:
    cast.staff()
    return cast.browser(STAFF).get(PAGE)


def rows(found: Page) -> dict[str, list[str]]:
    """The counts of each line, by its heading; cohorts without people have none."""
    said = {}
    for row in found.find("tr"):
        heading, *cells = ["".join(cell.itertext()).strip() for cell in row]
        said[heading] = cells
    return said


@both_databases
def test_each_need_is_counted_for_each_meeting(cast: Cast) -> None:
    team = cast.approved(members=FEW)
    tell(cast, team, ["No nuts.", "no nuts", "Vegan"], access="A ramp")
    found = rows(page(cast))
    assert found["No nuts."] == ["2", "2", "2"]
    assert found["Vegan"] == ["1", "1", "1"]
    assert found["A ramp"] == ["3", "3", "3"]
    assert found["Expected"] == ["4", "4", "4"]
    assert found["Told nothing"] == ["1", "1", "1"]


def test_whoever_cannot_come_to_a_meeting_is_not_counted_there(cast: Cast) -> None:
    team = cast.approved(members=FEW)
    member, meeting = team.members[0], team.cohort.meetings[0]
    tell(cast, team, ["Vegan"])
    seen, by = meeting.sequence, team.leads[0].person
    actions.answer_meeting(member, meeting, False, seen=seen, by=by, now=cast.now())
    found = rows(page(cast))
    assert found["Vegan"] == ["0", "1", "1"]
    assert found["Expected"] == ["3", "4", "4"]


def test_only_approved_teams_count(cast: Cast) -> None:
    cast.approved(members=FEW)
    other = cast.submitted(cd_code=OAKLAND, members=FEW)
    tell(cast, other, ["Halal"])
    found = page(cast)
    assert "Halal" not in found.html
    assert rows(found)["Expected"] == ["4", "4", "4"]


def test_a_member_who_left_counts_no_more(cast: Cast) -> None:
    team = cast.approved(members=FEW)
    tell(cast, team, ["Vegan"])
    cast.decide(team, "withdraw")
    assert "Vegan" not in page(cast).html


def test_no_name_no_address_and_no_district_stands_there(cast: Cast) -> None:
    team = cast.approved(members=FEW)
    tell(cast, team, ["Vegan"] * 4, access="Captions")
    html = page(cast).html
    for member in team.members:
        assert member.name not in html
        assert member.email not in html
    assert team.district.name not in html
    assert DISTRICT_LEAD not in html


def test_before_anybody_is_approved_it_says_so(cast: Cast) -> None:
    assert page(cast).html.count("No team is approved yet, so nobody is expected.") == 3


def test_spellings_of_one_need_are_one_line_in_the_words_that_most_used() -> None:
    told = [Told(text, "") for text in ("Végan", "vegan", "vegan.", "vegan", "", "Nuts\nand figs")]
    found = summary(told, [1])
    assert [(line.text, line.counts) for line in found.lines["dietary"]] == [
        ("Nuts and figs", [1]),
        ("vegan", [4]),
    ]
    assert (found.expected, found.silent) == ([6], [1])
