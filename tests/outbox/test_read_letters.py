"""Staff read in the outbox what was sent, to whom and when, without the links that let others in."""

import re

from cdef.outbox import worker
from tests.cast import DISTRICT_LEAD, STAFF, Cast, Mailbox, parse, text_of
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer

BUSY = "451 4.3.2 Come back later"


def test_the_outbox_lists_every_letter_with_its_state(
    cast: Cast, write: Write, post: MailServer
) -> None:
    cast.staff()
    post.answers["RCPT"] = [BUSY]
    write("imogen.castellanos@example.org", subject="First")
    write("beatriz.holloway@example.org", subject="Second")
    worker.work_once()
    write("ferdinand.calloway@example.org", subject="Third")
    staff = cast.browser(STAFF)
    text = staff.get("/staff/outbox").text()
    assert text.index("Third") < text.index("Second") < text.index("First")
    assert BUSY in text
    for state, subject in (("deferred", "First"), ("handed_over", "Second"), ("queued", "Third")):
        found = staff.get(f"/staff/outbox?state={state}").text()
        assert [word for word in ("First", "Second", "Third") if word in found] == [subject]


def test_the_letters_about_one_team_are_found(cast: Cast, write: Write) -> None:
    cast.staff()
    write(about="team:1", subject="About the first team")
    write(about="team:2", subject="About the second team")
    text = cast.browser(STAFF).get("/staff/outbox?about=team:2").text()
    assert "About the second team" in text
    assert "About the first team" not in text


def test_a_letter_is_read_with_its_headers_text_and_history(
    cast: Cast, write: Write, post: MailServer
) -> None:
    cast.staff()
    post.answers["RCPT"] = [BUSY]
    letter = write(to_name="Imogen <b>Castellanos</b>")
    address, identity = f"/staff/outbox/{letter.id}", letter.message_id
    worker.work_once()
    text = cast.browser(STAFF).get(address).text()
    for words in ("Imogen <b>Castellanos</b>", identity, "From the café", f"Deferred: {BUSY}"):
        assert words in text


def test_a_held_confirmation_is_read_with_its_attachments(cast: Cast, mailbox: Mailbox) -> None:
    cast.approved()
    (letter, *_) = mailbox.letters("confirmation")
    stored = [part.get_content() for part in parse(letter.raw).iter_attachments()]
    assert stored
    staff = cast.browser(STAFF)
    page = staff.get(f"/staff/outbox/{letter.id}")
    for number, content in enumerate(stored):
        address = f"/staff/outbox/{letter.id}/attachments/{number}"
        assert page.find("a", href=address)
        answer = staff.client.get(address)
        assert answer.mimetype == "text/calendar"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.text.split() == content.split()
    assert staff.get(f"/staff/outbox/{letter.id}/attachments/{len(stored)}").status == 404


def test_sign_in_links_and_codes_are_masked(cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    browser = cast.browser(STAFF)
    browser.get("/sign-in")
    browser.submit("/sign-in", email=STAFF)
    letter = mailbox.letters("sign_in")[0]
    written = text_of(parse(letter.raw))
    secrets = [re.findall(r"/sign-in/(\S+)", written)[0], re.findall(r"\b\d{6}\b", written)[0]]
    for address in (f"/staff/outbox/{letter.id}", f"/staff/outbox/{letter.id}/html"):
        page = browser.get(address)
        assert page.status == 200
        assert "•••" in page.html
        assert not any(secret in page.html for secret in secrets)


def test_personal_links_are_masked(cast: Cast, mailbox: Mailbox) -> None:
    cast.approved()
    letter = mailbox.letters("confirmation", to=DISTRICT_LEAD)[0]
    (secret, *_) = letter.secrets
    assert secret in text_of(parse(letter.raw))
    for address in (f"/staff/outbox/{letter.id}", f"/staff/outbox/{letter.id}/html"):
        assert secret not in cast.browser(STAFF).get(address).html


def test_the_html_of_a_letter_runs_no_scripts_and_loads_nothing(cast: Cast, write: Write) -> None:
    cast.staff()
    letter = write(html="<p>Dear Imogen</p><script>alert(1)</script>")
    answer = cast.browser(STAFF).client.get(f"/staff/outbox/{letter.id}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")


def test_a_letter_that_is_not_there_is_not_found(cast: Cast) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    for path in ("", "/html", "/attachments/0"):
        assert staff.get(f"/staff/outbox/99{path}").status == 404
