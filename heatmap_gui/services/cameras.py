"""Loops that bring pictures in: a reader a camera, and the merge of files by media time."""

from __future__ import annotations

import heapq
import logging
import random
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from heatmap_gui.core.errors import HeatmapError, InputError, UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import Frame
from heatmap_gui.loops import Latest

_log = logging.getLogger(__name__)
SAME_INSTANT_S = 1e-3
_RETRY_S = (1.0, 30.0)  # from, to: the wait doubles with every failure


@dataclass(slots=True)
class CameraState:
    """What one camera did so far, for anybody to read; each field has one thread that writes it."""

    # its reader
    read: int = 0  # frames that the source delivered
    truncated: bool = False
    error: str | None = None
    retry_at: float | None = None  # monotonic time of the next try
    # the detect loop
    processed: int = 0
    first_at: float | None = None
    last_at: float | None = None


class Sampler:
    """Which frames are taken: no more than fps_target a second, and of those every frame_skip-th."""

    def __init__(self, fps_target: float | None, frame_skip: int) -> None:
        self._period_s = 0.0 if not fps_target else 1 / fps_target
        self._skip = max(1, frame_skip)
        self._due = -float("inf")
        self._count = 0

    def wants(self, at: float) -> bool:
        # A hundredth of a period forgives timestamps that are rounded.
        if at < self._due - 0.01 * self._period_s:
            return False
        late = at - self._due > self._period_s
        self._due = at + self._period_s if late else self._due + self._period_s
        self._count += 1
        return (self._count - 1) % self._skip == 0

    def period_s(self, fps: float | None) -> float:
        """Seconds between the frames taken of a source of so many frames a second."""
        return max(1 / fps if fps else 0.04, self._period_s) * self._skip


def read_file(
    source: Source, sampler: Sampler, state: CameraState, *, start: float, offset_s: float, until_s: float
) -> Generator[Frame]:
    """Every wanted frame of a file, stamped with `start` + offset + media time, up to until_s of the measurement."""
    try:
        while (stamp := source.grab()) is not None and stamp[1] + offset_s < until_s:
            state.read += 1
            if stamp[1] + offset_s >= 0 and sampler.wants(stamp[1]):
                yield _frame(source, start + offset_s + stamp[1])
    finally:
        state.truncated = source.truncated
        source.close()


def _frame(source: Source, at: float) -> Frame:
    """The frame grabbed last, stamped. All geometry is for one size: raises InputError when it changes."""
    frame = source.retrieve()
    if frame.size != source.size:
        was, now = ("x".join(map(str, size)) for size in (source.size, frame.size))
        raise InputError(f"camera {frame.camera}: frame {frame.index + 1} is {now}, the first was {was}: keep one size")
    return replace(frame, at=at)


def merge(cameras: Sequence[Iterable[Frame]]) -> Iterator[list[Frame]]:
    """Frames of several cameras in the order of time, those of one instant together; at most one a camera."""
    ordered = heapq.merge(*cameras, key=lambda frame: frame.at)
    group: list[Frame] = []
    for frame in ordered:
        same = group and frame.at - group[0].at <= SAME_INSTANT_S
        if group and not (same and all(frame.camera != other.camera for other in group)):
            yield group
            group = []
        group.append(frame)
    if group:
        yield group


class ReaderLoop:
    """Reads a live camera into a slot, newest wins; a camera that is lost is tried again with growing patience.

    first: where it is open already; open_source: opens it anew. A file is paced as if it were a camera: its frames
    come, and are stamped, offset_s + media time after start (Unix time), and its last one ends the loop.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        slot: Latest[Frame],
        sampler: Sampler,
        state: CameraState,
        *,
        first: Source,
        start: float,
        offset_s: float = 0.0,
    ) -> None:
        self._open, self._slot, self._sampler, self._state = open_source, slot, sampler, state
        self._first: Source | None = first
        self._live, self._size = first.live, first.size
        self._start, self._offset_s = start, offset_s
        self._ahead_s = start - time.time()  # of the times asked for, before the clock on the wall

    def __call__(self, stopping: threading.Event) -> None:
        wait_s = _RETRY_S[0]
        while not stopping.is_set():
            read = self._state.read
            try:
                if self._once(stopping):
                    return
            except HeatmapError as error:
                if not self._live:
                    raise
                _log.warning("%s", error.message)
                self._state.error = error.message
            if self._state.read > read:
                wait_s = _RETRY_S[0]
            self._state.retry_at = time.monotonic() + wait_s
            stopping.wait(wait_s * random.uniform(0.8, 1.2))
            wait_s = min(2 * wait_s, _RETRY_S[1])

    def _once(self, stopping: threading.Event) -> bool:
        """Opens and reads until the camera is lost (by exception) or a file ends. True: nothing more is to come."""
        source, self._first = self._first or self._open(), None
        try:
            if source.size != self._size:
                was, now = ("x".join(map(str, size)) for size in (self._size, source.size))
                raise UnavailableError(
                    f"camera {source.camera}: its frames are {now} now, they were {was}: set it back, or measure anew"
                )
            return self._read(source, stopping)
        finally:
            self._state.truncated |= source.truncated
            source.close()

    def _read(self, source: Source, stopping: threading.Event) -> bool:
        while not stopping.is_set() and (stamp := source.grab()) is not None:
            at = stamp[1] if source.live else self._start + self._offset_s + stamp[1]
            if not source.live and stopping.wait(max(0.0, at - self._ahead_s - time.time())):
                break
            self._state.read += 1
            self._state.error = self._state.retry_at = None
            if at >= self._start and self._sampler.wants(at):
                self._slot.put(_frame(source, at))
        return not source.live
