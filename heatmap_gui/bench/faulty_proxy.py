"""A TCP proxy on loopback in front of an RTSP server, which breaks in many ways while it runs."""

from __future__ import annotations

import asyncio
import random
import socket
import threading
from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

from heatmap_gui.bench.rtsp_units import Numbering, begins_key_frame, is_media, is_packet, next_unit, of_key_frame

Fault = Literal[
    "refuse",  # nobody listens
    "half-open",  # the host is gone: nothing comes over what is open, and nobody answers a new connection
    "mute",  # connections are cut, new ones accepted and never answered
    "unauthorized",  # connections are cut, new ones answered with 401
    "stall",  # pictures stop, everything else goes on
    "trickle",  # a byte now and then
    "flood",  # what was sent before comes again and again, as fast as it goes
    "garbage",  # random bytes
    "corrupt",  # bytes of pictures are changed
    "smear",  # key frames are lost, and some of the other packets
    "jump",  # times jump an hour ahead
    "jump-back",
    "wrap",  # times run over their 32 bits
    "cut",  # connections are cut, once
]
_CUTTING = ("refuse", "mute", "unauthorized", "cut")
_HOST = "127.0.0.1"
_TRICKLE_S = 0.25  # a byte
_FLOOD_PAUSE_S = 0.0005  # a packet
_KEPT_UNITS = 400
_LOST_SHARE = 0.3
_JUMPS_S = {"jump": 3600.0, "jump-back": -3600.0}
_WRAP_IN_S = 1.0
_BREAKS = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class FaultyProxy:
    """What is behind it is `mount`. `inject` may be called by any thread while it serves.

    ports: of each mount's server. tries: connections that were accepted so far.
    """

    def __init__(self, ports: Mapping[str, int], mount: str) -> None:
        self.mount = self._asked = mount
        self.fault: Fault | None = None
        self.tries = 0
        self.ports = ports
        self._links: set[_Link] = set()
        self._listener: asyncio.Server | None = None
        self._deaf: list[socket.socket] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kept = _bound(0)  # never listens: the port stays ours while nobody does
        self.port = int(self._kept.getsockname()[1])
        self.url = f"rtsp://someone:secret@{_HOST}:{self.port}/{mount}"

    def inject(self, fault: Fault | None = None, mount: str | None = None) -> None:
        """Break it soon; None: whole again. mount: what is behind it from its next key frame on, for all who watch."""
        assert self._loop is not None, "it is not served"
        asyncio.run_coroutine_threadsafe(self._change(fault, mount), self._loop)

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._listen()

    async def close(self) -> None:
        await self._silence()
        self._kept.close()
        for link in tuple(self._links):
            link.cut()
        await asyncio.gather(*(link.task for link in self._links if link.task), return_exceptions=True)

    async def _change(self, fault: Fault | None, mount: str | None) -> None:
        before, self.fault = self.fault, fault
        if fault in _CUTTING or before == "half-open":
            for link in tuple(self._links):
                link.cut()
        if (before in ("refuse", "half-open")) != (fault in ("refuse", "half-open")):
            await self._silence()
            await self._listen()
        for link in tuple(self._links):
            link.begin(fault)
        if mount is not None and mount != self.mount:
            self.mount = mount
            if fault not in _CUTTING:
                await asyncio.gather(*(link.splice(mount) for link in self._links))

    async def _listen(self) -> None:
        if self.fault == "half-open":
            self._deaf = [_bound(self.port)]
            self._deaf[0].listen(0)
            for _ in range(2):  # fill its queue: from then on the kernel does not answer
                filler = socket.socket()
                filler.setblocking(False)
                filler.connect_ex((_HOST, self.port))
                self._deaf.append(filler)
        elif self.fault != "refuse":
            self._listener = await asyncio.start_server(self._accept, sock=_bound(self.port))

    async def _silence(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for deaf in self._deaf:
            deaf.close()
        self._deaf = []

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tries += 1
        link = _Link(self, reader, writer)
        self._links.add(link)
        link.task = asyncio.current_task()
        try:
            with suppress(*_BREAKS):
                await link.serve(self._asked)
        finally:
            self._links.discard(link)
            link.cut()


def _bound(port: int) -> socket.socket:
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((_HOST, port))
    return bound


class _Link:
    """One connection of a client, and what is behind it."""

    def __init__(self, proxy: FaultyProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.task: asyncio.Task[Any] | None = None
        self._proxy, self._reader, self._writer = proxy, reader, writer
        self._numbering = Numbering()
        self._recent: deque[bytes] = deque(maxlen=_KEPT_UNITS)
        self._random = random.Random(proxy.port)
        self._behind: list[asyncio.StreamWriter] = []
        self._splice: asyncio.Task[None] | None = None
        self._renumbered = False

    def cut(self) -> None:
        for writer in (self._writer, *self._behind):
            writer.transport.abort()
        if self._splice is not None:
            self._splice.cancel()

    def begin(self, fault: Fault | None) -> None:
        """What a fault does once."""
        if fault in _JUMPS_S:
            self._numbering.jump(_JUMPS_S[fault])
        elif fault == "wrap":
            self._numbering.wrap_in(_WRAP_IN_S)
        self._renumbered = self._renumbered or fault in ("jump", "jump-back", "wrap", "flood", "smear")

    async def serve(self, asked: str) -> None:
        self._asked = asked
        if self._proxy.fault == "mute":
            await self._reader.read(-1)
        elif self._proxy.fault == "unauthorized":
            await self._refuse()
        else:
            reader, writer = await asyncio.open_connection(_HOST, self._proxy.ports[self._proxy.mount])
            self._behind.append(writer)
            await _first_ends(self._up(writer), self._down(reader))

    async def _refuse(self) -> None:
        while request := await self._reader.readuntil(b"\r\n\r\n"):
            number = next(line for line in request.split(b"\r\n") if line.lower().startswith(b"cseq:"))
            self._writer.write(
                b'RTSP/1.0 401 Unauthorized\r\n%s\r\nWWW-Authenticate: Basic realm="cam"\r\n\r\n' % number
            )

    async def _up(self, server: asyncio.StreamWriter) -> None:
        while data := await self._reader.read(1 << 16):
            if self._proxy.fault != "half-open":
                server.write(data.replace(f"/{self._asked}".encode(), f"/{self._proxy.mount}".encode()))

    async def _down(self, reader: asyncio.StreamReader) -> None:
        while unit := await next_unit(reader):
            if is_packet(unit) and self._splice is not None:
                continue
            await self._pass(unit)

    async def splice(self, mount: str) -> None:
        """Pictures come from another mount, from its next key frame on; the client notices nothing else."""
        reader, writer = await asyncio.open_connection(_HOST, self._proxy.ports[mount])
        self._behind.append(writer)
        await _play(reader, writer, f"rtsp://{_HOST}:{self._proxy.ports[mount]}/{mount}")
        while not begins_key_frame(unit := await next_unit(reader)):
            pass
        if self._splice is not None:
            self._splice.cancel()
        self._numbering.join()
        self._renumbered = True
        self._splice = asyncio.create_task(self._forward(unit, reader))

    async def _forward(self, unit: bytes, reader: asyncio.StreamReader) -> None:
        with suppress(*_BREAKS):
            while True:
                await self._pass(unit)
                unit = await next_unit(reader)

    async def _pass(self, unit: bytes) -> None:
        """One unit on its way to the client, as far as the fault lets it."""
        fault = self._proxy.fault
        if is_packet(unit) and not is_media(unit) and self._renumbered:
            return  # RTCP tells of times that are not ours any more
        if is_media(unit):
            if fault in ("stall", "half-open"):
                return
            if fault == "smear" and (of_key_frame(unit) or self._random.random() < _LOST_SHARE):
                return
            unit = self._numbering.number(unit)
            self._recent.append(unit)
        if fault == "half-open":
            return
        if fault == "garbage":
            unit = self._random.randbytes(len(unit))
        elif fault == "corrupt" and is_media(unit):
            unit = self._spoilt(unit)
        if fault == "trickle":
            await self._trickle(unit)
        elif fault == "flood" and is_media(unit):
            await self._flood()
        else:
            self._writer.write(unit)
            await self._writer.drain()

    def _spoilt(self, unit: bytes) -> bytes:
        spoilt = bytearray(unit)
        for _ in range(1 + len(unit) // 100):
            if len(unit) > 40:
                spoilt[self._random.randrange(30, len(unit))] ^= self._random.randrange(1, 256)
        return bytes(spoilt)

    async def _trickle(self, unit: bytes) -> None:
        for number in range(len(unit)):
            if self._proxy.fault != "trickle":
                self._writer.write(unit[number:])
                break
            self._writer.write(unit[number : number + 1])
            await asyncio.sleep(_TRICKLE_S)

    async def _flood(self) -> None:
        while self._proxy.fault == "flood":
            self._numbering.join()
            for unit in tuple(self._recent):
                self._writer.write(self._numbering.number(unit))
                await self._writer.drain()
                await asyncio.sleep(_FLOOD_PAUSE_S)
        self._numbering.join()


async def _first_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Runs all until one ends, however it ends."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, url: str) -> None:
    """Asks a server for the pictures of a mount."""

    async def ask(number: int, request: str, *heads: str) -> str:
        writer.write("\r\n".join([f"{request} RTSP/1.0", f"CSeq: {number}", *heads, "", ""]).encode())
        while is_packet(answer := await next_unit(reader)):
            pass
        return answer.decode(errors="replace")

    await ask(1, f"DESCRIBE {url}", "Accept: application/sdp")
    answer = await ask(2, f"SETUP {url}/stream=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1")
    session = answer.partition("Session: ")[2].partition("\r\n")[0].partition(";")[0]
    await ask(3, f"PLAY {url}", f"Session: {session}", "Range: npt=0-")


class ProxyLoop:
    """Serves proxies until it is told to stop; a loop for a thread. `ready` is set once all of them listen."""

    def __init__(self, proxies: Sequence[FaultyProxy]) -> None:
        self.ready = threading.Event()
        self._proxies = proxies

    def __call__(self, stopping: threading.Event) -> None:
        asyncio.run(self._serve(stopping))

    async def _serve(self, stopping: threading.Event) -> None:
        for proxy in self._proxies:
            await proxy.open()
        self.ready.set()
        while not stopping.is_set():
            await asyncio.sleep(0.05)
        for proxy in self._proxies:
            await proxy.close()
