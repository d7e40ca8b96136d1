"""Going through the staff's list page by page, and what it costs."""

import pytest
from sqlalchemy import select

from cdef.kernel.db import db
from cdef.registrations import queue, queue_rules
from cdef.registrations.queue_rules import Place, cheapest, place_of, wanted_of
from cdef.teams.models import Team
from tests.cast import FEW, STAFF, Cast
from tests.conftest import both_databases
from tests.registrations.test_queue import listed
from tests.teams.costs import HTMX, counted

DISTRICTS = ("4373387", "0161259", "4369666", "4310439", "3467439", "3467447", "3476505")
STATEMENTS = 12


@pytest.fixture
def teams(cast: Cast) -> list[int]:
    cast.staff()
    found = [cast.submitted(cd_code=code, members=FEW).id for code in DISTRICTS[:5]]
    cast.team(cd_code=DISTRICTS[5], members=FEW)
    return found


@both_databases
def test_pages_follow_each_other_both_ways(
    cast: Cast, teams: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    staff = cast.browser(STAFF)
    pages = [listed(staff.get("/staff"))]
    for rel, name in (("next", "Newer"), ("next", "Newer"), ("prev", "Older"), ("prev", "Older")):
        link = staff.page.find("a", rel=rel)[0]  # type: ignore[union-attr]
        assert "".join(link.itertext()).strip() == name
        pages.append(listed(staff.get(link.get("href", ""))))
    first, second, third = teams[:2], teams[2:4], teams[4:]
    assert pages == [first, second, third, second, first]
    assert not staff.page.find("a", rel="prev")  # type: ignore[union-attr]


@both_databases
def test_a_page_stays_when_others_are_decided_on(
    cast: Cast, teams: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    staff = cast.browser(STAFF)
    following = staff.get("/staff").find("a", rel="next")[0].get("href", "")
    cast.decide(db.session.get_one(Team, teams[0]), "approve")
    assert listed(staff.get(following)) == teams[2:4]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=imogen+milpitas&county=Santa+Clara&problem=1&district=unified&cohort=bay-area&state=all",
        "state=all&q=imogen",
    ],
)
def test_no_list_takes_more_than_twelve_statements(
    cast: Cast, teams: list[int], query: str
) -> None:
    staff = cast.browser(STAFF)
    for path in ("/staff", "/staff/queue"):
        with counted() as statements:
            answer = staff.client.get(f"{path}?{query}", headers=HTMX)
        assert answer.status_code == 200
        assert len(statements) <= STATEMENTS, statements


def test_the_list_alone_says_the_address_of_its_page(cast: Cast, teams: list[int]) -> None:
    client = cast.browser(STAFF).client
    here = HTMX | {"HX-Current-URL": "http://localhost/staff"}
    answer = client.get("/staff/queue?q=imogen&county=&state=all", headers=here)
    assert answer.headers["HX-Push-Url"] == "/staff?state=all&q=imogen"
    assert '<div class="stack"\n     id="queue"' in answer.text
    again = client.get("/staff/queue", headers=here)
    assert "HX-Push-Url" not in again.headers
    plain = client.get("/staff/queue?q=imogen")
    assert (plain.status_code, plain.headers["Location"]) == (303, "/staff?q=imogen")


def test_an_older_series_is_listed_by_its_key(cast: Cast, teams: list[int]) -> None:
    cast.next_series()
    staff = cast.browser(STAFF)
    assert listed(staff.get("/staff")) == []
    assert listed(staff.get("/staff?series=2016-17")) == teams
    assert listed(staff.get("/staff?series=1999")) == []


def test_a_place_is_read_as_it_was_written() -> None:
    place = place_of("20161017T160000000123-7")
    assert place is not None
    assert str(place) == "20161017T160000000123-7"
    for text in ("", "7", "20161017T160000000123-x", f"20161017T160000000123-{10**12}", "x-7"):
        assert place_of(text) is None


def test_an_address_says_no_more_than_it_must() -> None:
    wanted = wanted_of({"state": "", "q": "jo\x00 lee", "cohort": "", "after": "nonsense"})
    assert wanted.address() == "?q=jo+lee"
    assert wanted.address(q="", state="all", after=Place(wanted_at(), 7)).startswith(
        "?state=all&after=2016"
    )


def wanted_at() -> queue_rules.datetime:
    return queue_rules.datetime(2016, 10, 17, tzinfo=queue_rules.UTC)


@pytest.mark.parametrize(
    ("ordered", "sets", "first"),
    [
        ({"order": 125_000}, {}, "order"),
        ({"order": 125_000}, {"words": 80}, "words"),
        ({"order": 125_000}, {"words": 60_000}, "order"),
        ({"order": 100}, {"words": 5_000}, "order"),
        ({"order": 50_000, "county": 90}, {}, "county"),
        ({"order": 50_000, "county": 12_000}, {"problem": 25_000}, "county"),
        ({"order": 0}, {"words": 0}, "words"),
    ],
)
def test_the_list_begins_where_fewest_rows_are_read(
    ordered: dict[str, int], sets: dict[str, int], first: str
) -> None:
    assert cheapest(125_000, ordered, sets) == first


def test_every_team_is_listed(cast: Cast, teams: list[int]) -> None:
    everybody = set(db.session.scalars(select(Team.id)))
    assert set(listed(cast.browser(STAFF).get("/staff?state=all"))) == everybody
