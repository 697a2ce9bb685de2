"""What is happening now, over a WebSocket: people and camera states of a store, as often as they change.

The token comes as a header, as a subprotocol (`heatmap.v1`, `token.TOKEN`), or in the first message, never in the
address: addresses are written down in too many places.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from heatmap_gui.api.doors import caller
from heatmap_gui.api.parts import LIVE, store_for
from heatmap_gui.app import App
from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.core.who import Who
from heatmap_gui.services.live_state import live_state

router = APIRouter(prefix="/api/v1", tags=["history"])
PROTOCOL, _TOKEN = "heatmap.v1", "token."
_FIRST_S = 10.0  # for the first message
_LOOK_S = 1.0
_SILENT_S = 15.0  # the same is sent again after that: whoever looks knows that it is still so
_SEND_S = 10.0
_DENIED, _GONE = 1008, 1011


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """The newest counts, people and camera states of a store (query `store_name`)."""
    parts: App = socket.app.state.heatmap
    offered = socket.scope.get("subprotocols", [])
    await socket.accept(PROTOCOL if PROTOCOL in offered else None)
    try:
        token, who = await _who(socket, parts, offered)
        store_name = await run_sync(store_for, parts, LIVE(who), socket.query_params.get("store_name"))
        await _show(socket, parts, token, store_name)
    except WebSocketDisconnect:
        return
    except TimeoutError:
        await _close(socket, _DENIED, 'no token came: send {"token": ...} first')
    except HeatmapError as error:
        await _close(socket, _DENIED, error.message)


async def _who(socket: WebSocket, parts: App, offered: list[str]) -> tuple[str | None, Who]:
    """Who asks, and the token to look at again while they do."""
    state = socket.scope["state"]
    if state["who"] is not None or state["refusal"] is not None:
        return socket.headers.get("authorization", "").partition(" ")[2] or None, caller(state)
    token = next((one.removeprefix(_TOKEN) for one in offered if one.startswith(_TOKEN)), None)
    if token is None:
        async with asyncio.timeout(_FIRST_S):
            token = _given(await socket.receive_text())
    return token, await run_sync(parts.accounts.who, token)


def _given(text: str) -> str:
    try:
        token = json.loads(text)["token"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputError('the first message has to be {"token": ...}') from None
    if not isinstance(token, str):
        raise InputError("token: a text is expected")
    return token


async def _show(socket: WebSocket, parts: App, token: str | None, store_name: str) -> None:
    """Until the other side leaves, or may not see it any more."""
    gone = asyncio.ensure_future(_until_gone(socket))
    try:
        before: dict[str, Any] = {}
        sent_at = -_SILENT_S
        while not gone.done():
            if token is not None:
                await run_sync(parts.accounts.who, token)  # it may have ended
            state = await run_sync(live_state, parts.broker, parts.catalog, store_name, time.time())
            now = time.monotonic()
            if state != before or now - sent_at >= _SILENT_S:
                before, sent_at = state, now
                async with asyncio.timeout(_SEND_S):
                    await socket.send_json(state)
            await asyncio.wait([gone], timeout=_LOOK_S)
    finally:
        gone.cancel()


async def _until_gone(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


async def _close(socket: WebSocket, code: int, why: str) -> None:
    await socket.close(code, why.encode()[:120].decode("utf-8", "ignore"))
