"""The forms that ask for a sign-in link, and those of the staff's accounts."""

from typing import Any

from wtforms import HiddenField, SelectMultipleField, StringField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from cdef.accounts.rules import ROLES
from cdef.kernel.emails import LONGEST
from cdef.kernel.forms import LONGEST as LONGEST_NAME
from cdef.kernel.forms import LONGEST_EMAIL, Form, OnceForm, one_line, valid_email


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


class RolesField(SelectMultipleField):
    """What somebody may do, as a group of checkboxes; none chosen is refused."""

    widget = ListWidget()
    option_widget = CheckboxInput()

    def __init__(self, label: str, **options: Any) -> None:
        choices = {role: role.capitalize() for role in ROLES}
        super().__init__(label, choices=choices, validate_choice=False, **options)

    def pre_validate(self, form: BaseForm) -> None:
        self.data = [role for role in self.data or [] if role in ROLES]
        if not self.data:
            raise ValidationError("Please choose at least one role.")


class AddStaffForm(OnceForm):
    """Somebody new on the desk."""

    name = StringField(
        "Name",
        filters=[one_line],
        validators=[DataRequired("Please give their name."), LONGEST_NAME],
    )
    email = StringField(
        "E-mail address",
        filters=[one_line],
        validators=[
            DataRequired("Please give their e-mail address."),
            LONGEST_EMAIL,
            valid_email,
        ],
    )
    roles = RolesField("What they may do", default=["staff"])


class RolesForm(Form):
    """What somebody on the desk may do, and what it was as the page was drawn."""

    roles = RolesField("What they may do")
    seen = HiddenField(filters=[one_line])
