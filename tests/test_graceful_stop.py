"""An operator stops the server while somebody's form is in its hands: it is answered first."""

import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cast import DISTRICT_LEAD
from tests.served import Served


def asks_for_a_link(served: Served) -> bytes:
    """The whole request, with the fields and the cookie of a page that was opened before."""
    browser = served.browser()
    form = browser.get("/sign-in").form("/sign-in")
    fields = [field for field in form.fields if field[0] != "email"]
    body = urlencode([*fields, ("email", DISTRICT_LEAD)])
    cookie = browser.client.get_cookie("session")
    assert cookie is not None
    head = [
        "POST /sign-in HTTP/1.1",
        f"Host: 127.0.0.1:{served.port}",
        f"Cookie: session={cookie.value}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", body]).encode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_is_in_hand_is_finished_and_answered(tmp_path: Path, number: signal.Signals) -> None:
    served = Served(tmp_path).ready()
    request = asks_for_a_link(served)
    with (
        closing(sqlite3.connect(tmp_path / "cdef.sqlite3", isolation_level=None)) as other,
        socket.create_connection(("127.0.0.1", served.port), timeout=30) as person,
    ):
        other.execute("BEGIN IMMEDIATE")  # So that the form has to wait.
        person.sendall(request)
        assert served.answers()  # Whoever came later is answered: the form is in hand.
        served.tell(number)
        assert served.ended_within(0.3) is None
        other.execute("ROLLBACK")
        assert person.recv(4096).startswith(b"HTTP/1.1 303 SEE OTHER\r\n")
        assert served.ended() == 0
        assert other.execute("SELECT count(*) FROM try").fetchone() == (1,)
