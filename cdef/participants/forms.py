"""The participant's own forms: answers and needs."""

from wtforms import TextAreaField
from wtforms.validators import Length

from cdef.kernel.forms import Form, NumberField, lines

NEEDS_LENGTH = 1000
LONGEST = Length(max=NEEDS_LENGTH, message=f"Please use at most {NEEDS_LENGTH} characters.")


class AnswerForm(Form):
    seen = NumberField()  # Which version of the meeting the page showed.


class NeedsForm(Form):
    dietary = TextAreaField("What you cannot or do not eat", filters=[lines], validators=[LONGEST])
    access = TextAreaField("What you need to take part", filters=[lines], validators=[LONGEST])
