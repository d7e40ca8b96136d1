"""Behind proxies limits count who asks; without them nobody can say that they are somebody else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cdef.config import BadSetting
from tests.cast import DISTRICT_LEAD
from tests.conftest import make_app
from tests.served import Served

CLAIMED, PROXY = "203.0.113.7", "127.0.0.1"


def counted(folder: Path, claimed: str, proxies: int) -> str:
    """The address under which a real server counts somebody who asks for a link."""
    served = Served(folder, PROXIES=proxies).ready()
    browser = served.browser()
    form = browser.get("/sign-in").form("/sign-in")
    fields = [field for field in form.fields if field[0] != "email"]
    headers = {"X-Forwarded-For": claimed}
    page = browser.post("/sign-in", [*fields, ("email", DISTRICT_LEAD)], headers=headers)
    assert page.status == 200
    served.kill()
    with closing(sqlite3.connect(folder / "cdef.sqlite3")) as found:
        return str(found.execute("SELECT ip FROM try").fetchone()[0])


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, CLAIMED, PROXY),
        (1, CLAIMED, CLAIMED),
        (1, f"198.51.100.1, {CLAIMED}", CLAIMED),
        (2, f"{CLAIMED}, 198.51.100.1", CLAIMED),
    ],
)
def test_the_address_is_the_one_that_the_outermost_proxy_saw(
    tmp_path: Path, proxies: int, said: str, address: str
) -> None:
    assert counted(tmp_path, said, proxies) == address


def test_a_number_of_proxies_below_none_is_refused() -> None:
    with pytest.raises(BadSetting, match="CDEF_PROXIES"):
        make_app("sqlite://", {"PROXIES": -1})
