"""What staff say about a letter that failed."""

from wtforms import EmailField, StringField
from wtforms.validators import DataRequired

from cdef.kernel.forms import LONGEST as LONGEST_NOTE
from cdef.kernel.forms import LONGEST_EMAIL, Form, one_line, valid_email


class AddressForm(Form):
    email = EmailField(
        "Address",
        filters=[one_line],
        validators=[DataRequired("Please give an address."), LONGEST_EMAIL, valid_email],
    )


class NoteForm(Form):
    note = StringField(
        "Note", filters=[one_line], validators=[DataRequired("Please say why."), LONGEST_NOTE]
    )
