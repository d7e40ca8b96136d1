"""Where a request ends is said in one way only: whatever says it in two is not taken for two requests."""

import socket

import pytest

from tests.served import Served

HIDDEN = b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEAD = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(b"0\r\n\r\n" + HIDDEN)
PRETENDING = {
    "two lengths": HEAD + b"Content-Length: 0\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "a signed length": HEAD + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "an unknown coding": HEAD + b"Transfer-Encoding: xchunked\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "a space before the colon": HEAD
    + b"Transfer-Encoding : chunked\r\n"
    + LENGTH
    + b"\r\n"
    + HIDDEN,
    "a folded header": HEAD + b"X: 1\n Transfer-Encoding: chunked\r\n" + LENGTH + b"\r\n" + HIDDEN,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("smuggling")).ready()


def answers(served: Served, sent: bytes) -> list[bytes]:
    """The status of each answer that comes back for these bytes."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    return [part.split(b" ", 1)[0] for part in received.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize("sent", PRETENDING.values(), ids=list(PRETENDING))
def test_nothing_is_hidden_behind_a_request(server: Served, sent: bytes) -> None:
    assert b"404" not in answers(server, sent)


def test_a_request_that_is_not_hidden_is_answered(server: Served) -> None:
    assert answers(server, HIDDEN)[0] == b"404"
