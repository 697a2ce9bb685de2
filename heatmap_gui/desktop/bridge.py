"""Between Qt and the rest: the engine's loops in QThreads, and work off the GUI thread.

Pictures are pulled by timers from the `Board`; only facts come by signal, and only to the GUI thread.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

from PyQt6.QtCore import QObject, QRunnable, QThread, QThreadPool, pyqtSignal

from heatmap_gui.core.errors import HeatmapError, UnavailableError
from heatmap_gui.loops import Worker

T = TypeVar("T")
_NICE = 5  # on a machine that is full a window that answers comes before a picture more
_SPAWN = multiprocessing.get_context("spawn")  # a copy of a process with threads would stand still
_POLL_S = 0.05
_log = logging.getLogger(__name__)


class DetectionWorker(QThread):
    """One loop of the engine, the same that runs headless in a `threading.Thread`."""

    def __init__(self, target: Callable[[], None], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._target = target

    def run(self) -> None:
        if sys.platform == "linux":  # where that is a thread's own, and of those that it starts
            me = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, me, max(_NICE, os.getpriority(os.PRIO_PROCESS, me)))
        self._target()

    def join(self, timeout: float | None = None) -> None:
        self.wait(0xFFFFFFFF if timeout is None else max(0, round(timeout * 1000)))

    def is_alive(self) -> bool:
        return self.isRunning()


def spawn_worker(target: Callable[[], None], name: str) -> Worker:
    """The console's spawner of loops (see `loops.Loops`)."""
    worker = DetectionWorker(target, name)
    worker.start()
    return worker


class _Answer(QObject):
    """Brings a result from a pool's thread to the GUI thread."""

    came = pyqtSignal(object, object)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], Any], answer: _Answer) -> None:
        super().__init__()
        self._work, self._answer = work, answer

    def run(self) -> None:
        try:
            result, error = self._work(), None
        except BaseException as caught:
            result, error = None, caught
        try:
            self._answer.came.emit(result, error)
        except RuntimeError:
            _log.debug("nobody waits for the answer any more")


def _apart(work: Callable[[], Any], answers: Connection) -> None:
    """The whole life of a process that `_run_apart` started."""
    try:
        answers.send((work(), None))
    except BaseException as error:
        if not isinstance(error, HeatmapError):
            error.add_note(traceback.format_exc())  # which does not travel
        answers.send((None, error))


def _run_apart(work: Callable[[], T], given_up: threading.Event) -> T:
    """`work()` of a process of its own, which ends at once when it is given up. Raises what it raised."""
    ours, theirs = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_apart, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        while not ours.poll(_POLL_S):
            if given_up.is_set():
                raise UnavailableError("given up")
        result, error = ours.recv()
    except EOFError:
        raise UnavailableError("the look ended without an answer: try again") from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if error is not None:
        raise error
    return cast("T", result)


class Background(QObject):
    """Runs functions off the GUI thread; what they return, or an expected failure, comes back on it.

    A bug in one goes to `sys.excepthook`, as one on the GUI thread does. Owned by the GUI thread.
    """

    def __init__(self, parent: QObject | None = None, threads: int = 3) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._answers: set[_Answer] = set()
        self._busy: set[str] = set()
        self._next: dict[str, Callable[[], None]] = {}
        self._apart: set[threading.Event] = set()

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[HeatmapError], object],
    ) -> None:
        """`done(work())` or `failed(error)`, later."""
        self._start(work, done, failed, lambda: None)

    def run_apart(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[HeatmapError], object],
    ) -> Callable[[], None]:
        """The same in a process of its own, for what may hang in a library -> what gives it up: it ends at once, and
        nothing comes of it. work: can be pickled.
        """
        given_up = threading.Event()
        self._apart.add(given_up)
        self._start(
            lambda: _run_apart(work, given_up),
            lambda result: None if given_up.is_set() else done(result),
            lambda error: None if given_up.is_set() else failed(error),
            lambda: self._apart.discard(given_up),
        )
        return given_up.set

    def newest(
        self,
        name: str,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[HeatmapError], object],
    ) -> None:
        """The same, where only the newest of a name matters: one runs, one waits, those between are left out."""
        if name in self._busy:
            self._next[name] = lambda: self.newest(name, work, done, failed)
            return
        self._busy.add(name)

        def ended() -> None:
            self._busy.discard(name)
            waiting = self._next.pop(name, None)
            if waiting is not None:
                waiting()

        self._start(work, done, failed, ended)

    def _start(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[HeatmapError], object],
        ended: Callable[[], object],
    ) -> None:
        """ended: called before the others, however it ended."""
        answer = _Answer()
        self._answers.add(answer)

        def came(result: T, error: BaseException | None) -> None:
            self._answers.discard(answer)
            ended()
            if isinstance(error, HeatmapError):
                failed(error)
            elif error is not None:
                sys.excepthook(type(error), error, error.__traceback__)
            else:
                done(result)

        answer.came.connect(came)
        self._pool.start(_Work(work, answer))

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for an answer."""
        return not self._answers

    def finish(self, longest_ms: int = 10_000) -> bool:
        """Waits for what runs, hears nothing of it. Whether all ended."""
        self._next.clear()
        for given_up in self._apart:
            given_up.set()
        for answer in self._answers:
            answer.came.disconnect()
        self._answers.clear()
        return self._pool.waitForDone(longest_ms)
