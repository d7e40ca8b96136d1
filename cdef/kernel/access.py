"""The gate: every request needs a signed-in person, unless its view says otherwise by name."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, abort, current_app, g, request, session
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.exceptions import Forbidden

from cdef.kernel.metrics import SIGN_INS

View = TypeVar("View", bound=Callable[..., Any])


class Someone(Protocol):
    """What the gate must know of a signed-in person."""

    id: int
    name: str
    email: str

    @property
    def is_staff(self) -> bool: ...

    def has_role(self, role: str) -> bool: ...


DECIDING = "staff"  # The role of those who decide on registrations.
Identify = Callable[[], tuple[Someone | None, bool]]
Forget = Callable[[], None]


# Who a view is for. A personal link opens its reader's own page, and nothing of the team's or staff's.
EVERYBODY, SIGNED_IN, PARTICIPANTS, STAFF = "everybody", "signed in", "participants", "staff"


def open_to_all(view: View) -> View:
    """Let everybody in, signed in or not."""
    return mark(view, EVERYBODY)


def for_participants(view: View) -> View:
    """Let in those who came by a personal link as well."""
    return mark(view, PARTICIPANTS)


def staff_with(role: str) -> Callable[[View], View]:
    """Let in staff who have a role; other staff learn whom to ask for it (403), as others do not."""

    def marked(view: View) -> View:
        view.role = role  # type: ignore[attr-defined]
        return mark(view, STAFF)

    return marked


def staff_only(view: View) -> View:
    """Let in staff who decide and run the series; whoever only counts needs or money does neither."""
    return staff_with(DECIDING)(view)


class RoleMissing(Forbidden):
    """Staff asked for a page of a role that they do not have."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.sentence = f"It needs the role “{role}”. Ask an administrator of this desk for it."


def mark(view: View, audience: str) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def audience(endpoint: str) -> str:
    """For whom a view is; closed unless it was opened by name."""
    view = current_app.view_functions[endpoint]
    return EVERYBODY if endpoint == "static" else getattr(view, "audience", SIGNED_IN)


def role(endpoint: str) -> str:
    """The role that staff need for a view, or nothing."""
    return getattr(current_app.view_functions[endpoint], "role", "")


def init_app(app: Flask) -> None:
    app.before_request(gate)


def identified_by(identify: Identify, forget: Forget) -> Callable[[BlueprintSetupState], None]:
    """For the blueprint that knows who asks, whether by a personal link only, and how that ends."""
    return lambda state: state.app.extensions.update(identify=identify, forget=forget)


def gate() -> None:
    """Learn who asks, and stop the request unless its view is for them."""
    g.person, g.is_personal = None, False
    if request.endpoint == "static":
        return
    g.person, g.is_personal = current_app.extensions["identify"]()
    if request.endpoint is not None:
        refuse(audience(request.endpoint), role(request.endpoint))


def refuse(wanted: str, role: str = "") -> None:
    """Stop the request unless the person belongs to the audience, and has the role."""
    if wanted == EVERYBODY:
        return
    if g.person is None or (g.is_personal and wanted != PARTICIPANTS):
        abort(401)
    if wanted == STAFF and not g.person.is_staff:
        abort(403)
    if wanted == STAFF and role and not g.person.has_role(role):
        raise RoleMissing(role)


def person() -> Any:
    """The signed-in person of this request; views hand it on as ``by=``."""
    return g.person


def full_person() -> Someone | None:
    """The person who signed in by a mailed link or code, or None."""
    return None if g.get("is_personal") else cast(Someone | None, g.get("person"))


def participant() -> Someone | None:
    """The person whom a personal link brought, or None."""
    return cast(Someone | None, g.get("person")) if g.get("is_personal") else None


def remember_browser(key: str) -> None:
    """Put a fresh key into the cookie; an earlier one ends, and what it held (no fixation)."""
    current_app.extensions["forget"]()
    session.clear()
    session["key"] = key
    SIGN_INS.labels(request.endpoint).inc()
    session.permanent = True
    g.person, g.is_personal = current_app.extensions["identify"]()  # For the log.


def network() -> str:
    """Where the request comes from, as limits count it."""
    return request.remote_addr or "unknown"
