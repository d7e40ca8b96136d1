"""Every template compiles, is used, and needs neither scripts nor what the browser would stop."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment

from tests import templates
from tests.templates import Templates, read_templates

Rule = Callable[[Templates], Iterator[str]]
by_name = {"ids": lambda value: getattr(value, "__name__", " ".join(str(value).split())[:40])}

# A small app in good order, into which each fault below is planted.
SOUND = {
    "cdef/__init__.py": 'FEATURES = ("teams",)\n',
    "cdef/teams/views.py": 'page = render("teams/page.html")\n',
    "cdef/teams/letters.py": 'letter = write("welcome")\n',
    "cdef/teams/flyer.py": 'pdf = press("poster.typ")\n',
    "templates/teams/page.html": (
        '{% import "macros/forms.html" as forms %}\n{# <p style="x"> #}\n'
        '{% include "teams/_row.html" %}<a href="/x" hx-get="/y">X</a><script src="/x.js"></script>'
    ),
    "templates/teams/_row.html": (
        '<form method="post" action="/teams/{{ team["id"] }}" hx-post="/teams/{{ team["id"] }}"'
        '{% if a > b %} class="x"{% endif %}>{{ forms.csrf() }}'
        '<button formaction="/z" hx-post="/z">Z</button></form><form method="get" action="/y"></form>'
    ),
    "templates/macros/forms.html": "{% macro csrf(x=1) %}{{ csrf_token() }}{{ x }}{% endmacro %}",
    "templates/letters/_layout.html": "<style>p { margin: 0 }</style>{% block content %}{% endblock %}",
    "templates/letters/welcome/body.html": '{% extends "letters/_layout.html" %}',
    "templates/letters/welcome/body.txt": "Welcome, {{ name }}",
    "templates/flyers/poster.typ": "#let x = {{",
}
PAGE, ROW = "templates/teams/page.html", "templates/teams/_row.html"
# The rule, the file, what is put into it, and a part of what is said about it.
PLANTED: list[tuple[Rule, str, str, str]] = [
    (templates.compiles, ROW, "{% if x %}", "_row.html:1"),
    (templates.compiles, ROW, "{{ x|moneyy }}", "moneyy"),
    (templates.compiles, "templates/letters/welcome/body.txt", "{{ x", "body.txt:1"),
    (templates.what_is_named_is_there, PAGE, '{% include "teams/_rwo.html" %}', "teams/_rwo.html"),
    (templates.what_is_named_is_there, "cdef/teams/more.py", 'x = "teams/pgae.html"', "pgae.html"),
    (templates.all_are_used, "templates/teams/_old.html", "<p>Old</p>", "teams/_old.html"),
    (templates.all_are_used, "templates/letters/old/body.txt", "Old", "letters/old/body.txt"),
    (templates.all_are_used, "templates/flyers/old.typ", "= Old", "flyers/old.typ"),
    (templates.macros_are_used, PAGE, "{% macro lonely() %}{% endmacro %}", "lonely"),
    (
        templates.macros_know_their_words,
        "templates/macros/forms.html",
        "{% macro csrf() %}{{ csrf_token() }}{{ person }}{% endmacro %}",
        "nobody gives it person",
    ),
    (templates.nothing_is_inline, ROW, '<p\n style="color: red">', "_row.html:1: <p> has style"),
    (templates.nothing_is_inline, ROW, '<p onclick="x()">', "has onclick"),
    (templates.nothing_is_inline, ROW, '<p hx-on:click="x()">', "has hx-on:click"),
    (templates.nothing_is_inline, ROW, '<p hx-trigger="keyup[x]">', "needs eval"),
    (templates.nothing_is_inline, ROW, '<p hx-vals="js:{x: 1}">', "needs eval"),
    (templates.nothing_is_inline, ROW, "<script>x()</script>", "<script> is inline"),
    (templates.nothing_is_inline, ROW, "<style>p {}</style>", "<style> is inline"),
    (templates.words_stay_data, ROW, "{{ name|safe }}", "|safe"),
    (templates.words_stay_data, ROW, "{{ name|trim|safe|upper }}", "|safe"),
    (templates.words_stay_data, ROW, "{%- autoescape false %}{% endautoescape %}", "autoescape"),
    (templates.forms_carry_tokens, ROW, '<form method="post" action="/x"></form>', "wrong CSRF"),
    (
        templates.forms_carry_tokens,
        ROW,
        '<form method="get" action="/x">{{ forms.csrf() }}</form>',
        "wrong CSRF",
    ),
    (templates.forms_carry_tokens, ROW, '<form action="/x"></form>', "without method or action"),
    (templates.scripts_are_not_needed, ROW, '<button hx-post="/x">', "to /x by script"),
    (
        templates.scripts_are_not_needed,
        ROW,
        '<form method="post" action="/{{ a }}" hx-post="/{{ b }}">{{ forms.csrf() }}</form>',
        "to /{{ b }} by script, and to /{{ a }} without",
    ),
    (templates.scripts_are_not_needed, ROW, '<a hx-get="/x">X</a>', "fetches by script"),
    (templates.scripts_are_not_needed, ROW, '<button hx-delete="/x">X</button>', "hx-delete"),
]


def broken(found: Templates) -> list[str]:
    return [f"{rule.__name__}: {fault}" for rule in templates.RULES for fault in rule(found)]


def test_the_templates_keep_every_rule(app: Flask) -> None:
    assert broken(read_templates(app.jinja_env)) == []


def plant(folder: Path, files: dict[str, str]) -> Templates:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    environment = Environment(autoescape=True)
    environment.globals["csrf_token"] = str
    return read_templates(environment, folder)


def test_sound_templates_are_not_faulted(tmp_path: Path) -> None:
    assert broken(plant(tmp_path, SOUND)) == []


@pytest.mark.parametrize(("rule", "path", "fault", "said"), PLANTED, **by_name)
def test_a_planted_fault_is_caught(
    rule: Rule, path: str, fault: str, said: str, tmp_path: Path
) -> None:
    found = list(rule(plant(tmp_path, SOUND | {path: fault + SOUND.get(path, "")})))
    assert len(found) == 1
    assert said in found[0]


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, *_ in PLANTED} == set(templates.RULES)
