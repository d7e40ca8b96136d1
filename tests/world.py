"""A small world for the walkers: every kind of row, every role signed in, every link in every state."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import product
from typing import Any

from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select
from werkzeug.test import TestResponse

from cdef.accounts.actions import SIGN_IN, add_staff, open_browser, person_for, with_address
from cdef.accounts.rules import ROLES
from cdef.directory.file_models import DirectoryFile
from cdef.flyers.send_actions import INVITED
from cdef.kernel import audit, tokens
from cdef.kernel.db import Base, db, transaction
from cdef.outbox.models import Letter
from cdef.participants.data_actions import ask_erasure
from cdef.participants.feed_actions import FEED
from cdef.registrations.actions import PERSONAL
from cdef.registrations.change_rules import values_of as values_of_row
from cdef.registrations.proposal_models import Proposal, proposals_of
from cdef.registrations.substitute_models import Substitute
from cdef.teams.actions import PARTNER, START, Start
from cdef.teams.back_actions import BACK
from cdef.teams.back_models import AskedBack
from cdef.teams.handover_actions import HANDOVER
from cdef.teams.models import Team, WaiverRequest
from cdef.teams.roster_actions import remove_member
from cdef.teams.row_rules import FIELDS
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OAKLAND,
    OTHER_LEAD,
    STAFF,
    SUCCESSOR,
    UNION_LEAD,
    Cast,
)
from tests.directory.desk import brought_file, typed_team, union_of
from tests.flyers.campaigning import campaigned
from tests.publishing import at_desk, move

MEMBER = "dashiell.nakagawa@example.org"
LINKS = {
    "/sign-in": SIGN_IN,
    "/register": START,
    "/teams/join": PARTNER,
    "/teams/succeed": HANDOVER,
    "/teams/back": BACK,
    "/personal/open": PERSONAL,
    "/invitations": INVITED,
    "/unsubscribe": INVITED,
    "/calendars": FEED,
}
Route = tuple[str, str]


def routes(app: Flask) -> set[Route]:
    """What the app answers to, without the types of its parameters."""
    return {
        (method, re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"<\1>", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def digest() -> dict[str, str]:
    """A fingerprint of every table as it is in the database now."""
    db.session.rollback()
    return {
        table.name: sha256(repr(db.session.execute(select(table)).all()).encode()).hexdigest()
        for table in Base.metadata.sorted_tables
    }


@dataclass
class Facts:
    """What is in the world: a copy of its database, who is signed in there, its links and its rows."""

    copy: bytes | str
    keys: dict[str, str]
    secrets: dict[tuple[str, str], str]
    values: dict[str, Any]
    fields: dict[str, Any]
    place: int
    removed: int
    other_meeting: int
    approved: int


def furnish(cast: Cast) -> Facts:
    """Two teams of the same leads, one approved, one a draft; another lead; staff; every link."""
    keys = {"ended": sign_in(cast, DISTRICT_LEAD)}
    cast.later(days=31)
    approved, draft = cast.approved(members=FEW), cast.team(cohort="sacramento")
    cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None)
    removed = draft.members[-1]
    remove_member(removed, by=draft.leads[0].person, now=cast.now())
    ask_waiver(draft, now=cast.now())
    propose(draft, now=cast.now())
    cast.ask_successor(draft, "district", SUCCESSOR)
    held = cast.list_for(draft)
    for role, email in (("lead", DISTRICT_LEAD), ("other", OTHER_LEAD), ("staff", STAFF)):
        keys[role] = sign_in(cast, email)
    for role in ROLES:
        add_staff(only(role), name=f"Only {role}", roles=[role], by=None, now=cast.now())
        keys[f"only {role}"] = sign_in(cast, only(role))
    typed = typed_team(cast, name="Lakeview")
    union_of(cast, typed.district)
    brought_file(cast)
    campaign = campaigned(cast)
    keys["member"] = sign_in(cast, MEMBER, is_personal=True)
    ask_erasure(cast.person(MEMBER), "All of it.", now=cast.now())
    facts = Facts(
        copy=b"",
        keys=keys,
        secrets=issue_links(cast, draft, campaign.invitation),
        values=values_of(approved, draft, typed)
        | {"import_id": held.id}
        | published(cast)
        | campaign.values,
        fields=fields_of(draft),
        place=next(member.id for member in approved.members if member.email == MEMBER),
        removed=removed.id,
        other_meeting=draft.cohort.meetings[0].id,
        approved=approved.id,
    )
    close()
    facts.copy = cast.stage.copied()
    return facts


def sign_in(cast: Cast, email: str, *, is_personal: bool = False) -> str:
    with transaction():
        person = person_for(email, now=cast.now())
        return open_browser(person, now=cast.now(), is_personal=is_personal)


def only(role: str) -> str:
    """The address of somebody on the staff who has one role alone."""
    return f"only.{role}@example.org"


def somebody_on_staff() -> int:
    found = with_address(only("staff"))
    assert found is not None
    return found.id


def ask_waiver(team: Team, *, now: datetime) -> None:
    """The roster meets every rule, so the request is written by hand."""
    asker, rule = team.leads[0].person_id, team.cohort.series.team_rules[0].id
    with transaction(team):
        db.session.add(
            WaiverRequest(
                team_id=team.id, team_rule_id=rule, reason="None.", by_id=asker, asked_at=now
            )
        )


def propose(team: Team, *, now: datetime) -> None:
    """A draft has no proposals, so this one is written by hand."""
    by_id, row = team.leads[0].person_id, team.members[0]
    with transaction(team):
        proposal = Proposal(
            team=team,
            member=row,
            kind="leave",
            before=values_of_row(row),
            reason="None.",
            by_id=by_id,
            at=now,
        )
        db.session.add(proposal)


def substitute_in(team: Team, email: str = "") -> int:
    """A draft has no substitutes, so the row is written by hand."""
    member = next((each for each in team.members if each.email == email), team.members[0])
    with transaction(team):
        row = Substitute(team=team, member=member, meeting=team.cohort.meetings[0])
        row.name, row.email, row.at = "Ottoline Brandt", "ob@example.org", team.created_at
        db.session.add(row)
        db.session.flush()
        return row.id


def asked_back(team: Team, *, now: datetime) -> int:
    """There is one series here, so the row is written by hand: the team comes back to itself."""
    person = team.leads[0].person_id
    with transaction(team):
        row = AskedBack(series_id=team.cohort.series_id, cohort_id=team.cohort_id, team_id=team.id)
        row.person_id, row.by_id, row.asked_at = person, person, now
        db.session.add(row)
        db.session.flush()
        return row.id


def issue_links(cast: Cast, team: Team, invitation: int) -> dict[tuple[str, str], str]:
    """A secret for each kind of link in each state; the table's "fake" was never issued."""
    start = Start(team.cohort_id, team.district_id, "", "", "", MEMBER, "union", "", False)
    emails = {
        SIGN_IN: DISTRICT_LEAD,
        START: MEMBER,
        PARTNER: UNION_LEAD,
        PERSONAL: MEMBER,
        FEED: MEMBER,
    }
    emails |= {HANDOVER: SUCCESSOR}
    payloads = {START: asdict(start), PARTNER: {"team_id": team.id}}
    emails |= {BACK: DISTRICT_LEAD, INVITED: DISTRICT_LEAD}
    payloads |= {BACK: {"asked_back_id": asked_back(team, now=cast.now())}}
    payloads |= {INVITED: {"invitation_id": invitation}}
    payloads |= {HANDOVER: {"handover_id": handover_of(team)}}
    states, found = {"fresh": 1, "spent": 1, "late": 0}, {}
    with transaction():
        for purpose, (state, days) in product(dict.fromkeys(LINKS.values()), states.items()):
            issued = tokens.issue(
                purpose,
                emails[purpose],
                lifetime=timedelta(days=days),
                now=cast.now(),
                payload=payloads.get(purpose),
            )
            found[purpose, state] = issued.secret
        db.session.flush()
        for purpose in dict.fromkeys(LINKS.values()):
            spent = tokens.find(purpose, found[purpose, "spent"], now=cast.now())
            assert spent is not None
            spent.used_at = cast.now()
    return found


