"""A real browser, a real web server and a real mail server for the tests in this folder."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright

from cdef.outbox import worker
from tests.browser.post import PATIENCE, Post
from tests.browser.server import Server
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this process; each person gets a context of their own."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    flags = ["--disable-gpu", "--in-process-gpu"]  # Nobody looks: drawing by itself takes time.
    flags += ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def post() -> Iterator[Post]:
    post = Post()
    post.start()
    yield post
    post.stop()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def settings(server: Server, post: Post) -> dict[str, Any]:
    """The app knows its real address, and hands its letters to the mail server."""
    return {"BASE_URL": server.url, "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": post.port}


@pytest.fixture
def site(app: Flask, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The app, served and with its mail worker inside, as ``python app.py`` does it."""
    monkeypatch.setattr(worker, "PAUSE", 0.05)
    server.app = app
    server.start()
    finish = worker.start(app)
    yield server
    finish()
    server.stop()


@pytest.fixture
def visit(chromium: Browser, site: Server) -> Iterator[Visit]:
    """Let somebody come to the site; the test fails on whatever went wrong in their browser."""
    visitors: list[Visitor] = []

    def come(*, scripts: bool = True, **options: Any) -> Visitor:
        context = chromium.new_context(java_script_enabled=scripts, **options)
        visitors.append(Visitor(context, site.url, scripts=scripts))
        return visitors[-1]

    yield come
    assert [each for visitor in visitors for each in visitor.leave()] == []
