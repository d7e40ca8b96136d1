"""The forms that change a submitted roster, and the staff's answer to a proposal."""

from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from cdef.kernel.forms import (
    LONGEST,
    LONGEST_EMAIL,
    TEXT_LENGTH,
    Form,
    OnceForm,
    lines,
    one_line,
    valid_email,
)
from cdef.series.rules import POSITIONS
from cdef.teams.row_rules import FIELDS, Row

CHOOSE = {"": "Choose a position"}
SHORT = Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH} characters.")


def reason_field() -> TextAreaField:
    needed = DataRequired("Please give a reason: the staff decide by it.")
    return TextAreaField("Reason", filters=[one_line], validators=[needed, SHORT])


def position_field() -> SelectField:
    return SelectField(
        "Position", choices=CHOOSE, validators=[InputRequired("Please choose a position.")]
    )


class RowForm(OnceForm):
    """One person: the fields of a row."""

    name = StringField(
        "Name", filters=[one_line], validators=[DataRequired("Please give a name."), LONGEST]
    )
    email = StringField(
        "E-mail",
        filters=[one_line],
        validators=[DataRequired("Please give an e-mail address."), LONGEST_EMAIL, valid_email],
    )
    position = position_field()
    site = StringField("School or office", filters=[one_line], validators=[LONGEST])

    def row(self) -> Row:
        return Row(**{field: self[field].data or "" for field in FIELDS})


class DetailsForm(RowForm):
    """A person's details, with what they said when the form was opened."""

    base_name = HiddenField()
    base_email = HiddenField()
    base_position = HiddenField()
    base_site = HiddenField()

    def base(self) -> Row:
        return Row(**{field: self[f"base_{field}"].data or "" for field in FIELDS})


class SwapForm(RowForm):
    """Who comes in somebody's place, at once."""


class SwapProposalForm(RowForm):
    """Who should come in somebody's place, once staff accept it."""

    reason = reason_field()


class JoiningForm(RowForm):
    """Who should join one side."""

    side = HiddenField()
    reason = reason_field()


class LeavingForm(OnceForm):
    reason = reason_field()


class SideForm(OnceForm):
    """What somebody is on the other side."""

    position = position_field()
    reason = reason_field()


class VerdictForm(Form):
    """The staff's word to the leads about a proposal."""

    note = TextAreaField("Note", filters=[lines], validators=[SHORT])


def with_positions(form: Any, side: str) -> Any:
    """The form with the positions of one side."""
    if "position" in form:
        form.position.choices = CHOOSE | POSITIONS[side]
    return form
