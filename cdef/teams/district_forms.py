"""The staff's forms of a district that was typed by hand."""

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired

from cdef.kernel.forms import LONGEST, Form, NumberField, lines, one_line


class DistrictForm(Form):
    """How it is called, and what the page was drawn with."""

    name = StringField(
        "Name of the district",
        filters=[one_line],
        validators=[DataRequired("Please give its name."), LONGEST],
    )
    county = StringField(
        "County",
        filters=[one_line],
        validators=[DataRequired("Please give its county."), LONGEST],
    )
    seen = HiddenField(filters=[lines])


class MergeForm(Form):
    """Into which entry, and what the preview showed."""

    into = NumberField()
    seen = HiddenField(filters=[one_line])
