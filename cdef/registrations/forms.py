"""The forms of signing and deciding."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from cdef.kernel.forms import TEXT_LENGTH, NumberField, lines


class SignForm(FlaskForm):
    revision = NumberField()


class DecisionForm(FlaskForm):
    note = TextAreaField(
        "Note",
        filters=[lines],
        validators=[
            Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH} characters.")
        ],
    )
