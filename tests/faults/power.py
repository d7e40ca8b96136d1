"""What a machine leaves of SQLite's files when its power fails: what was synced, and any part of the rest.

``record`` stands between SQLite and the system in this process: whenever SQLite syncs a file, its bytes
are kept in another folder; a removed file stays there until the removal is synced. ``fail`` makes the
database's folder what a disk may hold then: each page of a file is either as it was synced last, or as
it was written since. It shows whether the app asks for a sync before it says that something is done,
not whether a disk obeys.
"""

import _sqlite3
import ctypes
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

PAGE = 4096
POINTER, TEXT, INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
# A name goes on as the pointer that came: SQLite keeps it.
OPEN = ctypes.CFUNCTYPE(INT, POINTER, POINTER, POINTER, INT, ctypes.POINTER(INT))
DELETE = ctypes.CFUNCTYPE(INT, POINTER, POINTER, INT)
SYNC = ctypes.CFUNCTYPE(INT, POINTER, INT)
READ = ctypes.CFUNCTYPE(INT, POINTER, POINTER, INT, ctypes.c_int64)
SIZE = ctypes.CFUNCTYPE(INT, POINTER, ctypes.POINTER(ctypes.c_int64))
METHODS = 19  # The words of a file's methods in their third version: that number, and functions.
READ_AT, SYNC_AT, SIZE_AT = 2, 5, 6
BESIDE = "-journal", "-wal", "-shm"
kept: list[object] = []  # What SQLite calls must not be collected.


class Vfs(ctypes.Structure):
    """The beginning of SQLite's sqlite3_vfs."""

    _fields_ = (
        ("version", INT),
        ("file_size", INT),
        ("longest_path", INT),
        ("next", POINTER),
        ("name", TEXT),
        ("data", POINTER),
        ("open", POINTER),
        ("delete", POINTER),
    )


def library() -> ctypes.CDLL | None:
    """SQLite as this Python uses it, unless it is hidden inside."""
    for name in (_sqlite3.__file__, "libsqlite3.so.0"):
        try:
            found = ctypes.CDLL(name)
            found.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
            found.sqlite3_libversion.restype = TEXT
        except (OSError, AttributeError):
            continue
        if found.sqlite3_libversion().decode() == sqlite3.sqlite_version:
            return found
    return None


def record(folder: str) -> None:
    """From now on, keep in that folder what this process has synced."""
    found = library()
    assert found is not None
    vfs = found.sqlite3_vfs_find(None).contents
    names: dict[int, str] = {}
    own: dict[int, tuple[Any, Any]] = {}
    really_open, really_delete = OPEN(vfs.open), DELETE(vfs.delete)

    def open_file(this: int, name: int, file: int, flags: int, got: Any) -> int:
        code: int = really_open(this, name, file, flags, got)
        methods = ctypes.cast(file, ctypes.POINTER(POINTER))
        if code == 0 and name and methods[0]:
            names[file] = text(name)
            if methods[0] not in own:
                own[methods[0]] = watched(methods[0], names, folder)
            methods[0] = ctypes.addressof(own[methods[0]][0])
        return code

    def delete_file(this: int, name: int, is_synced: int) -> int:
        code: int = really_delete(this, name, is_synced)
        if code == 0 and is_synced:
            (Path(folder) / Path(text(name)).name).unlink(missing_ok=True)
        return code

    opening, deleting = OPEN(open_file), DELETE(delete_file)
    kept.extend((opening, deleting, really_open, really_delete))
    vfs.open, vfs.delete = address(opening), address(deleting)


def watched(methods: int, names: dict[int, str], folder: str) -> tuple[Any, Any]:
    """A copy of a file's methods in which a sync is seen; and what must not be collected."""
    words = (POINTER * METHODS)()
    version = INT.from_address(methods).value
    size = 8 * {1: 13, 2: 17}.get(version, METHODS)
    ctypes.memmove(words, methods, size)
    really_sync, read, ask = (
        SYNC(words[SYNC_AT] or 0),
        READ(words[READ_AT] or 0),
        SIZE(words[SIZE_AT] or 0),
    )

    def sync(file: int, flags: int) -> int:
        code: int = really_sync(file, flags)
        if code == 0:
            keep(content(file, read, ask), Path(folder) / Path(names[file]).name)
        return code

    syncing = SYNC(sync)
    words[SYNC_AT] = address(syncing)
    return words, (syncing, really_sync, read, ask)


def text(name: int) -> str:
    return os.fsdecode(ctypes.string_at(name))


def address(function: Callable[..., int]) -> int:
    found = ctypes.cast(function, POINTER).value  # type: ignore[arg-type]
    assert found is not None
    return found


def content(file: int, read: Callable[..., int], ask: Callable[..., int]) -> bytes:
    """Read through SQLite itself: to open the file beside it and close it would end its locks."""
    size = ctypes.c_int64()
    ask(file, ctypes.byref(size))
    found = ctypes.create_string_buffer(size.value)
    read(file, ctypes.addressof(found), size.value, 0)
    return found.raw


def keep(content: bytes, path: Path) -> None:
    """A copy that is there as a whole or not at all, as this process may be killed at it."""
    copy = path.with_name(f"{path.name}.{os.getpid()}")
    copy.write_bytes(content)
    copy.rename(path)


def fail(database: Path, folder: Path, chance: Random) -> None:
    """The power is back: nobody has the database open, and its files are what the disk held."""
    for path in (database, *(database.with_name(database.name + end) for end in BESIDE)):
        synced = folder / path.name
        now = path.read_bytes() if path.exists() else b""
        if not synced.exists():
            path.unlink(missing_ok=True)
            continue
        then = synced.read_bytes()
        mixed = mix(then, now, chance) if path == database else then
        path.write_bytes(mixed)
        synced.write_bytes(mixed)


def mix(then: bytes, now: bytes, chance: Random) -> bytes:
    """Each page that was written since is on the disk or not, or none is; so is the new length."""
    if chance.random() < 0.3:
        return then
    whole = now.ljust(len(then), b"\0") if chance.random() < 0.5 else now[: len(then)]
    whole = whole.ljust(len(then), b"\0")
    pages = [
        chance.choice((then, whole))[at : at + PAGE] or whole[at : at + PAGE]
        for at in range(0, len(whole), PAGE)
    ]
    return b"".join(pages)
