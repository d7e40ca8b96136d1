"""How much a browser loads, in how many requests: the first page, and those after it."""

import re
from pathlib import Path

from flask.testing import FlaskClient

from cdef.kernel.pages import version
from tests.cast import STAFF, Cast
from tests.weight import (
    BROWSER,
    FIRST,
    FIRST_OF_STAFF,
    REQUESTS,
    is_heavy,
    loaded_with,
    weight,
)

STATIC = Path("static")


def first_load(client: FlaskClient, path: str) -> list[int]:
    """The bytes of a page and of each file that comes with it."""
    sizes = []
    for address in [path, *loaded_with(client.get(path).text)]:
        with client.get(address, headers=BROWSER) as response:
            assert response.status_code == 200, address
            sizes.append(weight(dict(response.headers), response.data))
    return sizes


def test_the_first_page_is_light(client: FlaskClient) -> None:
    for path in ("/", "/register", "/cohorts/bay-area", "/sign-in"):
        sizes = first_load(client, path)
        assert (path, sum(sizes) <= FIRST, len(sizes)) == (path, True, REQUESTS), sizes


def test_the_first_page_of_staff_is_light(cast: Cast) -> None:
    cast.approved()
    cast.staff()
    browser = cast.browser(STAFF).client
    for path in ("/staff", "/staff/overview"):
        sizes = first_load(browser, path)
        assert (path, sum(sizes) <= FIRST_OF_STAFF, len(sizes)) == (path, True, REQUESTS), sizes


def test_every_file_of_a_page_is_kept_for_good(client: FlaskClient) -> None:
    for address in loaded_with(client.get("/").text):
        with client.get(address) as response:
            kept = response.headers["Cache-Control"]
            assert (address, kept) == (address, "public, max-age=31536000, immutable")


def test_the_style_sheet_names_each_font_by_its_version() -> None:
    named = re.findall(r'url\("([^"]+)"\)', (STATIC / "cdef.css").read_text())
    fonts = sorted((STATIC / "fonts").glob("*.woff2"))
    there = [f"{font.relative_to(STATIC).as_posix()}?v={version(font)}" for font in fonts]
    assert sorted(named) == there


def test_a_heavy_page_is_noticed() -> None:
    words = "".join(f"<p>{number * number * 7919 % 1000003}" for number in range(6000))
    assert is_heavy(words)
    assert not is_heavy("<p>Light.")
