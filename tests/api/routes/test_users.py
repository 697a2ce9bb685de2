"""Users and machines' tokens, as an admin keeps them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Api

PASSWORD = "four words are fine"


def test_a_user_comes_changes_and_goes(api: Api) -> None:
    new = {"name": "bob", "password": PASSWORD, "role": "viewer", "stores": ["b", "a"]}
    made = api.admin.post("/api/v1/users", json=new)
    assert made.status_code == 201
    assert {k: made.json()[k] for k in ("name", "role", "stores")} == {
        "name": "bob",
        "role": "viewer",
        "stores": ["a", "b"],
    }
    token = api.nobody.post("/auth/token", json={"username": "bob", "password": PASSWORD}).json()["access_token"]
    bob = api.client(token)
    assert bob.get("/system/info").status_code == 200
    changed = api.admin.patch("/api/v1/users/bob", json={"role": "operator"})
    assert (changed.status_code, changed.json()["role"], changed.json()["stores"]) == (200, "operator", ["a", "b"])
    assert bob.get("/system/info").status_code == 401
    assert api.admin.patch("/api/v1/users/bob", json={"stores": None}).json()["stores"] is None
    assert api.admin.post("/api/v1/users", json=new).status_code == 409
    assert api.admin.delete("/api/v1/users/bob").status_code == 204
    assert api.admin.delete("/api/v1/users/bob").status_code == 404
    assert PASSWORD not in made.text + changed.text


def test_users_by_pages(api: Api) -> None:
    names, cursor = [], ""
    for _ in range(9):
        found = api.admin.get(f"/api/v1/users?limit=3{cursor}").json()
        names += [user["name"] for user in found["items"]]
        if found["next"] is None:
            break
        cursor = f"&cursor={found['next']}"
    assert names == ["ada", "eve", "otto", "vera"]
    assert "password" not in api.admin.get("/api/v1/users").text


def test_the_last_admin_stays(api: Api) -> None:
    assert api.admin.delete("/api/v1/users/ada").status_code == 409
    assert api.admin.patch("/api/v1/users/ada", json={"role": "viewer"}).status_code == 409
    assert api.admin.get("/api/v1/users").status_code == 200


def test_a_machines_token_is_shown_once_and_revoked_at_once(api: Api) -> None:
    made = api.admin.post("/api/v1/tokens", json={"name": "till", "scopes": ["read", "ingest"], "days": 0.5})
    assert made.status_code == 201
    text = made.json()["token"]
    till = api.client(text)
    assert till.get("/system/info").status_code == 200
    (listed,) = [token for token in api.admin.get("/api/v1/tokens").json()["items"] if token["name"] == "till"]
    assert (listed["scopes"], listed["role"], listed["made_by"]) == (["ingest", "read"], "viewer", "ada")
    assert text not in api.admin.get("/api/v1/tokens").text and text not in api.admin.get("/api/v1/audit").text
    assert api.admin.delete("/api/v1/tokens/till").status_code == 204
    assert till.get("/system/info").status_code == 401
    assert api.admin.delete("/api/v1/tokens/till").status_code == 404


USER = {"name": "bob", "password": PASSWORD, "role": "viewer"}
TOKEN = {"name": "till", "scopes": ["read"]}


WRONG_USERS: list[dict[str, Any]] = [
    {"name": ""}, {"name": "a b"}, {"name": "x" * 65}, {"name": "bob\n"}, {"name": None}, {"role": "king"},
    {"password": "short"}, {"password": None}, {"stores": "all"}, {"stores": [""]}, {"stores": [1]},
    {"extra": 1}, {"stores": [str(n) for n in range(1001)]},
]  # fmt: skip
WRONG_TOKENS: list[dict[str, Any]] = [
    {"scopes": []}, {"scopes": ["everything"]}, {"days": 0}, {"days": -1}, {"days": 1e9}, {"days": "NaN"},
    {"name": "a/b"}, {"role": "root"}, {"days": None},
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body"),
    [
        *(("/api/v1/users", USER | wrong) for wrong in WRONG_USERS),
        *(("/api/v1/tokens", TOKEN | wrong) for wrong in WRONG_TOKENS),
    ],
)
def test_what_will_not_do_is_422_in_words(api: Api, path: str, body: dict[str, Any]) -> None:
    answer = api.admin.post(path, json=body)
    assert answer.status_code == 422 and answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_admin_is_for_all_stores(api: Api) -> None:
    assert api.admin.post("/api/v1/users", json=USER | {"role": "admin", "stores": ["a"]}).status_code == 409
    assert api.admin.patch("/api/v1/users/ada", json={"stores": ["a"]}).status_code == 409


def test_only_who_is_logged_in_changes_accounts(api: Api) -> None:
    text = api.admin.post(
        "/api/v1/tokens", json={"name": "robot", "role": "admin", "scopes": ["read", "change"]}
    ).json()["token"]
    robot = api.client(text)
    assert robot.get("/api/v1/users").status_code == 200
    assert robot.post("/api/v1/users", json=USER).status_code == 403
    assert robot.patch("/api/v1/users/vera", json={"role": "admin"}).status_code == 403
    assert robot.delete("/api/v1/users/vera").status_code == 403
    assert robot.post("/api/v1/tokens", json=TOKEN).status_code == 403
    assert robot.delete("/api/v1/tokens/robot").status_code == 403
