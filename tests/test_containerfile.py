"""What the container's file copies is all that the app needs to be built and to answer."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = (
    "import app; found = app.create_app().test_client().get('/healthz/live'); "
    "print(app.NEEDS.exists(), app.TEST_NEEDS.exists(), found.status_code)"
)


def copied() -> list[str]:
    lines = re.findall(r"^COPY (.*) \S+$", (ROOT / "Containerfile").read_text(), re.MULTILINE)
    return [name for line in lines for name in line.split()]


def test_the_app_answers_with_nothing_but_what_is_copied(tmp_path: Path) -> None:
    for name in copied():
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("True True 200\n", 0), done.stderr


def test_nothing_else_is_sent_to_whoever_builds_it() -> None:
    _everything, *kept, _caches = (ROOT / ".containerignore").read_text().split()
    assert {name.removeprefix("!") for name in kept} == {
        re.sub(r"requirements(-test)?\.txt", "requirements*.txt", name) for name in copied()
    }
