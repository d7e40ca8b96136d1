"""ZIP archives from strangers: opened only where they cannot unpack to more than they may."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cdef.kernel.problems import Refused, refusal

LARGEST_UNPACKED: Final = 50 * 1024 * 1024  # bytes
MOST_PARTS: Final = 1_000
CHUNK: Final = 64 * 1024
ENTRY, LOCAL_HEADER = b"PK\x01\x02", 30  # APPNOTE 4.3.12; the least that 4.3.7 takes before a part
IS_ENCRYPTED: Final = 0x1
# What zipfile raises for what is no ZIP file, or broken; a decoding error is a ValueError.
UNREADABLE: Final = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)


def damaged() -> Refused:
    return refusal(
        "This file is damaged. Open it in your spreadsheet program, save it again, and choose "
        "the new file."
    )


def locked() -> Refused:
    return refusal(
        "This file is locked with a password. Save a copy without a password, and choose that."
    )


class Archive:
    """A ZIP file whose directory was found harmless; its parts are known by their folded names."""

    def __init__(self, content: bytes) -> None:
        """Refuse what is broken or locked, and what declares or hides more than it may hold."""
        self._zip = opened(content)
        entries = self._zip.infolist()
        self.parts = {entry.filename.casefold(): entry for entry in entries}
        if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
            raise locked()
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise refusal("This file unpacks to more than 50 MB, far more than a list needs.")
        if len(self.parts) < len(entries) or overlap(self._zip) or not all(map(is_plain, entries)):
            raise damaged()

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes, piece by piece.

        zipfile yields no more than the size that was declared, and refuses what goes on after it
        by its checksum; so the sum of the sizes declared holds for what is read.
        """
        if name not in self.parts:
            raise damaged()
        try:
            with self._zip.open(self.parts[name]) as part:
                while chunk := part.read(CHUNK):
                    yield chunk
        except UNREADABLE:
            raise damaged() from None


def opened(content: bytes) -> ZipFile:
    """The archive's directory; entries are counted before zipfile makes an object of each."""
    if content.count(ENTRY) > MOST_PARTS:
        raise refusal(
            f"This file consists of more than {MOST_PARTS:,} parts; no list needs as many."
        )
    try:
        return ZipFile(BytesIO(content))
    except UNREADABLE:
        raise damaged() from None


def is_plain(entry: ZipInfo) -> bool:
    return entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)


def overlap(archive: ZipFile) -> bool:
    """Whether parts share bytes of the file, by which a few kilobytes unpack to terabytes."""
    starts = [(entry.header_offset, entry.compress_size) for entry in archive.infolist()]
    in_order = [*sorted(starts), (archive.start_dir, 0)]
    return any(
        start + LOCAL_HEADER + size > following
        for (start, size), (following, _) in pairwise(in_order)
    )
