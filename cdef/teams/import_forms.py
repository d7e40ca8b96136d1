"""The forms of a list: bringing it, saying what its columns are, and mending its rows."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import wtforms
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField

from cdef.kernel.forms import OnceForm, cells, one_line
from cdef.kernel.problems import Problem
from cdef.series.rules import POSITIONS
from cdef.teams.column_rules import Column
from cdef.teams.forms import CHOOSE
from cdef.teams.heading_rules import ROLES
from cdef.teams.import_rules import Standing, clash_sentence, side_order
from cdef.teams.row_rules import FIELDS, Edit, Row

SIDES_ASKED = {"": "Ask me", "district": "District", "union": "Union"}
COLUMN_ROLES = {"": "Nothing for the roster"} | ROLES
CELL = re.compile(r"([0-9]{1,9})-((?:base_)?(?:name|email|position|site))")


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
    base_name = HiddenField()
    base_email = HiddenField()
    base_position = HiddenField()
    base_site = HiddenField()

    @property
    def bases(self) -> list[Field]:
        """What the row says as the page is drawn, so that nothing newer is written over."""
        return [self[f"base_{name}"] for name in FIELDS]

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


def line_form(standing: Standing, clashing: Mapping[str, str]) -> LineForm:
    """A row as it stands, with what is to be mended at its fields.

    ``clashing`` is what was typed into fields that somebody else had changed; it stays in them.
    """
    line = standing.line
    now = {field: getattr(line, field) for field in FIELDS}
    bases = {f"base_{field}": text for field, text in now.items()}
    form = LineForm(prefix=str(line.id), data=now | bases | dict(clashing))
    form.position.choices = CHOOSE | {
        label: POSITIONS[side] for side, label in side_order(line.side).items()
    }
    for problem in standing.blockers:
        name = field_of(problem)
        if name not in clashing:
            form[name].errors = [*form[name].errors, problem.text]
    for name in clashing:
        form[name].errors = [clash_sentence(name, now[name])]
    return form


def field_of(problem: Problem) -> str:
    """Where a problem is mended: a position says the side as well."""
    return problem.field if problem.field in FIELDS else "position"


def typed_rows(posted: Mapping[str, str]) -> dict[int, Edit]:
    """The rows of a list as they were sent, by their ids; each whole, or it is nothing."""
    found: dict[int, dict[str, str]] = {}
    for key, text in posted.items():
        cell = CELL.fullmatch(key)
        if cell:
            found.setdefault(int(cell[1]), {})[cell[2]] = one_line(text)
    return {
        number: Edit(row_in(row, "base_"), row_in(row))
        for number, row in found.items()
        if len(row) == 2 * len(FIELDS)
    }


def row_in(sent: Mapping[str, str], prefix: str = "") -> Row:
    return Row(**{name: sent[prefix + name] for name in FIELDS})
