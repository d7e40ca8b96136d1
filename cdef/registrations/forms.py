"""The forms of signing and deciding."""

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cdef.kernel.forms import (
    LONGEST,
    LONGEST_EMAIL,
    TEXT_LENGTH,
    Form,
    NumberField,
    lines,
    number_of,
    one_line,
    valid_email,
)


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
    seen = HiddenField()  # The requests for waivers that stood on the page: "3,5".

    @property
    def seen_ids(self) -> set[int]:
        return {number_of(text) for text in (self.seen.data or "").split(",")}


class NamingForm(Form):
    """Who takes a place that was held."""

    name = StringField(
        "Name", filters=[one_line], validators=[DataRequired("Please give a name."), LONGEST]
    )
    email = StringField(
        "E-mail",
        filters=[one_line],
        validators=[DataRequired("Please give an e-mail address."), LONGEST_EMAIL, valid_email],
    )
    site = StringField("School or office", filters=[one_line], validators=[LONGEST])


class PublishForm(Form):
    """Which draft was seen, and a mark of what it would change."""

    draft = NumberField()
    seen = HiddenField()
