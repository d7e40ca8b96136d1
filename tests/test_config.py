"""Settings are checked at the start, and what is wrong is said in sentences."""

import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from cdef import create_app
from cdef.config import BadSetting, own_secret
from cdef.kernel.turns import turn

FIXED = {"SECRET_KEY": "for tests only", "SQLALCHEMY_DATABASE_URI": "sqlite://"}
SENDER = "Training <training@example.org>"


def app_with(**settings: Any) -> Flask:
    return create_app(FIXED | settings)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("PORT", "front", "CDEF_PORT must be a whole number, and is 'front'."),
        ("PORT", "true", "CDEF_PORT must be a whole number, and is True."),
        ("PORT", "5000.5", "CDEF_PORT must be a whole number, and is 5000.5."),
        ("PORT", "0", "CDEF_PORT must be between 1 and 65535, and is 0."),
        ("THREADS", "0", "CDEF_THREADS must be between 1 and 64, and is 0."),
        ("MAIL_PORT", "70000", "CDEF_MAIL_PORT must be between 1 and 65535, and is 70000."),
        ("WORKER", "no", "CDEF_WORKER must be true or false, and is 'no'."),
        ("MAIL_USE_TLS", "1", "CDEF_MAIL_USE_TLS must be true or false, and is 1."),
        ("MAIL_TIMEOUT", "soon", "CDEF_MAIL_TIMEOUT must be a number, and is 'soon'."),
        ("MAIL_TIMEOUT", "0", "CDEF_MAIL_TIMEOUT must be more than 0 and at most 60 seconds."),
        ("MAIL_TIMEOUT", "61", "CDEF_MAIL_TIMEOUT must be more than 0 and at most 60 seconds."),
        ("PRETEND_NOW", "autumn", "CDEF_PRETEND_NOW must be an ISO time"),
        ("SQLALCHEMY_DATABASE_URI", "my database", "CDEF_SQLALCHEMY_DATABASE_URI must be the"),
        ("MAIL_DEFAULT_SENDER", "the training", "CDEF_MAIL_DEFAULT_SENDER must be an address"),
        ("BASE_URL", "training.example.org", "CDEF_BASE_URL must be the app's own address"),
        ("BASE_URL", "ftp://localhost", "CDEF_BASE_URL must be the app's own address"),
        ("BASE_URL", "http://localhost:port", "CDEF_BASE_URL must be the app's own address"),
        ("BASE_URL", "https://x.example.org/app", "CDEF_BASE_URL must be the app's own address"),
        ("BASE_URL", "https://u:p@x.example.org", "CDEF_BASE_URL must be the app's own address"),
        ("BASE_URL", "http://x.example.org", "CDEF_BASE_URL must begin with https://"),
        ("HOST", "192.0.2.1", "CDEF_BASE_URL must begin with https://"),
        ("HOST", "::", "CDEF_BASE_URL must begin with https://"),
    ],
)
def test_a_bad_setting_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, sentence: str
) -> None:
    for setting, value in FIXED.items():
        monkeypatch.setenv(f"CDEF_{setting}", value)
    monkeypatch.setenv(f"CDEF_{name}", text)
    with pytest.raises(BadSetting) as refusal:
        create_app()
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"MAIL_DEFAULT_SENDER": None}, "CDEF_MAIL_DEFAULT_SENDER must be a text"),
        ({"MAIL_SERVER": "smtp.example.org"}, "CDEF_MAIL_DEFAULT_SENDER must be set with"),
        ({"MAIL_USE_TLS": True, "MAIL_USE_SSL": True}, "Set CDEF_MAIL_USE_TLS (STARTTLS) or"),
        ({"MAIL_USERNAME": "training"}, "Set CDEF_MAIL_USERNAME and CDEF_MAIL_PASSWORD, or"),
        ({"MAIL_PASSWORD": "secret"}, "Set CDEF_MAIL_USERNAME and CDEF_MAIL_PASSWORD, or"),
        (
            {
                "MAIL_SERVER": "smtp.example.org",
                "MAIL_DEFAULT_SENDER": SENDER,
                "MAIL_USERNAME": "training",
                "MAIL_PASSWORD": "secret",
            },
            "CDEF_MAIL_PASSWORD needs CDEF_MAIL_USE_TLS or CDEF_MAIL_USE_SSL",
        ),
    ],
)
def test_mail_settings_that_clash_are_refused(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        app_with(**settings)
    assert str(refusal.value).startswith(sentence)
    assert "secret" not in str(refusal.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(BadSetting) as refusal:
        app_with(PORT=0, PRETEND_NOW="autumn", BASE_URL="http://x.example.org")
    assert len(str(refusal.value).splitlines()) == 3


def test_a_password_of_digits_stays_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDEF_MAIL_USERNAME", "0042")
    monkeypatch.setenv("CDEF_MAIL_PASSWORD", "12345678")
    monkeypatch.setenv("CDEF_SECRET_KEY", "7")
    config = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://"}).config
    assert (config["MAIL_USERNAME"], config["MAIL_PASSWORD"]) == ("0042", "12345678")
    assert config["SECRET_KEY"] == "7"


def test_the_environment_is_over_the_defaults_and_the_caller_over_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CDEF_PORT", "5001")
    monkeypatch.setenv("CDEF_MAIL_PORT", "2525")
    config = app_with(MAIL_PORT=587, MAIL_TIMEOUT=3).config
    assert (config["PORT"], config["MAIL_PORT"], config["HOST"]) == (5001, 587, "127.0.0.1")


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:5001"), ("::1", "http://localhost:5001")],
)
def test_on_one_machine_the_address_follows_from_host_and_port(host: str, url: str) -> None:
    assert app_with(HOST=host, PORT=5001).config["BASE_URL"] == url


@pytest.mark.parametrize(
    ("url", "host", "status"),
    [
        ("http://localhost:5000", "localhost:5000", 200),
        ("http://localhost:5000", "127.0.0.1:5000", 200),
        ("http://localhost:5000", "training.example.org", 400),
        ("https://training.example.org", "training.example.org", 200),
        ("https://training.example.org", "training.example.org:443", 200),
        ("https://training.example.org", "localhost", 400),
        ("https://training.example.org", "evil.training.example.org", 400),
        ("https://training.example.org", "training.example.org.evil.example.org", 400),
        ("https://training.example.org", "training.example.org@evil.example.org", 400),
    ],
)
def test_only_the_apps_own_host_is_answered(url: str, host: str, status: int) -> None:
    client = app_with(BASE_URL=url).test_client()
    assert client.get("/healthz/live", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("url", "name", "is_secure"),
    [("http://localhost", "session", False), ("https://x.example.org", "__Host-session", True)],
)
def test_cookies_and_transport_are_as_strict_as_the_address_allows(
    url: str, name: str, is_secure: bool
) -> None:
    answer = app_with(BASE_URL=url).test_client().get("/sign-in", base_url=url)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie
    assert "Path=/" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie
    assert ("Secure" in cookie) == is_secure
    assert ("Strict-Transport-Security" in answer.headers) == is_secure


def test_the_secret_key_is_made_once_and_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    key = own_secret(folder)
    assert len(key) >= 64
    assert own_secret(folder) == key
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert own_secret(tmp_path / "another") != key


def test_a_secret_key_that_was_never_written_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    assert len(own_secret(tmp_path)) >= 64


def test_a_start_waits_for_another_that_makes_the_secret_key(tmp_path: Path) -> None:
    keys: list[str] = []
    second = threading.Thread(target=lambda: keys.append(own_secret(tmp_path)))
    with turn(tmp_path / "secret_key.lock"):
        (tmp_path / "secret_key").touch()
        second.start()
        second.join(timeout=0.2)
        assert second.is_alive()
        (tmp_path / "secret_key").write_text("made by the first")
    second.join()
    assert keys == ["made by the first"]
