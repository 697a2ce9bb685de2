"""What is live, over a WebSocket: only to who may see it, and as soon as it changes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from heatmap_gui.api.routes import live
from heatmap_gui.core.who import Role
from tests.api.conftest import Api, person

PATH = "/api/v1/live"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(live, "_LOOK_S", 0.02)
    monkeypatch.setattr(live, "_FIRST_S", 0.3)
    yield


def say(api: Api, people: int, store: str = "demo") -> None:
    cameras = json.dumps({"1": {"status": "live", "reason": ""}})
    api.app.broker.live(store, {"at": f"{time.time():.3f}", "people": str(people), "cameras": cameras})


def closed(client: TestClient, **how: Any) -> tuple[int, str]:
    with client.websocket_connect(PATH, **how) as socket:
        try:
            socket.receive_json()
        except WebSocketDisconnect as end:
            return end.code, end.reason or ""
    return 0, ""


def test_counts_come_as_they_change(api: Api) -> None:
    with api.viewer.websocket_connect(PATH) as socket:
        first = socket.receive_json()
        assert (first["watched"], first["people"], list(first["cameras"])) == (False, None, ["1", "2", "3"])
        for people in (2, 5):
            say(api, people)
            state = socket.receive_json()
            assert (state["watched"], state["people"]) == (True, people)
            assert state["cameras"]["1"]["status"] == "live"


def test_the_token_by_subprotocol_or_first_message(api: Api) -> None:
    token = person(api.app, "ann", Role.VIEWER)
    with api.nobody.websocket_connect(PATH, subprotocols=["heatmap.v1", f"token.{token}"]) as socket:
        assert socket.accepted_subprotocol == "heatmap.v1"
        assert socket.receive_json()["store_name"] == "demo"
    with api.nobody.websocket_connect(PATH) as socket:
        socket.send_json({"token": token})
        assert socket.receive_json()["store_name"] == "demo"


def test_who_may_not_see_it_is_shut_out(api: Api) -> None:
    assert closed(api.nobody)[0] == 1008
    assert closed(api.nobody, subprotocols=["heatmap.v1", "token.forged"])[0] == 1008
    assert closed(api.client("forged"))[0] == 1008
    assert closed(api.machine)[0] == 1008
    assert closed(api.elsewhere)[0] == 1008


@pytest.mark.parametrize("message", ["", "{", "[]", '{"token": 1}', '{"token": null}', "[" * 10_000])
def test_a_first_message_that_is_none(api: Api, message: str) -> None:
    with api.nobody.websocket_connect(PATH) as socket:
        socket.send_text(message)
        with pytest.raises(WebSocketDisconnect) as end:
            socket.receive_json()
        assert end.value.code == 1008


def test_a_session_that_ends_shows_no_more(api: Api) -> None:
    token = person(api.app, "ann", Role.VIEWER)
    with api.client(token).websocket_connect(PATH) as socket:
        socket.receive_json()
        api.app.accounts.log_out(api.app.accounts.who(token))
        with pytest.raises(WebSocketDisconnect) as end:
            while True:
                say(api, int(time.time() * 1000) % 1000)
                socket.receive_json()
        assert end.value.code == 1008
