"""A text becomes paragraphs, bold, italics, lists and links; whatever else it holds is letters."""

import html5lib
import pytest

from cdef.kernel import markdown
from cdef.kernel.markdown import plain, plain_lines, render, render_lines

XHTML = "{http://www.w3.org/1999/xhtml}"
ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "a", "br"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<p onclick=alert(1)>x</p>\n\n<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "</div></main><h1>Ours</h1>",
    "<!-- x --> <![CDATA[ x ]]> <?php x ?>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](https:///evil.example)",
    "[x](/staff/outbox)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)> <https://evil.example>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    '{{7*7}} {% raise %} ${7*7} #read("/etc/passwd")',
    "`<b>` ```\n<script>\n```",
    "# Heading\n\n> quoted\n\n---\n\n| a | b |\n|---|---|\n| c | d |",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "*" * 2000,
    "[" * 2000,
    "- " * 500,
    "\u202e\x00\x1b[31m",
]


def elements(text: str) -> list[tuple[str, dict[str, str]]]:
    tree = html5lib.parseFragment(str(render(text)), namespaceHTMLElements=False)
    found = [(each.tag, dict(each.attrib)) for each in tree.iter() if isinstance(each.tag, str)]
    return [each for each in found if each[0] != "DOCUMENT_FRAGMENT"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_brings_a_tag_of_its_own_or_a_link_that_acts(text: str) -> None:
    for tag, attributes in elements(text):
        assert tag in ALLOWED
        assert set(attributes) <= ({"href", "title"} if tag == "a" else {"start"})
        address = attributes.get("href", "https://x").lower()
        assert address.startswith(("https://", "http://", "mailto:"))
    assert "<script" not in "".join(map(str, render_lines(text)))


def test_what_is_no_sign_of_ours_stays_as_it_was_typed() -> None:
    for text in ("{{7*7}}", "<b>bold</b>", "# Heading", "a_b_c", "&amp;", "1331 E. Street"):
        tree = html5lib.parseFragment(str(render(text)))
        assert "".join(tree.itertext()).strip() == text


def test_the_signs_become_what_they_say() -> None:
    text = "One **bold** and *slanted*.\n\n- [ours](https://a.example/?b=1&c=2)\n- <mail>\n"
    assert str(render(text)) == (
        "<p>One <strong>bold</strong> and <em>slanted</em>.</p>\n<ul>\n"
        '<li><a href="https://a.example/?b=1&amp;c=2">ours</a></li>\n<li>&lt;mail&gt;</li>\n</ul>\n'
    )


def test_a_text_without_signs_is_its_paragraphs() -> None:
    assert str(render("One\nline.\n\nTwo “quoted” ’s.")) == (
        "<p>One\nline.</p>\n<p>Two “quoted” ’s.</p>\n"
    )


def test_each_line_can_stand_alone() -> None:
    text = "**CDEF**\n\n[CEC](https://cec.example)\n"
    assert render_lines(text) == [
        "<strong>CDEF</strong>",
        '<a href="https://cec.example">CEC</a>',
    ]
    assert plain_lines(text) == ["CDEF", "CEC (https://cec.example)"]


def test_on_paper_signs_are_gone_and_addresses_are_said() -> None:
    text = (
        "**Bold** and [us](https://a.example) or\n[a@b.example](mailto:a@b.example).\n\n"
        "- one\n- two\n\n3. three\n4. four\n\n{{7*7}} <b>x</b>"
    )
    assert plain(text).split("\n\n") == [
        "Bold and us (https://a.example) or a@b.example.",
        "• one",
        "• two",
        "3. three",
        "4. four",
        "{{7*7}} <b>x</b>",
    ]


VALUES = {"team": "*Elm* [x](https://evil.example) <b>{lead}</b> {{7*7}}", "lead": "Jo"}


def test_places_are_filled_once_and_values_are_only_letters() -> None:
    html = markdown.render_filled("**{team}** and {lead}", VALUES)
    said = "*Elm* [x](https://evil.example) &lt;b&gt;{lead}&lt;/b&gt; {{7*7}}"
    assert html == f"<p><strong>{said}</strong> and Jo</p>\n"
    assert markdown.plain_filled("- {team}\n- {lead}", VALUES) == f"• {VALUES['team']}\n\n• Jo"


def test_a_place_in_an_address_stays_empty() -> None:
    html = markdown.render_filled("[here](https://example.org/{lead})", VALUES)
    assert "Jo" not in html
    assert markdown.addresses("[here](https://example.org/{lead})") == [
        "https://example.org/%7Blead%7D"
    ]


def test_a_place_that_is_not_known_stays_as_it_is_typed() -> None:
    assert markdown.fill("{7*7} {lead} {", VALUES) == "{7*7} Jo {"
