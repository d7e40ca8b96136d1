"""The forms of signing and deciding."""

from wtforms import TextAreaField
from wtforms.validators import Length

from cdef.kernel.forms import TEXT_LENGTH, Form, NumberField, lines


class SignForm(Form):
    revision = NumberField()


class DecisionForm(Form):
    note = TextAreaField(
        "Note",
        filters=[lines],
        validators=[
            Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH} characters.")
        ],
    )
