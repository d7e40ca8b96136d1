"""On the build machine no test is left out for want of a browser, a PostgreSQL or an open SQLite."""

import pytest

from tests.conftest import NEEDED, pytest_runtest_makereport


@pytest.fixture
def node(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> pytest.Item:
    """The test itself, on the build machine."""
    monkeypatch.setenv("CI", "true")
    item: pytest.Item = request.node
    return item


def report(item: pytest.Item) -> pytest.TestReport:
    """What pytest makes of a test that skips itself."""
    call = pytest.CallInfo.from_call(lambda: pytest.skip("nothing to drive"), when="call")
    pytest_runtest_makereport(item, call)
    return pytest.TestReport.from_item_and_call(item, call)


@pytest.mark.parametrize("marker", NEEDED)
def test_a_skip_fails_on_the_build_machine(node: pytest.Item, marker: str) -> None:
    node.add_marker(marker)
    made = report(node)
    assert made.outcome == "failed"
    assert "skipped on the build machine: nothing to drive" in str(made.longrepr)


def test_a_skip_is_a_skip_elsewhere(node: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI")
    node.add_marker("browser")
    assert report(node).outcome == "skipped"


def test_other_tests_may_skip_there(node: pytest.Item) -> None:
    assert report(node).outcome == "skipped"
