"""Finding teams by people, district, county and what they lack; however the database goes about it."""

from collections.abc import Callable
from typing import Any

import pytest

from cdef.registrations import queue
from cdef.registrations.queue_search import Often, look, matching
from cdef.teams.listing_rules import asked_words
from cdef.teams.models import Team
from tests.cast import FEW, MEMBERS, MILPITAS, OAKLAND, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.registrations.test_queue import listed

SANTA_CLARA = "4369666"
WITHOUT_BOARD = [MEMBERS[1], MEMBERS[3]]
JOSE = ("district", "José Ángel Muñoz-Díaz", "board")


@pytest.fixture
def teams(cast: Cast) -> dict[str, Team]:
    cast.staff()
    return {
        "whole": cast.submitted(cd_code=MILPITAS, members=[JOSE, FEW[1]]),
        "lacking": cast.submitted(cd_code=OAKLAND, members=WITHOUT_BOARD),
        "draft": cast.team(cd_code=SANTA_CLARA, lead="josefa.lund@example.org", members=[FEW[0]]),
    }


@pytest.fixture
def staff(cast: Cast, teams: dict[str, Team]) -> Browser:
    return cast.browser(STAFF)


FOUND = {
    "q=jose+munoz": ["whole"],
    "q=MUÑOZ+José": ["whole"],
    "q=muno+jo": ["whole"],
    "q=diaz": ["whole"],
    "q=Muñoz-Díaz": ["whole"],
    "q=unoz": [],
    "q=jose+vang": [],
    "q=milpitas+munoz": ["whole"],
    "q=oakland": ["lacking"],
    "q=priscilla.vang@example.org": ["lacking"],
    "q=priscilla.va": ["lacking"],
    "q=dashiell": ["whole", "lacking"],
    "q=josefa": ["draft"],
    "q=okonkwo": [],
    "q=%00%25_": ["whole", "lacking", "draft"],
    "district=milpitas": ["whole"],
    "district=unified": ["whole", "lacking", "draft"],
    "district=nowhere": [],
    "county=Alameda": ["lacking"],
    "county=Santa+Clara": ["whole", "draft"],
    "county=Nowhere": ["whole", "lacking", "draft"],
    "problem=2": ["lacking"],
    "problem=9": ["whole", "lacking", "draft"],
    "problem=2&county=Santa+Clara": [],
    "problem=2&county=Alameda&district=oak&q=vang&cohort=bay-area": ["lacking"],
    "county=Alameda&cohort=sacramento": [],
}


@both_databases
def test_each_filter_finds_its_teams(teams: dict[str, Team], staff: Browser) -> None:
    for address, names in FOUND.items():
        found = listed(staff.get(f"/staff?state=all&{address}"))
        assert found == [teams[name].id for name in names], address


@both_databases
@pytest.mark.parametrize("lead", ["order", "county", "problem", "district", "words"])
def test_where_the_database_begins_makes_no_difference(
    teams: dict[str, Team], staff: Browser, lead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "cheapest", beginning_with(lead))
    test_each_filter_finds_its_teams(teams, staff)
    waiting = {"": ["whole", "lacking"], "county=Santa+Clara": ["whole"], "q=josefa": []}
    for address, names in waiting.items():
        assert listed(staff.get(f"/staff?{address}")) == [teams[name].id for name in names]


def beginning_with(lead: str) -> Callable[..., str]:
    """The lead where the filter has it, otherwise the list's own order."""

    def choose(_every: int, ordered: dict[str, Any], sets: dict[str, Any], _: object) -> str:
        return lead if lead in ordered | sets else "order"

    return choose


def test_counts_by_state_follow_the_filter(teams: dict[str, Team], staff: Browser) -> None:
    for address, all_, waiting in (
        ("", 3, 2),
        ("&county=Alameda", 1, 1),
        ("&problem=2", 1, 1),
        ("&q=jose", 2, 1),
        ("&q=jose&county=Alameda", 0, 0),
    ):
        page = staff.get(f"/staff?state=approved{address}")
        shown = {link.get("id"): "".join(link.itertext()).split()[-1] for link in page.find("a")}
        assert shown["state-all"] == str(all_), address
        assert shown["state-waiting-for-staff"] == str(waiting), address


def test_a_named_place_is_found_by_its_name(cast: Cast, staff: Browser) -> None:
    team = cast.submitted(cd_code="3476505", members=FEW, cohort="sacramento")
    assert listed(staff.get("/staff?q=thaddeus")) == [team.id]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  O’Brien   Smith-Lee ", ["obrien", "smith", "lee"]),
        ("jo.lee@Example.org", ["jo.lee@example.org"]),
        ("@example.org", ["example.org"]),
        ("Dr. Jr.", ["dr", "jr"]),
        ("a a b c d e f g h", ["a", "b", "c", "d", "e", "f"]),
        ("x" * 99, ["x" * 60]),
        ("!!! ---", []),
    ],
)
def test_what_was_typed_is_looked_for_word_by_word(typed: str, words: list[str]) -> None:
    assert asked_words(typed) == words


@pytest.mark.parametrize(
    ("often", "found"),
    [
        ([Often(12, 12, 3)], 4),
        ([Often(8000, 100, 1), Often(5000, 100, 20)], 1001),  # The rarest tells best.
        ([Often(8000, 100, 26), Often(8000, 100, 3)], 2081),
        ([Often(0, 0, 0), Often(8000, 100, 50)], 1),
    ],
)
def test_how_many_have_all_words_is_told_from_some(often: list[Often], found: int) -> None:
    assert matching(often) == found


@both_databases
def test_some_rows_of_each_word_are_tried_with_the_others(teams: dict[str, Team]) -> None:
    both = look(["vang", "priscilla"])
    assert both
    assert all(0 < each.hits <= each.tried == each.count for each in both)
    assert [each.hits for each in look(["vang", "nobody"])] == [0, 0]
