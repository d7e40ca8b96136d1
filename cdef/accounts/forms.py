"""The form that asks for a sign-in link."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from cdef.kernel.emails import LONGEST
from cdef.kernel.forms import Form, one_line, valid_email


class SignInForm(Form):
    email = StringField(
        "Your e-mail address",
        filters=[one_line],
        validators=[
            DataRequired("Please give your e-mail address."),
            Length(max=LONGEST, message="An e-mail address has at most 254 characters."),
            valid_email,
        ],
    )
