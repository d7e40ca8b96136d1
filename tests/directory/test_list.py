"""The staff's list of the directory."""

import pytest

from cdef.directory import listing
from tests.cast import STAFF, Cast
from tests.conftest import both_databases
from tests.directory.desk import DIRECTORY, typed_team
from tests.pages import Page


def names(page: Page) -> list[str]:
    return ["".join(cell.itertext()).strip() for cell in page.find("th", scope="row")]


@both_databases
def test_a_search_finds_by_name_county_and_code_with_accents_folded(cast: Cast) -> None:
    cast.staff()
    browser = cast.browser(STAFF)
    for query in ("mílpitas", "santa clara milpitas", "4373387", "43-73387"):
        assert names(browser.get(f"{DIRECTORY}?q={query}")) == ["Milpitas Unified"]


def test_without_a_search_all_are_listed_a_page_at_a_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ON_A_PAGE", 5)
    cast.staff()
    browser = cast.browser(STAFF)
    first = browser.get(DIRECTORY)
    assert "12 districts, page 1 of 3" in first.html
    seen = names(first) + names(browser.get(f"{DIRECTORY}?page=2"))
    seen += names(browser.get(f"{DIRECTORY}?page=3"))
    assert len(seen) == 12
    assert names(browser.get(f"{DIRECTORY}?page=99")) == seen[10:]


def test_those_typed_by_hand_can_be_shown_alone(cast: Cast) -> None:
    cast.staff()
    typed_team(cast)
    page = cast.browser(STAFF).get(f"{DIRECTORY}?by_hand=1")
    assert names(page) == ["Milpitas USD"]
    assert "Only those typed by hand (1)" in page.html


def test_nothing_found_says_so(cast: Cast) -> None:
    cast.staff()
    assert "No district is found" in cast.browser(STAFF).get(f"{DIRECTORY}?q=atlantis").html
