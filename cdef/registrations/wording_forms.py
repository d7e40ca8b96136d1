"""The staff's form of a letter's words."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cdef.kernel.forms import TEXT_LENGTH, EditForm, OnceForm, lines, number_of, one_line

SUBJECT_LENGTH = 150
LONGEST = Length(max=TEXT_LENGTH, message=f"Please use at most {TEXT_LENGTH:,} characters.")
WORDS = ("subject", "opening", "closing")


def team_id(value: object) -> int:
    return number_of(str(value or ""))


class WordingForm(EditForm, OnceForm):
    """Subject, beginning and end; and the team with which they are looked at."""

    subject = StringField(
        "Subject",
        filters=[one_line],
        validators=[
            DataRequired("Please give a subject."),
            Length(max=SUBJECT_LENGTH, message=f"At most {SUBJECT_LENGTH} characters."),
        ],
    )
    opening = TextAreaField("Beginning", filters=[lines], validators=[LONGEST])
    closing = TextAreaField("End", filters=[lines], validators=[LONGEST])
    team_id = SelectField("As for the team of", coerce=team_id, validate_choice=False)

    def words(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in WORDS}
