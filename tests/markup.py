"""What is wrong with a piece of HTML: each rule yields a sentence for every place that breaks it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PHRASES = {"span", "strong", "em", "small", "label", "button", "summary", "legend", *HEADINGS}
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "article", "form", "header", "fieldset"}
CONTROLS = {"input", "select", "textarea", "meter", "progress"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "list")


PARTIAL = re.compile(r"<hx-partial [^>]*>(.*?)</hx-partial>", re.DOTALL)


class Markup:
    """One page, or a fragment of one, parsed as a browser parses it."""

    def __init__(self, html: str, *, is_fragment: bool = False) -> None:
        self.html, self.is_fragment = html, is_fragment
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = (parser.parseFragment if is_fragment else parser.parse)(html)
        self.errors = [f"line {place[0]}: {code} {data}" for place, code, data in parser.errors]

    @cached_property
    def elements(self) -> list[Element]:
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.elements for child in parent}

    @cached_property
    def ids(self) -> list[str]:
        return [name for element in self.elements if (name := element.get("id")) is not None]

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def above(self, element: Element) -> Iterator[Element]:
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent


def pieces(html: str) -> list[Markup]:
    """A page whole; an answer to htmx in the parts that it puts in different places."""
    if html.startswith("<!DOCTYPE"):
        return [Markup(html)]
    parts = PARTIAL.findall(html) or [html]
    return [Markup(part.strip(), is_fragment=True) for part in parts]


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def shown(element: Element) -> str:
    """How a sentence names an element: its tag with what tells it from others."""
    marks = [f"{name}={element.get(name)}" for name in ("id", "name", "href", "action", "class")]
    return (
        f"<{' '.join([element.tag, *[mark for mark in marks if not mark.endswith('None')][:2]])}>"
    )


def is_valid(page: Markup) -> Iterator[str]:
    yield from page.errors


def ids_are_unique(page: Markup) -> Iterator[str]:
    yield from (
        f"the id {name} is there {n} times" for name, n in Counter(page.ids).items() if n > 1
    )
    yield from (f"the id {name!r} has a space" for name in page.ids if not name or " " in name)


def ids_are_there(page: Markup) -> Iterator[str]:
    """What an attribute refers to is on the page."""
    there = set(page.ids)
    for element in page.elements:
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in there:
                    yield f"{shown(element)}: {attribute} refers to {name}, which is not there"
        if page.is_fragment:
            continue
        for attribute in ("href", "hx-target", "hx-include"):
            value = element.get(attribute) or ""
            if re.fullmatch(r"#[\w-]+", value) and value[1:] not in there:
                yield f"{shown(element)}: {attribute} refers to {value}, which is not there"


def controls_have_labels(page: Markup) -> Iterator[str]:
    labelled = {label.get("for"): text(label) for label in page.all("label") if label.get("for")}
    for control in page.all(*CONTROLS):
        if control.get("type") in ("hidden", "submit", "button"):
            continue
        labels = [parent for parent in page.above(control) if parent.tag == "label"]
        around = [text(label).removesuffix(text(control)).strip() for label in labels]
        named = control.get("aria-label") or control.get("aria-labelledby")
        if not (named or labelled.get(control.get("id")) or any(around)):
            yield f"{shown(control)} has no label"
    for group in page.all("fieldset"):
        if not any(child.tag == "legend" and text(child) for child in group):
            yield f"{shown(group)} has no legend"


def actions_have_names(page: Markup) -> Iterator[str]:
    for element in page.all("a", "button", "summary"):
        pictures = any(image.get("alt") for image in element.iter("img"))
        if not (text(element) or element.get("aria-label") or pictures):
            yield f"{shown(element)} says nothing"


def headings_are_in_order(page: Markup) -> Iterator[str]:
    """One h1, and no level is skipped on the way down."""
    levels = [(int(heading.tag[1]), text(heading)) for heading in page.all(*HEADINGS)]
    yield from (f"h{level} is empty" for level, words in levels if not words)
    if page.is_fragment:
        return
    firsts = [words for level, words in levels if level == 1]
    if len(firsts) != 1:
        yield f"there are {len(firsts)} h1"
    for (before, _), (level, words) in zip([(0, ""), *levels], levels, strict=False):
        if level > before + 1:
            yield f"h{level} {words!r} comes after h{before}"


def page_has_a_title(page: Markup) -> Iterator[str]:
    if page.is_fragment:
        return
    titles = [text(title) for title in page.all("title")]
    if len(titles) != 1 or not titles[0].partition("·")[0].strip():
        yield f"the title is {titles}"
    if page.all("html")[0].get("lang") != "en":
        yield "the language is not given"


def forms_carry_tokens(page: Markup) -> Iterator[str]:
    for form in page.all("form"):
        method = (form.get("method") or "").lower()
        if method not in ("get", "post") or not form.get("action"):
            yield f"{shown(form)} does not say where it goes, and how"
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token"]
        if (method == "post") != (len(tokens) == 1 and bool(tokens[0].get("value"))):
            yield f"{shown(form)} has {len(tokens)} CSRF tokens"


def scripts_are_not_needed(page: Markup) -> Iterator[str]:
    """What htmx sends goes to the same address without it, unless it asks by itself; what it fetches has a link."""
    for element in page.elements:
        post, get = element.get("hx-post"), element.get("hx-get")
        plain = element.get("action") or element.get("formaction")
        if post and plain != post and element.get("data-poll") is None:
            yield f"{shown(element)} posts to {post} by script, and to {plain} without"
        if get and element.tag in ("a", "button") and not element.get("href"):
            yield f"{shown(element)} fetches {get} by script, and nothing without"
        for verb in ("hx-put", "hx-patch", "hx-delete"):
            if element.get(verb):
                yield f"{shown(element)} uses {verb}, which no form can"
        if element.tag == "a" and not element.get("href"):
            yield f"{shown(element)} leads nowhere"


def nothing_is_inline(page: Markup) -> Iterator[str]:
    """The content security policy stops these in silence."""
    for element in page.elements:
        for attribute in element.attrib:
            if attribute == "style" or attribute.startswith(("on", "hx-on")):
                yield f"{shown(element)} has {attribute}"
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"an inline {element.tag}"


def pictures_have_words(page: Markup) -> Iterator[str]:
    for element in page.elements:
        tag = element.tag.rpartition("}")[2]
        if tag == "img" and element.get("alt") is None:
            yield f"{shown(element)} has no alt"
        if tag == "svg" and element.get("aria-hidden") != "true":
            described = any(child.tag.rpartition("}")[2] in ("title", "desc") for child in element)
            if element.get("role") != "img" or not (described or element.get("aria-label")):
                yield "an svg is neither hidden nor described"


def content_fits(page: Markup) -> Iterator[str]:
    """What the parser lets pass: lists of items only, no blocks in phrases, no link in a link."""
    for element in page.elements:
        parent = page.parents.get(element)
        tag, around = element.tag, parent.tag if parent is not None else ""
        if around in ("ul", "ol") and tag not in ("li", "template"):
            yield f"{shown(element)} is in a list and no item"
        if tag == "li" and around not in ("ul", "ol", "menu") and not page.is_fragment:
            yield f"{shown(element)} is an item of no list"
        if tag in ("dt", "dd") and around not in ("dl", "div"):
            yield f"{shown(element)} is in no description list"
        if tag in BLOCKS and around in PHRASES:
            yield f"{shown(element)} is in <{around}>"
        if tag in ("a", "button", "label", *CONTROLS) and any(
            parent.tag in ("a", "button") for parent in page.above(element)
        ):
            yield f"{shown(element)} is inside a link or button"


def fragment_is_one_element(page: Markup) -> Iterator[str]:
    """A fragment has a single root with an id, by which it is found again; a notice needs none."""
    if page.is_fragment:
        roots = list(page.root)
        notice = roots and "notice" in (roots[0].get("class") or "").split()
        loose = [piece for piece in (page.root.text, *(root.tail for root in roots)) if piece]
        if len(roots) != 1 or not (roots[0].get("id") or notice) or "".join(loose).strip():
            yield f"the fragment is {[shown(root) for root in roots]}"


RULES: list[Callable[[Markup], Iterator[str]]] = [
    is_valid,
    ids_are_unique,
    ids_are_there,
    controls_have_labels,
    actions_have_names,
    headings_are_in_order,
    page_has_a_title,
    forms_carry_tokens,
    scripts_are_not_needed,
    nothing_is_inline,
    pictures_have_words,
    content_fits,
    fragment_is_one_element,
]


def faults(page: Markup) -> list[str]:
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(page)]
