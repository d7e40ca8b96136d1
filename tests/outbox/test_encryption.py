"""Letters travel encrypted to a server that can prove its name, or not at all."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from cdef.outbox import worker
from tests.cast import Mailbox
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine that nobody else has signed, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed: there is no certificate to refuse")
    folder = tmp_path_factory.mktemp("certificate")
    paths = folder / "certificate.pem", folder / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run([openssl, *words.split(), *names, *files], check=True, capture_output=True)
    return paths


@pytest.fixture(params=["STARTTLS", "TLS"])
def post(request: pytest.FixtureRequest, certificate: tuple[Path, Path]) -> Iterator[MailServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    if request.param == "STARTTLS":
        server = MailServer(tls_context=context, require_starttls=True)
    else:
        server = MailServer()
        server.ssl_context = context
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(settings: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    way = request.node.callspec.params.get("post", "STARTTLS")
    return settings | {"MAIL_USE_TLS": way == "STARTTLS", "MAIL_USE_SSL": way == "TLS"}


def test_a_server_that_nobody_vouches_for_gets_nothing(
    write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    write()
    worker.work_once()
    (letter,) = mailbox.letters()
    assert letter.state == "deferred"
    assert "certificate verify failed" in letter.reason
    assert post.received == []


def test_a_server_with_another_name_gets_nothing(
    write: Write,
    post: MailServer,
    mailbox: Mailbox,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    write()
    worker.work_once()
    (letter,) = mailbox.letters()
    assert letter.state == "deferred"
    assert "IP address mismatch" in letter.reason
    assert post.received == []


def test_a_server_that_proves_its_name_gets_the_letter(
    app: Flask,
    write: Write,
    post: MailServer,
    mailbox: Mailbox,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    app.extensions["mail"].server = "localhost"
    write()
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]
    assert len(post.received) == 1


class TestWithoutEncryption:
    @pytest.fixture
    def post(self) -> Iterator[MailServer]:
        server = MailServer()
        server.start()
        yield server
        server.stop()

    def test_a_server_that_cannot_encrypt_gets_nothing(
        self, write: Write, post: MailServer, mailbox: Mailbox
    ) -> None:
        write()
        worker.work_once()
        (letter,) = mailbox.letters()
        assert (letter.state, post.received) == ("deferred", [])
        assert "STARTTLS" in letter.reason
