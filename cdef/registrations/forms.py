"""The forms of signing and deciding."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from cdef.kernel.forms import (
    LONGEST,
    LONGEST_EMAIL,
    TEXT_LENGTH,
    DayField,
    Form,
    NumberField,
    OnceForm,
    lines,
    number_of,
    one_line,
    valid_email,
)
from cdef.kernel.words import ZONE
from cdef.registrations.decision_rules import Said

LONGEST_TEXT = Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH} characters.")
WAIVE, ROW = "waive_", "row_"  # A rule's or a row's number follows.
END_OF_DAY, FAR = time(23, 59), date(3000, 1, 1)


class SignForm(Form):
    revision = NumberField()


class DecisionForm(Form):
    """What every decision may say; ``decision_form`` adds the team's own rules and rows."""

    note = TextAreaField("Note", filters=[lines], validators=[LONGEST_TEXT])
    over = StringField("Why more people than seats", filters=[one_line], validators=[LONGEST_TEXT])
    until = DayField("Hold the seats until the end of")
    seen = HiddenField()  # The requests for waivers that stood on the page: "3,5".
    version = HiddenField()  # The newest decision that stood there; 0 for none.

    def said(self) -> Said:
        """What staff wrote besides the note, and what they had seen."""
        until = self.until.data
        return Said(
            seen={number_of(text) for text in (self.seen.data or "").split(",")},
            reasons=self.texts(WAIVE),
            over=self.over.data or "",
            rows=self.texts(ROW),
            until=datetime.combine(until, END_OF_DAY, ZONE) if until and until < FAR else None,
            version=number_of(self.version.data) if self.version.data else None,
        )

    def texts(self, prefix: str) -> dict[int, str]:
        """What was written in the fields of one kind, by the number that each bears."""
        named = [field for field in self if field.name.startswith(prefix) and field.data]
        return {number_of(field.name.removeprefix(prefix)): field.data for field in named}


def decision_form(
    rules: Iterable[tuple[int, str]], rows: Iterable[tuple[int, str]], **filled: Any
) -> DecisionForm:
    """A form with a reason for each rule that is not met, and a note for each row."""
    fields = {f"{WAIVE}{rule_id}": short(f"Why it is waived: {text}") for rule_id, text in rules}
    fields |= {f"{ROW}{member_id}": short(f"Note on {called}") for member_id, called in rows}
    form: DecisionForm = type("TeamDecisionForm", (DecisionForm,), fields)(**filled)
    return form


def short(label: str) -> StringField:
    return StringField(label, filters=[one_line], validators=[LONGEST_TEXT])


class SeveralForm(OnceForm):
    """One note for a decision on several teams."""

    note = TextAreaField("Note to the leads", filters=[lines], validators=[LONGEST_TEXT])


class NoteForm(Form):
    """What a lead says to a member with an answer."""

    note = TextAreaField("Why not", filters=[lines], validators=[LONGEST_TEXT])


class SeatsForm(Form):
    """How many people a cohort has seats for."""

    seats = StringField(
        "Seats",
        filters=[one_line],
        validators=[Regexp(r"[0-9]{1,4}\Z", message="Please give a number of people, like 80.")],
    )
    seen = HiddenField()  # By how many people the page said that they are too few.


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
