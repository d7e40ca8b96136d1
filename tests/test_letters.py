"""Every letter is whole, plain and ours, whatever people call themselves."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path

import pytest
from flask import Flask

from cdef.kernel.db import db, transaction
from cdef.kernel.markdown import PLACE
from cdef.outbox.actions import post
from cdef.outbox.envelope import Attachment, Envelope, to_bytes
from cdef.outbox.models import Letter
from cdef.outbox.overtaken_rules import OVERTAKEN_BY, STANDING
from cdef.outbox.wording_rules import Worded, problems, values_of
from cdef.outbox.wordings import explanations, kinds
from tests import letters
from tests.cast import STAFF, Cast, Mailbox, html_of, parse, text_of
from tests.letters import faults, post_all
from tests.markup import Markup, text
from tests.source import ROOT
from tests.templates import Loud

NAMES = {
    "markup": '=1+1 <b>"Bold"</b> &amp; {{7*7}} {% raise %} {# x #} #read("/etc/passwd")',
    "headers": "Eve\r\nBcc: evil@example.org\r\n\r\n=?utf-8?q?evil=40example.org=2C?=, <e@example.org>",
    "signs": "\u202eevoc\u2066 👩🏽‍🏫 الاسم\x00 " + "Łukasz " * 43,
}
TO_PARTICIPANTS = {
    "confirmation",
    "dates_changed",
    "cancellation",
    "personal_link",
    "substitute_decided",
    "meeting_reminder",
}
# Those that stay among staff, and one whose words are written anew for each campaign.
NOT_WORDED = {"over_capacity", "staff_added", "submitted_staff", "invitation"}
LEFT_BEHIND = re.compile("the text has|left behind")  # Which these names look like.


@pytest.fixture(autouse=True)
def loud(app: Flask) -> None:
    app.jinja_env.undefined = Loud


@pytest.fixture
def posted(cast: Cast, mailbox: Mailbox) -> list[Letter]:
    """One letter of each kind."""
    post_all(cast)
    return one_of_each(mailbox)


def one_of_each(mailbox: Mailbox) -> list[Letter]:
    return list({letter.kind: letter for letter in mailbox.letters()}.values())


def folders(root: Path = ROOT) -> set[str]:
    return {path.name for path in (root / "templates" / "letters").iterdir() if path.is_dir()}


def test_every_letter_is_whole(posted: list[Letter]) -> None:
    assert [fault for letter in posted for fault in faults(letter)] == []
    assert {letter.kind for letter in posted} == folders()


def test_every_kind_of_letter_can_be_overtaken_or_is_said_to_stand() -> None:
    assert {*OVERTAKEN_BY, *STANDING} == folders()
    assert not {*OVERTAKEN_BY} & {*STANDING}


def test_a_letter_that_nobody_posts_is_caught(tmp_path: Path) -> None:
    (tmp_path / "templates" / "letters" / "forgotten").mkdir(parents=True)
    assert folders(tmp_path) - folders() == {"forgotten"}


def test_the_words_of_every_letter_to_people_outside_are_the_staffs(posted: list[Letter]) -> None:
    assert {letter.kind for letter in posted} - NOT_WORDED == set(kinds())


def test_every_original_wording_can_be_saved_and_knows_its_places() -> None:
    for kind in kinds().values():
        assert list(problems(values_of(kind.original), kind)) == []
        assert set(kind.says) <= set(explanations())
    assert {name for kind in kinds().values() for name in kind.says} == set(explanations())


def test_every_letter_says_the_whole_of_its_original_words(posted: list[Letter]) -> None:
    for letter in posted:
        kind = kinds().get(letter.kind)
        said = kind.original if kind else Worded("", "")
        text = text_of(parse(letter.raw))
        assert re.fullmatch(as_pattern(said.subject) or ".*", letter.subject)
        assert re.search(as_pattern(said.opening), text) or letter.kind == "change_proposed"
        assert re.search(as_pattern(said.closing), text)


def as_pattern(words: str) -> str:
    """What a wording reads like, whatever fills its places."""
    return PLACE.sub(
        ".+", re.escape(words.replace("**", "")).replace(r"\{", "{").replace(r"\}", "}")
    )


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_only_a_name(cast: Cast, mailbox: Mailbox, name: str) -> None:
    post_all(cast, storable(name))
    for letter in one_of_each(mailbox):
        assert [fault for fault in faults(letter) if not LEFT_BEHIND.search(fault)] == []
        mail = parse(letter.raw)
        assert named_in_head(letter) == letter.to_name
        assert f"Dear {letter.to_name}," in text_of(mail)
        assert f"Dear {letter.to_name}," in text(Markup(html_of(mail)).root)
        assert len(letter.to_name) <= 120
        assert not re.search(
            "[\x00-\x1f\u202a-\u202e\u2066-\u2069]", letter.to_name + letter.subject
        )


def storable(name: str) -> str:
    """No form lets a NUL through; it is only SQLite that could have one from elsewhere."""
    return name if db.engine.dialect.name == "sqlite" else name.replace("\x00", "")


def named_in_head(letter: Letter) -> str:
    """The recipient's name as RFC 2047 reads it; Python's newer parser spaces its encoded words."""
    line = "".join(str(message_from_bytes(letter.raw)["To"]).splitlines())
    return str(make_header(decode_header(parseaddr(line)[0])))


def secrets_in(letter: Letter) -> list[str]:
    """What opens something: the ends of its links, and its codes."""
    found = re.findall(r"/(?:sign-in|register|join|open)/([\w-]+)", text_of(parse(letter.raw)))
    return found + re.findall(r"\b\d{6}\b", text_of(parse(letter.raw)))


def shown_to_staff(cast: Cast, letter: Letter) -> list[str]:
    """The secrets of a letter that its pages in the outbox show."""
    staff = cast.browser(STAFF).client
    pages = [f"/staff/outbox/{letter.id}", f"/staff/outbox/{letter.id}/html", "/staff/outbox"]
    shown = "".join(staff.get(page).text for page in pages)
    return [secret for secret in (*secrets_in(letter), *letter.secrets) if secret in shown]


def test_staff_see_no_secret_of_any_letter(cast: Cast, posted: list[Letter]) -> None:
    assert [letter.kind for letter in posted if shown_to_staff(cast, letter)] == []
    opening = {letter.kind for letter in posted if secrets_in(letter)}
    assert opening == {
        "sign_in",
        "start_team",
        "partner_invitation",
        *TO_PARTICIPANTS,
    }


def test_every_letter_to_a_participant_has_the_link_to_their_page(posted: list[Letter]) -> None:
    linked = {letter.kind for letter in posted if "/personal/open/" in text_of(parse(letter.raw))}
    assert linked == TO_PARTICIPANTS


def test_a_secret_that_is_not_named_as_one_is_caught(cast: Cast) -> None:
    cast.staff()
    with transaction():
        bare = replace(SOUND, text="http://localhost/sign-in/s3cret\n")
        letter = post(bare, now=cast.now())
    assert shown_to_staff(cast, letter) == ["s3cret"]


SOUND = Envelope(
    kind="planted",
    about="team:1",
    to_email="imogen.castellanos@example.org",
    to_name="Imogen Castellanos",
    subject="A subject",
    text="Dear Imogen Castellanos,\n\nhttp://localhost/teams/1\n",
    html='<!DOCTYPE html><html lang="en"><head><title>T</title></head><body style="x"><h1 style="x">'
    'One</h1><p style="x"><a href="http://localhost/teams/1">Open</a></p></body></html>',
    attachments=[
        Attachment(
            "day.ics", b"BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n", method="CANCEL"
        )
    ],
)
AWAY = SOUND.html.replace("localhost", "localhost.evil.example")
PLANTED = [
    (letters.head_is_ours, {"headers": {"Bcc": "evil@example.org"}}, "Bcc"),
    (letters.head_is_ours, {"to_email": "other@example.org"}, "and not to imogen"),
    (letters.head_is_ours, {"subject": ""}, "the subject"),
    (letters.head_is_ours, {"subject": "x" * 151}, "the subject"),
    (
        letters.parts_are_whole,
        {"attachments": [Attachment("x.pdf", b"x", "application/pdf")]},
        "pdf",
    ),
    (
        letters.parts_are_whole,
        {"attachments": [replace(SOUND.attachments[0], method="")]},
        "method",
    ),
    (letters.text_is_plain, {"text": SOUND.text + "{{ name }}\n"}, "'{{'"),
    (letters.text_is_plain, {"text": SOUND.text + "{% if x %}\n"}, "'{%'"),
    (letters.text_is_plain, {"text": SOUND.text + "Amount due: None\n"}, "'None'"),
    (letters.text_is_plain, {"text": SOUND.text + "\n\n\nX\n"}, "the text has '\\n"),
    (letters.text_is_plain, {"text": SOUND.text + "<p>Hello</p>\n"}, "<p>"),
    (letters.text_is_plain, {"text": SOUND.text + "O&#39;Brien\n"}, "&#"),
    (letters.text_is_plain, {"text": "\n"}, "empty"),
    (letters.html_is_sound, {"html": SOUND.html.replace("</h1>", "")}, "the HTML: line 1"),
    (letters.html_is_sound, {"html": SOUND.html.replace("One", "{{ x }}")}, "left behind"),
    (letters.html_is_sound, {"html": SOUND.html.replace('<p style="x">', "<p>")}, "style of <p>"),
    (letters.html_is_sound, {"html": SOUND.html.replace("One", '<img src="x" alt="">')}, "stop"),
    (letters.links_are_ours, {"html": AWAY}, "leads away, to http://localhost.evil"),
    (letters.links_are_ours, {"text": SOUND.text + "https://evil.example\n"}, "leads away"),
    (letters.links_are_ours, {"text": "Hello\n"}, "only the HTML has the link"),
]


def planted(envelope: Envelope) -> Letter:
    raw = to_bytes(envelope, "<1@example.org>", datetime(2016, 10, 17, tzinfo=UTC))
    return Letter(kind="planted", to_email=SOUND.to_email, raw=raw)


def test_planted_faults_are_caught(app: Flask) -> None:
    assert faults(planted(SOUND)) == []
    for rule, change, said in PLANTED:
        found = faults(planted(replace(SOUND, **change)))  # type: ignore[arg-type]
        assert [fault for fault in found if fault.startswith(rule.__name__) and said in fault], said


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, *_ in PLANTED} == set(letters.RULES)
