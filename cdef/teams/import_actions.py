"""Taking in a list: reading its columns, mending its rows, adding what is ready, discarding it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select

from cdef.kernel import tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, end_reading, transaction
from cdef.kernel.problems import refusal
from cdef.kernel.sheets import Table
from cdef.kernel.words import one_line
from cdef.series.rules import ALL_POSITIONS, POSITIONS
from cdef.teams.column_rules import recognise
from cdef.teams.import_models import (
    ImportLine,
    RosterImport,
    earlier_team,
    lines_of,
    oldest_kept,
    open_imports,
)
from cdef.teams.import_rules import (
    CHOICES,
    MOST_OPEN,
    is_asked,
    side_meant,
    standings,
)
from cdef.teams.models import Team
from cdef.teams.roster_actions import check_editable
from cdef.teams.row_rules import FIELDS, Edit, Row, merge
from cdef.teams.sheet_rules import Candidate, candidates, upright, without_needs

PASTED = "Pasted cells"
LONGEST_CELL = 20_000  # characters of a cell that a form takes
# No row is looked at any more in the session that deletes it.
NOT_SYNCHRONISED = {"synchronize_session": False}


def start_import(
    team: Team,
    label: str,
    table: Table,
    *,
    by: Someone,
    now: datetime,
    side: str = "",
    once: str = "",
) -> RosterImport:
    """Keep a list that was read; where its columns are clear, its rows are people at once.

    The same form twice keeps one list.
    """
    table = without_needs(upright(table))
    guess = recognise(table)
    people = [] if is_asked(guess) else candidates(table, guess, side)
    if not people and not is_asked(guess):
        raise refusal("There is nobody in it, only headings.")
    held = RosterImport(
        label=label,
        side=side,
        is_settled=not is_asked(guess),
        has_columns=True,
        cells={"rows": table.rows, "numbers": table.numbers},
    )
    return keep(team, held, people, by=by, now=now, once=once)


def start_from_last_year(team: Team, *, by: Someone, now: datetime, once: str = "") -> RosterImport:
    """Offer the people of the district's earlier team; they stay on that one."""
    earlier = earlier_team(team, by)
    if earlier is None:
        raise refusal("There is no earlier roster of this district that you have led.")
    people = [
        Candidate(
            number,
            each.name,
            each.email,
            each.side,
            each.position if each.position in POSITIONS[each.side] else "",
            each.site,
        )
        for number, each in enumerate(earlier.members, start=1)
        if not each.is_placeholder
    ]
    series = earlier.cohort.series
    held = RosterImport(label=f"The roster of {series.key}", is_settled=True)
    return keep(team, held, people, by=by, now=now, once=once)


def keep(
    team: Team,
    held: RosterImport,
    people: Sequence[Candidate],
    *,
    by: Someone,
    now: datetime,
    once: str,
) -> RosterImport:
    key = tokens.once_key(once, held.label, held.side, str(held.cells))
    who = by.name or by.email
    with transaction(team):
        remove_old(now)
        done = tokens.already_done(key)
        earlier = db.session.get(RosterImport, int(done)) if done else None
        if earlier and earlier.team_id == team.id:
            return earlier
        check_editable(team)
        check_few(team, now)
        held.team_id, held.who, held.created_at = team.id, who, now
        db.session.add(held)
        db.session.flush()
        fill(held, people)
        if not done:
            tokens.remember(key, str(held.id), now=now)
        return held


def remove_old(now: datetime) -> None:
    """Delete every team's lists that are kept no longer, in the caller's transaction."""
    old = RosterImport.created_at < oldest_kept(now)
    remove_lines(ImportLine.import_id.in_(select(RosterImport.id).where(old)))
    db.session.execute(delete(RosterImport).where(old), execution_options=NOT_SYNCHRONISED)


def check_few(team: Team, now: datetime) -> None:
    if len(open_imports(team, now)) >= MOST_OPEN:
        raise refusal(
            f"{MOST_OPEN} lists of this team wait already. Add what is ready, or discard one, "
            "and then bring the next."
        )


