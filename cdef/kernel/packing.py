"""Answers go out packed (gzip) to whoever takes them so; a static file is packed once."""

import secrets
import struct
import zlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request

KINDS = {
    *("text/html", "text/css", "text/javascript", "text/plain", "text/calendar", "text/csv"),
    *("application/json", "image/svg+xml"),
}
SMALLEST = 300  # bytes; below, a packet is a packet
QUICK, BEST = 4, 9  # Beyond 4, a page takes longer and hardly shrinks.
NAMES = 64  # bytes at most, by which the same page differs in length
HEAD = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"  # RFC 1952: gzip, with a name and no time


def init_app(app: Flask) -> None:
    """Last of all that look at an answer, so before all others here: Flask goes backwards."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    if not is_worth_it(response):
        return response
    if request.endpoint == "static":
        response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"]:
        return response
    response.vary.add("Accept-Encoding")
    if response.direct_passthrough:
        response.close()  # The file is open by now, and is not sent as it is.
        response.direct_passthrough = False
        response.set_data(packed_file())
    else:
        response.set_data(packed(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # The same file, in other bytes.
    return response


def is_worth_it(response: Response) -> bool:
    """Whether this is a whole text, and of a size; a file that is no static one goes as it is."""
    is_whole = response.status_code not in (204, 206, 304) and not response.is_streamed
    if response.direct_passthrough:
        is_whole = response.status_code == 200 and request.endpoint == "static"
    return (
        is_whole
        and response.mimetype in KINDS
        and "Content-Encoding" not in response.headers
        and (response.content_length or response.calculate_content_length() or 0) >= SMALLEST
    )


def packed(content: bytes) -> bytes:
    """A page, under a name of no meaning and of any length.

    So its length does not tell, over many askings, whether what somebody made it repeat is also
    elsewhere in it (BREACH).
    """
    return gzip(content, QUICK, secrets.token_hex(secrets.randbelow(NAMES // 2)).encode())


def gzip(content: bytes, level: int, name: bytes) -> bytes:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeeze.compress(content) + squeeze.flush()
    end = struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return HEAD + name + b"\0" + body + end


def packed_file() -> bytes:
    """A static file as it is on the disk now."""
    path = Path(current_app.static_folder or "", (request.view_args or {})["filename"])
    return packed_once(path, path.stat().st_mtime_ns)


@lru_cache(64)
def packed_once(path: Path, _changed: int) -> bytes:
    return gzip(path.read_bytes(), BEST, b"")
