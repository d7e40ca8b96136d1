"""The forms of a campaign, and the answer on the page behind its link."""

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from cdef.kernel.forms import (
    LONGEST,
    TEXT_LENGTH,
    Form,
    NumberField,
    OnceForm,
    cells,
    lines,
    one_line,
)

MARKS = "Empty lines part paragraphs; *italic*, **bold**, “- ” for a list, [words](https://…) for a link."


class LetterForm(OnceForm):
    """The subject and the words of a campaign's letter."""

    seen = HiddenField()
    subject = StringField(
        "Subject", filters=[one_line], validators=[DataRequired("Please give a subject."), LONGEST]
    )
    text = TextAreaField(
        "Cover letter",
        description=MARKS,
        filters=[lines],
        validators=[
            DataRequired("Please write the letter."),
            Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH:,} characters."),
        ],
    )


class CampaignForm(LetterForm):
    cohort = SelectField("What it invites to", coerce=int)


class FilterForm(Form):
    q = StringField("Name, county, city or CD code", filters=[one_line], validators=[LONGEST])
    county = SelectField("County")


class ContactsForm(Form):
    text = TextAreaField(
        "Paste contacts",
        filters=[cells],
        validators=[Length(max=500_000, message="Please paste at most 500,000 characters.")],
    )
    file = FileField("Or choose a file")


class SendForm(Form):
    seen = NumberField()


class AnswerForm(Form):
    """Nothing is chosen beforehand, so that a program that presses buttons answers nothing."""

    answer = RadioField(
        "Will your district send a team?",
        choices={
            "yes": "Yes, let us register",
            "look": "Not sure yet, show me the training",
            "no": "No, not this year",
        },
        validators=[InputRequired("Please choose an answer.")],
    )
