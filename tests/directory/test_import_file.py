"""`python app.py directory import FILE`, and what it reports."""

from pathlib import Path

import pytest
from flask import Flask

from cdef import create_app
from cdef.directory import rules
from cdef.directory.actions import Report, import_file, report_lines, search
from cdef.directory.rules import Skipped
from cdef.kernel import clock
from cdef.kernel.problems import Refused
from tests.directory.state_file import HAYWARD, MILPITAS, real_file, state_file

__all__ = ["real_file"]


def test_a_file_is_read_and_brought_in(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "districts.txt"
    path.write_bytes(state_file(MILPITAS, HAYWARD))
    report = import_file(path, by=None, now=clock.now())
    assert (report.added, report.unchanged, report.gone) == (1, 1, 11)
    assert search("hayward")[0].cd_code == "0161192"


def test_a_file_that_is_refused_changes_nothing(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "districts.csv"
    path.write_text("CD Code,County\n")
    with pytest.raises(Refused, match="not separated by tabs"):
        import_file(path, by=None, now=clock.now())
    assert len(search("unified")) == 8


def test_no_more_of_a_huge_file_is_read_than_refuses_it(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50 * rules.LARGEST_FILE)  # A sparse file: no disk is filled.
    with pytest.raises(Refused, match="larger than 5 MB"):
        import_file(path, by=None, now=clock.now())


def test_the_report_counts_the_changes_and_groups_what_was_left_out() -> None:
    closed, program = Skipped(3, "Closed: not in operation."), Skipped(4, "ROP: no district.")
    skipped = [closed, program, Skipped(5, program.reason)]
    assert report_lines(Report(1_234, 5, 6, 7, skipped)) == [
        "Districts and county offices: 1,234 added, 5 changed, 6 unchanged, 7 no longer in the file.",
        "3 lines left out:",
        "     2 × ROP: no district.",
        "     1 × Closed: not in operation.",
    ]


def test_a_report_without_skipped_lines_is_one_line() -> None:
    assert len(report_lines(Report(0, 0, 998, 0, []))) == 1


def test_the_command_fills_an_empty_database_and_prints_the_report(
    tmp_path: Path, real_file: Path
) -> None:
    address = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    app = create_app({"TESTING": True, "SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": address})
    result = app.test_cli_runner().invoke(args=["directory", "import", str(real_file)])
    assert result.exit_code == 0, result.output
    assert "998 added, 0 changed, 0 unchanged, 0 no longer in the file." in result.output
    assert "90 lines left out:" in result.output
    assert "64 × Regional Occupation Center/Program (ROC/P)" in result.output
