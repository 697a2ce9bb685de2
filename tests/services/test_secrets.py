"""Secrets: found where a reference says, not shown when they are not there, sealed for the same key alone."""

from __future__ import annotations

import stat
from pathlib import Path

import keyring
import pytest
from keyring.errors import NoKeyringError

from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.logs import mask
from heatmap_gui.services.secrets import KEY_FILE, SEALED, Seal, is_reference, resolve
from heatmap_gui.settings import Settings

CANARY = "c4nary-of-this-test"


def _password(service: str, user: str) -> str | None:
    return CANARY if (service, user) == ("heatmap", "door") else None


@pytest.fixture(autouse=True)
def _keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that knows one password."""
    monkeypatch.setattr(keyring, "get_password", _password)


@pytest.mark.parametrize("reference", ["env:DOOR", "cred:door", "keyring:heatmap/door", "file:{}/door"])
def test_a_secret_is_found_where_the_reference_says(tmp_path: Path, reference: str) -> None:
    (tmp_path / "door").write_text(f"{CANARY}\n")
    reference = reference.format(tmp_path)
    environ = {"DOOR": CANARY, "CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert is_reference(reference)
    assert resolve(reference, environ) == CANARY
    assert resolve(f"rtsp://admin:{reference}@10.0.0.5/1", environ) == f"rtsp://admin:{CANARY}@10.0.0.5/1"
    assert CANARY not in mask(f"the camera said {CANARY}")


@pytest.mark.parametrize(
    "plain", ["", "hunter2", "rtsp://admin:pw@10.0.0.5/1", "sqlite:///x.db", "environment", "env:"]
)
def test_plain_text_stays(plain: str) -> None:
    assert resolve(plain, {}) == plain


def test_a_password_is_written_as_addresses_need_it() -> None:
    assert resolve("redis://:env:P@h:6379/0", {"P": "a@b/c:d e"}) == "redis://:a%40b%2Fc%3Ad%20e@h:6379/0"


@pytest.mark.parametrize(
    ("reference", "advice"),
    [
        ("env:NONE", "set it"),
        ("env:EMPTY", "set it"),
        ("cred:../door", "a name without /"),
        ("cred:none", "No such file"),
        ("file:{}/none", "No such file"),
        ("file:{}", "cannot be read"),
        ("file:{}/binary", "UTF-8"),
        ("file:{}/huge", "too large"),
        ("file:{}/empty", "set it"),
        ("keyring:heatmap/nobody", "set it"),
        ("keyring:heatmap", "keyring:service/user"),
    ],
)
def test_a_missing_secret_is_one_line(tmp_path: Path, reference: str, advice: str) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00" + CANARY.encode())
    (tmp_path / "huge").write_text(CANARY * 10_000)
    (tmp_path / "empty").touch()
    with pytest.raises(InputError) as raised:
        resolve(reference.format(tmp_path), {"EMPTY": "", "CREDENTIALS_DIRECTORY": str(tmp_path), "OTHER": CANARY})
    assert raised.value.message.startswith(f"secret {reference.partition(':')[0]}:")
    assert advice in raised.value.message
    assert CANARY not in raised.value.message


def test_credentials_need_systemd() -> None:
    with pytest.raises(InputError, match="LoadCredential=door:FILE"):
        resolve("cred:door", {})


def test_no_keyring_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(service: str, user: str) -> str | None:
        raise NoKeyringError

    monkeypatch.setattr(keyring, "get_password", nowhere)
    with pytest.raises(HeatmapError, match="no keyring to ask"):
        resolve("keyring:heatmap/door")


def _settings(home: Path, secret_key: str = "") -> Settings:
    return Settings(home=home, secret_key=secret_key)


def test_what_is_sealed_opens_with_the_same_key_alone(tmp_path: Path) -> None:
    seal, other = Seal("one key"), Seal("another key")
    sealed = seal.seal(CANARY)
    assert sealed.startswith(SEALED)
    assert CANARY not in sealed
    assert seal.open(sealed) == Seal("one key").open(sealed) == CANARY
    assert seal.open("not sealed") == "not sealed"
    for broken, key in ((sealed, other), (sealed[:-4] + "AAA=", seal), (SEALED, seal), (SEALED + "ü", seal)):
        with pytest.raises(InputError, match="does not open"):
            key.open(broken)


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sealed = Seal.of(_settings(home)).seal(CANARY)
    assert stat.S_IMODE((home / KEY_FILE).stat().st_mode) == 0o600
    assert Seal.of(_settings(home)).open(sealed) == CANARY
    assert [path.name for path in home.iterdir()] == [KEY_FILE]


def test_a_broken_key_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("")
    with pytest.raises(InputError, match="restore it from a backup"):
        Seal.of(_settings(tmp_path))
    assert (tmp_path / KEY_FILE).read_text() == ""


def test_the_secret_key_stands_above_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEAL_OF_THE_TEST", "one key")
    sealed = Seal.of(_settings(tmp_path, "env:SEAL_OF_THE_TEST")).seal(CANARY)
    assert Seal("one key").open(sealed) == CANARY
    assert not list(tmp_path.iterdir())


def test_only_what_is_secret_and_inline_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOOR", CANARY)
    seal = Seal("one key")
    assert [seal.keep(text) for text in ("", "env:DOOR", "cred:x")] == ["", "env:DOOR", "cred:x"]
    token = seal.keep("a token")
    assert token.startswith(SEALED)
    assert (seal.keep(token), seal.reveal(token), seal.reveal("env:DOOR")) == (token, "a token", CANARY)
    open_ones = (
        "rtsp://10.0.0.5/1",
        "0",
        "clips/a.mp4",
        "rtsp://admin:env:DOOR@10.0.0.5/1",
        "env:DOOR",
        "mot:d.txt?fps=2",
    )
    assert [seal.keep_address(url) for url in open_ones] == list(open_ones)
    for url in ("rtsp://admin:pw@10.0.0.5/1", "http://h/snap?user=a&password=b", "rtsp://a:env:DOOR@h/?token=b"):
        kept = seal.keep_address(url)
        assert kept.startswith(SEALED)
        assert seal.keep_address(kept) == kept
        assert seal.open(kept) == url
