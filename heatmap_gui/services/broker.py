"""What is happening now, for all processes or for this one alone, where nobody else looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence

from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.work import Job
from heatmap_gui.services.bells import Bells

_MOST_CACHED = 10_000  # pictures' answers, above all: what was kept first goes first


class LocalBroker:
    """The twin inside this process, where nobody else looks: its bells and its cache. Meets protocols.Broker."""

    healthy = None
    trouble = ""
    connections = 0
    generation = 1

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._bells = Bells()
        self._cache: dict[str, tuple[str, float]] = {}
        self._live: dict[str, Mapping[str, str]] = {}
        self._caching = threading.Lock()

    def mirror(self, jobs: Sequence[Job]) -> None:
        """Nobody to show them to; so with the next two, and alerts."""

    def restore(self, waiting: Sequence[str]) -> None: ...

    def result(self, job: Job, detections: bytes) -> None: ...

    def live(self, store_name: str, fields: Mapping[str, str]) -> None:
        self._live[store_name] = dict(fields)

    def newest(self, store_name: str) -> Mapping[str, str]:
        return self._live.get(store_name, {})

    def alert(self, fields: Mapping[str, str]) -> None: ...

    def cache(self, key: str, text: str, keep_s: float | None = None) -> None:
        with self._caching:
            self._cache.pop(key, None)
            self._cache[key] = text, float("inf") if keep_s is None else self._clock() + keep_s
            while len(self._cache) > _MOST_CACHED:
                del self._cache[next(iter(self._cache))]

    def cached(self, key: str) -> str | None:
        text, until = self._cache.get(key, (None, 0.0))
        return text if self._clock() < until else None

    def ring(self, bell: str) -> None:
        self._bells.ring([bell])

    def wait(self, bells: Sequence[str], timeout_s: float) -> bool:
        return self._bells.wait(bells, timeout_s)

    def close(self) -> None:
        self._bells.close()


def open_broker(url: str, deployment: str) -> Broker:
    """The Redis at url, there or not; the twin inside this process when url is empty. deployment: the database's.

    Raises InputError on a url that is none, and on a Redis that shows another database.
    """
    if not url:
        return LocalBroker()
    from heatmap_gui.services.redis_broker import RedisBroker  # its client is large: most do without

    return RedisBroker(url, deployment)
