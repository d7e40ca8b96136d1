"""The app's own drawing of form fields says what WTForms' widgets say, attribute by attribute."""

from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, Length

from cdef.kernel.forms import CountField, DayField, Form, NumberField
from cdef.kernel.inputs import KINDS, notes

HOSTILE = "\"><script>'&amp;\n"
GROUPS = {"": "Choose", "First": {"a": "A & B"}, "Others": {"b": HOSTILE}}


class Every(Form):
    """One field of each kind, and each flag that a validator sets."""

    name = StringField("Name", validators=[InputRequired(), Length(min=2, max=9)])
    free = StringField("Free", render_kw={"spellcheck": "false", "class_": "wide"})
    text = TextAreaField("Text", validators=[Length(max=99)])
    hidden = HiddenField()
    number = NumberField()
    count = CountField("Seats", least=1, most=9)
    day = DayField("Day")
    ticked = BooleanField("Ticked", validators=[InputRequired()])
    plain = SelectField("Plain", choices={"a": "A", "b": HOSTILE}, validators=[InputRequired()])
    pairs = SelectField("Pairs", choices={1: "One", 2: "Two"}, coerce=int)
    grouped = SelectField("Grouped", choices=GROUPS)


VALUES: list[dict[str, Any]] = [
    {},
    dict.fromkeys(["name", "free", "text", "hidden", "plain", "grouped"], HOSTILE)
    | {"number": "7", "count": "x", "day": "soon", "ticked": "y", "pairs": "2"},
    {"name": "Jo", "plain": "b", "grouped": "a", "text": "\nbegins with a break"},
]
GIVEN: list[dict[str, Any]] = [
    {},
    {"id": "other", "data_then": "x", "autofocus": True, "disabled": False, "maxlength": 3},
    {"class_": Markup('&quot;a&quot; "'), "aria-describedby": "a b", "value": "set"},
]


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("typed", VALUES)
@pytest.mark.parametrize(
    "name", [name for name in vars(Every) if not name.startswith("_") and name != "Meta"]
)
def test_fields_are_drawn_as_wtforms_draws_them(
    app: Flask, name: str, typed: dict[str, str], given: dict[str, Any]
) -> None:
    if "value" in given and name in {"text", "plain", "pairs", "grouped"}:
        given = {key: value for key, value in given.items() if key != "value"}
    with app.test_request_context():
        form = Every(MultiDict(typed)) if typed else Every(None)
        theirs = DefaultMeta.render_field(form.meta, form[name], given)
        assert form[name](**given) == theirs
        assert isinstance(form[name](**given), Markup)


def test_every_kind_is_among_the_fields_above(app: Flask) -> None:
    with app.test_request_context():
        assert {type(field.widget) for field in Every(None)} >= set(KINDS)


@pytest.mark.parametrize(
    ("hint", "errors", "said"),
    [
        (None, [], {}),
        ("Like this", [], {"aria-describedby": "a-hint"}),
        (None, ["No"], {"aria-describedby": "a-error", "aria-invalid": "true"}),
        ("Like this", ["No"], {"aria-describedby": "a-hint a-error", "aria-invalid": "true"}),
    ],
)
def test_a_control_names_its_notes(
    hint: str | None, errors: list[str], said: dict[str, str]
) -> None:
    assert notes("a", hint, errors) == said


def test_a_group_of_controls_is_not_itself_marked_wrong() -> None:
    assert notes("a", None, ["No"], marks=False) == {"aria-describedby": "a-error"}
