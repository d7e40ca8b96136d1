"""What staff set for a cohort."""

from cdef.kernel.forms import DayField, Form


class NamesDueForm(Form):
    names_due = DayField("Names are due by")


class SwapsUntilForm(Form):
    swaps_until = DayField("Leads swap people until")
