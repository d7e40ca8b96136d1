"""XML from strangers, walked without building anything of it."""

from collections.abc import Iterable, Mapping
from typing import Final, NoReturn
from xml.parsers import expat

from cdef.kernel.problems import refusal
from cdef.kernel.sheets.archives import damaged

DEEPEST: Final = 64  # elements inside one another
MOST_ELEMENTS: Final = 1_000_000
LONGEST: Final = 1024 * 1024  # bytes of one tag; expat reads an unfinished one again and again


class Watcher:
    """What a walk tells: each element's local name, its attributes, and the text inside it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


class Walk:
    """One pass through a document, which ends at the first thing that no spreadsheet writes."""

    def __init__(self, watcher: Watcher, most: int) -> None:
        self.watcher, self.most = watcher, most
        self.depth = self.count = self.fed = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = watcher.text
        self.parser.StartDoctypeDeclHandler = refuse_doctype

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk)
        self.fed += len(chunk)
        if self.fed - self.parser.CurrentByteIndex > LONGEST:
            raise damaged()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            raise damaged()
        if self.count > self.most:
            raise refusal("This file holds far more cells than a list needs.")
        self.watcher.start(local(name), attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.watcher.end(local(name))


def walk(chunks: Iterable[bytes], watcher: Watcher, most: int = MOST_ELEMENTS) -> int:
    """Tell ``watcher`` of a whole document, and say how many elements it has.

    ``Refused`` where it is not well formed, has a DOCTYPE, or more than ``most`` elements.
    """
    through = Walk(watcher, most)
    try:
        for chunk in chunks:
            through.feed(chunk)
        through.parser.Parse(b"", True)
    except expat.ExpatError:
        raise damaged() from None
    return through.count


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def refuse_doctype(*_declared: object) -> NoReturn:
    """A DOCTYPE can define entities that grow without end or name other files."""
    raise refusal(
        "This file holds a document type (DOCTYPE), which no spreadsheet program writes. Open it "
        "in yours, save it again, and choose the new file."
    )
