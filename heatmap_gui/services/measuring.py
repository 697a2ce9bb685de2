"""One measurement: cameras in, a folder of results out. The same loops for files, for the demo and for live cameras."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from heatmap_gui.core.errors import HeatmapError, InputError, UnavailableError
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.protocols import Detector, Source
from heatmap_gui.core.types import Bucket, Frame, Observation
from heatmap_gui.loops import Handoff, Latest, Loops, Spawner, spawn_thread
from heatmap_gui.services.annotating import AnnotatedVideos
from heatmap_gui.services.cameras import CameraState, ReaderLoop, Sampler, merge, read_file
from heatmap_gui.services.detecting import DetectLoop, Run, batched, newest
from heatmap_gui.services.inputs import detector_for, labels_of, open_sources, opener, scaled
from heatmap_gui.services.measurement import Measurement, Progress
from heatmap_gui.services.results import Origin, Results
from heatmap_gui.store.files import write_atomically

SAVE_EVERY_S = 60.0
_POLL_S = 0.1
LAG_S = 2.0
_LEAST_ROOM = 1 << 16  # bytes


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Makes the folder and tries it, better now than after hours of measuring; a new one that stays empty goes."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder}: no folder can be made there: {error.strerror}: name another one") from None
        trial = folder / ".trial"
        write_atomically(trial, bytes(_LEAST_ROOM))
        trial.unlink(missing_ok=True)
        yield
    finally:
        for one in missing:
            with suppress(OSError):  # not empty, or never made
                one.rmdir()


def measure(
    order: Measurement,
    progress: Callable[[Progress], object] = lambda _: None,
    show: Callable[[Observation], object] | None = None,
    detector: Detector | None = None,
    *,
    stopping: threading.Event | None = None,
    spawn: Spawner = spawn_thread,
) -> dict[str, Any]:
    """Measures and returns the summary, which also lies in the folder with all else.

    detector: to take in place of the one that the order names; closed at the end like that. spawn: starts its loops.
    Raises InputError and UnavailableError before the folder is made, or when what was measured until then is written
    and marked partial. The wish to end is `stopping`; without it, and called by the main thread, Ctrl-C and SIGTERM:
    KeyboardInterrupt is raised when what was measured is written.
    """
    with ExitStack() as stack:
        sources = open_sources(order, stack)
        projections = {c: Projection.of(order.site.floor, order.site.camera(c), s.size) for c, s in sources.items()}
        detector = detector or detector_for(order, sources, projections)
        stack.callback(detector.close)
        run = _Run(order, sources, projections, detector, spawn)
        stop = stopping or stack.enter_context(_stopped_by_signals())
        stack.enter_context(_made(order.out))
        shows = [] if show is None else [show]
        if order.annotate:
            shows.append(stack.enter_context(AnnotatedVideos(order.out)).show)
        return run.measure(stop, progress, shows)


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set instead of raising, so that nothing is interrupted while it is written."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Run:
    """The parts of one measurement while it runs."""

    def __init__(
        self,
        order: Measurement,
        sources: dict[str, Source],
        projections: dict[str, Projection],
        detector: Detector,
        spawn: Spawner,
    ) -> None:
        self.order, self.sources, self.detector = order, sources, detector
        self._spawn = spawn
        self.live = order.realtime or any(source.live for source in sources.values())
        self.began = time.time()
        self.start = order.start if order.start is not None else (self.began if self.live else 0.0)
        if order.start is not None and any(source.live for source in sources.values()):
            raise InputError("a start is for files: pictures of cameras are stamped as they arrive: leave it out")
        self.states = {camera: CameraState() for camera in sources}
        self.samplers = {c: Sampler(order.site.camera(c).fps_target, order.frame_skip) for c in sources}
        self.pipeline = Pipeline(
            order.site,
            projections,
            labels_of(order, sources, detector),
            strong=order.confidence,
            lag_s=0.0 if self.live else LAG_S,
            period_s=min(self.samplers[c].period_s(s.fps) for c, s in sources.items()),
        )
        origin = Origin(
            site=order.site,
            detector=detector,
            states=self.states,
            start=self.start,
            began=self.began,
            confidence=order.confidence,
            warnings=order.site.warnings + tuple(scaled(order.site, projections)),
        )
        self.results = Results(order.out, origin, self.pipeline)

    def measure(
        self,
        stop: threading.Event,
        progress: Callable[[Progress], object],
        shows: Sequence[Callable[[Observation], object]],
    ) -> dict[str, Any]:
        records: SimpleQueue[Bucket] = SimpleQueue()
        with Loops(self._spawn) as loops:
            batches = self._live(loops) if self.live else self._files(loops)
            run = Run(self.pipeline, self.states, records.put, shows, classes=self.order.classes)
            loops.start("detect", DetectLoop(batches, self.detector, run))
            self._watch(loops, stop, records, progress)
            interrupted = loops.running("detect") and loops.failure is None
            stuck = loops.stop()
        if "detect" not in stuck:
            for bucket in self.pipeline.take(everything=True):
                records.put(bucket)
        self._drain(records)
        return self._finish(interrupted, loops.failure)

    def _finish(self, interrupted: bool, failure: BaseException | None) -> dict[str, Any]:
        """Writes what there is, and says why there is no more."""
        if not any(state.processed for state in self.states.values()):
            if failure is not None:
                raise failure
            if interrupted:
                raise KeyboardInterrupt
            raise self._nothing()
        cut = [camera for camera, state in self.states.items() if state.truncated]
        summary = self._save(partial=bool(interrupted or failure or cut))
        if failure is not None:
            raise failure
        if interrupted:
            raise KeyboardInterrupt
        if cut:
            raise UnavailableError(
                f"camera {', '.join(cut)}: the video is damaged or cut off; what could be read was measured, "
                f"marked partial, and lies in {self.order.out}: copy the video again for the rest"
            )
        return summary

    def _nothing(self) -> HeatmapError:
        lost = [state.error for state in self.states.values() if state.error]
        if lost:
            return UnavailableError(lost[0])
        return InputError("no frame was measured: the duration, the offsets or fps_target leave none")

    def _watch(
        self,
        loops: Loops,
        stop: threading.Event,
        records: SimpleQueue[Bucket],
        progress: Callable[[Progress], object],
    ) -> None:
        """Takes in facts, saves them every minute and tells how far it is, until the end or until told to stop."""
        save_at = time.monotonic() + SAVE_EVERY_S
        while loops.running("detect") and loops.failure is None and not stop.is_set():
            loops.stopping.wait(_POLL_S)
            self._drain(records)
            progress(self._progress())
            if time.monotonic() >= save_at:
                self._save(partial=True)
                save_at = time.monotonic() + SAVE_EVERY_S
        progress(self._progress())

    def _drain(self, records: SimpleQueue[Bucket]) -> None:
        while not records.empty():
            self.results.add(records.get())

    def _save(self, *, partial: bool) -> dict[str, Any]:
        ended = max((state.last_at for state in self.states.values() if state.last_at is not None), default=self.start)
        return self.results.save(time.time(), partial=partial, ended=ended)

    def _files(self, loops: Loops) -> Iterator[list[Frame]]:
        """Every frame of files, a reader thread each, merged by media time."""
        until_s = float("inf") if self.order.duration_s is None else self.order.duration_s
        cameras: list[Handoff[Frame]] = []
        for camera, source in self.sources.items():
            offset_s = self.order.site.camera(camera).offset_s
            frames = read_file(
                source, self.samplers[camera], self.states[camera], start=self.start, offset_s=offset_s, until_s=until_s
            )
            handoff: Handoff[Frame] = Handoff(loops.stopping)
            loops.start(f"read-{camera}", partial(_feed, handoff, frames))
            cameras.append(handoff)
        return batched(merge(cameras), self.detector.batch)

    def _live(self, loops: Loops) -> Iterator[list[Frame]]:
        """The newest frames of cameras, a reader thread each; files are paced as if they were cameras."""
        arrived = threading.Event()
        slots: dict[str, Latest[Frame]] = {}
        for camera, source in self.sources.items():
            slots[camera] = Latest(arrived)
            known = self.order.site.camera(camera)
            reader = ReaderLoop(
                opener(known),
                slots[camera],
                self.samplers[camera],
                self.states[camera],
                first=source,
                start=self.start,
                offset_s=known.offset_s,
            )
            loops.start(f"read-{camera}", reader)
        until = float("inf") if self.order.duration_s is None else time.time() + self.order.duration_s
        reading = partial(any_running, loops, [f"read-{camera}" for camera in slots])
        return newest(slots, arrived, loops.stopping, until, reading, start=self.start)

    def _progress(self) -> Progress:
        """By the camera that is farthest behind."""
        frames = sum(state.processed for state in self.states.values())
        if self.order.duration_s is not None:
            ats = [state.last_at for state in self.states.values()]
            done_s = min(at - self.start if at is not None else 0.0 for at in ats)
            return Progress(min(1.0, done_s / self.order.duration_s), frames, self.states)
        lengths = {camera: source.frames for camera, source in self.sources.items()}
        if self.live or not all(lengths.values()):
            return Progress(None, frames, self.states)
        return Progress(min(1.0, min(self.states[c].read / n for c, n in lengths.items() if n)), frames, self.states)


def _feed(handoff: Handoff[Frame], frames: Generator[Frame], _stopping: threading.Event) -> None:
    """The loop of a file's reader, which also closes the file."""
    with closing(frames):
        handoff.feed(frames)


def any_running(loops: Loops, names: list[str]) -> bool:
    return any(loops.running(name) for name in names)
