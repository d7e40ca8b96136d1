"""The forms of the list of addresses that get no invitations."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cdef.kernel.forms import LONGEST_EMAIL, Form, lines, one_line, valid_email


class SuppressForm(Form):
    email = StringField(
        "E-mail address",
        filters=[one_line],
        validators=[DataRequired("Please give an address."), LONGEST_EMAIL, valid_email],
    )


class ReturnedForm(Form):
    text = TextAreaField(
        "The letter that came back",
        filters=[lines],
        validators=[
            DataRequired("Please paste the text of the letter."),
            Length(max=200_000, message="Please paste at most 200,000 characters."),
        ],
    )
