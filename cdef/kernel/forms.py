"""What the forms of all features share: clean text in, problems on the right field out."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, DateField, Field, HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput, TextInput

from cdef.kernel import inputs, words
from cdef.kernel.edits import Clash, mark
from cdef.kernel.emails import is_email
from cdef.kernel.problems import Problem, Refused

NAME_LENGTH = 120
# As words.one_line has it, but for tabs and line breaks; five megabytes of it in no time.
UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff"
    "\\u200b\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
)
TEXT_LENGTH = 4000
LONGEST = Length(max=NAME_LENGTH, message=f"Please use at most {NAME_LENGTH} characters.")
LONGEST_EMAIL = Length(max=254, message="An e-mail address has at most 254 characters.")


class Form(FlaskForm):
    """A form of texts: neither a file nor JSON comes in the place of one."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if wrapped is not formdata and wrapped is not None else wrapped

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            drawn = inputs.draw(field, (field.render_kw or {}) | render_kw)
            return super().render_field(field, render_kw) if drawn is None else drawn


class OnceForm(Form):
    """A form that creates something: its key makes a second sending harmless."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(16))


def one_line(text: str | None) -> str:
    """Filter: one line without control characters."""
    return words.one_line(text or "", 20_000)


def lines(text: str | None) -> str:
    """Filter: several lines, each without control characters, trimmed."""
    return "\n".join(words.one_line(line, 20_000) for line in (text or "").splitlines()).strip()


def cells(text: str | None) -> str:
    """Filter: text with its tabs and line breaks, without what nobody can see."""
    return UNSEEN.sub("", text or "")


class MeantForm(Form):
    """Behind a mailed link that does something for good: programs press buttons, people tick boxes."""

    meant = BooleanField(
        "Yes, it is me", validators=[InputRequired("Please tick the box, if it is you.")]
    )


class CodeForm(Form):
    """The code of a mail that proves an address."""

    code = StringField(
        "Six-digit code",
        filters=[one_line],
        validators=[
            DataRequired("Please type the six digits from the mail."),
            Length(max=20, message="The code has six digits."),
        ],
    )


def valid_email(_form: FlaskForm, field: Field) -> None:
    """Validator: an address that mail can be sent to; empty is for others to judge."""
    if field.data and not is_email(field.data):
        raise ValidationError("This does not look like an e-mail address.")


def number_of(text: str) -> int:
    """The number in a hidden field; 0, which fits nothing, where somebody tampered with it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class NumberField(Field):
    """A hidden number: a revision, or the id of what was chosen; 0 where there is none."""

    widget = HiddenInput()
    data: int

    def process_data(self, value: Any) -> None:
        self.data = value or 0

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = number_of(valuelist[0]) if valuelist else 0

    def _value(self) -> str:
        return str(self.data)


class DayField(DateField):
    """A day that may be left empty; browsers send it one way, and people type it another."""

    def __init__(self, label: str, **options: Any) -> None:
        formats = ["%Y-%m-%d", "%m/%d/%Y"]
        super().__init__(label, format=formats, validators=[Optional()], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Please give a day like 11/15/2016, or leave this empty.") from None


def add_problems(form: FlaskForm, problems: Iterable[Problem]) -> None:
    """Show an action's problems on the fields that they are about, else above the form."""
    for problem in problems:
        field = form._fields.get(problem.field)
        if field is None:
            form.form_errors.append(problem.text)
        else:
            field.errors = [*field.errors, problem.text]


class CountField(Field):
    """A whole number that people type; ``data`` is None while it is none."""

    widget = TextInput()
    data: int | None

    def __init__(self, label: str, *, least: int, most: int, **options: Any) -> None:
        super().__init__(label, validators=[InputRequired("Please give a number.")], **options)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = one_line(valuelist[0]).replace(",", "") if valuelist else ""
        self.data = number_of(typed) if typed.isascii() and typed.isdecimal() else None

    def _value(self) -> str:
        if self.raw_data:
            return one_line(str(self.raw_data[0]))
        return "" if self.data is None else str(self.data)

    def post_validate(self, form: Any, stopped: bool) -> None:
        if not stopped and (self.data is None or not self.least <= self.data <= self.most):
            raise ValidationError(f"Please give a number from {self.least} to {self.most:,}.")


class EditForm(Form):
    """A form of values that others may change at the same time; it remembers what it showed."""

    seen = HiddenField()
    theirs: Mapping[str, Any] = {}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The form as it first shows the values of a thing."""
        return cls(data={**values, "seen": mark(values)})

    def show_both(self, clash: Clash) -> None:
        """Keep what was typed beside what somebody else has saved, and save over that next time."""
        self.theirs = clash.theirs
        self.seen.data = mark(clash.now)
        for name, value in clash.merged.items():
            self[name].data, self[name].raw_data = value, None
        add_problems(self, clash.problems)


def saved(form: EditForm, save: Callable[[], object]) -> int:
    """Save what a form holds: 303, or the status with which it is shown again."""
    if not form.validate():
        return 422
    try:
        save()
    except Clash as clash:
        form.show_both(clash)
        return 409
    except Refused as refused:
        add_problems(form, refused.problems)
        return 422
    return 303
