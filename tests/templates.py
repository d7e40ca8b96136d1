"""Walks over the templates as they are written: each rule yields what breaks it, with its place."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, Undefined, meta, nodes

from tests.source import ROOT, read

Attributes = dict[str, str]
VERBS = ("hx-put", "hx-patch", "hx-delete")
LETTER_STYLE = "letters/_layout.html"  # A mail has no style sheet to link to.


class Loud(Undefined):
    """Templates may ask whether a word was given; to write one that was not is a mistake."""

    __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error


class Tags(HTMLParser):
    """The start tags of a template, with what Jinja writes into them standing as it is."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Attributes, int]] = []
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}", blank, source, flags=re.DOTALL)
        self.feed(re.sub(r"\{\{.*?\}\}", quoteless, bare, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, self.getpos()[0]))


def blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def quoteless(found: re.Match[str]) -> str:
    return re.sub(r"[\"'<>]", "", found[0])


@dataclass(frozen=True)
class Template:
    """One template's source under its name: "teams/_row.html"."""

    name: str
    source: str
    environment: Environment

    @cached_property
    def tags(self) -> list[tuple[str, Attributes, int]]:
        return Tags(self.source).found if self.name.endswith(".html") else []

    @cached_property
    def tree(self) -> nodes.Template:
        return self.environment.parse(self.source)

    @property
    def is_jinja(self) -> bool:
        return self.name.endswith((".html", ".txt"))


@dataclass(frozen=True)
class Templates:
    """All templates, and every text in the app's code, one of which may name one."""

    all: dict[str, Template]
    named: dict[str, set[str]]  # By the kind of file that names it: "letters" or "".

    def jinja(self) -> Iterator[Template]:
        return (template for template in self.all.values() if template.is_jinja)


def read_templates(environment: Environment, root: Path = ROOT) -> Templates:
    folder = root / "templates"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path.read_text() for path in files}
    named: dict[str, set[str]] = {"letters": set(), "": set()}
    for module in read(root).modules:
        kind = "letters" if module.name.endswith("letters") else ""
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named[kind].add(node.value)
    found = {name: Template(name, text, environment) for name, text in names.items()}
    return Templates(found, named)


def compiles(templates: Templates) -> Iterator[str]:
    for template in templates.jinja():
        try:
            template.environment.compile(template.source)
        except TemplateSyntaxError as error:
            yield f"{template.name}:{error.lineno}: {error.message}"


def references(template: Template) -> set[str]:
    if not template.is_jinja:
        return set()
    return {name for name in meta.find_referenced_templates(template.tree) if name}


def what_is_named_is_there(templates: Templates) -> Iterator[str]:
    for template in templates.jinja():
        for name in sorted(references(template) - set(templates.all)):
            yield f"{template.name} refers to {name}, which is not there"
    for name in sorted(templates.named[""] | templates.named["letters"]):
        if re.fullmatch(r"\w+/\w+\.(html|txt)", name) and name not in templates.all:
            yield f"the code refers to {name}, which is not there"


def all_are_used(templates: Templates) -> Iterator[str]:
    """From what the code names, by includes and imports, every template is reached."""
    waiting = [name for name in templates.all if is_named(name, templates)]
    used = set(waiting)
    while waiting:
        template = templates.all.get(waiting.pop())
        new = references(template) - used if template else set()
        used |= new
        waiting += new
    yield from (f"{name} is used nowhere" for name in templates.all if name not in used)


def is_named(name: str, templates: Templates) -> bool:
    folder, _, file = name.rpartition("/")
    if re.fullmatch(r"letters/\w+", folder):
        return folder.removeprefix("letters/") in templates.named["letters"]
    return name in templates.named[""] or (name.endswith(".typ") and file in templates.named[""])


def macros_are_used(templates: Templates) -> Iterator[str]:
    everything = "\n".join(template.source for template in templates.jinja())
    for template in templates.jinja():
        for macro in template.tree.find_all(nodes.Macro):
            calls = re.findall(rf"(?<!macro )\b{macro.name}\(", everything)
            if not calls:
                yield f"{template.name}: the macro {macro.name} is called nowhere"


def macros_know_their_words(templates: Templates) -> Iterator[str]:
    """A macro is imported without the page's words, so it has its arguments and globals alone."""
    for template in templates.jinja():
        if template.name.startswith("macros/"):
            known = set(template.environment.globals)
            for word in sorted(meta.find_undeclared_variables(template.tree) - known):
                yield f"{template.name}: nobody gives it {word}"


def nothing_is_inline(templates: Templates) -> Iterator[str]:
    """The content security policy stops these in silence, and htmx's evaluated ones too."""
    for template in templates.jinja():
        for tag, attributes, line in template.tags:
            place = f"{template.name}:{line}: <{tag}>"
            for name, value in attributes.items():
                if name == "style" or re.match(r"on[a-z]|hx-on", name):
                    yield f"{place} has {name}"
                if re.match(r"js:|javascript:", value) or (name == "hx-trigger" and "[" in value):
                    yield f"{place} has {name}={value}, which needs eval"
            if tag == "style" and template.name != LETTER_STYLE:
                yield f"{place} is inline"
            if tag == "script" and not attributes.get("src"):
                yield f"{place} is inline"


def words_stay_data(templates: Templates) -> Iterator[str]:
    """Nothing switches escaping off."""
    for template in templates.jinja():
        for filtered in template.tree.find_all(nodes.Filter):
            if filtered.name in ("safe", "forceescape"):
                yield f"{template.name}:{filtered.lineno}: |{filtered.name}"
        if re.search(r"\{%-?\s*autoescape", template.source):
            yield f"{template.name}: autoescape"


def forms_carry_tokens(templates: Templates) -> Iterator[str]:
    for template in templates.jinja():
        for form in re.findall(r"<form\b.*?</form>", template.source, re.DOTALL):
            is_post = re.search(r"method=\"post\"", form)
            has_token = re.search(r"forms\.(csrf|hidden)\(|csrf_token\(\)", form)
            if bool(is_post) != bool(has_token):
                yield f"{template.name}: {' '.join(form.split())[:60]} has the wrong CSRF token"
        for tag, attributes, line in template.tags:
            if tag == "form" and not (attributes.get("method") and attributes.get("action")):
                yield f"{template.name}:{line}: a form without method or action"


def scripts_are_not_needed(templates: Templates) -> Iterator[str]:
    """What htmx posts goes to the same address without it; what a press fetches has a link."""
    for template in templates.jinja():
        for tag, attributes, line in template.tags:
            place = f"{template.name}:{line}: <{tag}>"
            plain = attributes.get("action") or attributes.get("formaction")
            post = attributes.get("hx-post")
            if post and post != plain and "data-poll" not in attributes:
                yield f"{place} posts to {post} by script, and to {plain} without"
            if "hx-get" in attributes and tag in ("a", "button") and not attributes.get("href"):
                yield f"{place} fetches by script, and nothing without"
            yield from (f"{place} has {verb}" for verb in VERBS if verb in attributes)


RULES: list[Callable[[Templates], Iterator[str]]] = [
    compiles,
    what_is_named_is_there,
    all_are_used,
    macros_are_used,
    macros_know_their_words,
    nothing_is_inline,
    words_stay_data,
    forms_carry_tokens,
    scripts_are_not_needed,
]
