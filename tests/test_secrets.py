"""Secrets of links and sign-ins stay where they belong: in a letter, its page, and nowhere else."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from cdef.kernel.db import Base, db
from cdef.outbox.models import Letter
from tests.world import World, routes

ROLES = ("nobody", "lead", "other", "member", "staff", "only admin", "only needs")
# Letters hold their own secrets, so that a mail can be sent; the demonstration shows them on purpose.
HOLDING, SHOWING = {("letter", "raw"), ("letter", "secrets")}, "/demo"


def canaries(world: World) -> set[str]:
    """Every secret of a link, a letter and a sign-in that there is."""
    lettered = db.session.scalars(select(Letter.secrets)).all()
    mailed = {secret for secrets in lettered for secret in secrets or [] if len(secret) > 6}
    return {*world.facts.secrets.values(), *world.facts.keys.values(), *mailed}


def found_in(text: str, secrets: set[str]) -> list[str]:
    return [secret for secret in secrets if secret in text]


def addresses(world: World, method: str) -> Iterator[tuple[str, str]]:
    for verb, path in sorted(routes(world.app)):
        if verb == method and not path.startswith((SHOWING, "/static")):
            yield path, world.address(path, "fresh")


def said(response: Any) -> str:
    """An answer's headers and body; a PDF is drawn by a fake here, and holds its data elsewhere."""
    text = response.get_data().decode("utf-8", "replace")
    response.close()
    return f"{response.headers}{text}"


@pytest.mark.parametrize("role", ROLES)
def test_no_page_file_calendar_export_or_timeline_shows_a_secret(world: World, role: str) -> None:
    secrets = canaries(world)
    assert len(secrets) > 20
    for path, address in addresses(world, "GET"):
        own = found_in(address, secrets)  # A link's page names its own address in its form.
        answer = said(world.signed_in(role).get(address))
        assert (path, found_in(answer, secrets - set(own))) == (path, [])


def test_after_its_use_no_address_has_a_secret(world: World) -> None:
    secrets, moved = canaries(world), 0
    for path, address in addresses(world, "POST"):
        if "<secret>" not in path:
            continue
        data = world.facts.fields | {"csrf_token": world.token, "meant": "y"}
        for headers in ({}, {"HX-Request": "true"}):
            response = world.signed_in("nobody").post(address, data=data, headers=headers)
            led_to = response.headers.get("Location", "") + response.headers.get("HX-Redirect", "")
            moved += bool(led_to)
            assert (path, found_in(led_to, secrets)) == (path, [])
            world.restore()
    assert moved >= 8


def test_no_line_of_the_log_has_a_secret(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "cdef")
    secrets = canaries(world)
    for method in ("GET", "POST"):
        for _, address in addresses(world, method):
            world.ask(method, address, "staff")
            world.ask(method, address, "nobody")
    lines = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "accounts.use_link" in lines
    assert found_in(lines, secrets) == []


def test_no_table_has_a_secret_but_a_letter_its_own(world: World) -> None:
    secrets = canaries(world)
    for table in Base.metadata.sorted_tables:
        kept = [column for column in table.c if (table.name, column.name) not in HOLDING]
        rows = repr(db.session.execute(select(*kept)).all())
        assert (table.name, found_in(rows, secrets)) == (table.name, [])


def test_a_page_that_shows_one_is_caught(world: World) -> None:
    secret = next(iter(world.facts.secrets.values()))
    view: Any = lambda: f"<p>{secret}</p>"  # noqa: E731 (a view in one line)
    view.audience = "everybody"
    world.app.view_functions["series.home"] = view
    assert found_in(said(world.signed_in("nobody").get("/")), canaries(world)) == [secret]
