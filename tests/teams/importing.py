"""Bringing a list to a team, and reading what its preview shows."""

import re
from io import BytesIO
from typing import Any

from cdef.kernel.db import db
from cdef.teams.import_models import ImportLine, RosterImport
from cdef.teams.models import Team
from tests.pages import Browser, Page

HEADINGS = "Name\tE-mail\tPosition\tSite\n"
WINIFRED = "Winifred Abernathy\twinifred@example.org\tTeacher\tAlder Middle\n"
CASPIAN = "Caspian Delacroix\tcaspian@example.org\tPrincipal\tHarbor High\n"
NAMELESS = "TBD\tno address\tFriend of the team\t\n"


def paste(
    browser: Browser, team: Team, *rows: str, headings: str = HEADINGS, **fields: Any
) -> Page:
    """Paste rows under their headings into the form of the page that brings lists."""
    browser.get(f"/teams/{team.id}/imports")
    return browser.submit(f"/teams/{team.id}/imports", text=headings + "".join(rows), **fields)


def upload(browser: Browser, team: Team, name: str, content: bytes, **fields: Any) -> Page:
    browser.get(f"/teams/{team.id}/imports")
    return browser.submit(f"/teams/{team.id}/imports", file=(BytesIO(content), name), **fields)


def press(browser: Browser, button: str, **typed: Any) -> Page:
    """Press the button of the preview whose label begins so."""
    assert browser.page is not None
    where = browser.page.path.removesuffix("/lines").removesuffix("/additions")
    form = browser.page.form(f"{where}/lines")
    _label, value, action = next(each for each in form.buttons if each[0].startswith(button))
    data = [(name, text) for name, text in form.fields if name not in typed]
    data += list(typed.items())
    if value:
        data.append(tuple(value.split("=", 1)))  # type: ignore[arg-type]
    return browser.post(action or form.action, data)


def states(page: Page) -> dict[str, int]:
    """How many rows the preview has under each heading."""
    found = {}
    for heading in page.find("h2"):
        words = re.fullmatch(r"(.*\S)\s+(\d+)", " ".join("".join(heading.itertext()).split()))
        if words:
            found[words[1]] = int(words[2])
    return found


def lines() -> list[ImportLine]:
    db.session.rollback()
    return list(db.session.query(ImportLine).order_by(ImportLine.id))


def lists() -> list[RosterImport]:
    db.session.rollback()
    return list(db.session.query(RosterImport).order_by(RosterImport.id))
