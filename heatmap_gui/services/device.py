"""The loop of a device: the newest frames of all runs through one detector, every camera in its turn."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.loops import Latest
from heatmap_gui.services.detecting import detect

_WAIT_S = 0.1
_SAVED_S = 1.0  # of the budget, that a quiet second leaves for the next one


class Feed(Protocol):
    """Cameras that want a detector: their slots by camera, and where what it finds goes.

    detector: one of their own, where what it does depends on the cameras; else the device's.
    """

    @property
    def slots(self) -> Mapping[str, Latest[Frame]]: ...

    @property
    def detector(self) -> Detector | None: ...

    def in_time(self, frames: list[Frame]) -> list[Frame]:
        """Those that are to be looked at, in the order of time."""
        ...

    def add(self, frames: Sequence[Frame], found: Sequence[Detections]) -> None: ...

    def fail(self, error: Exception) -> None:
        """It raised this, and is not looked at any more."""
        ...


@dataclass(eq=False)
class _Turns:
    """Whose turn it is: of the cameras that have something to show, those that waited longest."""

    served: dict[tuple[str, str], int] = field(default_factory=dict)
    rounds: int = 0

    def choose(self, feeds: Mapping[str, Feed], most: float) -> dict[str, list[Frame]]:
        """Up to `most` frames, by feed."""
        self.rounds += 1
        cameras = sorted(
            ((name, camera) for name, feed in feeds.items() for camera in feed.slots),
            key=lambda one: self.served.get(one, 0),
        )
        chosen: dict[str, list[Frame]] = {}
        for name, camera in cameras:
            if most < 1:
                break
            frame = feeds[name].slots[camera].take()
            if frame is not None:
                self.served[name, camera] = self.rounds
                chosen.setdefault(name, []).append(frame)
                most -= 1
        self.served = {one: at for one, at in self.served.items() if one[0] in feeds}
        return chosen


class DeviceLoop:
    """Owns the detector while it runs. Runs join and leave at any time, from any thread.

    What goes wrong in one run ends that one alone; what goes wrong in the detector ends the loop.
    budget: detections a second at the most, None: what the device can do. beat: called after each batch and round.
    clock: monotonic seconds.
    """

    def __init__(
        self,
        detector: Detector,
        *,
        budget: float | None = None,
        beat: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.detector = detector
        self.arrived = threading.Event()  # every slot of a feed that joins sets it
        self.detections = 0
        self._budget, self._beat, self._clock = budget, beat, clock
        self._feeds: dict[str, Feed] = {}
        self._door, self._round = threading.Lock(), threading.Lock()
        self._turns = _Turns()
        self._left, self._at = 0.0, clock()

    def join(self, name: str, feed: Feed) -> None:
        """Look at the cameras of this feed too."""
        with self._door, self._round:
            self._feeds[name] = feed

    def leave(self, name: str) -> None:
        """Not any more: when this returns, nothing of the feed is in use."""
        with self._door, self._round:
            self._feeds.pop(name, None)

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            if self.arrived.wait(_WAIT_S):
                self.arrived.clear()
                while not stopping.wait(self._pause_s()) and self.step():
                    self._beat()
            self._beat()

    def step(self) -> int:
        """One round -> how many frames were taken."""
        with self._door:
            pass  # a lock is not fair: who waits for the end of a round would wait for many
        with self._round:
            chosen = self._turns.choose(self._feeds, self._room())
            work: list[tuple[str, Feed, list[Frame]]] = []
            for name, frames in chosen.items():
                with self._alone(name) as feed:
                    work.append((name, feed, feed.in_time(frames)))
            shared = [frame for _, feed, frames in work if feed.detector is None for frame in frames]
            found = dict(zip(map(id, shared), self._detect(shared), strict=True))
            for name, _, frames in work:
                with self._alone(name) as feed:
                    own = feed.detector
                    feed.add(frames, [found[id(f)] for f in frames] if own is None else detect(own, frames))
            done = sum(len(frames) for *_, frames in work)
            self.detections += done
            self._left -= done
            return sum(map(len, chosen.values()))

    @contextmanager
    def _alone(self, name: str) -> Iterator[Feed]:
        """The feed of this name, which leaves when it raises."""
        feed = self._feeds[name]
        try:
            yield feed
        except Exception as error:
            del self._feeds[name]
            feed.fail(error)

    def _detect(self, frames: list[Frame]) -> Iterable[Detections]:
        size = max(1, self.detector.batch)
        for first in range(0, len(frames), size):
            yield from detect(self.detector, frames[first : first + size])
            self._beat()

    def _room(self) -> float:
        """How many frames the budget has room for; what is not used up is soon lost."""
        if self._budget is None:
            return math.inf
        now = self._clock()
        self._left = min(self._left + self._budget * (now - self._at), max(1.0, self._budget * _SAVED_S))
        self._at = now
        return self._left

    def _pause_s(self) -> float:
        """Until there is room for a frame."""
        return 0.0 if self._budget is None else max(0.0, 1 - self._room()) / self._budget
