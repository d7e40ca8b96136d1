"""The walker of pages catches what is planted, and finds no fault with what is sound."""

import pytest

from tests import markup
from tests.markup import Markup

SOUND = """<!DOCTYPE html>
<html lang="en"><head><title>Sound · App</title><script src="/x.js" defer></script></head><body>
<h1 id="top">One</h1><h2>Two</h2><h3>Three</h3><h2>Two again</h2>
<form method="post" action="/x" hx-post="/x" hx-target="#top">
  <input type="hidden" name="csrf_token" value="t">
  <label for="a">A</label><input id="a" name="a" aria-describedby="hint"><p id="hint">Hint</p>
  <label>B <select name="b"><option>1</option></select></label>
  <fieldset><legend>C</legend><input type="radio" name="c" aria-label="Yes"></fieldset>
  <button type="submit" formaction="/y" hx-post="/y">Save</button>
</form>
<form method="get" action="/z"><button>Find</button></form>
<ul><li><a href="#top" hx-get="/part">Up</a></li></ul><dl><div><dt>D</dt><dd>E</dd></div></dl>
<img src="/x.png" alt=""><svg aria-hidden="true"></svg><svg role="img"><title>Bars</title></svg>
</body></html>"""
# A rule, what is put in place of what in the page above, and a part of what is said about it.
PLANTED = [
    (markup.is_valid, "<h2>Two</h2>", "<h2>Two</h3>", "line 3"),
    (markup.is_valid, "<!DOCTYPE html>", "", "doctype"),
    (markup.is_valid, '<p id="hint">Hint</p>', '<p id="hint"><div>Hint</div></p>', "end-tag"),
    (markup.is_valid, '<input id="a"', '<input id="a" id="b"', "duplicate-attribute"),
    (markup.ids_are_unique, "<h2>Two</h2>", '<h2 id="a">Two</h2>', "the id a is there 2 times"),
    (markup.ids_are_unique, 'id="top"', 'id="to p"', "has a space"),
    (markup.ids_are_there, 'id="hint"', 'id="hints"', "aria-describedby refers to hint"),
    (markup.ids_are_there, 'for="a"', 'for="b"', "for refers to b"),
    (
        markup.ids_are_there,
        'hx-target="#top"',
        'hx-target="#roster"',
        "hx-target refers to #roster",
    ),
    (markup.ids_are_there, 'href="#top"', 'href="#error"', "href refers to #error"),
    (
        markup.controls_have_labels,
        '<label for="a">A</label>',
        "",
        "<input id=a name=a> has no label",
    ),
    (markup.controls_have_labels, ">A</label>", "></label>", "has no label"),
    (markup.controls_have_labels, "<label>B ", "<label>", "has no label"),
    (markup.controls_have_labels, ' aria-label="Yes"', "", "<input name=c> has no label"),
    (markup.controls_have_labels, "<legend>C</legend>", "", "has no legend"),
    (markup.actions_have_names, ">Save<", "><svg></svg><", "says nothing"),
    (markup.actions_have_names, ">Up<", "> <", "<a href=#top> says nothing"),
    (markup.headings_are_in_order, "<h2>Two</h2>", "", "h3 'Three' comes after h1"),
    (markup.headings_are_in_order, "<h2>Two again</h2>", "<h1>Two</h1>", "there are 2 h1"),
    (markup.headings_are_in_order, "<h2>Two again</h2>", "<h2></h2>", "h2 is empty"),
    (markup.page_has_a_title, "Sound · App", " · App", "the title is"),
    (markup.page_has_a_title, ' lang="en"', "", "language"),
    (markup.forms_carry_tokens, 'value="t"', 'value=""', "CSRF"),
    (markup.forms_carry_tokens, 'name="csrf_token"', 'name="token"', "has 0 CSRF tokens"),
    (markup.forms_carry_tokens, '<form method="get"', '<form method="post"', "has 0 CSRF tokens"),
    (markup.forms_carry_tokens, ' method="get" action="/z"', "", "does not say where"),
    (markup.scripts_are_not_needed, 'action="/x" ', 'action="/w" ', "to /x by script, and to /w"),
    (markup.scripts_are_not_needed, ' formaction="/y"', "", "to /y by script, and to None"),
    (markup.scripts_are_not_needed, 'hx-post="/y"', 'hx-delete="/y"', "hx-delete"),
    (markup.scripts_are_not_needed, ' href="#top"', "", "fetches /part by script"),
    (markup.nothing_is_inline, "<h2>Two</h2>", '<h2 style="color: red">Two</h2>', "has style"),
    (markup.nothing_is_inline, "<h2>Two</h2>", '<h2 onclick="x()">Two</h2>', "has onclick"),
    (markup.nothing_is_inline, "<h2>Two</h2>", '<h2 hx-on:click="x()">Two</h2>', "has hx-on:click"),
    (markup.nothing_is_inline, "<h2>Two</h2>", "<h2>Two</h2><script>x()</script>", "inline script"),
    (markup.nothing_is_inline, "</head>", "<style>p{}</style></head>", "inline style"),
    (markup.pictures_have_words, ' alt=""', "", "has no alt"),
    (markup.pictures_have_words, ' aria-hidden="true"', "", "neither hidden nor described"),
    (markup.pictures_have_words, "<title>Bars</title>", "", "neither hidden nor described"),
    (markup.content_fits, "<ul><li>", "<ul><p>Up</p><li>", "<p> is in a list and no item"),
    (markup.content_fits, "<h2>Two</h2>", "<li>Two</li>", "an item of no list"),
    (markup.content_fits, "<h2>Two</h2>", "<span><form></form></span>", "<form> is in <span>"),
    (markup.content_fits, ">Up<", "><button>Up</button><", "is inside a link or button"),
    (markup.content_fits, "<h2>Two</h2>", "<dt>Two</dt>", "in no description list"),
]


def found_by(rule: object, html: str, *, is_fragment: bool = False) -> list[str]:
    name = f"{getattr(rule, '__name__', '')}: "
    found = markup.faults(Markup(html, is_fragment=is_fragment))
    return [fault for fault in found if fault.startswith(name)]


def test_a_sound_page_is_not_faulted() -> None:
    assert markup.faults(Markup(SOUND)) == []


@pytest.mark.parametrize(("rule", "old", "new", "said"), PLANTED)
def test_a_planted_fault_is_caught(rule: object, old: str, new: str, said: str) -> None:
    assert SOUND.count(old) >= 1
    assert any(said in fault for fault in found_by(rule, SOUND.replace(old, new, 1)))


@pytest.mark.parametrize(
    "html", ["", "<p>Two</p><p>roots</p>", "<p>No id</p>", '<p id="one">Text</p> outside']
)
def test_a_fragment_without_its_root_is_caught(html: str) -> None:
    assert found_by(markup.fragment_is_one_element, html, is_fragment=True)


def test_a_sound_fragment_is_not_faulted() -> None:
    html = '<section id="roster"><h3>Side</h3><form method="post" action="/x" hx-target="#other">'
    html += '<input type="hidden" name="csrf_token" value="t"><button>Add</button></form></section>'
    assert markup.faults(Markup(html, is_fragment=True)) == []


def test_every_rule_has_a_planted_fault() -> None:
    planted = {rule for rule, *_ in PLANTED} | {markup.fragment_is_one_element}
    assert planted == set(markup.RULES)
