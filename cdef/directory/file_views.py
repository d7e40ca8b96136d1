"""Bringing the directory up to date from the state's file: choose it, look at it, apply it."""

from contextlib import closing
from typing import Any

from flask import Response, abort, g, make_response, render_template, request
from sqlalchemy import select

from cdef.directory.file_actions import file_words, keep_file
from cdef.directory.file_models import DirectoryFile
from cdef.directory.rules import LARGEST_FILE, Reading, read_directory
from cdef.directory.views import blueprint
from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db, end_reading
from cdef.kernel.forms import one_line
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused, refusal

LONGEST_LABEL = 120
SHOWN = 10  # files that were applied


@blueprint.get("/staff/directory/files")
@staff_only
def files() -> str:
    return render_template("directory/files.html", **brought())


@blueprint.post("/staff/directory/files")
@staff_only
def bring_file() -> Response:
    try:
        end_reading()
        name, reading = posted_file()
        kept = keep_file(name, reading, by=g.person, now=clock.now())
    except Refused as refused:
        words = brought() | {"problems": refused.problems}
        return make_response(render_template("directory/files.html", **words), 422)
    return see_other(f"/staff/directory/files/{kept.id}")


def posted_file() -> tuple[str, Reading]:
    """The chosen file's name, and what it says; it is read outside of any transaction."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise refusal("Please choose the file.")
    with closing(file):
        content = file.read(LARGEST_FILE + 1)
    return one_line(file.filename)[-LONGEST_LABEL:], read_directory(content)


@blueprint.get("/staff/directory/files/<int:file_id>")
@staff_only
def show_file(file_id: int) -> str:
    """What the file would do, or what it did."""
    return render_template("directory/file.html", **file_words(file_or_404(file_id)))


def brought() -> dict[str, Any]:
    query = select(DirectoryFile).where(DirectoryFile.applied_at.is_not(None))
    newest = query.order_by(DirectoryFile.applied_at.desc()).limit(SHOWN)
    return {"files": list(db.session.scalars(newest))}


def file_or_404(file_id: int) -> DirectoryFile:
    return db.session.get(DirectoryFile, file_id) or abort(404)