def values_of(approved: Team, draft: Team, typed: Team) -> dict[str, Any]:
    """What stands in an address for each of its parameters."""
    return {
        "team_id": draft.id,
        "member_id": draft.members[-1].id,
        "event_id": newest_change(draft),
        "proposal_id": proposals_of(draft)[0].id,
        "change": "details",
        "verdict": "refusal",
        "waiver_id": draft.waiver_requests[0].id,
        "registration_id": approved.registration.id,
        "handover_id": handover_of(draft),
        "meeting_id": approved.cohort.meetings[0].id,
        "letter_id": db.session.scalar(select(Letter.id).where(Letter.kind == "confirmation")),
        "number": 0,
        "person_id": somebody_on_staff(),
        "district_id": typed.district_id,
        "union_id": typed.district.unions[0].id,
        "file_id": db.session.scalar(select(DirectoryFile.id)),
        "slug": "bay-area",
        "series_id": draft.cohort.series_id,
        "session_id": draft.cohort.meetings[0].training_session_id,
        "cohort_id": draft.cohort_id,
        "rule_id": draft.cohort.series.team_rules[0].id,
        "way": "later",
        "decision": "withdrawal",
        "said": "acceptance",
        "reply": "acceptance",
        "batch_id": 1,
        "request_id": 1,
        "letter": "approved",
        "substitute_id": substitute_in(draft),
        "own_substitute_id": substitute_in(approved, MEMBER),
        "role": "staff",
        "filename": "cdef.css",
        "what": "people",
        "kind": "xlsx",
    }


