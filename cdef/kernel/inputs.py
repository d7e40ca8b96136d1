"""Form fields as HTML: what WTForms' own widgets write, in a fraction of their time.

Theirs format each attribute through a template of its own, and look through every name of a field's
flags. A team's page has forty fields and sixty options, and spent a third of its time on them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms import widgets


def draw(field: Any, given: Mapping[str, Any]) -> Markup | None:
    """The field with the attributes ``given``; None for a kind that WTForms has to draw."""
    drawn = KINDS.get(type(field.widget))
    return drawn(field, {spelled(name): value for name, value in given.items()}) if drawn else None


def spelled(name: str) -> str:
    """An attribute as templates can name it: "class_" and "data_then" are "class" and "data-then"."""
    name = name.rstrip("_")
    return name.replace("_", "-") if name.startswith(("data_", "aria_")) else name


def text(field: Any, given: Mapping[str, Any]) -> Markup:
    kind = {"type": field.widget.input_type, "value": field._value()}
    return html(f"<input {attributes(field, kind | dict(given))}>")


def checkbox(field: Any, given: Mapping[str, Any]) -> Markup:
    ticked = {"checked": True} if getattr(field, "checked", field.data) else {}
    return text(field, ticked | dict(given))


def textarea(field: Any, given: Mapping[str, Any]) -> Markup:
    # A browser drops the first line break, so that a text may begin with one of its own.
    return html(f"<textarea {attributes(field, given)}>\r\n{escape(field._value())}</textarea>")


def select(field: Any, given: Mapping[str, Any]) -> Markup:
    if field.has_groups():
        inner = "".join(group(label, choices) for label, choices in field.iter_groups())
    else:
        inner = options(field.iter_choices())
    return html(f"<select {attributes(field, given)}>{inner}</select>")


def group(label: str | None, choices: list[Any]) -> str:
    inner = options(choices)
    return inner if label is None else f"<optgroup {written({'label': label})}>{inner}</optgroup>"


def options(choices: list[Any]) -> str:
    return "".join(option(each.value, each.label or each.value, each.selected) for each in choices)


@lru_cache(512)
def option(value: str | int, label: str, selected: bool) -> str:
    chosen = {"selected": True} if selected else {}
    return f"<option {written({'value': value} | chosen)}>{escape(label)}</option>"


def notes(
    control: str, hint: str | None, errors: Sequence[str], *, marks: bool = True
) -> dict[str, str]:
    """What a control says of the hint and the errors beside it, by ids as the macros give them."""
    if not (hint or errors):
        return {}
    ids = [f"{control}-hint"] * bool(hint) + [f"{control}-error"] * bool(errors)
    wrong = {"aria-invalid": "true"} if errors and marks else {}
    return {"aria-describedby": " ".join(ids)} | wrong


def html(text: str) -> Markup:
    return Markup(text)  # noqa: S704 (names are ours, and every value went through an escape)


def attributes(field: Any, given: Mapping[str, Any]) -> str:
    """Those that are given, over those that follow from the field and its validators."""
    allowed = field.widget.validation_attrs
    flags = {name: value for name, value in vars(field.flags).items() if name in allowed}
    return written({"id": field.id, "name": field.name} | flags | dict(given))


def written(attributes: Mapping[str, Any]) -> str:
    """In the order of their names; True is a bare name, False is left out."""
    parts = []
    for name, value in sorted(attributes.items()):
        if value is True:
            parts.append(name)
        elif value is not False:
            parts.append(f'{name}="{quoted(value)}"')
    return " ".join(parts)


def quoted(value: object) -> str:
    return str(escape(value)).replace('"', "&quot;")


KINDS: dict[type, Callable[[Any, Mapping[str, Any]], Markup]] = {
    widgets.TextInput: text,
    widgets.HiddenInput: text,
    widgets.CheckboxInput: checkbox,
    widgets.TextArea: textarea,
    widgets.Select: select,
}
