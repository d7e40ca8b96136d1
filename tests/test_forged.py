"""Requests that pretend: another method than they have, another page than they come from."""

from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest

from cdef.kernel.links import local_path
from tests.cast import DISTRICT_LEAD, Cast
from tests.test_headers import FOREIGN
from tests.world import World, digest, routes

OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")


def test_no_header_and_no_field_makes_a_form_of_an_address(world: World) -> None:
    before = digest()
    posted = sorted(path for method, path in routes(world.app) if method == "POST")
    headers = dict.fromkeys(OVERRIDES, "POST")
    for path in posted:
        address = world.address(path, "staff") + "?_method=POST&name=Ottoline"
        response = world.signed_in("staff").get(address, headers=headers)
        response.close()
        assert (path, response.status_code < 500) == (path, True)
    assert digest() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_a_form_in_another_method_is_refused(world: World, method: str) -> None:
    before = digest()
    for path in sorted({path for _, path in routes(world.app)}):
        address = world.address(path, "staff")
        data = world.facts.fields | {"csrf_token": world.token}
        response = world.signed_in("staff").open(address, method=method, data=data)
        response.close()
        assert (path, response.status_code) == (path, 405)
    assert digest() == before


def test_a_page_that_is_not_ours_is_not_gone_back_to(cast: Cast) -> None:
    cast.person(DISTRICT_LEAD)
    client = cast.app.test_client()
    for address, name in product(FOREIGN, ("HX-Current-URL", "Referer")):
        if "\r" in address or "\n" in address:
            continue  # No server takes such a header.
        headers = {"HX-Request": "true", name: address}
        response = client.get("/teams", headers=headers)
        assert response.status_code == 401
        wanted = parse_qs(urlsplit(response.headers["HX-Redirect"]).query).get("next", ["/"])
        assert (address, local_path(wanted[0])) == (address, wanted[0])


def test_what_is_asked_for_twice_counts_once(cast: Cast) -> None:
    client = cast.app.test_client()
    page = client.get("/sign-in?next=/teams&next=//evil.example").text
    assert "evil" not in page
    assert "evil" not in client.get("/sign-in?next=//evil.example&next=/teams").text


def test_no_answer_is_for_pages_of_others(world: World) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for path in sorted({path for _, path in routes(world.app)}):
        for method in ("GET", "OPTIONS"):
            address = world.address(path, "staff")
            with world.signed_in("staff").open(address, method=method, headers=headers) as response:
                shared = [name for name, _ in response.headers if "Allow-Origin" in name]
                assert (path, shared) == (path, [])


def test_fields_that_a_form_does_not_have_change_nothing(cast: Cast) -> None:
    team, other = cast.team(members=[]), cast.team(cd_code="0161259", lead="o@example.org")
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    form = browser.page.form(f"/teams/{team.id}/members")
    typed = {"name": "Ottoline Brandt", "email": "ob@example.org", "position": "board"}
    more = {"id": "1", "team_id": str(other.id), "roles": "admin", "removed_at": "2016-01-01"}
    browser.client.post(form.action, data=dict(form.fields) | typed | more)
    assert [row.name for row in team.members][-1:] == ["Ottoline Brandt"]
    assert "Ottoline Brandt" not in [row.name for row in other.members]
    assert cast.person("ob@example.org").roles == ""


def test_every_answer_says_what_it_is(world: World) -> None:
    for path in sorted({path for method, path in routes(world.app) if method == "GET"}):
        with world.signed_in("staff").get(world.address(path, "staff")) as response:
            told = response.headers.get("Content-Type", "nothing")
            is_text = told.startswith("text/")
            assert (path, bool(response.data) <= ("/" in told)) == (path, True)
            assert (path, told.endswith("; charset=utf-8") or not is_text) == (path, True)
