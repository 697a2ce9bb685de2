"""`users` as the person runs it who sets the program up."""

from __future__ import annotations

import getpass
import io
import json
import sys
from pathlib import Path

import pytest

from heatmap_gui.cli import main
from heatmap_gui.core.who import Role
from heatmap_gui.services.accounts import Accounts
from heatmap_gui.services.secrets import Seal
from heatmap_gui.settings import Settings
from heatmap_gui.store.database import open_database

PASSWORD = "four words are fine"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def said(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *arguments: str,
    typed: str = "",
    status: int = 0,
) -> str:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert main(["users", *arguments]) == status
    out, error = capsys.readouterr()
    return out + error


def test_the_first_admin_logs_in_with_what_was_read_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    assert "users add NAME --role admin" in said(capsys, monkeypatch, "list")
    out = said(capsys, monkeypatch, "add", "ada", "--role", "admin", typed=f"{PASSWORD}\n")
    assert out == "user ada is there: admin of all stores\n"
    database = open_database("", home)
    login = Accounts(database, Seal.of(Settings(home=home)), 60).log_in("ada", PASSWORD, "127.0.0.1")
    database.close()
    assert login.who.role == Role.ADMIN


def test_users_are_listed_and_removed_but_for_the_last_admin(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, monkeypatch, "add", "ada", "--role", "admin", typed=PASSWORD)
    said(capsys, monkeypatch, "add", "bob", "--role", "viewer", "--store", "b", "--store", "a", typed=PASSWORD)
    assert said(capsys, monkeypatch, "list") == "ada  admin of all stores\nbob  viewer of a, b\n"
    found = json.loads(said(capsys, monkeypatch, "list", "--json"))["users"]
    assert [(user["name"], user["stores"]) for user in found] == [("ada", None), ("bob", ["a", "b"])]
    assert "bob is gone" in said(capsys, monkeypatch, "remove", "bob")
    assert "no user bob" in said(capsys, monkeypatch, "remove", "bob", status=2)
    assert "last admin" in said(capsys, monkeypatch, "remove", "ada", status=2)


@pytest.mark.parametrize(
    ("arguments", "typed", "why"),
    [
        (("add", "ada"), PASSWORD, "--role"),
        (("add",), PASSWORD, "needs the user's name"),
        (("add", "ada", "--role", "king"), PASSWORD, "--role"),
        (("add", "ada", "--role", "admin"), "", "a password has 12 to 256"),
        (("add", "ada", "--role", "admin"), "x" * 1_000_000, "a password has 12 to 256"),
        (("add", "ada", "--role", "admin", "--password", PASSWORD), "", "unrecognized arguments"),
        (("add", "token:ada", "--role", "admin"), PASSWORD, "allowed: at most 64"),
    ],
)
def test_what_will_not_do_is_refused(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    typed: str,
    why: str,
) -> None:
    assert why in said(capsys, monkeypatch, *arguments, typed=typed, status=2)
    assert "no users yet" in said(capsys, monkeypatch, "list")


def test_on_a_terminal_it_is_asked_twice_and_unseen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = [PASSWORD, "another one than that"]
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: answers.pop(0))
    assert main(["users", "add", "ada", "--role", "admin"]) == 2
    assert "not the same" in capsys.readouterr().err
    answers += [PASSWORD, PASSWORD]
    assert main(["users", "add", "ada", "--role", "admin"]) == 0
    assert PASSWORD not in "".join(capsys.readouterr())
