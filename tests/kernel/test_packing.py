"""Answers go out as gzip to whoever takes them so, whole and unchanged."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cdef.kernel.packing import SMALLEST

PACKED = {"Accept-Encoding": "br;q=1.0, gzip;q=0.8"}


def plain(client: FlaskClient, path: str, **headers: str) -> bytes:
    with client.get(path, headers=headers) as response:
        assert "Content-Encoding" not in response.headers
        return response.data


def packed(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    response = client.get(path, headers=PACKED | headers)
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert response.content_length == len(response.data)
    return response


@pytest.mark.parametrize("name", ["cdef.css", "cdef.js", "vendor/htmx-4.0.1.min.js", "favicon.svg"])
def test_a_static_file_is_the_same_unpacked(client: FlaskClient, name: str) -> None:
    response = packed(client, f"/static/{name}")
    assert gzip.decompress(response.data) == Path(f"static/{name}").read_bytes()
    assert len(response.data) < 0.8 * len(plain(client, f"/static/{name}"))


def test_a_page_is_the_same_unpacked_and_of_no_fixed_length(client: FlaskClient) -> None:
    pages = [packed(client, "/cohorts/bay-area").data for _ in range(20)]
    assert all(b"Bay Area Cohort" in gzip.decompress(page) for page in pages)
    assert max(map(len, pages)) - min(map(len, pages)) > 10


def test_a_browser_that_has_the_packed_file_gets_it_once(client: FlaskClient) -> None:
    etag = packed(client, "/static/cdef.css").headers["ETag"]
    assert etag.startswith("W/")
    with client.get("/static/cdef.css", headers=PACKED | {"If-None-Match": etag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_a_changed_file_is_packed_anew(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    app.static_folder = str(tmp_path)
    for text in (b"a" * 500, b"b" * 600):
        (tmp_path / "one.css").write_bytes(text)
        assert gzip.decompress(packed(client, "/static/one.css").data) == text


def test_what_is_small_packed_already_or_in_parts_goes_as_it_is(client: FlaskClient) -> None:
    for path in ("/static/fonts/public-sans-latin-wght-normal.woff2", "/flyer.pdf"):
        assert plain(client, path, **PACKED)
    assert len(plain(client, "/healthz/live", **PACKED)) < SMALLEST
    some = {"Range": "bytes=0-999"}
    assert len(plain(client, "/static/cdef.css", **PACKED | some)) == 1000


def test_who_refuses_gzip_gets_text(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip;q=0"}
    assert b"</html>" in plain(client, "/", **headers)
    assert plain(client, "/static/cdef.css", **headers).startswith(b"/*")


def test_only_the_question_is_answered_to_head(client: FlaskClient) -> None:
    response = client.head("/static/cdef.css", headers=PACKED)
    assert (response.data, response.headers["Content-Encoding"]) == (b"", "gzip")
