"""The forms of signing and deciding."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from cdef.kernel.forms import TEXT_LENGTH, lines


class SignForm(FlaskForm):
    revision = HiddenField()


class DecisionForm(FlaskForm):
    note = TextAreaField(
        "Note",
        filters=[lines],
        validators=[
            Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH} characters.")
        ],
    )
