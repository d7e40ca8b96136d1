"""The forms of signing and deciding."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from cdef.kernel.forms import TEXT_LENGTH, Form, NumberField, lines, number_of


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