def fill(held: RosterImport, people: Sequence[Candidate]) -> None:
    """Write the rows of a list, in the caller's transaction."""
    rows = [
        {
            "import_id": held.id,
            "number": each.number,
            "name": each.name,
            "email": each.email,
            "side": each.side,
            "position": each.position,
            "site": each.site,
            "side_text": each.side_text,
            "position_text": each.position_text,
            "rest": [list(cell) for cell in each.rest],
            "choice": "",
            "is_touched": False,
        }
        for each in people
    ]
    if rows:
        db.session.execute(insert(ImportLine), rows)


def answer_columns(held: RosterImport, roles: Mapping[int, str], *, has_heading: bool) -> None:
    """Read the list by what somebody said of its columns; ``roles`` has each column's role."""
    table, side = held.table, held.side
    if table is None:
        raise refusal("The columns of this list cannot be read anew.")
    end_reading()
    guess = recognise(table, has_heading).settled(roles)
    people = candidates(table, guess, side)
    with transaction(held):
        check_open(held)
        if held.is_settled and any(line.is_touched or line.choice for line in lines_of(held)):
            raise refusal("Rows of this list were changed already, so its columns stay.")
        remove_lines(ImportLine.import_id == held.id)
        fill(held, people)
        held.is_settled = True


def check_open(held: RosterImport) -> None:
    if held.closed_at:
        raise refusal("This list is done.")


@dataclass
class Mended:
    """The rows that were changed; and by row and field, what was typed over somebody else's text."""

    changed: set[int] = field(default_factory=set)
    clashes: dict[int, dict[str, str]] = field(default_factory=dict)


def mend(held: RosterImport, edits: Mapping[int, Edit]) -> Mended:
    """Keep what was typed into rows of a list, right or wrong.

    Where somebody else has changed the same field since the page was drawn, theirs stays.
    """
    mended = Mended()
    with transaction(held):
        check_open(held)
        for line in lines_of(held):
            if line.id in edits:
                write(line, edits[line.id], mended)
    return mended


def write(line: ImportLine, edit: Edit, mended: Mended) -> None:
    typed = edit.typed
    if typed.position not in ALL_POSITIONS:
        typed = replace(typed, position="")
    before = Row(**{name: one_line(getattr(line, name), LONGEST_CELL) for name in FIELDS})
    merged = merge(edit.base, typed, before)
    if merged.clashing:
        mended.clashes[line.id] = {name: getattr(typed, name) for name in merged.clashing}
    if merged.row == before:
        return
    for name, text in asdict(merged.row).items():
        setattr(line, name, text)
    line.side = side_meant(line.position, line.side)
    line.is_touched = True
    mended.changed.add(line.id)


def choose(held: RosterImport, line_id: int, pressed: str) -> None:
    """What is to become of a duplicate, or of any row: left out, an update, added all the same."""
    with transaction(held):
        check_open(held)
        for line in lines_of(held):
            if line.id == line_id:
                line.choice = CHOICES[pressed]


def use_meant(held: RosterImport, line_id: int) -> None:
    """Take the address that a mistyped one probably means."""
    with transaction(held.team, held):
        check_open(held)
        for each in standings(lines_of(held), held.team):
            if each.line.id == line_id and each.meant:
                each.line.email, each.line.is_touched = each.meant, True


def choose_for_all(held: RosterImport, state: str, pressed: str) -> None:
    """The same for every row that stands in one state."""
    with transaction(held.team, held):
        check_open(held)
        for each in standings(lines_of(held), held.team):
            if each.state == state:
                each.line.choice = CHOICES[pressed]


def discard(held: RosterImport) -> None:
    """Throw a list away, with everything that was read from it."""
    with transaction(held):
        remove_lines(ImportLine.import_id == held.id)
        db.session.delete(held)


def remove_lines(where: ColumnElement[bool]) -> None:
    db.session.execute(delete(ImportLine).where(where), execution_options=NOT_SYNCHRONISED)
