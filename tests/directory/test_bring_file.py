"""Staff bring the state's file: a look at what it would do, and then it does that, once."""

from io import BytesIO
from pathlib import Path

import pytest

from cdef.directory.actions import add_by_hand, search
from cdef.directory.file_models import DirectoryFile
from cdef.kernel import audit
from cdef.kernel.db import db, transaction
from tests.cast import DISTRICT_LEAD, STAFF, Cast
from tests.conftest import both_databases
from tests.directory.desk import DIRECTORY
from tests.directory.state_file import HAYWARD, MILPITAS, real_file, state_file
from tests.pages import Browser, Page

__all__ = ["real_file"]
FILES = f"{DIRECTORY}/files"
RENAMED = MILPITAS | {"City": "Milpitas Heights"}


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def bring(staff: Browser, content: bytes, name: str = "pubdistricts.txt") -> Page:
    staff.get(FILES)
    return staff.submit(FILES, file=(BytesIO(content), name))


def newest() -> DirectoryFile:
    db.session.rollback()
    return db.session.query(DirectoryFile).order_by(DirectoryFile.id.desc()).first()  # type: ignore[return-value]


def apply(staff: Browser) -> Page:
    return staff.submit(f"{FILES}/{newest().id}/application")


def test_the_look_says_what_would_come_change_and_go_and_changes_nothing(staff: Browser) -> None:
    page = bring(staff, state_file(RENAMED, HAYWARD, MILPITAS | {"CD Code": "x"}))
    text = page.text()
    assert "What the file would do" in text
    assert "Hayward Unified (Alameda County)" in text
    assert "Milpitas Unified (Santa Clara County): city was Milpitas" in text
    assert "Oakland Unified (Alameda County)" in text
    assert "Left out: 1 line" in text
    assert search("hayward") == []
    assert search("oakland")


@both_databases
def test_applied_it_does_what_was_shown_and_the_report_stays(staff: Browser) -> None:
    bring(staff, state_file(RENAMED, HAYWARD))
    page = apply(staff)
    assert "What the file did" in page.text()
    assert "city was Milpitas" in page.text()
    assert search("hayward")[0].cd_code == "0161192"
    assert search("oakland") == []
    line = audit.timeline("directory")[0]
    assert (line.who, line.after) == (
        "Rosalind Achterberg",
        {"added": 1, "changed": 1, "gone": 11},
    )
    assert "pubdistricts.txt" in staff.get(FILES).text()


def test_pressed_twice_it_is_applied_once(staff: Browser) -> None:
    preview = bring(staff, state_file(MILPITAS, HAYWARD))
    lines = len(audit.timeline("directory"))
    apply(staff)
    staff.page = preview
    assert "What the file did" in apply(staff).text()
    assert len(audit.timeline("directory")) == lines + 1


def test_what_changed_since_the_look_is_looked_at_again(staff: Browser, cast: Cast) -> None:
    bring(staff, state_file(MILPITAS, HAYWARD))
    with transaction():
        add_by_hand("Hayward Unified", "Alameda", now=cast.now())
    page = apply(staff)
    assert page.status == 409
    assert "The directory has changed since. Please look again." in page.text()
    assert search("hayward")[0].cd_code is None
    apply(staff)
    assert [each.cd_code for each in search("hayward")] == ["0161192"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(500), "not"),
        (b"CD Code,County\n1,2\n", "not separated by tabs"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(
    staff: Browser, content: bytes, said: str
) -> None:
    page = bring(staff, content)
    assert page.status == 422
    assert said in page.text()
    assert newest() is None


def test_only_staff_bring_files(cast: Cast) -> None:
    cast.team()
    assert cast.browser(DISTRICT_LEAD).get(FILES).status == 403


def test_the_states_own_file_is_looked_at_and_applied(staff: Browser, real_file: Path) -> None:
    page = bring(staff, real_file.read_bytes())
    assert page.status == 200
    apply(staff)
    assert len(search("unified", limit=2000)) > 300
    assert "there is nothing to apply" in bring(staff, real_file.read_bytes()).text()
