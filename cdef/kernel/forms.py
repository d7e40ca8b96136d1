"""What the forms of all features share: clean text in, problems on the right field out."""

import secrets
from collections.abc import Iterable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from cdef.kernel import words
from cdef.kernel.emails import is_email
from cdef.kernel.problems import Problem

NAME_LENGTH = 120
TEXT_LENGTH = 4000
LONGEST = Length(max=NAME_LENGTH, message=f"Please use at most {NAME_LENGTH} characters.")
LONGEST_EMAIL = Length(max=254, message="An e-mail address has at most 254 characters.")


class Form(FlaskForm):
    """A form of texts: neither a file nor JSON comes in the place of one."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if wrapped is not formdata and wrapped is not None else wrapped


class OnceForm(Form):
    """A form that creates something: its key makes a second sending harmless."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(16))


def one_line(text: str | None) -> str:
    """Filter: one line without control characters."""
    return words.one_line(text or "", 20_000)


def lines(text: str | None) -> str:
    """Filter: several lines, each without control characters, trimmed."""
    return "\n".join(words.one_line(line, 20_000) for line in (text or "").splitlines()).strip()


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
