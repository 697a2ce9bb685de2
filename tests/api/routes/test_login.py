"""Log in as the seed prints it, log out, another password."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from heatmap_gui.core.who import Role
from tests.api.conftest import ADA, Api

PASSWORD = "four words are fine"
ANOTHER = "other words as well"


@pytest.fixture(autouse=True)
def _paula(api: Api) -> None:
    """An admin who has a password."""
    api.app.accounts.add_user(ADA, "paula", PASSWORD, Role.ADMIN)


def log_in(api: Api, name: str, password: str) -> TestClient:
    answer = api.nobody.post("/auth/token", json={"username": name, "password": password})
    assert answer.status_code == 200
    return api.client(answer.json()["access_token"])


def test_a_token_for_name_and_password(api: Api) -> None:
    answer = api.nobody.post("/auth/token", json={"username": "paula", "password": PASSWORD})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["token_type"], found["expires_in"]) == ("bearer", 1800)
    assert api.client(found["access_token"]).get("/api/v1/users").status_code == 200


def test_what_is_wrong_is_401_and_too_often_is_429(api: Api) -> None:
    wrong = {"username": "paula", "password": "a guess"}
    answers = [api.nobody.post("/auth/token", json=wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[0].json()["detail"] == "user or password are wrong"
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "a guess" not in "".join(answer.text for answer in answers)


WRONG: list[Any] = [
    {}, {"username": "paula"}, {"username": 1, "password": "canary"}, {"username": "paula", "password": ["canary"]},
    {"username": "x" * 65, "password": "canary"}, {"username": "paula", "password": "canary" * 100},
    {"username": "paula", "password": "canary", "admin": True}, [], "canary", None,
]  # fmt: skip


def test_bad_bodies_are_422_and_nothing_of_them_comes_back(api: Api) -> None:
    for body in WRONG:
        answer = api.nobody.post("/auth/token", json=body)
        assert answer.status_code == 422 and "canary" not in answer.text
    assert api.nobody.post("/auth/token", data={"username": "paula", "password": PASSWORD}).status_code in (415, 422)


def test_who_logs_out_is_nobody_and_other_sessions_go_on(api: Api) -> None:
    first, second = log_in(api, "paula", PASSWORD), log_in(api, "paula", PASSWORD)
    assert first.post("/auth/logout").status_code == 204
    assert first.get("/system/info").status_code == 401
    assert second.get("/system/info").status_code == 200
    assert api.machine.post("/auth/logout").status_code == 403


def test_another_password_ends_all_sessions(api: Api) -> None:
    paula, change = log_in(api, "paula", PASSWORD), {"current_password": PASSWORD, "new_password": ANOTHER}
    assert paula.post("/auth/password", json=change | {"current_password": "a guess"}).status_code == 401
    assert paula.post("/auth/password", json=change | {"new_password": "short"}).status_code == 422
    assert paula.get("/system/info").status_code == 200
    assert paula.post("/auth/password", json=change).status_code == 204
    assert paula.get("/system/info").status_code == 401
    assert log_in(api, "paula", ANOTHER).get("/system/info").status_code == 200
