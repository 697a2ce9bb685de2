"""Loops that bring pictures in: a reader a camera, and the merge of files by media time."""

from __future__ import annotations

import heapq
import logging
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from heatmap_gui.core.errors import DeniedError, HeatmapError, InputError, UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import Frame
from heatmap_gui.loops import Latest
from heatmap_gui.services.conditions import MEASURED, CameraStatus, Condition, Patience, Rate
from heatmap_gui.services.watchdog import Calibrated, PictureWatch

_log = logging.getLogger(__name__)
SAME_INSTANT_S = 1e-3
_SILENT_S = 4.5  # without a frame; the sources' own deadlines are shorter, but a library may hang
_SILENT_FRAMES = 3.0
_LATE_S, _SELDOM_S = 0.3, 0.5  # a file's frames: too late to be live; but one so often, however late


class _ChangedError(UnavailableError):
    """The camera sends what its calibration is not for."""


@dataclass(slots=True)
class CameraState:
    """What one camera does, for anybody to read; each field has one thread that writes it. Times are Unix times."""

    # its reader
    read: int = 0  # frames that the source delivered
    truncated: bool = False
    condition: Condition = field(default_factory=lambda: Condition(CameraStatus.CONNECTING, time.time()))
    fps: float = 0.0  # as they come
    nominal_fps: float | None = None  # as announced
    retries: int = 0  # tries that failed since the last frame
    retry_at: float | None = None  # the next try
    frame_at: float | None = None  # the last frame came, whatever it shows
    good_at: float | None = None  # the last frame that was fit to be measured
    # who places what is seen
    unfit: Condition | None = None
    # whoever looks at it
    hurry: bool = False  # the next try is wanted now (see `impatience`)
    believed: bool = False  # what it shows now is its view, wherever it looked before
    unwanted: bool = False  # its reader shall end
    # the detect loop
    processed: int = 0
    first_at: float | None = None
    last_at: float | None = None

    def seen(self, now: float) -> Condition:
        """How it is: what its reader said last, unless its frames do not fit, or none came for too long."""
        said = self.condition
        if self.unfit is not None:
            return self.unfit
        age_s = self.age_s(now)
        most_s = max(_SILENT_S, _SILENT_FRAMES / self.fps if self.fps else 0.0)
        alive = said.status not in (CameraStatus.CONNECTING, CameraStatus.LOST, CameraStatus.DENIED)
        if alive and age_s is not None and age_s > most_s and said.status is not CameraStatus.SUSPENDED:
            return Condition(CameraStatus.LOST, now - age_s, f"no frame for {most_s:.0f} s; check camera and network")
        return said

    def age_s(self, now: float) -> float | None:
        """Seconds since the last frame came."""
        return None if self.frame_at is None else max(0.0, now - self.frame_at)

    def suspend(self, reason: str) -> None:
        """Its frames are of no use until somebody changes what they are compared with."""
        self.unfit = Condition(CameraStatus.SUSPENDED, time.time(), reason)

    @property
    def error(self) -> str | None:
        """Why its frames are not measured now, if they are not."""
        bad = self.unfit or self.condition
        return bad.reason or None if bad.status not in MEASURED else None

    def document(self) -> dict[str, Any]:
        """For machines."""
        now = time.time()
        seen, age_s = self.seen(now), self.age_s(now)
        return {
            "status": str(seen.status),
            "since": round(seen.since, 3),
            "reason": seen.reason,
            "fps": round(self.fps, 1),
            "age_s": None if age_s is None else round(age_s, 1),
            "retries": self.retries,
            "last_good": None if self.good_at is None else round(self.good_at, 3),
        }


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
    state.condition, state.fps = Condition(CameraStatus.OK, time.time()), source.fps or 0.0
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
    """Reads a live camera into a slot, newest wins, and tries again when it is lost; `state` says how it is.

    What it shows is looked at (`PictureWatch`), and no picture that is not to be trusted gets into the slot. The site's
    geometry is for the size and codec of the first connection: with others the camera is suspended until they are back.
    first: where it is open already; open_source: opens it anew. A file is paced as if it were a camera: its frames
    come, and are stamped, offset_s + media time after start (Unix time), those that there is no time for are left out,
    and its last one ends the loop.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        slot: Latest[Frame],
        sampler: Sampler,
        state: CameraState,
        *,
        first: Source | None = None,
        start: float,
        offset_s: float = 0.0,
    ) -> None:
        self._open, self._slot, self._sampler, self._state = open_source, slot, sampler, state
        self._first = first
        self._known: tuple[tuple[int, int], str] | None = None
        self._live = True
        self._start, self._offset_s = start, offset_s
        self._ahead_s = start - time.time()  # of the times asked for, before the clock on the wall
        self._patience = Patience()
        self._pictures = PictureWatch()
        self.calibrated: Calibrated | None = None  # written by whoever has the site

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                if self._once(stopping):
                    return
            except HeatmapError as error:
                if not self._live:
                    raise
                stopping.wait(self._fail(error))

    def _fail(self, error: HeatmapError) -> float:
        """Says why -> seconds until the next try."""
        wait_s = self._patience.fail(error)
        reason = error.message
        if isinstance(error, DeniedError):
            reason += f"; the next try is in {wait_s:.0f} s, so that the account is not locked"
        denied, changed = isinstance(error, DeniedError), isinstance(error, _ChangedError)
        self._turn(CameraStatus.DENIED if denied else CameraStatus.SUSPENDED if changed else CameraStatus.LOST, reason)
        self._state.retries, self._state.retry_at = self._patience.tries, time.time() + wait_s
        return wait_s

    def _turn(self, status: CameraStatus, reason: str = "") -> None:
        """Writes the condition where it is another one."""
        before = self._state.condition
        if (status, reason) == (before.status, before.reason):
            return
        since = before.since if status is before.status else time.time()
        self._state.condition = Condition(status, since, reason)
        if status is not before.status and before.status is not CameraStatus.CONNECTING:
            _log.warning("%s", reason or f"pictures are back after {time.time() - before.since:.0f} s")
        elif reason:
            _log.warning("%s", reason)

    def _once(self, stopping: threading.Event) -> bool:
        """Opens and reads until the camera is lost (by exception) or a file ends. True: nothing more is to come."""
        source, self._first = self._first or self._open(), None
        self._live = source.live
        try:
            self._check(source, (source.size, source.codec))
            return self._read(source, stopping)
        finally:
            self._state.truncated |= source.truncated
            source.close()

    def _check(self, source: Source, now: tuple[tuple[int, int], str]) -> None:
        """Raises _ChangedError where the camera does not send what it sent first."""
        self._known = self._known or now
        if now != self._known:
            words = (f"{size[0]}x{size[1]} {codec}".rstrip() for size, codec in (now, self._known))
            raise _ChangedError(
                "camera {}: its frames are {} now, they were {}: set it back, or calibrate it again".format(
                    source.camera, *words
                )
            )

    def _read(self, source: Source, stopping: threading.Event) -> bool:
        rate, taken_s = Rate(source.fps), -float("inf")
        self._state.nominal_fps = source.fps
        while not stopping.is_set() and (stamp := source.grab()) is not None:
            at = stamp[1] if source.live else self._start + self._offset_s + stamp[1]
            if not source.live and stopping.wait(max(0.0, at - self._ahead_s - time.time())):
                break
            rate.count(stamp[0], at, time.monotonic() if source.live else at)
            self._patience.succeed()
            state = self._state
            state.read += 1
            state.frame_at, state.fps, state.retries, state.retry_at = time.time(), rate.fps, 0, None
            # a file whose frames come quicker than anybody can draw them would be later and later
            late = not source.live and time.time() - (at - self._ahead_s) > _LATE_S
            if late and time.monotonic() - taken_s < _SELDOM_S:
                continue
            if at >= self._start and self._sampler.wants(at):
                self._take(source, at, rate.complaint)
                taken_s = time.monotonic()
        return True

    def _take(self, source: Source, at: float, complaint: str) -> None:
        """Into the slot with the frame grabbed last, if it can be trusted."""
        frame = replace(source.retrieve(), at=at)
        self._check(source, (frame.size, source.codec))
        bad = None
        if self._state.believed:
            self._state.believed, self._pictures = False, PictureWatch(self.calibrated)
        if source.live and frame.image is not None:
            bad = self._pictures.look(frame.image, at, damaged=frame.damaged, calibrated=self.calibrated)
        if bad is not None:
            self._turn(CameraStatus(bad.trouble), f"camera {source.camera}: {bad.reason}")
            return
        if complaint and source.live:
            self._turn(CameraStatus.IRREGULAR, f"camera {source.camera}: {complaint}")
        else:
            self._turn(CameraStatus.OK)
        self._state.good_at = time.time()
        self._slot.put(frame)
