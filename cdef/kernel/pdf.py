"""PDF: a typst template and data to the bytes of a tagged, accessible document."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final, cast

from typst import Compiler, Fonts, TypstError

FONTS: Final = Path(__file__).resolve().parents[2] / "static" / "fonts" / "pdf"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_MISSING_GLYPH: Final = "could not be displayed with font"
_log = logging.getLogger(__name__)


def render(template: Path, data: Mapping[str, object], made: datetime = EPOCH) -> bytes:
    """Set a template with data, as PDF/UA-1; the same input gives the same bytes.

    The template reads `json(bytes(sys.inputs.data))`, so that data can never become markup, and
    sees no file outside its folder. `made` is what `set document(date: auto)` writes, never the
    clock. Only where a letter is missing from the font, which PDF/UA-1 forbids, is the document
    written without the standard and a warning logged. Raises TypstError for a faulty template.
    """
    text = json.dumps(data, ensure_ascii=False).encode(errors="replace").decode()
    try:
        return _compiled(template, text, made, standard=True)
    except TypstError as error:
        if _MISSING_GLYPH not in error.message:
            raise
        _log.warning("%s is written without PDF/UA-1: %s", template.name, error.message)
        return _compiled(template, text, made, standard=False)


def _compiled(template: Path, text: str, made: datetime, *, standard: bool) -> bytes:
    compiler, lock = _press(template.resolve())
    with lock:
        written = compiler.compile(
            format="pdf",
            sys_inputs={"data": text},
            pdf_standards=["ua-1"] if standard else [],
            timestamp=int(made.timestamp()),
        )
    return cast(bytes, written)  # without a file to write, of one document


@cache
def _press(template: Path) -> tuple[Compiler, Lock]:
    """Return the one compiler of a template; a second thread in it raises "Already borrowed"."""
    return Compiler(template, root=template.parent, font_paths=_fonts()), Lock()


@cache
def _fonts() -> Fonts:
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
