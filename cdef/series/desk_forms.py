"""What staff write about a series, a training session and a cohort."""

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cdef.kernel.forms import (
    LONGEST,
    TEXT_LENGTH,
    CountField,
    DayField,
    EditForm,
    OnceForm,
    lines,
    one_line,
)

TITLE_LENGTH = 200
MOST_SEATS, MOST_DAYS = 100_000, 30
LONGEST_TITLE = Length(max=TITLE_LENGTH, message=f"Please use at most {TITLE_LENGTH} characters.")
LONGEST_TEXT = Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH:,} characters.")


def title_field(label: str) -> StringField:
    needed = DataRequired("Please give a title.")
    return StringField(label, filters=[one_line], validators=[needed, LONGEST_TITLE])


def text_field(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[lines], validators=[LONGEST_TEXT])


class TextsForm(EditForm):
    title = title_field("Title")
    subtitle = StringField("Subtitle", filters=[one_line], validators=[LONGEST_TITLE])
    intro = text_field("About the training")
    audience = text_field("Who should come")
    partners = text_field("Offered by")


class SessionForm(EditForm):
    title = title_field("Title")
    days = CountField("Days", least=1, most=MOST_DAYS)
    overview = text_field("Overview")
    topics = text_field("Topics")


class NewSessionForm(SessionForm, OnceForm):
    """A training session more, at the end of the series."""


class CohortForm(EditForm):
    name = StringField(
        "Name", filters=[one_line], validators=[DataRequired("Please give a name."), LONGEST]
    )
    is_open = BooleanField("Takes registrations")
    closes_on = DayField("Last day to register")
    names_due = DayField("Names are due by")


class NewCohortForm(CohortForm, OnceForm):
    """A cohort more, with its seats."""

    seats = CountField("Seats", least=1, most=MOST_SEATS)


class CopyForm(OnceForm):
    """The next year's series; each cohort's seats stand in fields of their own."""

    key = StringField(
        "Year",
        filters=[one_line],
        validators=[
            DataRequired("Please give the year."),
            Length(max=20, message="Please use at most 20 characters."),
        ],
    )
    title = title_field("Title")


def typed(form: Any, *names: str) -> dict[str, Any]:
    """What a form says in some of its fields."""
    return {name: form[name].data for name in names}
