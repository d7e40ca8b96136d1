"""What people are about: each looks at a page, and sends the form that it finds there, if any."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from typing import Any

from tests.faults.clients import DONE, PAUSE, Client
from tests.faults.files import FILES
from tests.faults.plan import DAYS, Errand
from tests.pages import Page

LOOKS, BETWEEN = 3, 0.2  # How often staff look whether a team has come in.
HEADINGS = "Name\tE-mail\tPosition\tSchool"


@dataclass(frozen=True)
class Place:
    """Where the run happens: the teams' numbers, and how a code is read that was mailed."""

    teams: list[int]
    cohort: int
    district: int
    code: Callable[[str], str]

    def team(self, errand: Errand) -> str:
        return f"/teams/{self.teams[errand.team]}"


def run(client: Client, errands: list[Errand], place: Place) -> None:
    for errand in errands:
        ERRANDS[errand.verb](client, errand, place)


def offers(page: Page, action: str) -> bool:
    """Whether a form posts there; reading the page as a browser does would take longer."""
    return f'action="{action}"' in page.html


def email(word: str) -> str:
    return f"{word}@example.org"


def add(client: Client, errand: Errand, place: Place) -> None:
    team = place.team(errand)
    if offers(client.look(team), f"{team}/members"):
        side, position = ("district", "principal") if errand.place % 2 else ("union", "teacher")
        row = {"side": side, "name": errand.text, "email": email(errand.word)}
        client.send(errand, f"{team}/members", row | {"position": position, "site": ""})


def edit(client: Client, errand: Errand, place: Place) -> None:
    """Change where somebody works; two leads may have the same row open."""
    team = place.team(errand)
    row = row_of(client.look(team), team, errand.place)
    form = f"{team}/members/{row}"
    if row and offers(client.look(f"{form}/edit"), form):
        sleep(PAUSE * (errand.place % 2))
        client.send(errand, form, {"site": errand.text}, row=row)


def remove(client: Client, errand: Errand, place: Place) -> None:
    team = place.team(errand)
    row = row_of(client.look(team), team, errand.place)
    action = f"{team}/members/{row}/removal"
    if row and offers(client.look(team), action):
        client.send(errand, action, {}, row=row)


def row_of(page: Page, team: str, place: int) -> int:
    """One of the rows that can be changed; 0 where there is none."""
    found = sorted({int(row) for row in re.findall(rf'"{team}/members/(\d+)/edit"', page.html)})
    return found[place % len(found)] if found else 0


def bring(client: Client, errand: Errand, place: Place) -> None:
    """Paste a list of two, look at it, and put them on the roster."""
    rows = [f"{name}\t{email(name)}\tTeacher\tAlder" for name in pasted(errand.word)]
    bring_by(client, errand, place, {"text": "\n".join([HEADINGS, *rows])})


def upload(client: Client, errand: Errand, place: Place) -> None:
    """The same with a file, which may be in another encoding, or no list at all."""
    name, content = FILES[errand.place % len(FILES)](pasted(errand.word))
    bring_by(client, errand, place, {"file": (content, name)})


def bring_by(client: Client, errand: Errand, place: Place, fields: dict[str, Any]) -> None:
    team = place.team(errand)
    if not offers(client.look(f"{team}/imports"), f"{team}/imports"):
        return
    told = client.send(errand, f"{team}/imports", fields, verb="paste")
    if told.outcome == DONE:
        action = f"{told.address.partition('?')[0]}/additions"
        if offers(client.look(told.address), action):
            client.send(errand, action, {}, verb="bring")


def pasted(word: str) -> list[str]:
    return [f"{word}y", f"{word}z"]


def sign(client: Client, errand: Errand, place: Place) -> None:
    team = place.team(errand)
    page = client.look(team)
    if offers(page, f"{team}/signatures"):
        revision, number = (
            page.form(f"{team}/signatures").value("revision"),
            place.teams[errand.team],
        )
        client.send(errand, f"{team}/signatures", {}, team=number, revision=int(revision or 0))


def withdraw(client: Client, errand: Errand, place: Place) -> None:
    team = place.team(errand)
    if offers(client.look(team), f"{team}/withdrawal"):
        client.send(errand, f"{team}/withdrawal", {}, team=place.teams[errand.team])


def approve(client: Client, errand: Errand, place: Place) -> None:
    decide(client, errand, place, "approval")


def send_back(client: Client, errand: Errand, place: Place) -> None:
    decide(client, errand, place, "return")


def decide(client: Client, errand: Errand, place: Place, noun: str) -> None:
    """Decide on a team, once it has come in."""
    page = f"/staff{place.team(errand)}"
    for _ in range(LOOKS):
        if offers(client.look(page), f"{page}/{noun}"):
            client.send(errand, f"{page}/{noun}", {"note": errand.text})
            return
        sleep(BETWEEN)


def publish(client: Client, errand: Errand, place: Place) -> None:
    """Draft other days for a session, look at what that changes, and publish it."""
    page = f"/staff/cohorts/bay-area/meetings/{1 + errand.place % 2}"
    if not offers(client.look(page), f"{page}/draft"):
        return
    first, second = DAYS[errand.place]
    days = {"day_1": first, "day_2": second}
    if client.send(errand, f"{page}/draft", days, verb="draft").outcome != DONE:
        return
    action = "/staff/cohorts/bay-area/publications"
    if offers(client.look("/staff/cohorts/bay-area/publication"), action):
        client.send(errand, action, {})


def register(client: Client, errand: Errand, place: Place) -> None:
    """Start a team with the code from the letter."""
    client.look("/register?cohort=bay-area")
    lead = {"name": errand.text, "email": email(errand.word), "side": "union", "attends": "y"}
    what = {"cohort_id": place.cohort, "district_id": place.district, "position": "teacher"}
    if client.send(errand, "/register", lead | what, verb="ask").outcome != DONE:
        return
    if offers(client.look("/register/code"), "/register/code"):
        client.send(errand, "/register/code", {"code": place.code(email(errand.word))})


ERRANDS: dict[str, Callable[[Client, Errand, Place], None]] = {
    "add": add,
    "edit": edit,
    "remove": remove,
    "bring": bring,
    "upload": upload,
    "sign": sign,
    "withdraw": withdraw,
    "approve": approve,
    "return": send_back,
    "publish": publish,
    "register": register,
}
