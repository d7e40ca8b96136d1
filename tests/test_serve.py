"""`python app.py`: the series is there at once, staff get in, and stopping loses nothing."""

import re
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.served import Process, Served, free_port


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server that began in an empty folder, for all tests that leave it as it is."""
    served = Served(tmp_path_factory.mktemp("served")).ready()
    yield served
    served.kill()


def link_in(output: str) -> str:
    found = re.findall(r"http://\S+(/sign-in/\S+)", output)
    assert found, output
    return str(found[-1])


def test_an_empty_folder_becomes_the_series_and_a_way_in_for_staff(served: Served) -> None:
    person = served.browser()
    page = person.get("/")
    assert page.status == 200
    assert "November 29–30, 2016" in page.text()
    address = link_in(served.said())
    person.get(address)
    person.submit(address)
    assert person.get("/staff").status == 200
    assert person.get(address).status == 410


def test_what_was_there_is_there_after_a_start_and_the_way_in_is_new(tmp_path: Path) -> None:
    first = Served(tmp_path).ready()
    first.kill()
    first.output.unlink()
    second = Served(tmp_path, PORT=first.port).ready()
    page = second.browser().get(link_in(second.said()))
    second.kill()
    assert page.status == 200


def test_no_way_in_is_printed_once_somebody_is_staff(tmp_path: Path) -> None:
    served = Served(tmp_path).ready()
    address = f"sqlite:///{tmp_path / 'cdef.sqlite3'}"
    add = Process(
        tmp_path / "add.txt",
        *("staff", "add", "rosalind.achterberg@example.org"),
        SQLALCHEMY_DATABASE_URI=address,
        SECRET_KEY="for tests only",
    )
    assert add.ended() == 0, add.said()
    served.kill()
    served.output.unlink()
    again = Served(tmp_path, PORT=served.port).ready()
    again.kill()
    assert "/sign-in/" not in again.said()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_told_server_ends_at_once_and_well(tmp_path: Path, number: signal.Signals) -> None:
    served = Served(tmp_path).ready()
    served.tell(number)
    assert served.ended() == 0
    assert "Traceback" not in served.said()


def test_a_taken_port_is_said_in_a_sentence(served: Served, tmp_path: Path) -> None:
    second = Served(tmp_path / "second", PORT=served.port)
    assert second.ended() == 1
    assert f"port {served.port}: Address already in use. Set CDEF_PORT to another." in second.said()
    assert "Traceback" not in second.said()
    assert "/sign-in/" not in second.said()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PORT": "front door"}, "CDEF_PORT must be a whole number, and is 'front door'."),
        ({"HOST": "not.an.address.invalid", "BASE_URL": "http://localhost"}, "CDEF_HOST must be"),
        (
            {"SQLALCHEMY_DATABASE_URI": "sqlite:////missing/cdef.sqlite3"},
            "The database cannot be kept in /missing: nothing can be written.",
        ),
        (
            {"SQLALCHEMY_DATABASE_URI": f"postgresql://127.0.0.1:{free_port()}/cdef"},
            "The database does not answer: ",
        ),
    ],
)
def test_what_keeps_it_from_starting_is_said_in_a_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    process = Process(tmp_path / "output.txt", **{"SECRET_KEY": "for tests only"} | settings)
    assert process.ended() == 1
    assert sentence in process.said()
    assert "Traceback" not in process.said()


def test_somebody_who_hangs_up_disturbs_nobody(served: Served) -> None:
    for words in (
        b"GET / HT",
        b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nem",
    ):
        with socket.create_connection(("127.0.0.1", served.port)) as caller:
            caller.sendall(words)
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", served.port)) as caller:
            caller.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset
    assert served.browser().get("/").status == 200
    assert "Traceback" not in served.said()


def test_a_hundred_browsers_that_keep_their_connections_keep_nobody_out(served: Served) -> None:
    with ExitStack() as open_ones:
        for _ in range(120):
            open_ones.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        assert served.browser().get("/").status == 200


def test_an_upload_beyond_all_measure_is_not_read(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as caller:
        caller.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
        )
        assert b" 413 " in caller.recv(200)


def test_another_hosts_name_is_refused(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as caller:
        caller.sendall(b"GET / HTTP/1.0\r\nHost: elsewhere.example.org\r\n\r\n")
        assert b" 400 " in caller.recv(200)


def test_without_its_worker_the_server_leaves_letters_to_others(tmp_path: Path) -> None:
    served = Served(tmp_path, WORKER="false", MAIL_SERVER="127.0.0.1", MAIL_PORT=free_port())
    staff = served.ready().browser()
    staff.get("/sign-in")
    staff.submit("/sign-in", email="staff@localhost.localdomain")
    served.stop()
    with sqlite3.connect(tmp_path / "cdef.sqlite3") as database:
        states = database.execute("SELECT state, attempts FROM letter").fetchall()
    database.close()
    assert states == [("queued", 0)]


def test_the_demonstration_leaves_nothing_behind(tmp_path: Path) -> None:
    port = free_port()
    demo = Process(tmp_path / "output.txt", "demo", PORT=port)
    demo.says(f"The demonstration is at http://127.0.0.1:{port}/demo")
    assert list(tmp_path.glob("cdef-demo-*"))
    demo.tell(signal.SIGTERM)
    assert demo.ended() == 0
    assert not list(tmp_path.glob("cdef-demo-*"))
