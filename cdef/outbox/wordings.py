"""The kinds of letters whose words are the staff's, and how such words are filled in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cdef.kernel import markdown
from cdef.kernel.words import one_line
from cdef.outbox.wording_models import own_wording
from cdef.outbox.wording_rules import Kind, Worded

TEMPLATES = Path(__file__).parents[2] / "templates"
LONGEST_VALUE = 1000


@dataclass(frozen=True)
class Block:
    """A few paragraphs of a letter, for its text and for its HTML."""

    text: str
    html: Markup


NOTHING = Block("", Markup(""))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind with a ``wording.toml`` beside its templates, by its name."""
    return {
        path.parent.name: read(path) for path in sorted(TEMPLATES.glob("letters/*/wording.toml"))
    }


@cache
def explanations() -> dict[str, str]:
    """What each place is filled with, in words."""
    return tomllib.loads((TEMPLATES / "letters/places.toml").read_text(encoding="utf-8"))


def read(path: Path) -> Kind:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    subject = (path.parent / "subject.txt").read_text(encoding="utf-8").strip()
    original = Worded(subject, said["opening"].strip(), said.get("closing", "").strip())
    says, every_year = tuple(said["says"]), said.get("every_year", False)
    return Kind(path.parent.name, said["title"], said["to"], says, original, every_year)


def wording_of(kind: Kind, scope: str) -> Worded:
    return own_wording(kind.key, scope) or kind.original


def filled(kind: Kind, wording: Worded, says: Mapping[str, str]) -> dict[str, Any]:
    """The subject and the two blocks of a letter; ``says`` has a value for each place of its kind."""
    values = {name: one_line(says[name], LONGEST_VALUE) for name in kind.says}
    return {
        "subject": markdown.fill(wording.subject, values),
        "opening": block(wording.opening, values),
        "closing": block(wording.closing, values),
    }


def block(text: str, values: Mapping[str, str]) -> Block:
    if not text:
        return NOTHING
    return Block(markdown.plain_filled(text, values), markdown.render_filled(text, values))
