"""Putting the people of a list on the roster, all who are ready in one change."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.emails import fold_email
from cdef.teams.duplicate_rules import DUPLICATE, READY
from cdef.teams.import_actions import remove_lines
from cdef.teams.import_models import ImportLine, RosterImport, lines_of
from cdef.teams.import_rules import (
    SKIP,
    UPDATE,
    UPDATING,
    Standing,
    done_sentence,
    name_of,
    standings,
    updates_of,
)
from cdef.teams.member_models import Member
from cdef.teams.roster_actions import changed, check_editable, rewrite, row_of
from cdef.teams.row_rules import Row

MOST_NAMED = 500  # rows that one statement names


def add_ready(held: RosterImport, *, by: Someone, now: datetime) -> tuple[int, int]:
    """Put everybody who is ready on the roster, in one change; how many came, how many changed.

    The rows are judged anew under the lock, by the rules of a single row, so what became a
    duplicate meanwhile stays in the list. Pressed twice it finds nothing more to do.
    """
    team = held.team
    with transaction(team, held):
        check_editable(team)
        if held.closed_at:
            return 0, 0
        found = standings(lines_of(held), team)
        updated = update(found, team.members)
        added = [joined(each, now=now) for each in found if each.state == READY]
        team.rows.extend(added)
        db.session.flush()
        settle(held, found, now=now)
        held.added, held.updated = held.added + len(added), held.updated + len(updated)
        if added or updated:
            what = done_sentence(len(added), len(updated))
            changed(team, what, by=by, now=now, subject=held.subject, **told(added, updated))
        return len(added), len(updated)


def joined(each: Standing, *, now: datetime) -> Member:
    line = each.line
    return Member(
        side=line.side,
        name=name_of(line),
        email=fold_email(line.email) if line.email else "",
        position=line.position,
        site=line.site,
        created_at=now,
    )


def update(found: Sequence[Standing], members: Sequence[Member]) -> list[tuple[Member, Row]]:
    """Write over members what the list says of them; each who changed, with their row before."""
    updated = []
    for member, after in updates_of(found, members):
        before = row_of(member)
        if after != before:
            rewrite(member, after)
            updated.append((member, before))
    return updated


def told(added: Sequence[Member], updated: Sequence[tuple[Member, Row]]) -> dict[str, Any]:
    """Before and after, for the timeline and for undoing it."""
    was = [person(member, before) for member, before in updated]
    is_now = [person(member) for member in (*(member for member, _ in updated), *added)]
    return {"before": {"people": was} if was else None, "after": {"people": is_now}}


def person(member: Member, row: Row | None = None) -> dict[str, str]:
    """One of several people on a line of the timeline; as they are now, unless ``row`` says else."""
    return {"subject": member.subject, "side": member.side} | asdict(row or row_of(member))


def settle(held: RosterImport, found: Sequence[Standing], *, now: datetime) -> None:
    """Forget the rows that are on the roster now, and the whole list once no row is open.

    A list that is done keeps nothing of what was in it, except how it ended.
    """
    for each in found:
        if each.state == DUPLICATE and each.line.choice == UPDATE:
            each.line.choice = ""  # Another row updates them; what is left to change is asked anew.
    done = [each.line.id for each in found if each.state in (READY, UPDATING)]
    left_out = sum(each.line.choice == SKIP for each in found)
    if len(done) + left_out == len(found):
        held.left_out, held.closed_at, held.cells = left_out, now, None
        remove_lines(ImportLine.import_id == held.id)
    for start in range(0, len(done), MOST_NAMED):
        remove_lines(ImportLine.id.in_(done[start : start + MOST_NAMED]))
