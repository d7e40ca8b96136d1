"""Which pages ask staff for a role, crossed with staff who have one role alone."""

import re

import pytest
from flask import Flask

from cdef.accounts.rules import ROLES
from cdef.kernel import access
from tests.world import World, routes

# Whoever has the role gets the status; every other staff member gets 403, in words. What is not
# here is for those who decide, and run the series.
TABLE = """
route                                        role     status
GET  /staff/accounts                         admin    200
POST /staff/accounts                         admin    422
GET  /staff/accounts/<person_id>             admin    200
POST /staff/accounts/<person_id>/removal     admin    303
POST /staff/accounts/<person_id>/roles       admin    422
GET  /staff/needs                            needs    200
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


def asking(app: Flask) -> set[tuple[str, str, str]]:
    """The routes that ask for a role, each with it."""
    return {
        (method, path, access.role(rule.endpoint))
        for rule in app.url_map.iter_rules()
        for method, path in routes(app)
        if method in (rule.methods or set())
        and access.role(rule.endpoint) not in ("", access.DECIDING)
        and path == rule.rule.replace("int:", "")
    }


def differences(world: World) -> list[str]:
    found = []
    for method, path, role, status in ROWS:
        for own in ROLES:
            answer = world.ask(method, world.address(path, "staff"), f"only {own}")
            wanted = int(status) if own == role else 403
            if answer.status_code != wanted:
                found.append(f"{method} {path}: {own} got {answer.status_code}")
            elif wanted == 403 and f"the role “{role}”" not in answer.text:
                found.append(f"{method} {path}: {own} is not told why")
    return found


def test_every_route_that_asks_for_a_role_has_a_row(app: Flask) -> None:
    assert asking(app) == {(method, path, role) for method, path, role, _ in ROWS}


def test_staff_without_the_role_are_told_whom_to_ask(world: World) -> None:
    assert differences(world) == []


def test_a_view_that_forgot_its_role_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.app.view_functions["accounts.accounts"], "role", "")
    assert differences(world) == [
        f"GET /staff/accounts: {own} got 200" for own in ROLES if own != "admin"
    ]


def deciding(app: Flask) -> list[tuple[str, str]]:
    """The routes of those who decide."""
    return sorted(
        {
            (method, re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"<\1>", rule.rule))
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            if access.role(rule.endpoint) == access.DECIDING
        }
    )


@pytest.mark.parametrize("own", [role for role in ROLES if role != access.DECIDING])
def test_nobody_decides_who_only_counts_needs_or_money(world: World, own: str) -> None:
    found = deciding(world.app)
    assert ("POST", "/staff/teams/<team_id>/<decision>") in found
    for method, path in found:
        answer = world.ask(method, world.address(path, "staff"), f"only {own}")
        assert (answer.status_code, "the role “staff”" in answer.text) == (403, True), path


@pytest.mark.parametrize("own", [role for role in ROLES if role != access.DECIDING])
def test_no_team_is_seen_by_who_only_counts_needs_or_money(world: World, own: str) -> None:
    for path in ("", "/changes", "/roster"):
        address = world.address("/teams/<team_id>" + path, "staff")
        assert world.ask("GET", address, f"only {own}").status_code == 404
