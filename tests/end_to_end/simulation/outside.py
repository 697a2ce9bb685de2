"""What simulated processes talk to: a Redis that shows jobs, an endpoint behind sockets, a folder of exports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from heatmap_gui.core.errors import TryLaterError, UnavailableError
from heatmap_gui.core.work import Delivery, Job, Status
from heatmap_gui.services.broker import LocalBroker
from tests.end_to_end.simulation.faults import Fault, Faults

_AWAY_S = 12.0
_HEAD = re.compile(rb"webhook-id: (?P<id>\S+)\r\n.*?Content-Length: (?P<length>\d+)\r\n\r\n", re.DOTALL)
_TAKEN = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
_ERROR = b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Outside:
    """received: bodies by delivery id, as often as they came. queue: ids that Redis shows as waiting.

    stall: makes the process that runs wait for so many seconds.
    """

    faults: Faults
    clock: Callable[[], float]
    stall: Callable[[float], None]
    received: defaultdict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    queue: set[str] = field(default_factory=set)
    generation: int = 1
    redis_back_at: float = 0.0
    database_back_at: float = 0.0

    def database_away(self, begins: bool) -> bool:
        """Whether it is; for a while, from when that begins."""
        if begins:
            self.database_back_at = self.clock() + _AWAY_S
        return self.clock() < self.database_back_at

    def take(self, delivery_id: str, body: bytes) -> None:
        self.received[delivery_id].append(body)


class SimulatedRedis(LocalBroker):
    """As one process sees it. What is sent while it is away is lost."""

    def __init__(self, outside: Outside) -> None:
        super().__init__(outside.clock)
        self._outside = outside
        self.generation = outside.generation

    def mirror(self, jobs: Sequence[Job]) -> None:
        def show() -> None:
            for job in jobs:
                (self._outside.queue.add if job.status == Status.QUEUED else self._outside.queue.discard)(job.id)

        if jobs:
            self._send(show)

    def restore(self, waiting: Sequence[str]) -> None:
        def show() -> None:
            self._outside.queue = set(waiting)

        self._send(show)

    def ring(self, bell: str) -> None:
        self._send(lambda: None)

    def _send(self, do: Callable[[], object]) -> None:
        here = self._outside
        fault = here.faults.at("redis")
        if fault == Fault.AWAY:
            here.redis_back_at = here.clock() + _AWAY_S
        if fault == Fault.FLUSHED:
            here.queue.clear()
            here.generation += 1
        if here.redis_back_at:
            if here.clock() < here.redis_back_at:
                return
            here.redis_back_at = 0.0
            here.generation += 1
        self.generation = here.generation
        do()


class SimulatedFolder:
    """Meets Sink: exports by name."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside

    def deliver(self, delivery: Delivery) -> str:
        fault = self._outside.faults.at("file")
        if fault == Fault.FULL:
            raise UnavailableError("exports: no space left")
        self._outside.take(delivery.id, delivery.body)
        return "written"

    def close(self) -> None: ...


class SimulatedSocket:
    """One connection to the endpoint."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._come = b""
        self._answer = b""

    def sendall(self, request: bytes) -> None:
        fault = self._outside.faults.at("send")
        if fault == Fault.RESET:
            raise ConnectionResetError
        if fault == Fault.TIMEOUT:
            self._outside.stall(10.0)
            raise TimeoutError
        head = _HEAD.search(request)
        assert head is not None and len(request) == head.end() + int(head["length"]), request
        self._outside.take(head["id"].decode(), request[head.end() :])
        self._answer = _TAKEN

    def recv(self, _: int) -> bytes:
        fault = self._outside.faults.at("answer")
        if fault == Fault.RESET:
            raise ConnectionResetError
        if fault == Fault.TIMEOUT:
            self._outside.stall(10.0)
            raise TimeoutError
        answer, self._answer = self._answer, b""
        if fault == Fault.ERROR:
            return _ERROR
        return b"\x00\xff\r\n\r\n" if fault == Fault.GARBAGE else answer

    def settimeout(self, _: float) -> None: ...

    def shutdown(self, _: int) -> None: ...

    def close(self) -> None: ...


def connecting(outside: Outside) -> Callable[..., SimulatedSocket]:
    """In place of services.addresses.connect."""

    def connect(host: str, port: int, *_: object) -> SimulatedSocket:
        if outside.faults.at("connect") == Fault.REFUSED:
            raise TryLaterError(f"{host}:{port} is not reached", answered=False)
        return SimulatedSocket(outside)

    return connect
