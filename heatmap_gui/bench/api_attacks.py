"""A client that floods a server with requests, or sends them slowly: `python -m heatmap_gui.bench.api_attacks HOW PORT
TOKEN`. It yields the processor to whoever measures on the same machine, as a client elsewhere would not need it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress

ASKED = "/api/analytics/realtime"
_FLOODING, _SLOW = 32, 64
_PAUSE_S = 0.5


async def _flood(port: int, token: str) -> None:
    """One connection: the next request as soon as the answer is there."""
    head = f"GET {ASKED} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while True:
            writer.write(head)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.partition(b":")[2]))
    finally:
        writer.close()


async def _drip(port: int, token: str) -> None:
    """One connection: an image that never comes whole."""
    head = f"POST /infer HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: image/png\r\n"
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for byte in head.encode() + b"Content-Length: 1000000\r\n\r\n":
            writer.write(bytes([byte]))
            await writer.drain()
        while not writer.is_closing():
            writer.write(b"\x89")
            await writer.drain()
            await asyncio.sleep(_PAUSE_S)
    finally:
        writer.close()


async def _again(attack: Callable[[int, str], Coroutine[None, None, None]], port: int, token: str) -> None:
    """Connects anew when it is thrown out."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            await attack(port, token)
        await asyncio.sleep(_PAUSE_S)


async def attack(how: str, port: int, token: str) -> None:
    """For ever. how: flood or slow."""
    kind, count = (_flood, _FLOODING) if how == "flood" else (_drip, _SLOW)
    await asyncio.gather(*(_again(kind, port, token) for _ in range(count)))


if __name__ == "__main__":
    os.nice(19)
    asyncio.run(attack(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
