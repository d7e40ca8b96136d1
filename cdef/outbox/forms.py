"""What staff say about a letter that failed or came back, and about an address."""

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cdef.kernel.forms import LONGEST as LONGEST_NOTE
from cdef.kernel.forms import LONGEST_EMAIL, Form, lines, one_line, valid_email


class AddressForm(Form):
    email = EmailField(
        "E-mail address",
        filters=[one_line],
        validators=[DataRequired("Please give an address."), LONGEST_EMAIL, valid_email],
    )


class NoteForm(Form):
    note = StringField(
        "Note", filters=[one_line], validators=[DataRequired("Please say why."), LONGEST_NOTE]
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
