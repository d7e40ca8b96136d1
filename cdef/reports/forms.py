"""What can be looked for on the timeline."""

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from cdef.kernel.forms import NAME_LENGTH, DayField, Form, number_of, one_line
from cdef.reports.timeline import Wanted

TOO_LONG = Length(max=NAME_LENGTH, message=f"Please use at most {NAME_LENGTH} characters.")


class TimelineForm(Form):
    """A filter in the address: it changes nothing, and so needs no token."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField("Words", filters=[one_line], validators=[TOO_LONG])
    who = StringField("Who did it", filters=[one_line], validators=[TOO_LONG])
    cohort = SelectField("Cohort", validate_choice=False)
    first = DayField("From")
    last = DayField("Until")
    team = HiddenField()

    def wanted(self, before: int) -> Wanted:
        """What is looked for; a field with an error looks for nothing."""
        return Wanted(
            words="" if self.q.errors else self.q.data or "",
            who="" if self.who.errors else self.who.data or "",
            team_id=number_of(self.team.data or ""),
            cohort_id=number_of(self.cohort.data or ""),
            first_day=None if self.first.errors else self.first.data,
            last_day=None if self.last.errors else self.last.data,
            before=before,
        )
