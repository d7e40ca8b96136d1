"""The participant's own forms: answers and needs."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cdef.kernel.forms import LONGEST as LONGEST_NAME
from cdef.kernel.forms import (
    LONGEST_EMAIL,
    EditForm,
    Form,
    NumberField,
    lines,
    one_line,
    valid_email,
)

NEEDS_LENGTH = 1000
LONGEST = Length(max=NEEDS_LENGTH, message=f"Please use at most {NEEDS_LENGTH} characters.")


class AnswerForm(Form):
    seen = NumberField()  # Which version of the meeting the page showed.


class NeedsForm(Form):
    dietary = TextAreaField("What you cannot or do not eat", filters=[lines], validators=[LONGEST])
    access = TextAreaField("What you need to take part", filters=[lines], validators=[LONGEST])


def email_field(label: str) -> StringField:
    needed = DataRequired("Please give your e-mail address.")
    return StringField(label, filters=[one_line], validators=[needed, LONGEST_EMAIL, valid_email])


class LinkForm(Form):
    email = email_field("Your e-mail address")


class DetailsForm(EditForm):
    name = StringField(
        "Name",
        filters=[one_line],
        validators=[DataRequired("Please give your name."), LONGEST_NAME],
    )
    email = email_field("E-mail")


class ErasureForm(Form):
    words = TextAreaField(
        "What should be erased, and from when", filters=[lines], validators=[LONGEST]
    )


class ErasureAnswerForm(Form):
    answer = TextAreaField(
        "What you did",
        filters=[lines],
        validators=[
            DataRequired("Please say what was done: the person gets it by letter."),
            LONGEST,
        ],
    )
