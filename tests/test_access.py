"""Who may open what: every route, crossed with every role, in one table."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask

from cdef.demo.views import blueprint as demo_pages
from cdef.kernel import access
from tests.flyers.access import CAMPAIGNS
from tests.participants.access import PARTICIPANTS
from tests.registrations.access import LETTERS
from tests.series.access import SERIES
from tests.world import Route, World, routes

# A member came by a personal link; ended is a lead whose sign-in is too old. The last three are
# nobody with a mailed link that was used, that is too old, or that was never sent.
TABLE = """
route                                                    nobody   lead  other member  staff  ended  spent   late   fake
GET  /                                                      200    200    200    200    200    200      -      -      -
GET  /cohorts/<slug>                                        200    200    200    200    200    200      -      -      -
GET  /cohorts/<slug>/calendar.ics                           200    200    200    200    200    200      -      -      -
GET  /calendars/<secret>.ics                                200    200    200    200    200    200    404    404    404
GET  /cohorts/<slug>/flyer.pdf                              200    200    200    200    200    200      -      -      -
GET  /demo                                                  200    200    200    200    200    200      -      -      -
GET  /demo/letters/<letter_id>                              200    200    200    200    200    200      -      -      -
GET  /demo/letters/<letter_id>/attachments/<number>         200    200    200    200    200    200      -      -      -
GET  /demo/letters/<letter_id>/html                         200    200    200    200    200    200      -      -      -
POST /demo/sign-in/<role>                                   303    303    303    303    303    303      -      -      -
GET  /districts/options                                     200    200    200    200    200    200      -      -      -
GET  /flyer.pdf                                             200    200    200    200    200    200      -      -      -
GET  /healthz/live                                          200    200    200    200    200    200      -      -      -
GET  /healthz/ready                                         200    200    200    200    200    200      -      -      -
GET  /metrics                                               200    200    200    200    200    200      -      -      -
GET  /personal                                              303    200    200    200    200    303      -      -      -
POST /personal/calendar-address                             401    303    303    303    303    401      -      -      -
GET  /personal/<member_id>/calendar.ics                     303    404    404    200    404    303      -      -      -
POST /personal/<member_id>/meetings/<meeting_id>/<said>     401    404    404    303    404    401      -      -      -
POST /personal/<member_id>/needs                            401    404    404    303    404    401      -      -      -
GET  /personal/open/<secret>                                200    200    200    200    200    200    410    410    410
POST /personal/open/<secret>                                303    303    303    303    303    303    410    410    410
GET  /register                                              200    200    200    200    200    200      -      -      -
POST /register                                              422    422    422    422    422    422      -      -      -
GET  /register/<secret>                                     200    200    200    200    200    200    410    410    410
POST /register/<secret>                                     422    422    422    422    422    422    410    410    410
GET  /register/code                                         303    303    303    303    303    303      -      -      -
POST /register/code                                         303    303    303    303    303    303      -      -      -
GET  /registrations/<registration_id>                       303    403    403    303    303    303      -      -      -
GET  /sign-in                                               200    200    200    200    200    200      -      -      -
POST /sign-in                                               303    303    303    303    303    303      -      -      -
GET  /sign-in/<secret>                                      200    200    200    200    200    200    410    410    410
POST /sign-in/<secret>                                      303    303    303    303    303    303    410    410    410
GET  /sign-in/code                                          303    303    303    303    303    303      -      -      -
POST /sign-in/code                                          303    303    303    303    303    303      -      -      -
POST /sign-out                                              401    303    303    303    303    401      -      -      -
POST /sign-out/everywhere                                   401    303    303    303    303    401      -      -      -
GET  /staff                                                 303    403    403    303    200    303      -      -      -
GET  /staff/accounts                                        303    403    403    303    200    303      -      -      -
POST /staff/accounts                                        401    403    403    401    422    401      -      -      -
GET  /staff/accounts/<person_id>                            303    403    403    303    200    303      -      -      -
POST /staff/accounts/<person_id>/removal                    401    403    403    401    303    401      -      -      -
POST /staff/accounts/<person_id>/roles                      401    403    403    401    422    401      -      -      -
GET  /staff/cohorts/<slug>                                  303    403    403    303    200    303      -      -      -
GET  /staff/cohorts/<slug>/meetings                         303    403    403    303    200    303      -      -      -
GET  /staff/cohorts/<slug>/meetings/<training_session_id>   303    403    403    303    200    303      -      -      -
POST /staff/cohorts/<slug>/meetings/<training_session_id>/draft 401 403   403    401    422    401      -      -      -
POST /staff/cohorts/<slug>/meetings/<training_session_id>/draft/removal 401 403 403 401 303    401      -      -      -
POST /staff/cohorts/<slug>/meetings/<training_session_id>/removal 401 403 403    401    303    401      -      -      -
GET  /staff/cohorts/<slug>/publication                      303    403    403    303    200    303      -      -      -
GET  /staff/cohorts/<slug>/publications                     303    403    403    303    200    303      -      -      -
POST /staff/cohorts/<slug>/publications                     401    403    403    401    409    401      -      -      -
GET  /staff/cohorts/<slug>/venues/<venue_id>                303    403    403    303    200    303      -      -      -
POST /staff/cohorts/<slug>/venues/<venue_id>/draft          401    403    403    401    422    401      -      -      -
POST /staff/cohorts/<slug>/venues/<venue_id>/draft/removal  401    403    403    401    303    401      -      -      -
GET  /staff/publications/<publication_id>                   303    403    403    303    200    303      -      -      -
POST /staff/cohorts/<slug>/names-due                        401    403    403    401    303    401      -      -      -
POST /staff/cohorts/<slug>/seats                            401    403    403    401    422    401      -      -      -
GET  /staff/cohorts/<slug>/waitlist                         303    403    403    303    303    303      -      -      -
POST /staff/decisions                                       401    403    403    401    303    401      -      -      -
GET  /staff/decisions/<batch_id>                            303    403    403    303    404    303      -      -      -
POST /staff/decisions/<batch_id>/continuation               401    403    403    401    404    401      -      -      -
POST /staff/decisions/confirmation                          401    403    403    401    303    401      -      -      -
GET  /staff/directory                                        303    403    403    303    200    303      -      -      -
GET  /staff/directory/<district_id>                          303    403    403    303    200    303      -      -      -
GET  /staff/directory/files                                  303    403    403    303    200    303      -      -      -
POST /staff/directory/files                                  401    403    403    401    422    401      -      -      -
GET  /staff/directory/files/<file_id>                        303    403    403    303    200    303      -      -      -
POST /staff/directory/files/<file_id>/application            401    403    403    401    409    401      -      -      -
GET  /staff/directory/<district_id>/edit                     303    403    403    303    200    303      -      -      -
POST /staff/directory/<district_id>/edit                     401    403    403    401    422    401      -      -      -
GET  /staff/directory/<district_id>/merger                   303    403    403    303    200    303      -      -      -
POST /staff/directory/<district_id>/merger                   401    403    403    401    422    401      -      -      -
POST /staff/directory/<district_id>/unions                   401    403    403    401    422    401      -      -      -
GET  /staff/directory/<district_id>/unions/<union_id>        303    403    403    303    200    303      -      -      -
POST /staff/directory/<district_id>/unions/<union_id>        401    403    403    401    422    401      -      -      -
POST /staff/directory/<district_id>/unions/<union_id>/merger 401    403    403    401    422    401      -      -      -
POST /staff/directory/<district_id>/unions/<union_id>/removal 401    403    403    401    303    401      -      -      -
GET  /staff/needs                                            303    403    403    303    200    303      -      -      -
GET  /staff/outbox                                          303    403    403    303    200    303      -      -      -
GET  /staff/outbox/<letter_id>                              303    403    403    303    200    303      -      -      -
GET  /staff/outbox/<letter_id>/attachments/<number>         303    403    403    303    200    303      -      -      -
POST /staff/outbox/<letter_id>/attempt                      401    403    403    401    303    401      -      -      -
POST /staff/outbox/<letter_id>/drop                         401    403    403    401    422    401      -      -      -
GET  /staff/outbox/<letter_id>/html                         303    403    403    303    200    303      -      -      -
GET  /staff/export                                          303    403    403    303    200    303      -      -      -
POST /staff/outbox/<letter_id>/release                      401    403    403    401    422    401      -      -      -
POST /staff/outbox/<letter_id>/resend                       401    403    403    401    303    401      -      -      -
POST /staff/outbox/<letter_id>/setting-aside                401    403    403    401    422    401      -      -      -
POST /staff/outbox/quarantine/end                           401    403    403    401    303    401      -      -      -
GET  /staff/export/<what>.<kind>                            303    403    403    303    200    303      -      -      -
GET  /staff/overview                                        303    403    403    303    200    303      -      -      -
GET  /staff/timeline                                        303    403    403    303    200    303      -      -      -
GET  /staff/teams/<team_id>/roster.pdf                      303    403    403    303    200    303      -      -      -
GET  /teams/<team_id>/roster.pdf                            303    200    404    303    200    303      -      -      -
GET  /staff/queue                                           303    403    403    303    303    303      -      -      -
GET  /staff/teams/<team_id>                                 303    403    403    303    200    303      -      -      -
GET  /staff/teams/<team_id>/decision                        303    403    403    303    303    303      -      -      -
POST /staff/teams/<team_id>/<decision>                      401    403    403    401    303    401      -      -      -
POST /staff/cohorts/<slug>/swaps-until                      401    403    403    401    303    401      -      -      -
POST /staff/teams/<team_id>/proposals/<proposal_id>/<verdict> 401  403    403    401    422    401      -      -      -
GET  /static/<filename>                                     200    200    200    200    200    200      -      -      -
GET  /teams                                                 303    200    200    303    200    303      -      -      -
GET  /teams/<team_id>                                       303    200    404    303    200    303      -      -      -
GET  /teams/<team_id>/changes                               303    200    404    303    200    303      -      -      -
POST /teams/<team_id>/events/<event_id>/undo                401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/handovers                             401    422    404    401    303    401      -      -      -
POST /teams/<team_id>/handovers/<handover_id>/withdrawal    401    303    404    401    303    401      -      -      -
GET  /teams/<team_id>/imports                               303    200    404    303    200    303      -      -      -
POST /teams/<team_id>/imports                               401    422    404    401    422    401      -      -      -
GET  /teams/<team_id>/imports/<import_id>                   303    200    404    303    200    303      -      -      -
POST /teams/<team_id>/imports/<import_id>/additions         401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/imports/<import_id>/columns           401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/imports/<import_id>/lines             401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/imports/<import_id>/removal           401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/imports/last-year                     401    422    404    401    422    401      -      -      -
POST /teams/<team_id>/members                               401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/members/<member_id>                   401    303    404    401    303    401      -      -      -
GET  /teams/<team_id>/members/<member_id>/edit              303    200    404    303    200    303      -      -      -
POST /teams/<team_id>/members/<member_id>/removal           401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/members/<member_id>/restoration       401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/partner                               401    422    404    401    422    401      -      -      -
POST /teams/<team_id>/presence                              401    204    404    401    204    401      -      -      -
GET  /teams/<team_id>/members/<member_id>/name              303    200    404    303    200    303      -      -      -
POST /teams/<team_id>/members/<member_id>/name              401    422    404    401    422    401      -      -      -
GET  /teams/<team_id>/members/<member_id>/<change>          303    422    404    303    422    303      -      -      -
POST /teams/<team_id>/members/<member_id>/<change>          401    422    404    401    422    401      -      -      -
GET  /teams/<team_id>/proposals/new                         303    422    404    303    422    303      -      -      -
POST /teams/<team_id>/proposals                             401    422    404    401    422    401      -      -      -
POST /teams/<team_id>/proposals/<proposal_id>/withdrawal    401    303    404    401    303    401      -      -      -
GET  /teams/<team_id>/members/<member_id>/row               303    303    404    303    303    303      -      -      -
POST /teams/<team_id>/offer/<reply>                         401    422    404    401    422    401      -      -      -
GET  /teams/<team_id>/roster                                303    303    404    303    303    303      -      -      -
POST /teams/<team_id>/signatures                            401    303    404    401    422    401      -      -      -
POST /teams/<team_id>/withdrawal                            401    303    404    401    303    401      -      -      -
POST /teams/<team_id>/waivers                               401    422    404    401    422    401      -      -      -
POST /teams/<team_id>/waivers/<waiver_id>/withdrawal        401    303    404    401    422    401      -      -      -
GET  /teams/succeed/<secret>                                200    200    200    200    200    200    410    410    410
POST /teams/succeed/<secret>                                303    303    303    303    303    303    410    410    410
GET  /teams/join/<secret>                                   200    200    200    200    200    200    410    410    410
POST /teams/join/<secret>                                   303    303    303    303    303    303    410    410    410
"""
TABLE += LETTERS + SERIES + CAMPAIGNS + PARTICIPANTS
ROLES = TABLE.split()[1:10]
NUMBER = re.compile(r"<(\w+_id|number)>")


def rows(table: str) -> Iterator[tuple[Route, str, int]]:
    """Each cell of the table: the route, the role, and the status that it gets."""
    for line in table.strip().splitlines()[1:]:
        method, path, *cells = line.split()
        for role, status in zip(ROLES, cells, strict=True):
            if status != "-":
                yield (method, path), role, int(status)


def differences(world: World, table: str) -> list[str]:
    """Where an answer is not what the table says."""
    found = []
    for (method, path), role, status in rows(table):
        got = world.ask(method, world.address(path, role), role).status_code
        if got != status:
            found.append(f"{method} {path}: {role} got {got} instead of {status}")
    return found


def unmatched(app: Flask, table: str) -> set[Route]:
    """Routes without a row, and rows without a route."""
    return routes(app) ^ {route for route, _, _ in rows(table)}


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    app.register_blueprint(demo_pages)
    assert unmatched(app, TABLE) == set()


def test_every_route_answers_each_role_as_the_table_says(world: World) -> None:
    assert differences(world, TABLE) == []


def test_a_route_without_a_row_is_caught(app: Flask) -> None:
    app.register_blueprint(demo_pages)
    app.add_url_rule("/planted/<int:team_id>", "planted", lambda team_id: "", methods=["POST"])
    assert unmatched(app, TABLE) == {("POST", "/planted/<team_id>")}


def test_a_row_without_a_route_is_caught(app: Flask) -> None:
    app.register_blueprint(demo_pages)
    more = TABLE + "GET /gone 200 200 200 200 200 200 - - -"
    assert unmatched(app, more) == {("GET", "/gone")}


def test_a_view_opened_by_mistake_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(line for line in TABLE.splitlines() if line.startswith("GET  /staff/outbox "))
    row = f"the header\n{row}"
    assert differences(world, row) == []
    view = world.app.view_functions["outbox.outbox"]
    monkeypatch.setattr(view, "audience", access.EVERYBODY)
    assert differences(world, row) == [
        f"GET /staff/outbox: {role} got 200 instead of {status}"
        for role, status in zip(ROLES, (303, 403, 403, 303, 200, 303), strict=False)
        if status != 200
    ]


def closed_routes(table: str) -> list[Route]:
    """The routes that send nobody to sign in: all but those that answer every role alike."""
    statuses: dict[Route, list[int]] = {}
    for route, _, status in rows(table):
        statuses.setdefault(route, []).append(status)
    return [route for route, got in statuses.items() if len(set(got[:6])) > 1]


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(world: World) -> None:
    for method, path in closed_routes(TABLE):
        address = world.address(path, "nobody")
        response = world.ask(method, address, "nobody")
        if method == "GET":
            assert response.location == f"/sign-in?next={address}"
        else:
            assert "Please sign in" in response.text


def test_for_htmx_that_is_401_with_the_address_to_load(world: World) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/teams/7"}
    for method, path in closed_routes(TABLE):
        response = world.ask(method, world.address(path, "nobody"), "nobody", headers)
        assert response.status_code == 401
        assert response.headers["HX-Redirect"] == "/sign-in?next=/teams/7"
        assert response.text == ""


def test_a_row_that_is_not_there_is_404(world: World) -> None:
    """Also a number that no database can hold, for whoever may see the rows that are there."""
    for (method, path), role, status in rows(TABLE):
        may_see = status < 400 and (role in ("lead", "staff") or path.startswith("/personal/"))
        if role not in ("lead", "member", "staff") or not may_see:
            continue
        for name, number in product(NUMBER.findall(path), (999_999, 2**31, 10**30)):
            address = world.address(path, role, **{name: number})
            assert (world.ask(method, address, role).status_code, address) == (404, address)


def test_a_row_of_another_team_is_not_reached_through_ones_own(world: World) -> None:
    own, other = world.values["team_id"], world.place
    held, approved = world.values["import_id"], world.facts.approved
    for method, address, role in (
        ("GET", f"/teams/{own}/members/{other}/edit", "lead"),
        ("POST", f"/teams/{own}/members/{other}", "lead"),
        ("POST", f"/teams/{own}/events/1/undo", "lead"),
        ("POST", f"/teams/{own}/members/{other}/removal", "lead"),
        ("POST", f"/teams/{own}/members/{other}/restoration", "staff"),
        ("GET", f"/teams/{approved}/imports/{held}", "lead"),
        ("POST", f"/teams/{approved}/imports/{held}/lines", "lead"),
        ("POST", f"/teams/{approved}/imports/{held}/additions", "staff"),
        ("POST", f"/teams/{approved}/imports/{held}/removal", "lead"),
        ("POST", f"/teams/{approved}/proposals/{world.values['proposal_id']}/withdrawal", "lead"),
        ("GET", f"/personal/{other - 1}/calendar.ics", "member"),
        ("POST", f"/personal/{other - 1}/needs", "member"),
        ("POST", f"/personal/{other}/meetings/{world.facts.other_meeting}/acceptance", "member"),
    ):
        assert (world.ask(method, address, role).status_code, address) == (404, address)


def test_a_real_app_has_no_demonstration(app: Flask) -> None:
    assert not [path for _, path in routes(app) if path.startswith("/demo")]
