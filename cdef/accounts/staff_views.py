"""The staff's accounts, for administrators: who is on the desk, and what they may do."""

from typing import Any

from flask import Response, abort, flash, g, make_response, render_template

from cdef.accounts import staff_actions
from cdef.accounts.actions import everybody_with_roles
from cdef.accounts.forms import AddStaffForm, RolesForm
from cdef.accounts.models import Person, with_roles
from cdef.accounts.rules import ROLES
from cdef.accounts.views import blueprint
from cdef.kernel import audit, clock
from cdef.kernel.access import staff_with
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused

PAGE = "/staff/accounts"


@blueprint.get("/staff/accounts")
@staff_with("admin")
def accounts() -> str:
    return render_template("accounts/staff.html", **list_words(AddStaffForm()))


@blueprint.post("/staff/accounts")
@staff_with("admin")
def add_staff() -> Response:
    form = AddStaffForm()
    if not form.validate():
        return again("accounts/staff.html", list_words(form))
    name, email = form.name.data or "", form.email.data or ""
    try:
        person = staff_actions.invite_staff(
            name,
            email,
            form.roles.data or [],
            by=g.person,
            now=clock.now(),
            once=form.once.data or "",
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return again("accounts/staff.html", list_words(form))
    flash(f"{person.label} is staff. A letter tells them how to sign in.", "good")
    return see_other(PAGE)


@blueprint.get("/staff/accounts/<int:person_id>")
@staff_with("admin")
def account(person_id: int) -> str:
    person = staff_or_404(person_id)
    form = RolesForm(roles=person.roles.split(), seen=person.roles)
    return render_template("accounts/staff_member.html", **member_words(person, form))


@blueprint.post("/staff/accounts/<int:person_id>/roles")
@staff_with("admin")
def change_roles(person_id: int) -> Response:
    person, form = staff_or_404(person_id), RolesForm()
    if not form.validate():
        return again("accounts/staff_member.html", member_words(person, form))
    try:
        staff_actions.change_roles(
            person, form.roles.data or [], seen=form.seen.data or "", by=g.person, now=clock.now()
        )
    except staff_actions.RolesChanged as changed:
        form.seen.data = person.roles
        add_problems(form, changed.problems)
        return again("accounts/staff_member.html", member_words(person, form), 409)
    except Refused as refused:
        add_problems(form, refused.problems)
        return again("accounts/staff_member.html", member_words(person, form))
    flash(f"{person.label} now has: {', '.join(person.roles.split())}.", "good")
    return see_other(PAGE)


@blueprint.post("/staff/accounts/<int:person_id>/removal")
@staff_with("admin")
def remove_staff(person_id: int) -> Response:
    person = staff_or_404(person_id)
    staff_actions.remove_staff(person, by=g.person, now=clock.now())
    flash(f"{person.label} is no longer staff, and is signed out everywhere.", "good")
    return see_other(PAGE)


def staff_or_404(person_id: int) -> Person:
    return with_roles(person_id) or abort(404)


def list_words(form: AddStaffForm) -> dict[str, Any]:
    return {"form": form, "people": everybody_with_roles(), "duties": ROLES}


def member_words(person: Person, form: RolesForm) -> dict[str, Any]:
    events = audit.timeline(f"person:{person.id}")
    return {"form": form, "member": person, "duties": ROLES, "events": events}


def again(page: str, words: dict[str, Any], status: int = 422) -> Response:
    return make_response(render_template(page, **words), status)