def published(cast: Cast) -> dict[str, Any]:
    """New days of a cohort of which no team is approved."""
    staff = at_desk(cast)
    page = move(staff, "southern-california", 3, "2017-02-07")
    number = int(page.path.rpartition("/")[2])
    return {"publication_id": number, "training_session_id": 1, "venue_id": 1}


def newest_change(team: Team) -> int:
    return next(event.id for event in audit.timeline(team.about) if event.subject)


def handover_of(draft: Team) -> int:
    lead = draft.lead("district")
    assert lead is not None
    assert lead.handover is not None
    return lead.handover.id


def fields_of(draft: Team) -> dict[str, Any]:
    """What every form is sent: a person for the roster, and the versions that were seen."""
    member = {"name": "Ottoline Brandt", "email": "ottoline.brandt@example.org"}
    row = draft.members[-1]
    seen = {"revision": draft.revision} | {f"base_{name}": getattr(row, name) for name in FIELDS}
    return member | seen | {"side": "union", "position": "teacher"}


def close() -> None:
    db.session.remove()
    db.engine.dispose()


furnished: dict[bool, Facts] = {}  # Once for each kind of database: it is the same for every test.


class World:
    """The furnished world in a test's own app."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.stage = app, cast.stage
        if self.stage.is_file in furnished:
            cast.later(days=31, minutes=2)  # After it was furnished, however slowly that went.
        else:
            furnished[self.stage.is_file] = furnish(cast)
        self.facts = furnished[self.stage.is_file]
        self.place, self.values = self.facts.place, self.facts.values
        with app.test_request_context():
            self.token, self.csrf = generate_csrf(), session["csrf_token"]
        self.restore()

    def address(self, path: str, role: str, **instead: int) -> str:
        """A route's address with the world's own rows and links, or others ``instead``."""
        purpose = LINKS.get(path.split("/<secret>")[0], "")
        state = role if role in ("spent", "late", "fake") else "fresh"
        values = self.values | {"secret": self.facts.secrets.get((purpose, state), "made-up")}
        if path.startswith("/personal/"):
            values["member_id"] = self.place
            values["substitute_id"] = self.facts.values["own_substitute_id"]
        if path.endswith("/restoration"):
            values["member_id"] = self.facts.removed
        values |= instead
        return re.sub(r"<(\w+)>", lambda found: str(values[found[1]]), path)

    def ask(
        self, method: str, address: str, role: str, headers: dict[str, str] | None = None
    ) -> TestResponse:
        """The answer to one role; a form brings a good token, so that the gate answers, not CSRF."""
        data = self.facts.fields | {"csrf_token": self.token} if method == "POST" else None
        response = self.signed_in(role).open(address, method=method, data=data, headers=headers)
        response.close()
        if method == "POST":
            self.restore()
        return response

    def signed_in(self, role: str) -> FlaskClient:
        """A fresh browser of somebody with this role."""
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["csrf_token"] = self.csrf
            if role in self.facts.keys:
                cookie["key"] = self.facts.keys[role]
        return client

    def restore(self) -> None:
        """The database as it was furnished, so that each form meets the same world."""
        close()
        self.stage.set_up(self.facts.copy)
