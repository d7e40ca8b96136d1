"""One letter goes over the wire to a real mail server, and what the server says is its fate."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from cdef.outbox import worker
from tests.cast import Cast, Mailbox, parse
from tests.conftest import both_databases, on_sqlite
from tests.outbox.conftest import Write
from tests.outbox.mail_server import HANG_UP, MailServer, free_port, silent_server

OTHER = "beatriz.holloway@example.org"


def fates(mailbox: Mailbox) -> list[tuple[str, str]]:
    return [(letter.state, letter.reason) for letter in mailbox.letters()]


@both_databases
def test_what_arrives_is_what_was_stored(write: Write, post: MailServer, mailbox: Mailbox) -> None:
    write()
    assert worker.work_once()
    (letter,) = mailbox.letters()
    (delivery,) = post.received
    assert delivery.raw == letter.raw
    assert delivery.to == [letter.to_email]
    assert letter.state == "handed_over"
    assert letter.handed_over_at is not None
    assert parse(delivery.raw)["Message-ID"] == letter.message_id


def test_a_line_that_is_a_dot_ends_nothing(write: Write, post: MailServer) -> None:
    write(text=".\n.\nstill here\n")
    worker.work_once()
    body = parse(post.received[0].raw).get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == [".", ".", "still here"]


def test_letters_share_a_connection(write: Write, post: MailServer, mailbox: Mailbox) -> None:
    for number in range(3):
        write(f"member{number}@example.org")
    worker.work_once()
    assert [delivery.to for delivery in post.received] == [
        [f"member{number}@example.org"] for number in range(3)
    ]
    assert post.connections == 1
    assert {letter.state for letter in mailbox.letters()} == {"handed_over"}


def test_a_connection_carries_a_limited_number_of_letters(
    write: Write, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "BATCH", 2)
    for number in range(3):
        write(f"member{number}@example.org")
    while worker.work_once():
        pass
    assert len(post.received) == 3
    assert post.connections == 2


def test_a_limit_of_flask_mails_own_fails_no_letter(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    app.extensions["mail"].max_emails = 1
    post.answers["QUIT"] = [HANG_UP]
    write()
    worker.work_once()
    assert fates(mailbox) == [("handed_over", "The mail server accepted it.")]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "."])
def test_a_busy_server_defers_with_its_words(
    write: Write, post: MailServer, mailbox: Mailbox, step: str
) -> None:
    post.answers[step] = ["451 4.3.2 Come back later"]
    write()
    worker.work_once()
    assert fates(mailbox) == [("deferred", "451 4.3.2 Come back later")]
    assert post.received == []


@pytest.mark.parametrize("step", ["RCPT", "DATA", "."])
def test_a_final_no_fails_with_the_servers_words(
    write: Write, post: MailServer, mailbox: Mailbox, step: str
) -> None:
    post.answers[step] = ["550 5.1.1 Nobody lives here"]
    write()
    worker.work_once()
    assert fates(mailbox) == [("failed", "550 5.1.1 Nobody lives here")]
    assert not worker.work_once()


def test_a_refused_sender_is_our_mistake_and_no_letters(
    write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    post.answers["MAIL"] = ["553 You may not write from here"]
    write()
    worker.work_once()
    assert fates(mailbox) == [("deferred", "553 You may not write from here")]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "."])
def test_a_refused_letter_does_not_hold_up_the_next(
    write: Write, post: MailServer, mailbox: Mailbox, step: str
) -> None:
    post.answers[step] = ["452 No room for this one"]
    write()
    write(OTHER)
    worker.work_once()
    assert [delivery.to for delivery in post.received] == [[OTHER]]
    assert [state for state, _ in fates(mailbox)] == ["deferred", "handed_over"]
    assert post.connections == 1


def test_the_servers_words_are_kept_as_one_line_without_control_characters(
    write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    post.answers["RCPT"] = ["550-5.1.1 Nobody\x00 here\r\n550 5.1.1 " + 600 * "x"]
    write()
    worker.work_once()
    ((_, reason),) = fates(mailbox)
    assert reason.startswith("550 5.1.1 Nobody here 5.1.1 xxx")
    assert len(reason) == 500


@pytest.mark.parametrize("step", ["EHLO", "MAIL", "RCPT", "."])
def test_a_cut_connection_defers(
    write: Write, post: MailServer, mailbox: Mailbox, step: str
) -> None:
    post.answers[step] = [HANG_UP]
    write()
    worker.work_once()
    ((state, reason),) = fates(mailbox)
    assert state == "deferred"
    assert "closed" in reason


def test_a_cut_after_the_last_dot_sends_the_same_letter_again(
    write: Write, post: MailServer, mailbox: Mailbox, cast: Cast
) -> None:
    post.answers["."] = [HANG_UP]
    write()
    worker.work_once()
    cast.later(minutes=1, seconds=1)
    worker.work_once()
    first, second = post.received
    assert first.raw == second.raw
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]


@pytest.mark.parametrize("answer", [HANG_UP, "421 Not today"])
def test_a_server_without_manners_at_the_end_undoes_nothing(
    write: Write, post: MailServer, mailbox: Mailbox, answer: str
) -> None:
    post.answers["QUIT"] = [answer]
    write()
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]
    assert len(post.received) == 1


def test_nobody_at_the_port_defers_all_that_is_due(
    app: Flask, write: Write, mailbox: Mailbox
) -> None:
    app.extensions["mail"].port = free_port()
    write()
    write(OTHER)
    assert worker.work_once()
    assert [state for state, _ in fates(mailbox)] == ["deferred", "deferred"]
    assert "refused" in fates(mailbox)[0][1]


def test_a_silent_server_is_left_after_the_time_that_is_set(
    app: Flask, write: Write, mailbox: Mailbox
) -> None:
    app.config["MAIL_TIMEOUT"] = 0.1
    write()
    with silent_server() as app.extensions["mail"].port:
        worker.work_once()
    assert fates(mailbox) == [("deferred", "Connection unexpectedly closed: timed out")]


def test_a_server_may_think_about_a_whole_letter_longer_than_about_a_step(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    app.config["MAIL_TIMEOUT"] = 0.4
    post.slow["."] = 0.6
    write()
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]


def test_a_server_that_thinks_long_about_a_recipient_is_left(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    app.config["MAIL_TIMEOUT"] = 0.1
    post.slow["RCPT"] = 0.3
    write()
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["deferred"]


@pytest.mark.parametrize("step", ["EHLO", "RCPT", "."])
@on_sqlite
def test_nothing_is_locked_while_the_mail_server_thinks(
    write: Write, post: MailServer, mailbox: Mailbox, tmp_path: Path, step: str
) -> None:
    post.meanwhile[step] = writing(tmp_path)
    write()
    worker.work_once()
    assert [(letter.about, letter.state) for letter in mailbox.letters()] == [
        ("written meanwhile", "handed_over")
    ]


@on_sqlite
def test_nothing_is_locked_while_a_mail_server_is_silent(
    app: Flask, write: Write, mailbox: Mailbox, tmp_path: Path
) -> None:
    app.config["MAIL_TIMEOUT"] = 0.4
    write()
    meanwhile = threading.Timer(0.2, writing(tmp_path))
    meanwhile.start()
    with silent_server() as app.extensions["mail"].port:
        worker.work_once()
    meanwhile.join()
    assert [(letter.about, letter.state) for letter in mailbox.letters()] == [
        ("written meanwhile", "deferred")
    ]


def writing(folder: Path) -> Callable[[], None]:
    """What somebody else writes meanwhile, which SQLite lets nobody while another still reads."""

    def write_meanwhile() -> None:
        with closing(sqlite3.connect(folder / "test.sqlite3", timeout=0.05)) as other, other:
            other.execute("UPDATE letter SET about = 'written meanwhile'")

    return write_meanwhile


def test_an_odd_letter_does_not_stop_those_behind_it(
    write: Write, post: MailServer, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    write(to="two words@example.org\nRSET")
    write(OTHER)
    worker.work_once()
    assert [delivery.to for delivery in post.received] == [[OTHER]]
    assert [letter.state for letter in mailbox.letters()] == ["deferred", "handed_over"]
    assert "cannot be sent" in caplog.text


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://training.example.org", "training.example.org"),
        ("http://127.0.0.1:5000", "[127.0.0.1]"),
        ("http://[::1]:5000", "[IPv6:::1]"),
    ],
)
def test_the_app_presents_itself_by_its_own_name_or_a_literal(
    app: Flask, write: Write, post: MailServer, url: str, name: str
) -> None:
    app.config["BASE_URL"] = url
    write()
    worker.work_once()
    assert post.presented_as == name


def test_a_domain_in_another_script_goes_out_in_ascii(write: Write, post: MailServer) -> None:
    write("imogen@straße.example.org")
    worker.work_once()
    (delivery,) = post.received
    assert delivery.to == ["imogen@xn--strae-oqa.example.org"]
    assert parse(delivery.raw)["To"].addresses[0].addr_spec == delivery.to[0]
