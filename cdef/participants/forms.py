"""The participant's own form: needs."""

from wtforms import TextAreaField
from wtforms.validators import Length

from cdef.kernel.forms import Form, lines

NEEDS_LENGTH = 1000
LONGEST = Length(max=NEEDS_LENGTH, message=f"Please use at most {NEEDS_LENGTH} characters.")


class NeedsForm(Form):
    dietary = TextAreaField("What you cannot or do not eat", filters=[lines], validators=[LONGEST])
    access = TextAreaField("What you need to take part", filters=[lines], validators=[LONGEST])
