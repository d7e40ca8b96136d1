"""The choices under "find your district", as the register page and htmx get them."""

import json
import re

import pytest
from flask.testing import FlaskClient

from cdef.directory import rules
from cdef.directory.actions import add_by_hand, options, search
from cdef.kernel import clock
from cdef.kernel.db import transaction

pytestmark = pytest.mark.usefixtures("app")
ADDRESS = "/districts/options"


def shown(client: FlaskClient, **query: object) -> str:
    answer = client.get(ADDRESS, query_string=query)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def radios(page: str) -> list[str]:
    return re.findall(r'<label for="district-\d+">(.+?)</label>', page)


def test_the_fragment_is_one_element_with_a_stable_id(client: FlaskClient) -> None:
    page = shown(client, q="milpitas")
    assert re.fullmatch(r'<div class="choices" id="district-options">.*</div>', page)
    assert page.count("<div") == page.count("</div>") == 2


def test_each_choice_says_its_county_and_kind(client: FlaskClient) -> None:
    page = shown(client, q="ocean view")
    assert radios(page) == ["Ocean View (Orange County)", "Ocean View (Ventura County)"]
    assert page.count("Elementary School District</p>") == 2


def test_every_radio_has_its_label_and_hint(client: FlaskClient) -> None:
    page = shown(client, q="unified")
    ids = re.findall(r'<input type="radio" name="district_id" id="(.+?)"', page)
    assert len(ids) == len(set(ids)) == 8
    for each in ids:
        assert f'<label for="{each}">' in page
        assert f'aria-describedby="{each}-hint"' in page
        assert f'id="{each}-hint"' in page


def test_nobody_needs_to_sign_in_to_find_a_district(client: FlaskClient) -> None:
    assert client.get(ADDRESS, query_string={"q": "oakland"}).status_code == 200


def test_the_query_may_come_under_the_register_pages_name(client: FlaskClient) -> None:
    assert radios(shown(client, district_query="oakland")) == ["Oakland Unified (Alameda County)"]


def test_fewer_than_two_letters_ask_for_more(client: FlaskClient) -> None:
    for query in ({}, {"q": ""}, {"q": " m "}):
        page = shown(client, **query)
        assert "Type the first letters of your district." in page
        assert radios(page) == []


def test_no_match_says_what_to_do(client: FlaskClient) -> None:
    assert (
        "No district matches “Atlantis &lt;b&gt;”. "
        "Check the spelling, or choose “My district is not listed”."
    ) in shown(client, q="Atlantis <b>")


def test_more_than_twelve_are_counted() -> None:
    assert rules.said("union", 43) == "The first 12 of 43; type more letters."
    assert rules.said("union", 12) == "12 districts match."
    assert rules.said("union", 1) == "1 district matches."


def test_at_most_twelve_are_shown_of_all_that_match(client: FlaskClient) -> None:
    with transaction():
        for number in range(31):
            add_by_hand(f"Lakeview {number}", "Kern", now=clock.now())
    page = shown(client, q="lakeview")
    assert len(radios(page)) == 12
    assert "The first 12 of 31; type more letters." in page


def test_a_district_typed_by_hand_has_no_empty_hint(client: FlaskClient) -> None:
    with transaction():
        add_by_hand("Lakeview", "Kern", now=clock.now())
    page = shown(client, q="lakeview")
    assert radios(page) == ["Lakeview (Kern County)"]
    assert "choice__hint" not in page


def test_a_cd_code_finds_its_district(client: FlaskClient) -> None:
    assert radios(shown(client, q="3367033")) == ["Corona-Norco Unified (Riverside County)"]


def test_the_chosen_district_stays_first_and_checked_whatever_is_typed(
    client: FlaskClient,
) -> None:
    chosen = search("milpitas")[0]
    for query in ("oakland", "", "no such district"):
        page = shown(client, q=query, district_id=chosen.id)
        assert radios(page)[0] == "Milpitas Unified (Santa Clara County)"
        assert page.count(" checked") == 1


def test_the_chosen_district_is_shown_once_when_it_matches(client: FlaskClient) -> None:
    chosen = search("san juan")[0]
    found = radios(shown(client, q="san", district_id=chosen.id))
    assert found[0] == "San Juan Unified (Sacramento County)"
    assert found.count(found[0]) == 1


def test_a_chosen_district_that_is_none_is_passed_over(client: FlaskClient) -> None:
    for chosen in (0, -1, 999_999, 2**31, 2**63, 10**40, "x", "", "1.5"):
        assert " checked" not in shown(client, q="milpitas", district_id=chosen), chosen


def test_a_chosen_district_that_became_inactive_is_passed_over() -> None:
    with transaction():
        chosen = search("milpitas")[0]
        chosen.is_active = False
    assert options("oakland", chosen.id)["chosen"] is None


def test_the_register_page_gets_all_that_the_template_needs() -> None:
    found = options("milpitas", None)
    assert {key: found[key] for key in ("query", "total", "chosen", "said")} == {
        "query": "milpitas",
        "total": 1,
        "chosen": None,
        "said": "1 district matches.",
    }


def test_with_htmx_a_screen_reader_hears_how_many_match(client: FlaskClient) -> None:
    query, headers = {"q": "“zzé” ocean\r\nview"}, {"HX-Request": "true"}
    answer = client.get(ADDRESS, query_string=query, headers=headers)
    said = json.loads(answer.headers["HX-Trigger"])["announce"]["text"]
    assert said.startswith("No district matches ““zzé” ocean view”.")


def test_hostile_queries_are_harmless(client: FlaskClient) -> None:
    for query in ("%_\\", "x" * 10_000, "<script>", "{{7*7}}", "\0zq", "\u202e" * 99):
        page = shown(client, q=query)
        assert radios(page) == []
        assert "<script" not in page
        assert "49" not in page
        assert len(page) < 500


def test_only_get_is_answered(client: FlaskClient) -> None:
    assert client.post(ADDRESS).status_code in {400, 405}
