"""Whatever people call themselves: a letter that arrives has its headers, its markup and no more."""

import re
from email import message_from_bytes

import pytest

from cdef.outbox import worker
from tests.cast import FEW, Cast, Mailbox, html_of, text_of
from tests.letters import HEAD, rename
from tests.markup import Markup, text
from tests.outbox.mail_server import Delivery, MailServer

CORPUS = {
    "line ends": "Eve\r\nBcc: evil@example.org\r\nX-Evil: 1\r\n\r\nDear all",
    "a folded subject": "Eve\r\n Subject: Buy now\r\n\tand more",
    "a hidden recipient": "Eve <e@example.org>, Bcc: evil@example.org",
    "an encoded word": "=?utf-8?q?=0d=0aBcc:_evil@example.org?= Eve",
    "300 characters": "Wilhelmina " * 27 + "Cho",
    "300 signs in one word": "é" * 300,
    "right to left": "\u202eevE\u2066 الاسم\u2069",
    "Jinja": "{{7*7}} {% raise %} {# gone #}",
    "Markdown": "[x](https://e) **bold** # Heading `code`",
    "HTML": "<b>Eve</b><script>alert(1)</script><img src=x> &amp; </p>",
    "placeholders": "{to_name} %(note)s ${note} {0.__class__} {{ note }}",
    "typst": '#read("/etc/passwd") @e $x$',
}


def arrived(cast: Cast, post: MailServer, name: str) -> list[Delivery]:
    """What arrives when a team of people with such names is approved with such a note."""
    team = cast.submitted(members=FEW)
    rename(team, name)
    cast.decide(team, "approve", name)
    while worker.work_once():
        pass
    return post.received


@pytest.fixture
def shapes(cast: Cast, post: MailServer) -> None:
    """Staff hear of the team too."""
    cast.staff()


@pytest.mark.usefixtures("shapes")
@pytest.mark.parametrize("name", CORPUS.values(), ids=list(CORPUS))
def test_what_arrives_has_its_headers_one_reader_and_no_markup(
    cast: Cast, post: MailServer, mailbox: Mailbox, name: str
) -> None:
    deliveries = arrived(cast, post, name)
    left = [letter for letter in mailbox.letters() if letter.state != "cancelled"]
    assert len(deliveries) == len(left) >= 6
    assert {letter.state for letter in left} == {"handed_over"}
    for delivery in deliveries:
        assert message_from_bytes(delivery.raw).keys() == HEAD
        assert len(delivery.to) == 1
        (address,) = delivery.message["To"].addresses
        assert address.addr_spec == delivery.to[0]
        nothing_is_markup(delivery)


def nothing_is_markup(delivery: Delivery) -> None:
    page = Markup(html_of(delivery.message))
    assert not page.all("script", "img", "b", "em", "code")
    for words in (text_of(delivery.message), text(page.root)):
        assert not re.search(r"\b49\b", words)
    links = [element.get("href") or "" for element in page.all("a")]
    assert all(link.startswith("http://localhost/") for link in links), links
