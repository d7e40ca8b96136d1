"""The participant's own forms: answers and needs."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cdef.kernel.forms import LONGEST as LONGEST_NAME
from cdef.kernel.forms import (
    LONGEST_EMAIL,
    EditForm,
    Form,
    NumberField,
    OnceForm,
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


def email_field(label: str, ask: str = "Please give your e-mail address.") -> StringField:
    needed = DataRequired(ask)
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


class SubstituteForm(OnceForm):
    """Somebody who comes to one meeting in the own place."""

    seen = NumberField()  # Which version of the meeting the page showed.
    name = StringField(
        "Their name",
        filters=[one_line],
        validators=[DataRequired("Please give their name."), LONGEST_NAME],
    )
    email = email_field("Their e-mail address", "Please give their e-mail address.")
    words = TextAreaField("Why, for your leads", filters=[lines], validators=[LONGEST])

    def said(self) -> tuple[str, str, str]:
        return self.name.data or "", self.email.data or "", self.words.data or ""


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
