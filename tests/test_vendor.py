"""Others' work in this repository: unmodified, listed, and with its licence."""

import shutil
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = Path("static/vendor/MANIFEST.toml")
FOLDERS = ["static/vendor", "static/fonts"]


def listed(root: Path) -> list[dict[str, Any]]:
    return tomllib.loads((root / MANIFEST).read_text())["file"]


def present(root: Path) -> set[str]:
    files = {file for folder in FOLDERS for file in (root / folder).rglob("*") if file.is_file()}
    return {file.relative_to(root).as_posix() for file in files - {root / MANIFEST}}


def faults(root: Path) -> list[str]:
    """What is wrong with the vendored files, in sentences; nothing when all is well."""
    entries = listed(root)
    paths = [entry["path"] for entry in entries]
    return [
        *(f"{path} is not in the manifest" for path in sorted(present(root) - set(paths))),
        *(f"{path} is listed twice" for path in sorted(set(paths)) if paths.count(path) > 1),
        *(fault for entry in entries for fault in entry_faults(root, entry)),
    ]


def entry_faults(root: Path, entry: dict[str, Any]) -> list[str]:
    file, licence = root / entry["path"], root / entry["licence_file"]
    if not file.is_file():
        return [f"{entry['path']} is missing"]
    checks = {
        "was changed": sha256(file.read_bytes()).hexdigest() == entry["sha256"],
        "lacks its licence": bool(entry["licence"]) and licence.is_file(),
        "has no origin": all(entry[key] for key in ("package", "version", "source")),
    }
    return [f"{entry['path']} {fault}" for fault, passed in checks.items() if not passed]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_every_vendored_file_is_listed_and_unchanged() -> None:
    assert faults(ROOT) == []


def test_htmx_is_named_for_its_version() -> None:
    (htmx,) = [entry for entry in listed(ROOT) if entry["path"].endswith(".js")]
    assert htmx["path"] == f"static/vendor/htmx-{htmx['version']}.min.js"


def test_a_changed_byte_is_caught(copy: Path) -> None:
    file = copy / listed(copy)[0]["path"]
    file.write_bytes(file.read_bytes() + b"\n")
    assert faults(copy) == [f"{listed(copy)[0]['path']} was changed"]


def test_an_unlisted_file_is_caught(copy: Path) -> None:
    (copy / "static/fonts/pdf/Other.ttf").touch()
    assert faults(copy) == ["static/fonts/pdf/Other.ttf is not in the manifest"]


def test_a_missing_file_is_caught(copy: Path) -> None:
    (copy / "static/fonts/pdf/PublicSans-Bold.ttf").unlink()
    assert faults(copy) == ["static/fonts/pdf/PublicSans-Bold.ttf is missing"]


def test_a_missing_licence_is_caught(copy: Path) -> None:
    (copy / "static/fonts/public-sans-OFL.txt").unlink()
    assert "static/fonts/pdf/PublicSans-Bold.ttf lacks its licence" in faults(copy)


def test_a_file_listed_twice_is_caught(copy: Path) -> None:
    text = (copy / MANIFEST).read_text()
    (copy / MANIFEST).write_text(text + text[text.rindex("[[file]]") :])
    assert faults(copy) == ["static/fonts/pdf/PublicSans-Bold.ttf is listed twice"]
