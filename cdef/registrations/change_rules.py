"""Which changes of a submitted roster leads make at once, which staff decide on, and what each means."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from cdef.kernel.names import same_person_key
from cdef.kernel.problems import Problem
from cdef.series.rules import SIDES, position_label
from cdef.teams.row_rules import FIELDS, Row, shown
from cdef.teams.rules import cost_cents, price_cents, problems

CHANGING = frozenset({"submitted", "waitlisted", "approved"})
JOIN, LEAVE, SWAP, SIDE = "join", "leave", "swap", "side"
KINDS = {JOIN: "Joins", LEAVE: "Leaves", SWAP: "Swap", SIDE: "Changes sides"}
OPEN, ACCEPTED, REFUSED, WITHDRAWN = "open", "accepted", "refused", "withdrawn"
STATES = {
    OPEN: "Waits for the staff",
    ACCEPTED: "Accepted",
    REFUSED: "Refused",
    WITHDRAWN: "Withdrawn",
}
ROW = ("side", *FIELDS)
LABELS = {
    "side": "Side",
    "name": "Name",
    "email": "E-mail",
    "position": "Position",
    "site": "School or office",
}


def may_change(state: str) -> bool:
    """Whether changes go this way: the roster is with staff, or staff have approved it."""
    return state in CHANGING


def swaps_at_once(cohort: Any, today: date) -> bool:
    """Whether leads still swap people by themselves; a cohort without a day has no end of it."""
    return cohort.swaps_until is None or bool(today <= cohort.swaps_until)


def values_of(member: Any) -> dict[str, str]:
    """A row as a proposal keeps it."""
    return {field: getattr(member, field) for field in ROW}


def proposed(side: str, row: Row) -> dict[str, str]:
    return {"side": side} | asdict(row)


def row_in(values: Mapping[str, str]) -> Row:
    return Row(**{field: values[field] for field in FIELDS})


def called(values: Mapping[str, str]) -> str:
    """What to call a row that is not there, or not any more."""
    return values["name"] or f"Name to follow ({position_label(values['position'])})"


def sentence(proposal: Any) -> str:
    """What a proposal asks for: "Jo Lee joins the union side (Teacher)"."""
    before, after = proposal.before, proposal.after
    if proposal.kind == JOIN:
        return (
            f"{called(after)} joins the {after['side']} side ({position_label(after['position'])})"
        )
    if proposal.kind == LEAVE:
        return f"{called(before)} leaves the {before['side']} side"
    if proposal.kind == SWAP:
        return f"{called(after)} takes the place of {called(before)} on the {before['side']} side"
    label = position_label(after["position"])
    return f"{called(before)} changes from the {before['side']} side to the {after['side']} side ({label})"


def is_stale(proposal: Any) -> bool:
    """Whether the row says something else by now than it did when the change was proposed."""
    member = proposal.member
    if proposal.before is None:
        return False
    return member is None or member.removed_at is not None or values_of(member) != proposal.before


@dataclass(frozen=True)
class Difference:
    """One field of a row, before and after; "" where there is no such row."""

    label: str
    before: str
    after: str


def differences(proposal: Any) -> list[Difference]:
    """The fields that a proposal changes, as people read them."""
    before, after = proposal.before, proposal.after
    return [
        Difference(LABELS[field], read(before, field), read(after, field))
        for field in ROW
        if read(before, field) != read(after, field)
    ]


def read(values: Mapping[str, str] | None, field: str) -> str:
    if values is None or not values[field]:
        return ""
    return SIDES[values[field]] if field == "side" else shown(field, values[field])


class Imagined:
    """A team as it would be with other members; all else is the team's own."""

    def __init__(self, team: Any, members: list[Any]) -> None:
        self.team, self.members = team, members

    def __getattr__(self, name: str) -> Any:
        return getattr(self.team, name)


def with_change(team: Any, proposal: Any) -> Imagined:
    """The team as it would be once a proposal is accepted."""
    rows = list(team.members)
    after = imagined_row(proposal) if proposal.after else None
    place = next((n for n, row in enumerate(rows) if row.id == proposal.member_id), len(rows))
    rows[place : place + 1] = [after] if after else []
    return Imagined(team, rows)


def imagined_row(proposal: Any) -> SimpleNamespace:
    after = proposal.after
    return SimpleNamespace(
        id=proposal.member_id or 0,
        called=called(after),
        name_key=same_person_key(after["name"]),
        is_placeholder=not after["email"],
        is_elsewhere=False,
        past_email=None,
        **after,
    )


def problems_arising(team: Any, proposal: Any, today: date) -> list[Problem]:
    """What would not be met any more, or newly be worth a look, once a proposal is accepted."""
    known = {problem.text for problem in problems(team, today)}
    then = problems(with_change(team, proposal), today)
    return [problem for problem in then if problem.text not in known]


def people_after(team: Any, proposal: Any) -> int:
    return len(with_change(team, proposal).members)


def cost_after(team: Any, proposal: Any) -> int:
    return cost_cents(people_after(team, proposal), price_cents(team))


def needs_seat(proposal: Any, now: datetime) -> bool:
    """Only a team that has seats, or to which they are offered, needs one more for whoever joins."""
    return proposal.kind == JOIN and holds_seats(proposal.team, now)


def holds_seats(team: Any, now: datetime) -> bool:
    until = team.registration.offered_until
    return team.state == "approved" or bool(until and until > now)
