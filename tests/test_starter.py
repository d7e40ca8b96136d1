"""The starter and its commands: `python app.py` on a machine that has nothing but Python."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import app as starter
from cdef import cli

ROOT = Path(starter.__file__).parent


@pytest.fixture
def needs(tmp_path: Path) -> Path:
    file = tmp_path / "requirements.txt"
    file.write_text("flask==3.1.3\n")
    return file


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A folder with an interpreter in it, and nothing that says that it is complete."""
    python = tmp_path / "venv" / starter.PYTHON
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path / "venv"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run; all of it works."""
    said: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command, **_: said.append(command) or 0)
    return said


def stamp(venv: Path, needs: Path) -> None:
    (venv / starter.STAMP).write_text(starter.fingerprint(needs))


def run_starter(*flags: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *flags],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (4, 0, 0)])
def test_a_new_enough_python_is_taken(version: tuple[int, ...]) -> None:
    starter.refuse_old_python(version)


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 7, 0)])
def test_an_older_python_is_refused_in_a_sentence(version: tuple[int, ...]) -> None:
    found = ".".join(map(str, version))
    with pytest.raises(SystemExit, match=rf"needs Python 3\.11 or newer, .* Python {found}\."):
        starter.refuse_old_python(version)


def test_older_pythons_can_read_the_starter_far_enough_to_be_refused() -> None:
    ast.parse((ROOT / "app.py").read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("word", ["test", "check", "bench", "faults"])
def test_the_developers_commands_need_the_test_libraries(word: str) -> None:
    assert starter.needs_of([word, "-x"]).name == "requirements-test.txt"


@pytest.mark.parametrize("words", [[], ["demo"], ["serve"], ["staff", "test"], ["--help"]])
def test_everything_else_needs_the_apps_libraries_only(words: list[str]) -> None:
    assert starter.needs_of(words).name == "requirements.txt"


def test_a_stamped_folder_is_ready(venv: Path, needs: Path) -> None:
    stamp(venv, needs)
    assert starter.is_ready(venv, needs)


def test_an_interrupted_installation_is_not_ready(venv: Path, needs: Path) -> None:
    assert not starter.is_ready(venv, needs)


def test_new_versions_make_a_folder_stale(venv: Path, needs: Path) -> None:
    stamp(venv, needs)
    needs.write_text("flask==3.1.4\n")
    assert not starter.is_ready(venv, needs)


def test_another_python_makes_a_folder_stale(
    venv: Path, needs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp(venv, needs)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert not starter.is_ready(venv, needs)


def test_a_folder_whose_python_went_away_is_not_ready(venv: Path, needs: Path) -> None:
    stamp(venv, needs)
    (venv / starter.PYTHON).unlink()
    assert not starter.is_ready(venv, needs)


def test_a_folder_for_the_tests_serves_the_app_too(venv: Path) -> None:
    stamp(venv, starter.TEST_NEEDS)
    assert starter.is_ready(venv, starter.NEEDS)


def test_a_folder_for_the_app_does_not_serve_the_tests(venv: Path) -> None:
    stamp(venv, starter.NEEDS)
    assert not starter.is_ready(venv, starter.TEST_NEEDS)


def test_the_first_start_makes_a_folder_and_stamps_it(
    tmp_path: Path, needs: Path, commands: list[list[str]]
) -> None:
    (tmp_path / "new").mkdir()
    starter.prepare(tmp_path / "new", needs)
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert (tmp_path / "new" / starter.STAMP).read_text() == starter.fingerprint(needs)


def test_a_newer_release_brings_a_folder_up_to_date_without_emptying_it(
    venv: Path, needs: Path, commands: list[list[str]]
) -> None:
    (venv / "pyvenv.cfg").touch()
    stamp(venv, needs)
    needs.write_text("flask==3.1.4\n")
    starter.prepare(venv, needs)
    assert [command[2] for command in commands] == ["pip"]
    assert starter.is_ready(venv, needs)


def test_a_folder_of_another_python_is_emptied(
    venv: Path, needs: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (venv / "pyvenv.cfg").touch()
    stamp(venv, needs)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    starter.prepare(venv, needs)
    assert "--clear" in commands[0]


def test_a_half_filled_folder_is_emptied_first(
    venv: Path, needs: Path, commands: list[list[str]]
) -> None:
    (venv / "pyvenv.cfg").touch()
    starter.prepare(venv, needs)
    assert "--clear" in commands[0]


def test_a_folder_that_is_no_virtual_environment_is_never_emptied(
    venv: Path, needs: Path, commands: list[list[str]]
) -> None:
    starter.prepare(venv, needs)
    assert "--clear" not in commands[0]


def test_the_test_libraries_are_added_without_disturbing_a_running_app(
    venv: Path, commands: list[list[str]]
) -> None:
    stamp(venv, starter.NEEDS)
    starter.prepare(venv, starter.TEST_NEEDS)
    assert [command[2] for command in commands] == ["pip"]


def test_a_ready_folder_is_left_alone(
    venv: Path, needs: Path, commands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    stamp(venv, needs)
    starter.prepare(venv, needs)
    assert not commands
    assert not capsys.readouterr().out


def test_a_failure_is_said_and_leaves_no_stamp(
    venv: Path, needs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    (venv / starter.STAMP).write_text("of another version")
    with pytest.raises(SystemExit, match=r"failed; the lines above say why"):
        starter.prepare(venv, needs)
    assert not (venv / starter.STAMP).exists()


def test_without_a_network_the_start_says_what_it_needed(
    venv: Path, needs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "call", lambda command, **_: int("pip" in command))
    with pytest.raises(SystemExit, match="which needs the network, failed"):
        starter.prepare(venv, needs)


def test_of_two_starters_one_waits_for_the_other(tmp_path: Path) -> None:
    turn = "import app, sys; f = open(sys.argv[1], 'wb'); app.wait_for_turn(f); print('mine')"
    with (tmp_path / "lock").open("wb") as file:
        starter.wait_for_turn(file)
        command = [sys.executable, "-c", turn, str(tmp_path / "lock")]
        other = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.5)
    assert other.communicate(timeout=20)[0] == "mine\n"


def test_importing_the_starter_starts_and_imports_nothing() -> None:
    code = "import app, sys; print({'cdef', 'flask', 'sqlite3'} & set(sys.modules))"
    result = run_starter("-c", code, CDEF_VENV="/nowhere")
    assert (result.stdout, result.stderr) == ("set()\n", "")


def test_the_help_lists_every_command_in_plain_words() -> None:
    result = run_starter("app.py", "--help", CDEF_VENV=str(ready_here()))
    for word in ("serve", "demo", "test", "check"):
        assert re.search(rf"^  {word}  +[A-Z].*\.$", result.stdout, re.MULTILINE), result
    assert "--app" not in result.stdout


def test_the_tests_exit_code_and_arguments_are_passed_on() -> None:
    arguments = ("-n0", "--collect-only", "-q", "-p", "no:cacheprovider", "tests/test_vendor.py")
    collected = run_starter("app.py", "test", *arguments, CDEF_VENV=str(ready_here()))
    assert "test_an_unlisted_file_is_caught" in collected.stdout
    assert collected.returncode == 0
    none = run_starter("app.py", "test", *arguments, "-k", "nothing", CDEF_VENV=str(ready_here()))
    assert none.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


def ready_here() -> Path:
    """The folder that these tests run in, if the starter made it."""
    if not starter.is_ready(Path(sys.prefix), starter.TEST_NEEDS):
        pytest.skip("these tests were not started by `python app.py test`")
    return Path(sys.prefix)


@pytest.mark.parametrize(("processors", "workers"), [(None, "2"), (1, "2"), (3, "3"), (64, "4")])
def test_the_tests_run_on_two_to_four_workers(processors: int | None, workers: str) -> None:
    assert cli.workers(processors) == workers


def check_where(
    monkeypatch: pytest.MonkeyPatch, failing: str | None
) -> tuple[list[str], SystemExit]:
    """The tools that the check runs, and how it ends, when one tool finds something."""
    ran: list[str] = []
    monkeypatch.setattr(cli, "run_tool", lambda tool, *_: ran.append(tool) or int(tool == failing))
    with pytest.raises(SystemExit) as ended:
        cli.main(["check"])
    return ran, ended.value


def test_the_check_runs_every_tool_and_is_content(monkeypatch: pytest.MonkeyPatch) -> None:
    ran, ended = check_where(monkeypatch, failing=None)
    assert ran == ["ruff", "ruff", "mypy", "djlint", "djlint"]
    assert ended.code == 0


def test_the_check_goes_on_after_a_failure_and_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ran, ended = check_where(monkeypatch, failing="mypy")
    assert ran[-1] == "djlint"
    assert ended.code == "Not in order: types."


def test_no_command_means_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[str] = []
    monkeypatch.setattr(cli, "serve_app", lambda: served.append("once"))
    cli.main([])
    cli.main(["serve"])
    assert served == ["once", "once"]


def pins(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^ ;]+)", file.read_text(), re.MULTILINE))


def test_what_the_tests_need_includes_what_the_app_needs() -> None:
    assert pins(starter.NEEDS).items() <= pins(starter.TEST_NEEDS).items()


def test_every_declared_library_is_locked() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {re.split(r"[\[>]", one)[0] for one in project["dependencies"]}
    tested = {re.split(r"[\[>]", one)[0] for one in project["optional-dependencies"]["test"]}
    assert declared <= pins(starter.NEEDS).keys()
    assert declared | tested <= pins(starter.TEST_NEEDS).keys()


@pytest.mark.parametrize("file", [starter.NEEDS, starter.TEST_NEEDS], ids=lambda file: file.name)
def test_every_lock_carries_hashes_and_names_no_host(file: Path) -> None:
    text = file.read_text()
    assert "://" not in text
    assert not re.findall(r"^-", text, re.MULTILINE)
    assert len(re.findall(r"==\S+ (?:; .* )?\\\n +--hash=sha256:", text)) == len(pins(file))
