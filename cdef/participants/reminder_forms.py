"""The staff's form of when reminders go out."""

from typing import Any

from wtforms import Field, ValidationError
from wtforms.widgets import TextInput

from cdef.kernel.forms import CountField, DayField, EditForm, number_of, one_line
from cdef.registrations.reminder_rules import MOST_DAYS

MOST_REMINDERS = 5


class DaysField(Field):
    """Numbers of days, as people type them, "7, 1"; ``data`` is a list, or None where it is none."""

    widget = TextInput()
    data: list[int] | None

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = one_line(valuelist[0]).replace(" and ", ",") if valuelist else ""
        parts = [part for part in typed.replace(",", " ").split() if part]
        self.data = None
        if all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts):
            self.data = sorted({number_of(part) for part in parts}, reverse=True)

    def _value(self) -> str:
        if self.raw_data:
            return one_line(str(self.raw_data[0]))
        return ", ".join(map(str, self.data or []))

    def post_validate(self, form: Any, stopped: bool) -> None:
        days = self.data
        if days is None or any(not 1 <= number <= MOST_DAYS for number in days):
            raise ValidationError(f"Please give days from 1 to {MOST_DAYS}, like 7, 1.")
        if len(days) > MOST_REMINDERS:
            raise ValidationError(f"Please give at most {MOST_REMINDERS} reminders of a meeting.")


class RemindersForm(EditForm):
    days = DaysField("Remind people so many days before a meeting")
    quiet_days = CountField("Ask leads about a roster after so many quiet days", least=1, most=90)
    most_nudges = CountField("Ask them so often at most", least=0, most=10)
    not_before = DayField("Ask no lead before this day")
