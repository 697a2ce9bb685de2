"""Between Qt and the rest: the engine's loops in QThreads, and work off the GUI thread.

Pictures are pulled by timers from the `Board`; only facts come by signal, and only to the GUI thread.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, QRunnable, QThread, QThreadPool, pyqtSignal

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.loops import Worker

T = TypeVar("T")
_log = logging.getLogger(__name__)


class DetectionWorker(QThread):
    """One loop of the engine, the same that runs headless in a `threading.Thread`."""

    def __init__(self, target: Callable[[], None], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._target = target

    def run(self) -> None:
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

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[HeatmapError], object],
    ) -> None:
        """`done(work())` or `failed(error)`, later."""
        self._start(work, done, failed, lambda: None)

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

    def finish(self, longest_ms: int = 10_000) -> bool:
        """Waits for what runs, hears nothing of it. Whether all ended."""
        self._next.clear()
        for answer in self._answers:
            answer.came.disconnect()
        self._answers.clear()
        return self._pool.waitForDone(longest_ms)
