"""Who sends many requests at a time leaves the processor to others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from heatmap_gui.api.fairness import AT_ONCE, Fairness
from heatmap_gui.core.who import Role, Who


class Inner:
    """Takes requests, and answers them when it is let. most: how many it had at a time."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.running = self.most = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        await self.free.wait()
        self.running -= 1


async def flood(count: int) -> Inner:
    """So many requests of one client at a time."""
    inner = Inner()
    fairness = Fairness(inner, per_s=1e6)
    scope: dict[str, Any] = {"type": "http", "path": "/x", "client": ("10.0.0.1", 1)}
    scope["state"] = {"who": Who("ann", Role.VIEWER)}
    ask: Any = None  # nothing is read or sent
    asked = asyncio.gather(*(fairness(scope, ask, ask) for _ in range(count)))
    for _ in range(10):
        await asyncio.tasks.sleep(0)
    inner.free.set()
    await asked
    return inner


@pytest.mark.parametrize(("count", "rests"), [(AT_ONCE, 0), (2 * AT_ONCE, 0), (3 * AT_ONCE + 1, 2 * AT_ONCE)])
def test_who_has_many_under_way_rests_between_them(monkeypatch: pytest.MonkeyPatch, count: int, rests: int) -> None:
    rested: list[float] = []
    sleep = asyncio.sleep

    async def rest(seconds: float) -> None:
        if seconds:
            rested.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", rest)
    inner = asyncio.run(flood(count))
    assert inner.most == AT_ONCE
    assert len(rested) == rests and all(0 < seconds <= 1 for seconds in rested)
