"""What whoever has the machine's shell can do: let people in, import the directory, send letters."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from cdef.accounts import actions as accounts
from cdef.directory.actions import SEED
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.outbox import actions as outbox
from cdef.outbox.envelope import Envelope
from cdef.schema import bring_up_to_date
from tests.cast import STAFF, Mailbox
from tests.conftest import make_app
from tests.outbox.mail_server import MailServer
from tests.pages import Browser
from tests.served import Process, free_port, wait_until


@pytest.fixture
def app(database: str, settings: dict[str, Any]) -> Iterator[Flask]:
    """An app as the commands find it after a start, without the seed."""
    app = make_app(database, settings)
    with app.app_context():
        bring_up_to_date()
        yield app
        db.session.remove()
        db.engine.dispose()


def run(app: Flask, *words: object) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def test_staff_add_makes_somebody_staff_and_says_where_to_sign_in(app: Flask) -> None:
    result = run(app, "staff", "add", " Rosalind.Achterberg@example.org", "--name", "Rosalind A.")
    assert result.exit_code == 0
    assert result.output == "Rosalind A. is staff, and signs in at http://localhost/sign-in.\n"
    assert [person.email for person in accounts.staff()] == [STAFF]


def test_staff_add_twice_is_once(app: Flask) -> None:
    run(app, "staff", "add", STAFF)
    assert run(app, "staff", "add", STAFF).exit_code == 0
    assert len(accounts.staff()) == 1


def test_staff_add_gives_the_roles_that_it_names_and_without_any_all(app: Flask) -> None:
    run(app, "staff", "add", STAFF)
    run(app, "staff", "add", "caterers@example.org", "--role", "needs", "--role", "finance")
    run(app, "staff", "add", "caterers@example.org")
    roles = {person.email: person.roles for person in accounts.everybody_with_roles()}
    assert roles == {STAFF: "staff needs finance admin", "caterers@example.org": "needs finance"}


def test_a_role_that_there_is_not_is_refused(app: Flask) -> None:
    result = run(app, "staff", "add", STAFF, "--role", "owner")
    assert result.exit_code == 2
    assert accounts.everybody_with_roles() == []


@pytest.mark.parametrize("words", [["staff", "add"], ["sign-in-link"]])
@pytest.mark.parametrize("email", ["rosalind", "a@b\nc", ""])
def test_what_is_no_address_is_refused_in_a_sentence(
    app: Flask, words: list[str], email: str
) -> None:
    result = run(app, *words, email)
    assert result.exit_code == 2
    assert "This does not look like an e-mail address." in result.output
    assert accounts.staff() == []


def test_a_sign_in_link_lets_its_person_in_once_and_mails_nothing(
    app: Flask, browser: Browser, mailbox: Mailbox
) -> None:
    run(app, "staff", "add", STAFF)
    printed = run(app, "sign-in-link", STAFF).output
    address = re.fullmatch(r"http://localhost(/sign-in/\S+)\n", printed)
    assert address
    browser.get(address[1])
    browser.submit(address[1])
    assert browser.get("/staff").status == 200
    assert browser.get(address[1]).status == 410
    assert mailbox.letters() == []


def test_somebody_is_signed_out_everywhere(app: Flask) -> None:
    client = app.test_client()
    person = accounts.add_staff(STAFF, by=None, now=clock.now())
    with transaction():
        key = accounts.open_browser(person, now=clock.now())
    with client.session_transaction() as cookie:
        cookie["key"] = key
    assert client.get("/teams").status_code == 200
    assert run(app, "sign-out", STAFF).output == f"{STAFF} is signed out everywhere.\n"
    assert client.get("/teams").status_code == 303


def test_nobody_is_signed_out_by_an_unknown_address(app: Flask) -> None:
    result = run(app, "sign-out", "nobody@example.org")
    assert result.exit_code == 1
    assert "Nobody here has this address." in result.output


def test_a_directory_is_imported_and_an_import_again_changes_nothing(app: Flask) -> None:
    assert "12 added, 0 changed, 0 unchanged" in run(app, "directory", "import", SEED).output
    assert "0 added, 0 changed, 12 unchanged" in run(app, "directory", "import", SEED).output


def test_a_file_that_is_no_directory_is_refused_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Rosalind,\n")
    result = run(app, "directory", "import", file)
    assert result.exit_code == 1
    assert result.output == "Error: The columns of this file are not separated by tabs.\n"


def test_a_missing_file_is_said(app: Flask, tmp_path: Path) -> None:
    result = run(app, "directory", "import", tmp_path / "missing.txt")
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_a_worker_without_a_mail_server_says_so(app: Flask) -> None:
    result = run(app, "worker")
    assert result.exit_code == 1
    assert result.output == "Error: Set CDEF_MAIL_SERVER: without it letters are held.\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_sends_what_was_held_until_it_is_told_to_stop(
    app: Flask, database: str, tmp_path: Path, number: signal.Signals
) -> None:
    post = MailServer()
    post.start()
    with transaction():
        words = {"subject": "Your roster", "text": "Dear Imogen", "html": "<p>Dear Imogen"}
        to = {"to_email": "imogen.castellanos@example.org", "to_name": "Imogen Castellanos"}
        outbox.post(Envelope(kind="returned", about="team:1", **to, **words), now=clock.now())
    process = Process(
        tmp_path / "output.txt",
        "worker",
        SQLALCHEMY_DATABASE_URI=database,
        SECRET_KEY="for tests only",
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=post.port,
    )
    wait_until(lambda: len(post.received) == 1, process.said)
    process.tell(number)
    assert process.ended() == 0
    assert process.said().startswith("The mail worker runs. Press Ctrl-C to stop it.\n")
    post.stop()
    assert [letter.state for letter in Mailbox().letters()] == ["handed_over"]


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path) -> None:
    process = Process(
        tmp_path / "output.txt",
        *("staff", "add", STAFF),
        SQLALCHEMY_DATABASE_URI=f"postgresql://127.0.0.1:{free_port()}/cdef",
        SECRET_KEY="for tests only",
    )
    assert process.ended() == 1
    assert process.said().startswith("The database does not answer: ")
    assert "Traceback" not in process.said()
