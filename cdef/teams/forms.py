"""The forms of a team: starting it, inviting the partner, joining, and one row of the roster."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation

from cdef.kernel.forms import (
    LONGEST,
    LONGEST_EMAIL,
    TEXT_LENGTH,
    Form,
    NumberField,
    OnceForm,
    number_of,
    one_line,
    valid_email,
)
from cdef.series.rules import POSITIONS, SIDES
from cdef.teams.row_rules import Row

CHOOSE = {"": "Choose a position"}


def name_field(label: str, needs: type[DataRequired] = DataRequired) -> StringField:
    needed = needs("Please give a name.")
    return StringField(label, filters=[one_line], validators=[needed, LONGEST])


def email_field(label: str = "E-mail", needs: type[DataRequired] = DataRequired) -> StringField:
    needed = needs("Please give an e-mail address.")
    return StringField(label, filters=[one_line], validators=[needed, LONGEST_EMAIL, valid_email])


def position_choices(side: str, missing: Collection[str] = ()) -> dict[str, Any]:
    """The positions of a side; those that the team still misses come first."""
    known = POSITIONS[side]
    first = {key: label for key, label in known.items() if key in missing}
    if not first:
        return CHOOSE | known
    rest = {key: label for key, label in known.items() if key not in missing}
    return CHOOSE | {"Still missing on this team": first, "Others": rest}


def position_field() -> SelectField:
    return SelectField(
        "Position",
        choices=CHOOSE,
        validators=[InputRequired("Please choose a position.")],
    )


class CohortField(RadioField):
    """The cohorts that take registrations; one that closed meanwhile is refused in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = number_of(valuelist[0]) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError("This cohort does not take registrations now.") from None


class StartForm(Form):
    """Cohort, district and the lead who starts the team."""

    cohort_id = CohortField(
        "Cohort", coerce=int, validators=[InputRequired("Please choose a cohort.")]
    )
    district_query = StringField("District", filters=[one_line], validators=[LONGEST])
    district_id = NumberField()  # Drawn as the choices that were found.
    not_listed = BooleanField("My district is not listed")
    district_name = StringField("Name of the district", filters=[one_line], validators=[LONGEST])
    county = StringField("County", filters=[one_line], validators=[LONGEST])
    name = name_field("Your name")
    email = email_field("Your e-mail address")
    side = RadioField(
        "You are the lead of",
        choices={"district": "the district side", "union": "the union side"},
        validators=[InputRequired("Please say which side you lead.")],
    )
    position = SelectField(
        "Your position",
        choices=CHOOSE | {SIDES[side]: POSITIONS[side] for side in SIDES},
        validators=[InputRequired("Please choose your position.")],
    )
    attends = BooleanField("I will come to the training myself", default=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one district, and for a position of the side that was chosen."""
        valid = super().validate(extra_validators)
        return all([self.has_district(), self.has_fitting_position(), valid])

    def has_district(self) -> bool:
        if self.not_listed.data:
            self.require(self.district_name, "Please give the name of your district.")
            self.require(self.county, "Please give its county.")
            return bool(self.district_name.data and self.county.data)
        if not self.district_id.data:
            self.say(self.district_query, "Please find your district and choose it from the list.")
        return bool(self.district_id.data)

    def has_fitting_position(self) -> bool:
        side, position = self.side.data, self.position.data
        if side not in SIDES or not position or position in POSITIONS[side]:
            return True
        self.say(self.position, f"This is not a position of the {side} side.")
        return False

    def require(self, field: Any, sentence: str) -> None:
        if not field.data:
            self.say(field, sentence)

    @staticmethod
    def say(field: Any, sentence: str) -> None:
        field.errors = [*field.errors, sentence]


class PartnerForm(Form):
    name = name_field("Name")
    email = email_field()


class JoinForm(Form):
    """The invited lead says what they are, and whether they come along."""

    position = position_field()
    attends = BooleanField("I will come to the training myself", default=True)


class WaiverForm(Form):
    """Why staff should waive a rule; ``seen`` is the request that stood beside it, or 0."""

    team_rule_id = NumberField()
    seen = NumberField()
    reason = TextAreaField(
        "Reason",
        filters=[one_line],
        validators=[
            DataRequired("Please give a reason: the staff decide by it."),
            Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH} characters."),
        ],
    )


class HandoverForm(OnceForm):
    """Whom a lead, or staff, ask to take a side over."""

    name = name_field("Name of the successor")
    email = email_field("E-mail of the successor")
    side = HiddenField()


class NeededUnlessToFollow(DataRequired):
    """Needed, unless the row only holds a place for somebody whose name is to follow."""

    def __call__(self, form: Any, field: Any) -> None:
        if not form.to_follow.data:
            super().__call__(form, field)
        elif not field.data:
            raise StopValidation


class MemberForm(OnceForm):
    """One row of the roster, for one side; ``to_follow`` holds a place without name or address."""

    name = name_field("Name", NeededUnlessToFollow)
    email = email_field("E-mail", NeededUnlessToFollow)
    to_follow = BooleanField("Hold this place: details to follow")
    position = position_field()
    site = StringField("School or office", filters=[one_line], validators=[LONGEST])
    side = HiddenField()


class EditForm(MemberForm):
    """A row that is there, with what it said when it was opened: then different edits come together."""

    base_name = HiddenField()
    base_email = HiddenField()
    base_position = HiddenField()
    base_site = HiddenField()


def member_form(
    side: str,
    missing: Collection[str] = (),
    kind: type[MemberForm] = MemberForm,
    **values: Any,
) -> MemberForm:
    """The row's form with the positions of its side, the ``missing`` ones first."""
    form = kind(**values)
    form.position.choices = position_choices(side, missing)
    form.side.data = side
    return form


def handover_form(side: str) -> HandoverForm:
    return HandoverForm(formdata=None, side=side)


def join_form(side: str, **values: Any) -> JoinForm:
    form = JoinForm(**values)
    form.position.choices = position_choices(side)
    return form


def edit_form(member: Any, shown: Row, now: Row) -> MemberForm:
    """The form of a row that shows ``shown``, and knows that the row says ``now``."""
    base = {f"base_{field}": value for field, value in asdict(now).items()}
    held = {"to_follow": not shown.email}
    data = asdict(shown) | base | held
    return member_form(member.side, kind=EditForm, formdata=None, data=data)
