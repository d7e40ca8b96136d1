"""The staff's forms of a district's unions."""

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired

from cdef.directory.union_rules import AFFILIATIONS, UNITS
from cdef.kernel.forms import LONGEST, Form, NumberField, OnceForm, lines, one_line


class UnionForm(OnceForm):
    """A union (local): its name, what it is affiliated with, and whom it stands for."""

    name = StringField(
        "Name of the union",
        filters=[one_line],
        validators=[DataRequired("Please give its name."), LONGEST],
    )
    affiliation = SelectField(
        "Affiliation",
        choices={"": "Choose"} | {each: each for each in AFFILIATIONS},
        validators=[DataRequired("Please choose its affiliation.")],
    )
    unit = RadioField(
        "Whom it stands for",
        choices=UNITS,
        validators=[DataRequired("Please say whom it stands for.")],
    )
    seen = HiddenField(filters=[lines])


class UnionMergeForm(Form):
    into = NumberField()
