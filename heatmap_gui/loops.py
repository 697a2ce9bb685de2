"""The only place that starts threads, and the two ways in which pictures travel between them.

`Latest` for live pictures (the newest wins, what nobody took is counted), `Handoff` for files (nothing is lost, the
producer waits). A loop is a function that takes the stop event and returns soon after it is set.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

T = TypeVar("T")
Loop = Callable[[threading.Event], None]
_log = logging.getLogger(__name__)
_POLL_S = 0.1  # how late a blocked thread may notice that it should stop


class Worker(Protocol):
    """A running thread, whoever made it: threading.Thread, or a QThread behind the same two methods."""

    def join(self, timeout: float | None = None) -> None: ...

    def is_alive(self) -> bool: ...


Spawner = Callable[[Callable[[], None], str], Worker]


def spawn_thread(target: Callable[[], None], name: str) -> Worker:
    """The headless spawner."""
    thread = threading.Thread(target=target, name=name, daemon=True)
    thread.start()
    return thread


class Loops:
    """Starts loops, notices the first that fails, and stops all of them within one time budget.

    `stopping` is the event that every loop gets. As a context manager it stops on the way out.
    """

    def __init__(self, spawn: Spawner = spawn_thread, budget_s: float = 10.0) -> None:
        self.stopping = threading.Event()
        self._spawn = spawn
        self._budget_s = budget_s
        self._workers: dict[str, Worker] = {}
        self._failure: BaseException | None = None

    def start(self, name: str, loop: Loop) -> None:
        """Run `loop(stopping)` in a thread of this (unique) name."""
        if name in self._workers:
            raise ValueError(f"a loop named {name} was started before")
        self._workers[name] = self._spawn(lambda: self._supervise(name, loop), name)

    def _supervise(self, name: str, loop: Loop) -> None:
        try:
            loop(self.stopping)
        except BaseException as error:
            _log.debug("loop %s failed", name, exc_info=True)
            self._failure = self._failure or error
            self.stopping.set()

    def wait(self) -> None:
        """Block until every loop has returned or one has failed; raises what it raised. Ctrl-C gets through."""
        while self._alive() and not self.stopping.is_set():
            self.stopping.wait(_POLL_S)
        self.check()

    @property
    def failure(self) -> BaseException | None:
        """What the first loop that failed raised."""
        return self._failure

    def check(self) -> None:
        """Raise the first failure of a loop, if there was one."""
        if self._failure is not None:
            raise self._failure

    def stop(self) -> tuple[str, ...]:
        """Ask every loop to return and wait, all together no longer than the budget. The names of those that stayed."""
        self.stopping.set()
        deadline = time.monotonic() + self._budget_s
        for worker in self._workers.values():
            worker.join(max(0.0, deadline - time.monotonic()))
        stuck = self._alive()
        if stuck:
            _log.warning("still running after %.0f s: %s", self._budget_s, ", ".join(stuck))
        return stuck

    def running(self, name: str) -> bool:
        """Has this loop been started, and not returned yet?"""
        return name in self._workers and self._workers[name].is_alive()

    def _alive(self) -> tuple[str, ...]:
        return tuple(name for name, worker in self._workers.items() if worker.is_alive())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Latest(Generic[T]):
    """A slot for one value: putting never waits, taking empties it. `skipped` counts what was overwritten untaken.

    `arrived`, which several slots may share, is set at each put: one taker can wait for whichever comes first.
    """

    def __init__(self, arrived: threading.Event | None = None) -> None:
        self.skipped = 0
        self._arrived = arrived
        self._filled = threading.Condition()
        self._value: tuple[T] | None = None

    def put(self, value: T) -> None:
        """Make this the newest value."""
        with self._filled:
            self.skipped += self._value is not None
            self._value = (value,)
            self._filled.notify()
        if self._arrived is not None:
            self._arrived.set()

    def take(self, timeout_s: float = 0.0) -> T | None:
        """The newest value, or None when none came within the time."""
        with self._filled:
            self._filled.wait_for(lambda: self._value is not None, timeout_s)
            taken, self._value = self._value, None
        return None if taken is None else taken[0]


class Handoff(Generic[T]):
    """A bounded queue from one thread to another that loses nothing: `put` waits for room, iteration for values.

    The producer ends it by `close`; its error, if any, is raised to the consumer after the values before it. Both
    sides end soon after `stopping` is set, whatever is still inside.
    """

    def __init__(self, stopping: threading.Event, size: int = 8) -> None:
        self._stopping = stopping
        self._size = size
        self._values: deque[T] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._error: BaseException | None = None

    def put(self, value: T) -> bool:
        """Append when there is room. False: everything is stopping, do not go on."""
        with self._changed:
            if not self._wait_until(lambda: len(self._values) < self._size):
                return False
            self._values.append(value)
            self._changed.notify_all()
        return True

    def close(self, error: BaseException | None = None) -> None:
        """No more values will come; `error` says why there should have been more."""
        with self._changed:
            self._closed, self._error = True, error
            self._changed.notify_all()

    def feed(self, values: Iterable[T]) -> None:
        """The whole producer: put all values, then close; an error while making them goes to the consumer."""
        try:
            for value in values:
                if not self.put(value):
                    break
        except BaseException as error:
            self.close(error)
        else:
            self.close()

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        with self._changed:
            if not self._wait_until(lambda: bool(self._values) or self._closed):
                raise StopIteration
            if self._values:
                value = self._values.popleft()
                self._changed.notify_all()
                return value
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        raise StopIteration

    def _wait_until(self, ready: Callable[[], bool]) -> bool:
        """Wait for `ready`, which the lock protects; False once everything is stopping."""
        while not self._stopping.is_set():
            if self._changed.wait_for(ready, _POLL_S):
                return True
        return False
