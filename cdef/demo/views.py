"""The demonstration's own page: one-click ways in, and every letter as it would arrive."""

from typing import Any

from flask import Blueprint, Response, abort, render_template
from sqlalchemy import select

from cdef.accounts.actions import open_browser
from cdef.accounts.models import Person
from cdef.demo.stage import staged
from cdef.kernel import clock
from cdef.kernel.access import open_to_all, remember_browser
from cdef.kernel.db import db, transaction
from cdef.kernel.htmx import see_other
from cdef.outbox.models import Letter
from cdef.outbox.reading import Reading, attachment_answer, html_answer, read
from cdef.registrations.models import Registration
from cdef.teams.member_models import Member

blueprint = Blueprint("demo", __name__)


def roles() -> list[dict[str, Any]]:
    """Staff, both leads of the half-signed team, and a participant of an approved one."""
    staff = db.session.scalars(select(Person).where(Person.roles != "")).first()
    team = staged("half-signed")
    participant = db.session.scalars(
        select(Person)
        .join(Member, Member.email == Person.email)
        .join(Registration, Registration.team_id == Member.team_id)
        .where(Registration.state == "approved")
        .order_by(Member.id.desc())
    ).first()
    leads = {lead.side: lead.person for lead in team.leads} if team else {}
    page = f"/teams/{team.id}" if team else "/teams"
    return [
        {"key": "staff", "person": staff, "to": "/staff", "text": "Staff: decide on registrations"},
        {
            "key": "district",
            "person": leads.get("district"),
            "to": page,
            "text": "District lead: build the roster",
        },
        {
            "key": "union",
            "person": leads.get("union"),
            "to": page,
            "text": "Union lead: the same roster, to sign",
        },
        {
            "key": "participant",
            "person": participant,
            "to": "/personal",
            "text": "Participant: my meetings",
        },
    ]


@blueprint.get("/demo")
@open_to_all
def page() -> str:
    letters = db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(200)).all()
    return render_template("demo/page.html", roles=roles(), letters=letters)


@blueprint.post("/demo/sign-in/<any(staff, district, union, participant):role>")
@open_to_all
def sign_in(role: str) -> Response:
    chosen = next(known for known in roles() if known["key"] == role)
    if chosen["person"] is None:
        abort(404)
    with transaction():
        key = open_browser(chosen["person"], now=clock.now(), is_personal=role == "participant")
    remember_browser(key)
    return see_other(chosen["to"])


@blueprint.get("/demo/letters/<int:letter_id>")
@open_to_all
def letter(letter_id: int) -> str:
    found = db.get_or_404(Letter, letter_id)
    return render_template("demo/letter.html", letter=found, reading=reading_of(letter_id))


@blueprint.get("/demo/letters/<int:letter_id>/html")
@open_to_all
def letter_html(letter_id: int) -> Response:
    return html_answer(reading_of(letter_id))


@blueprint.get("/demo/letters/<int:letter_id>/attachments/<int:number>")
@open_to_all
def attachment(letter_id: int, number: int) -> Response:
    return attachment_answer(reading_of(letter_id), number) or abort(404)


def reading_of(letter_id: int) -> Reading:
    """A letter as its recipient reads it, its links working."""
    return read(db.get_or_404(Letter, letter_id), show_secrets=True)
