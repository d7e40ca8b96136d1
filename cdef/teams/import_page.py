"""What the pages of a list show: the form that brings it, its columns, and its rows in their states."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import g

from cdef.kernel import clock
from cdef.kernel.sheets import Table
from cdef.teams import rules
from cdef.teams.column_rules import Guess, recognise
from cdef.teams.duplicate_rules import DUPLICATE, MEND
from cdef.teams.import_forms import ListForm, column_forms, line_form
from cdef.teams.import_models import KEPT_FOR, RosterImport, earlier_team, lines_of, open_imports
from cdef.teams.import_rules import (
    ORDER,
    STATES,
    Standing,
    button_label,
    count_sentence,
    counts,
    standings,
)
from cdef.teams.models import Team

# What was typed into fields that somebody else had changed, by row and field.
Clashes = Mapping[int, Mapping[str, str]]
NO_CLASHES: Clashes = MappingProxyType({})
PER_PAGE = 50  # rows; each that needs mending is a form of its own


def bringing_words(team: Team, form: ListForm | None = None) -> dict[str, Any]:
    """The form that brings a list, last year's roster as a start, and the lists that wait."""
    return {
        "team": team,
        "list_form": form or ListForm(formdata=None),
        "earlier": earlier_team(team, g.person),
        "open_imports": open_imports(team, clock.now()),
        "may_edit": rules.may_edit(team.state),
        "now": clock.now(),
    }


def preview_words(
    held: RosterImport,
    *,
    page: int = 1,
    opened: int = 0,
    focus: int = 0,
    clashes: Clashes = NO_CLASHES,
) -> dict[str, Any]:
    """The rows of a list, first what somebody has to look at; ``focus`` is the row to go to."""
    team = held.team
    earlier = earlier_team(team, g.person)
    lines = lines_of(held)
    found = standings(lines, team, earlier.members if earlier else ())
    found.sort(key=lambda each: (each.line.id not in clashes, ORDER.index(each.state)))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    tally = counts(found)
    return {
        "team": team,
        "held": held,
        "may_edit": rules.may_edit(team.state),
        "tally": tally,
        "said": count_sentence(tally),
        "label": button_label(tally),
        "groups": groups(shown),
        "forms_of": forms_of(shown, opened, clashes),
        "has_clashes": bool(clashes),
        "opened": opened,
        "focus": focus,
        "page": page,
        "pages": pages,
        "is_fresh": not any(line.is_touched or line.choice for line in lines),
        "states": STATES,
        "has_columns": held.has_columns,
        "kept_days": KEPT_FOR.days,
    }


def groups(shown: list[Standing]) -> list[tuple[str, str, list[Standing]]]:
    """The rows of one page under the headings of their states."""
    found = [
        (state, STATES[state], [each for each in shown if each.state == state]) for state in ORDER
    ]
    return [group for group in found if group[2]]


def forms_of(shown: list[Standing], opened: int, clashes: Clashes) -> dict[int, Any]:
    return {
        each.line.id: line_form(each, clashes.get(each.line.id, {}))
        for each in shown
        if each.state == MEND or each.line.id == opened or each.line.id in clashes
    }


def next_to_do(held: RosterImport, *, after: int = 0) -> int:
    """The row to go to: the next duplicate behind one that was decided, else the first to mend."""
    found = standings(lines_of(held), held.team)
    behind = [each.line.id for each in found if each.state == DUPLICATE and each.line.id > after]
    if after and behind:
        return int(behind[0])
    to_do = [each.line.id for state in (MEND, DUPLICATE) for each in found if each.state == state]
    return int(to_do[0]) if to_do else 0


def column_words(held: RosterImport, guess: Guess | None = None, error: str = "") -> dict[str, Any]:
    """Each column with its first cells, and what it seems to hold."""
    table = held.table or Table([[""]], [1])
    found = recognise(table)
    shown = guess or found
    roles = {column.index: column.role for column in shown.columns}
    first = table.rows[found.heading or 0]
    return {
        "team": held.team,
        "held": held,
        "columns": column_forms(shown.columns, roles),
        "unsure": {column.index for column in found.unsure},
        "has_heading": shown.has_heading,
        "heading_row": ", ".join(filter(None, first))[:200],
        "samples": {
            column.index: samples(table.rows[found.first_row :], column.index)
            for column in found.columns
        },
        "error": error,
        "kept_days": KEPT_FOR.days,
        "people": len(table.rows) - found.first_row,
    }


def samples(rows: list[list[str]], index: int) -> list[str]:
    """The first different cells of a column."""
    return list(dict.fromkeys(row[index][:60] for row in rows[:60] if row[index]))[:3]
