"""What staff ask of a team: the price of a place, how large a team is, and who belongs on it."""

import re
from typing import Any

from wtforms import Field, SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from cdef.kernel.forms import LONGEST, CountField, EditForm, OnceForm, one_line
from cdef.series.rules import ALL_POSITIONS

MOST_DOLLARS, MOST_PEOPLE = 100_000, 1000
AMOUNT = re.compile(r"\$?\s*(\d{1,6}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")


class DollarsField(Field):
    """An amount that people type in dollars, "60", "$1,250.50"; ``data`` is in cents, or None."""

    widget = TextInput()
    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = one_line(valuelist[0]) if valuelist else ""
        found = AMOUNT.fullmatch(typed) if typed.isascii() else None
        if found is None:
            self.data = None
            return
        dollars, cents = found[1].replace(",", ""), (found[2] or "").ljust(2, "0")
        self.data = int(dollars) * 100 + int(cents)

    def _value(self) -> str:
        if self.raw_data:
            return one_line(str(self.raw_data[0]))
        if self.data is None:
            return ""
        dollars, cents = divmod(self.data, 100)
        return f"{dollars}.{cents:02}" if cents else str(dollars)

    def post_validate(self, form: Any, stopped: bool) -> None:
        if not stopped and (self.data is None or self.data > MOST_DOLLARS * 100):
            raise ValidationError("Please give an amount in dollars, like 60 or 62.50.")


class TermsForm(EditForm):
    price_cents = DollarsField(
        "Price for each person", validators=[InputRequired("Please give the price, or 0.")]
    )
    smallest_team = CountField("Smallest team", least=2, most=MOST_PEOPLE)
    largest_team = CountField("Largest team", least=2, most=MOST_PEOPLE)

    def validate(self, extra_validators: Any = None) -> bool:
        """A team has at least one person of each side, and no more at least than at most."""
        valid = bool(super().validate(extra_validators))
        least, most = self.smallest_team.data, self.largest_team.data
        if valid and least and most and least > most:
            self.largest_team.errors = ["The largest team cannot be smaller than the smallest."]
            return False
        return valid


class RuleForm(EditForm):
    text = StringField(
        "What is asked for",
        filters=[one_line],
        validators=[DataRequired("Please say what is asked for."), LONGEST],
    )
    met_by = SelectMultipleField(
        "Positions that meet it",
        choices=ALL_POSITIONS,
        option_widget=CheckboxInput(),
        widget=ListWidget(),
        validators=[InputRequired("Please choose at least one position.")],
    )


class NewRuleForm(RuleForm, OnceForm):
    """A rule more, at the end."""
