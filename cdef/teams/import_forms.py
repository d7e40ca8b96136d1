"""The forms of a list: bringing it, saying what its columns are, and mending its rows."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import wtforms
from wtforms import SelectField, StringField, TextAreaField

from cdef.kernel.forms import OnceForm, one_line
from cdef.kernel.problems import Problem
from cdef.series.rules import POSITIONS
from cdef.teams.column_rules import Column
from cdef.teams.forms import CHOOSE
from cdef.teams.heading_rules import ROLES
from cdef.teams.import_rules import Standing, side_order
from cdef.teams.row_rules import FIELDS, Row

# As words.one_line has it, but for tabs and line breaks; five megabytes of it in no time.
UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff"
    "\\u200b\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
)
SIDES_ASKED = {"": "Ask me", "district": "District", "union": "Union"}
COLUMN_ROLES = {"": "Nothing for the roster"} | ROLES
CELL = re.compile(r"([0-9]{1,9})-(name|email|position|site)")


def cells(text: str | None) -> str:
    """Filter: text with its tabs and line breaks, without what nobody can see."""
    return UNSEEN.sub("", text or "")


class ListForm(OnceForm):
    """A list as it is pasted; a file comes beside it."""

    text = TextAreaField("Paste the cells here", filters=[cells])
    side = SelectField("Side, where the list does not say it", choices=SIDES_ASKED, default="")


class ColumnForm(wtforms.Form):
    role = SelectField("Holds", choices=COLUMN_ROLES)


class LineForm(wtforms.Form):
    """One row of a list; several stand in one form of the page, so each has its prefix."""

    name = StringField("Name")
    email = StringField("E-mail")
    position = SelectField("Position", choices=CHOOSE)
    site = StringField("School or office")

    @property
    def first(self) -> str:
        """The field to go to: the first that is to be mended."""
        return next((name for name in FIELDS if self[name].errors), FIELDS[0])


def column_forms(columns: Iterable[Column], roles: Mapping[int, str]) -> list[Any]:
    """The columns, each with the form that asks what it holds."""
    return [
        (column, ColumnForm(prefix=str(column.index), data={"role": roles.get(column.index, "")}))
        for column in columns
    ]


def line_form(standing: Standing) -> LineForm:
    """A row as it stands, with what is to be mended at its fields."""
    line = standing.line
    form = LineForm(prefix=str(line.id), data={field: getattr(line, field) for field in FIELDS})
    form.position.choices = CHOOSE | {
        label: POSITIONS[side] for side, label in side_order(line.side).items()
    }
    for problem in standing.blockers:
        field = form[field_of(problem)]
        field.errors = [*field.errors, problem.text]
    return form


def field_of(problem: Problem) -> str:
    """Where a problem is mended: a position says the side as well."""
    return problem.field if problem.field in FIELDS else "position"


def typed_rows(posted: Mapping[str, str]) -> dict[int, Row]:
    """The rows of a list as they were sent, by their ids."""
    found: dict[int, dict[str, str]] = {}
    for key, text in posted.items():
        cell = CELL.fullmatch(key)
        if cell:
            found.setdefault(int(cell[1]), {})[cell[2]] = one_line(text)
    return {number: Row(**row) for number, row in found.items() if len(row) == len(FIELDS)}
