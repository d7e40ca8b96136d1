"""The forms of one meeting and one venue, as staff draft them."""

from datetime import date, time
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import Length, Optional

from cdef.kernel.forms import LONGEST, DayField, Form, NumberField, lines, one_line
from cdef.series.draft_rules import MOST_DAYS, Entry
from cdef.series.place_rules import PLACE_FIELDS, Place

NEW = "new"
NOTES = Length(max=1000, message="Please use at most 1000 characters.")
SHORT = Length(max=20, message="Please use at most 20 characters.")


class HourField(TimeField):
    """A time of day that may be left empty; browsers send it one way, and people type it another."""

    def __init__(self, label: str, **options: Any) -> None:
        formats = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p"]
        super().__init__(label, format=formats, validators=[Optional()], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Please give a time like 8:30 am, or leave this empty.") from None


class PlaceForm(Form):
    """A venue's address, as on an envelope, and what people must know to come there."""

    name = StringField("Name of the venue", filters=[one_line], validators=[LONGEST])
    room = StringField("Room", filters=[one_line], validators=[LONGEST])
    street = StringField("Street", filters=[one_line], validators=[LONGEST])
    city = StringField("City", filters=[one_line], validators=[LONGEST])
    state = StringField("State", filters=[one_line], validators=[SHORT], default="CA")
    zip = StringField("ZIP code", filters=[one_line], validators=[SHORT])
    notes = TextAreaField("Parking and access", filters=[lines], validators=[NOTES])

    @property
    def place(self) -> Place:
        return Place(**{name: self[name].data or "" for name in PLACE_FIELDS})

    @property
    def is_begun(self) -> bool:
        """Whether somebody has typed anything of a venue."""
        return any(self[name].data for name in PLACE_FIELDS if name != "state")

    def is_complete(self) -> bool:
        """Whether people could find the place; says what is missing."""
        for name in ("name", "city"):
            if not self[name].data:
                self[name].errors = [*self[name].errors, "People need this to find the place."]
        return not self.errors


class VenueForm(PlaceForm):
    seen = NumberField()  # The draft from which the form was made.

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and self.is_complete()


class SeenForm(Form):
    seen = NumberField()


class MeetingForm(PlaceForm):
    """Days, hours and venue of one meeting."""

    seen = NumberField()
    day_1 = DayField("Day 1")
    day_2 = DayField("Day 2")
    day_3 = DayField("Day 3")
    day_4 = DayField("Day 4")
    day_5 = DayField("Day 5")
    day_6 = DayField("Day 6")
    reason = StringField("Why the number of days differs", filters=[one_line], validators=[LONGEST])
    past_is_meant = BooleanField("Yes, days in the past are meant")
    hint = StringField("While the days are TBD", filters=[one_line], validators=[LONGEST])
    starts = HourField("Starts at")
    ends = HourField("Ends at")
    venue = SelectField("Venue")

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and self.says_which_venue()

    def says_which_venue(self) -> bool:
        if self.venue.data == NEW:
            return self.is_complete()
        if self.is_begun:
            said = "Choose “A new venue” here, or empty the fields of the new one below."
            self.venue.errors = [*self.venue.errors, said]
        return not self.errors

    @property
    def days(self) -> tuple[date | None, ...]:
        return tuple(field.data for name, field in self._fields.items() if name.startswith("day_"))

    @property
    def entry(self) -> Entry:
        starts: time | None = self.starts.data
        chosen = self.venue.data or ""
        return Entry(
            days=self.days,
            hint=self.hint.data or "",
            starts=starts,
            ends=self.ends.data,
            venue_id=int(chosen) if chosen.isdecimal() else None,
            reason=self.reason.data or "",
        )


def meeting_form(
    wanted: int, shown: int, venues: list[tuple[int, str]], **fields: Any
) -> MeetingForm:
    """The form with a field for each day that the session takes, or has now, and one more."""
    form = MeetingForm(**fields)
    kept = min(max(wanted + 1, shown), MOST_DAYS)
    for number in range(kept + 1, MOST_DAYS + 1):
        del form[f"day_{number}"]
    labels = [(str(id_), label) for id_, label in venues]
    form.venue.choices = [("", "Venue to follow"), *labels, (NEW, "A new venue: see below")]
    return form
