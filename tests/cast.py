"""The named cast of the tests, and the mailbox that reads their letters.

Imogen Castellanos leads the district side and Beatriz Holloway the union side of Milpitas; Rosalind
Achterberg is staff; Ferdinand Calloway leads another team; Cordelia Whitcombe is asked to take a
side over. All of them are invented.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask
from icalendar import Calendar
from sqlalchemy import inspect, select

from cdef.accounts import actions as accounts
from cdef.accounts.actions import open_browser, person_for
from cdef.accounts.models import Person
from cdef.directory.models import District
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.kernel.sheets import from_paste
from cdef.outbox.models import Letter
from cdef.registrations import actions as registrations
from cdef.registrations import sign_actions
from cdef.registrations.decision_rules import Said
from cdef.series.models import cohort_by_slug, current_series
from cdef.teams import actions as teams
from cdef.teams import handover_actions, roster_actions
from cdef.teams import import_actions as imports
from cdef.teams.actions import Start
from cdef.teams.import_models import RosterImport
from cdef.teams.lead_models import Lead
from cdef.teams.listing_actions import relist_words
from cdef.teams.models import Team
from cdef.teams.row_rules import Row
from tests.pages import Browser
from tests.stages import Stage

Made = TypeVar("Made")

MILPITAS, OAKLAND = "4373387", "0161259"
DISTRICT_LEAD = "imogen.castellanos@example.org"
UNION_LEAD = "beatriz.holloway@example.org"
OTHER_LEAD = "ferdinand.calloway@example.org"
SUCCESSOR = "cordelia.whitcombe@example.org"
STAFF = "rosalind.achterberg@example.org"
# A whole team besides the two leads, who are on it too: eight people, every rule met.
MEMBERS = [
    ("district", "Thaddeus Okonkwo-Reyes", "board"),
    ("district", "Priscilla Vang", "principal"),
    ("district", "Leopold Marchetti", "human_resources"),
    ("union", "Dashiell Nakagawa", "classified_president"),
    ("union", "Marguerite Adeyemi", "teacher"),
    ("union", "Ambrose Tillinghast", "teacher"),
]
LIST_HEADINGS = "Name\tE-mail\tPosition\tSchool\tDiet"
READY_ROW = "Winifred Abernathy\twinifred.abernathy@example.org\tTeacher\tAlder Middle\tvegan"
WRONG_ROW = "TBD\tno address\tFriend of the team\t\t"
# The smallest team that meets every rule, with the two leads: four people.
FEW = [MEMBERS[0], MEMBERS[3]]


def address_of(name: str) -> str:
    return re.sub(r"[^a-z]+", ".", name.lower()) + "@example.org"


def scene(do: Callable[..., Made]) -> Callable[..., Made]:
    """Let something that a test begins with be played once for all tests that begin so."""

    @wraps(do)
    def play(cast: "Cast", *given: Any, **fields: Any) -> Made:
        name = f"{do.__name__} {given} {sorted(fields.items())}"
        return cast.stage.play(name, lambda: do(cast, *given, **fields))  # type: ignore[no-any-return]

    return play


def copied(row: Any, **instead: Any) -> Any:
    """A new row that says the same."""
    names = [column.key for column in inspect(type(row)).column_attrs if column.key != "id"]
    return type(row)(**{name: getattr(row, name) for name in names} | instead)


class Cast:
    """Puts people and teams where a test needs them, by the app's own actions."""

    def __init__(self, app: Flask) -> None:
        self.app, self.stage = app, Stage(app)

    def now(self) -> datetime:
        return clock.now()

    @scene
    def person(self, email: str, name: str = "") -> Person:
        with transaction():
            return person_for(email, name=name, now=clock.now())

    @scene
    def staff(self) -> Person:
        return accounts.add_staff(STAFF, name="Rosalind Achterberg", by=None, now=clock.now())

    @scene
    def team(
        self,
        *,
        cohort: str = "bay-area",
        cd_code: str = MILPITAS,
        lead: str = DISTRICT_LEAD,
        partner: str | None = UNION_LEAD,
        members: list[tuple[str, str, str]] | None = None,
    ) -> Team:
        """A draft with both leads on its roster, and the given members (by default six)."""
        found = cohort_by_slug(cohort)
        district = db.session.scalar(select(District).where(District.cd_code == cd_code))
        assert found is not None
        assert district is not None
        start = Start(
            found.id,
            district.id,
            "",
            "",
            "Imogen Castellanos",
            lead,
            "district",
            "superintendent",
            True,
        )
        with transaction():
            person = person_for(lead, name="Imogen Castellanos", now=clock.now())
            team = teams.new_team(start, person, now=clock.now())
        if partner:
            self.join(team, partner)
        for side, name, position in MEMBERS if members is None else members:
            self.add(team, side, name, position)
        return team

    def join(self, team: Team, email: str) -> None:
        now = clock.now()
        with transaction(team):
            person = person_for(email, name="Beatriz Holloway", now=now)
            lead = Lead(
                side="union", name="Beatriz Holloway", person=person, invited_at=now, joined_at=now
            )
            team.leads.append(lead)
            db.session.flush()
            teams.add_lead_as_member(team, lead, "teachers_president", now=now)
            relist_words(team)

    def add(self, team: Team, side: str, name: str, position: str, *, email: str = "") -> None:
        row = Row(name=name, email=email or address_of(name), position=position, site="")
        roster_actions.add_member(team, side, row, by=team.leads[0].person, now=clock.now())

    def ask_successor(
        self,
        team: Team,
        side: str,
        email: str = SUCCESSOR,
        name: str = "Cordelia Whitcombe",
    ) -> None:
        """The side's lead asks somebody to take over."""
        lead = team.lead(side)
        assert lead is not None
        handover_actions.ask_successor(
            team,
            side,
            name,
            email,
            by=lead.person,
            ip="192.0.2.99",
            now=clock.now(),
            once="",
        )

    def next_series(self) -> None:
        """Another year of the same series: from now on teams belong to it."""
        with transaction():
            old = current_series()
            assert old is not None
            new = copied(old, key="2017-18", created_at=clock.now())
            db.session.add(new)
            for cohort in old.cohorts:
                new.cohorts.append(copied(cohort, series_id=None))

    def list_for(self, team: Team, *rows: str) -> RosterImport:
        """A list that waits to be added: somebody ready, somebody to be mended, or the given rows."""
        text = "\n".join([LIST_HEADINGS, *(rows or (READY_ROW, WRONG_ROW))])
        lead = team.leads[0].person
        return imports.start_import(
            team, imports.PASTED, from_paste(text), by=lead, now=clock.now()
        )

    def sign(self, team: Team, side: str) -> bool:
        lead = team.lead(side)
        assert lead is not None
        return sign_actions.sign(
            team, team.revision, by=lead.person, now=clock.now(), today=clock.today()
        )

    @scene
    def submitted(self, **fields: Any) -> Team:
        """A team that both leads have signed."""
        team = self.team(**fields)
        self.sign(team, "district")
        self.sign(team, "union")
        return team

    @scene
    def approved(self, **fields: Any) -> Team:
        team = self.submitted(**fields)
        self.decide(team, "approve")
        return team

    def decide(self, team: Team, verb: str, note: str = "", **words: Any) -> None:
        """A decision of staff; an offer holds the seats for a week."""
        if verb == "offer":
            words.setdefault("until", clock.now() + timedelta(days=7))
        said = Said(**words)
        registrations.decide(team, verb, note, by=self.staff(), now=clock.now(), said=said)

    def browser(self, email: str, *, is_personal: bool = False) -> Browser:
        """A browser in which this person is signed in."""
        client = self.app.test_client()
        with transaction():
            person = person_for(email, now=clock.now())
            key = open_browser(person, now=clock.now(), is_personal=is_personal)
        with client.session_transaction() as session:
            session["key"] = key
        return Browser(client)

    def later(self, **time: float) -> None:
        """Let the app's clock run ahead."""
        self.stage.is_known = False
        self.app.extensions["clock"] += timedelta(**time)


class Mailbox:
    """The letters in the outbox, newest last, as a recipient's program would parse them."""

    def letters(self, kind: str = "", to: str = "") -> list[Letter]:
        db.session.expire_all()
        query = select(Letter).order_by(Letter.id)
        found = db.session.scalars(query).all()
        return [
            letter
            for letter in found
            if (not kind or letter.kind == kind) and (not to or letter.to_email == to)
        ]

    def last(self, kind: str = "", to: str = "") -> EmailMessage:
        return parse(self.letters(kind, to)[-1].raw)

    def link(self, kind: str, to: str) -> str:
        """The path of the link in the newest letter of a kind to somebody."""
        found = re.search(r"http://[^/\s]+(/\S+)", text_of(self.last(kind, to)))
        assert found is not None
        return found[1]

    def code(self, kind: str, to: str) -> str:
        found = re.search(r"\b\d{6}\b", text_of(self.last(kind, to)))
        assert found is not None
        return found[0]


def parse(raw: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(raw, policy=policy.default))


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def calendars_of(message: EmailMessage) -> list[Calendar]:
    """The calendar parts, parsed from their bytes."""
    parts = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    return [Calendar.from_ical(cast(bytes, part.get_payload(decode=True))) for part in parts]
