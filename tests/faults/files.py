"""Files that people bring as a list of names: odd encodings, and two that are no list."""

import io
import zipfile
from collections.abc import Callable

HEADINGS = "Name,E-mail,Position,School"
File = tuple[str, bytes]


def table(names: list[str]) -> str:
    rows = [f"{name} Ñúñez,{name}@example.org,Teacher,Alder" for name in names]
    return "\r\n".join([HEADINGS, *rows])


def windows(names: list[str]) -> File:
    return "list.csv", table(names).encode("cp1252")


def wide(names: list[str]) -> File:
    return "list.csv", table(names).encode("utf-16")


def bomb(_names: list[str]) -> File:
    """Sixty megabytes of nothing in sixty kilobytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60 << 20))
    return "list.xlsx", packed.getvalue()


def torn(names: list[str]) -> File:
    return "list.xlsx", bomb(names)[1][:1000]


FILES: tuple[Callable[[list[str]], File], ...] = (windows, wide, bomb, torn)
