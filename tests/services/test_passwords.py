"""Passwords in the keyring go with their camera, and come back when that is undone."""

from __future__ import annotations

from typing import Any

import keyring
import pytest
from keyring.errors import PasswordDeleteError

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.services.camera_addresses import SERVICE
from heatmap_gui.services.passwords import Passwords, kept_names


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    kept = {"Shop.1": "first", "Shop.2": "second"}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: kept.get(user))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, secret: kept.update({user: secret}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, user: kept.pop(user))
    return kept


def document(*cameras: str, name: str = "Shop") -> dict[str, Any]:
    listed = [{"camera_id": int(c), "rtsp_url": f"rtsp://a:keyring:{SERVICE}/{name}.{c}@10.0.0.5/{c}"} for c in cameras]
    return {"store": {"name": "Shop"}, "cameras": listed}


def test_a_removed_camera_s_password_is_taken_out_and_put_back(ring: dict[str, str]) -> None:
    passwords = Passwords(document("1", "2"))
    assert not passwords.asks(document("2", "1"))
    assert passwords.asks(document("2"))
    passwords.follow(document("2"))
    assert ring == {"Shop.2": "second"}
    passwords.follow(document("1", "2"))
    assert ring == {"Shop.1": "first", "Shop.2": "second"}


def test_an_edit_while_the_last_is_still_followed_is_followed_too() -> None:
    passwords = Passwords(document())
    assert passwords.asks(document("1"))
    assert passwords.asks(document())


def test_a_new_camera_of_the_same_number_keeps_its_own(ring: dict[str, str]) -> None:
    passwords = Passwords(document("1"))
    passwords.follow(document())
    ring["Shop.1"] = "another"
    passwords.follow(document("1"))
    assert ring["Shop.1"] == "another"


def test_what_others_put_there_is_not_touched(ring: dict[str, str]) -> None:
    assert kept_names(document("1", name="Elsewhere")) == frozenset()
    own = {"camera_id": 1, "rtsp_url": "rtsp://a:keyring:company/door@10.0.0.5/1"}
    assert kept_names({"store": {"name": "Shop"}, "cameras": [own, {"camera_id": 2}]}) == frozenset()


def test_a_keyring_that_refuses_is_said(ring: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(service: str, user: str) -> None:
        raise PasswordDeleteError("locked")

    monkeypatch.setattr(keyring, "delete_password", refuse)
    passwords = Passwords(document("1"))
    assert passwords.asks(document())
    with pytest.raises(UnavailableError, match="stays in the keyring"):
        passwords.follow(document())
    assert not passwords.asks(document()), "it is said once"
