"""The few signs with which staff set a text: paragraphs, bold, italics, lists and links.

Whatever else stands in a text, HTML above all, is only its letters: the parser knows no other rule.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

RULES: Final = ("emphasis", "escape", "link", "list", "newline")
SCHEMES: Final = re.compile(r"(?:https?://[^/]|mailto:[^/])", re.IGNORECASE)


class Subset(MarkdownIt):
    """CommonMark's own parser with the rules above alone, and links only to pages and mailboxes."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        return SCHEMES.match(url) is not None


parser: Final = Subset("zero").enable(list(RULES))


def render(text: str) -> Markup:
    """A text as HTML: paragraphs and lists."""
    return Markup(parser.render(text))  # noqa: S704 (the parser lets no tag of the text through)


def render_lines(text: str) -> list[Markup]:
    """Each line of a text as HTML without a paragraph around it."""
    lines = filter(None, map(str.strip, text.splitlines()))
    return [Markup(parser.renderInline(line)) for line in lines]  # noqa: S704 (as above)


def plain_lines(text: str) -> list[str]:
    """Each line of a text for paper and plain text."""
    lines = filter(None, map(str.strip, text.splitlines()))
    return [_line(parser.parseInline(line)[0].children or []) for line in lines]


def plain(text: str) -> str:
    """The same for paper and plain text: "• item", and a link's address where it is not its words."""
    return "\n\n".join(_blocks(parser.parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield each paragraph and each item of a list, the first of an item's with its sign."""
    ordered: list[int | None] = []
    sign = ""
    for token in tokens:
        if token.type.endswith("_list_open"):
            start = int(token.attrGet("start") or 1)
            ordered.append(start if token.type.startswith("ordered") else None)
        elif token.type.endswith("_list_close"):
            ordered.pop()
        elif token.type == "list_item_open":
            number = ordered[-1]
            sign = "• " if number is None else f"{number}. "
            ordered[-1] = None if number is None else number + 1
        elif token.type == "inline":
            yield sign + _line(token.children or [])
            sign = ""


def _line(tokens: Sequence[Token]) -> str:
    said, address, since = "", "", 0
    for token in tokens:
        if token.type == "link_open":
            address, since = str(token.attrGet("href") or ""), len(said)
        elif token.type == "link_close":
            where = address.removeprefix("mailto:")
            said += "" if said[since:] in (where, address) else f" ({where})"
        else:
            said += " " if token.type in ("softbreak", "hardbreak") else token.content
    return said


# A place in a text that is filled with a value; neither its name nor the value is ever evaluated.
PLACE: Final = re.compile(r"\{([^{}\n]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with its places filled, once: what looks like a place in a value is only its letters."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def render_filled(text: str, values: Mapping[str, str]) -> Markup:
    """A text as HTML, read before its places are filled: a value is never read as a sign."""
    html = parser.renderer.render(_filled(_parsed(text), values), parser.options, {})
    return Markup(html)  # noqa: S704 (as above)


def plain_filled(text: str, values: Mapping[str, str]) -> str:
    """The same for plain text."""
    return "\n\n".join(_blocks(_filled(_parsed(text), values)))


def addresses(text: str) -> list[str]:
    """Where the links of a text lead, as they were read."""
    inside = [child for token in _parsed(text) for child in token.children or ()]
    return [str(token.attrGet("href")) for token in inside if token.type == "link_open"]


@lru_cache(maxsize=256)
def _parsed(text: str) -> tuple[Token, ...]:
    return tuple(parser.parse(text))


def _filled(tokens: Iterable[Token], values: Mapping[str, str]) -> list[Token]:
    return [_with(token, values) if "{" in token.content else token for token in tokens]


def _with(token: Token, values: Mapping[str, str]) -> Token:
    """A copy: what is kept of a text that was read is filled many times."""
    if token.children:
        return token.copy(children=_filled(token.children, values))
    return token.copy(content=fill(token.content, values)) if token.type == "text" else token
