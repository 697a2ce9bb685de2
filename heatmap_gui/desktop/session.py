"""What the console works on: the stores, the one on screen with its edits, and the engine that measures them.

Files, SQL and the engine are touched on the threads of `Background` and on `DetectionWorker`s, never on the GUI thread.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from heatmap_gui.core.errors import HeatmapError, InputError, UnavailableError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.desktop.bridge import Background, DetectionWorker
from heatmap_gui.loops import Loop, Loops, Worker
from heatmap_gui.services.board import Board
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.drafts import Document, Draft
from heatmap_gui.services.measurement import Measurement
from heatmap_gui.services.passwords import Passwords
from heatmap_gui.store.files import write_atomically

if TYPE_CHECKING:
    from heatmap_gui.app import App
    from heatmap_gui.desktop.one_measurement import OneMeasurement

CONFIG = "production_config.json"
SITES = "calibration_data"
_ROLES = ("scheduler", "detector", "exporter", "alerts")
_SAVE_MS = 1000  # after an edit; what a crash may cost
_AGAIN_MS = 5000  # after a save that failed
_FILES_MS = 2000  # between two looks at the site file, and at what the engine says


class Session(QObject):
    """Of one window; owned by the GUI thread.

    site_changed: another store, or an edit of this one. saved: the words for the state of the file. refused: why an
    edit was not taken, in words. engine_changed: it starts, runs, stops or failed. trouble: what went wrong beside.
    mended: words of `trouble` that are not true any more.
    """

    site_changed = pyqtSignal()
    stores_changed = pyqtSignal()
    saved = pyqtSignal(str)
    refused = pyqtSignal(str)
    engine_changed = pyqtSignal()
    trouble = pyqtSignal(str)
    mended = pyqtSignal(str)
    told = pyqtSignal(str, str, object)

    def __init__(self, home: Path, config: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home, self.config = home, config or home / CONFIG
        self.background = Background(self)
        self.draft: Draft | None = None
        self._passwords = Passwords({})
        self.app: App | None = None
        self.once: OneMeasurement | None = None  # the one that runs, or was the last to
        self.engine_state = "off"  # starting, on, stopping, failed
        self.engine_error = ""
        self._stores = _stores_in(self.folder)
        self._boards: dict[str, Board] = {}
        self._loops: Loops | None = None
        self._again = False
        self._troubles: dict[str, str] = {}
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.timeout.connect(self.save)
        self._files_timer = QTimer(self)
        self._files_timer.timeout.connect(self._look)
        self._files_timer.start(_FILES_MS)

    # ---- stores

    @property
    def folder(self) -> Path:
        """Where the site files are."""
        return self.app.settings.calibration_dir if self.app is not None else self.config.parent / SITES

    @property
    def site(self) -> Site | None:
        return None if self.draft is None else self.draft.site

    def stores(self) -> list[str]:
        """The names of those that have a site file, as it was seen last."""
        return self._stores

    def _know(self, name: str) -> None:
        """There is one of this name, or will be in a moment."""
        self._have_stores(sorted({*self._stores, name}))

    def _have_stores(self, names: list[str]) -> None:
        if names != self._stores:
            self._stores = names
            self.stores_changed.emit()

    def open_store(self, name: str) -> None:
        """Shows this store; an open one is saved first."""
        self.save()
        self._know(name)
        path = self.folder / f"calibration_{name}.json"
        self.background.run(lambda: Draft(path), self._opened, lambda error: self.trouble.emit(error.message))

    def create_store(self, name: str, document: Document) -> None:
        """Writes the site file of a store that is new, and shows it; `refused` says why not."""
        self.save()
        self._know(name)
        path = self.folder / f"calibration_{name}.json"

        def write() -> Draft:
            if path.exists():
                raise InputError(f"there is a store named {name} already: give this one another name")
            read_site(document, path)
            with suppress(OSError):  # the write below says why
                path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, json.dumps(document, indent=1, ensure_ascii=False).encode())
            return Draft(path)

        self.background.run(write, self._opened, lambda error: self.refused.emit(error.message))

    def _opened(self, draft: Draft) -> None:
        self.draft, self._passwords = draft, Passwords(draft.document)
        self._tell("file", "")
        self.site_changed.emit()

    # ---- edits

    def edit(self, change: Callable[[Document], object], what: str, joins: str = "") -> bool:
        """Changes the site's document (see `Draft.edit`) -> whether it was taken; why not goes by `refused`."""
        if self.draft is None:
            return False
        try:
            self.draft.edit(change, what, joins)
        except InputError as error:
            self.refused.emit(error.message)
            return False
        self._edited()
        return True

    def undo(self) -> None:
        if self.draft is not None and self.draft.undo():
            self._edited()

    def redo(self) -> None:
        if self.draft is not None and self.draft.redo():
            self._edited()

    def _edited(self) -> None:
        self._save_in(_SAVE_MS)
        if self.draft is not None and self._passwords.asks(self.draft.document):
            follow = partial(self._passwords.follow, self.draft.document)
            self.background.newest("passwords", follow, lambda _: None, lambda error: self.trouble.emit(error.message))
        self.site_changed.emit()

    def save(self, *, version: bool = False) -> None:
        """Writes what is not in the file yet. version: keeps what it said before."""
        draft = self.draft
        if draft is None or not (draft.dirty or version):
            return
        write = draft.pending(datetime.now(UTC), version=version)
        self.background.newest("save", write, lambda _: self._has_saved(), self._not_saved)

    def save_now(self) -> str:
        """Writes what is not in the file yet, at once -> why that could not be, in words; empty: it is saved."""
        draft = self.draft
        if draft is None or not draft.dirty:
            return ""
        try:
            draft.pending(datetime.now(UTC))()
        except HeatmapError as error:
            return error.message
        return ""

    def _save_in(self, ms: int) -> None:
        """What is not in the file yet is written then, or sooner."""
        timer = self._save_timer
        if self.draft is not None and self.draft.dirty and not (timer.isActive() and timer.remainingTime() <= ms):
            timer.start(ms)

    def _has_saved(self) -> None:
        self.saved.emit(self.tr("Saved %1").replace("%1", f"{datetime.now():%H:%M:%S}"))
        self._tell("file", "")
        self._save_in(_SAVE_MS)

    def _not_saved(self, error: HeatmapError) -> None:
        self.saved.emit(self.tr("Not saved"))
        if not self._troubles.get("file"):  # why it began stays on screen
            self._tell("file", error.message)
        self._save_in(_AGAIN_MS)

    def _tell(self, subject: str, trouble: str) -> None:
        """What is wrong with the file, or the engine, now; "": nothing."""
        before, self._troubles[subject] = self._troubles.get(subject, ""), trouble
        if before == trouble:
            return
        if before:
            self.mended.emit(before)
        for one in filter(None, [trouble] if trouble else self._troubles.values()):
            self.trouble.emit(one)

    def _look(self) -> None:
        watch = self.app.watch if self.app is not None else None
        self._tell("engine", watch.trouble if watch is not None else "")
        self.background.newest("stores", partial(_stores_in, self.folder), self._have_stores, lambda _: None)
        draft = self.draft
        if draft is not None:
            self.background.newest("look", draft.outside, partial(self._take_outside, draft), self._outside_refused)

    def _take_outside(self, draft: Draft, document: Document | None) -> None:
        if document is not None and draft is self.draft:
            draft.take(document)
            self._tell("file", "")
            self._edited()

    def _outside_refused(self, error: HeatmapError) -> None:
        said = self.tr(
            "The site file was changed and cannot be used: %1. What you see here stays; with the next change here the"
            " file is written anew."
        )
        removed = isinstance(error, UnavailableError)
        self._tell("file", error.message if removed else said.replace("%1", error.message))
        self._save_in(_SAVE_MS)

    # ---- the engine

    def board(self, store: str | None = None) -> Board | None:
        """What is live in a store (this one); None while it is not measured."""
        name = store or (self.site.name if self.site else "")
        return self._boards.get(name)

    def camera_states(self) -> Mapping[str, CameraState]:
        """Of the store on screen, by camera; empty while it is not measured."""
        if self.site is None or self._loops is None:
            return {}
        if self.once is not None:
            return self.once.states if self.once.order.site.name == self.site.name else {}
        watch = self.app.watch if self.app is not None else None
        if watch is None:
            return {}
        first = f"{self.site.name}/"
        return {name.removeprefix(first): s for name, s in watch.cameras().items() if name.startswith(first)}

    def looked_at(self) -> int | None:
        """How many frames, since the start; None while nothing is measured."""
        if self._loops is None:
            return None
        if self.once is not None:
            return self.once.progress.frames
        return self.app.engine.device.detections if self.app is not None and self.app.engine is not None else None

    @property
    def measured(self) -> OneMeasurement | None:
        """The measurement of this store that came to its end, while nothing else is measured."""
        once = self.once
        if once is None or once.summary is None or self.engine_state != "off":
            return None
        return once if self.site is not None and once.order.site.name == self.site.name else None

    def measure(self, stores: Sequence[str]) -> None:
        """These stores are measured from now on, and after the next start too."""

        def write() -> None:
            document = json.loads(self.config.read_text(encoding="utf-8")) if self.config.is_file() else {}
            document = {"schedules": {}} | document | {"watch": list(stores)}
            self.config.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.config, json.dumps(document, indent=1).encode())

        self.background.run(write, lambda _: self.start_engine(), lambda error: self.trouble.emit(error.message))

    def start_engine(self) -> None:
        """Opens database and detector, then runs all roles; how that goes is said by engine_changed."""
        if self.engine_state == "on" and self.once is not None:
            self.stop_engine()
        if self.engine_state in ("starting", "on"):
            return
        if self.engine_state == "stopping":
            self._again = True
            return
        self.once = None
        self._turn("starting")
        self.background.run(self._build, self._built, self._engine_failed)

    def _build(self) -> App:
        from heatmap_gui.app import App  # with all that an engine needs: the window is there first

        app = App(self.config, _ROLES, "console", os.environ, onlookers=self._onlookers)
        try:
            self._parts = app.loops()
        except BaseException:
            app.close()
            raise
        return app

    def _onlookers(self, site: Site) -> Sequence[Board]:
        """Called by the loop that watches: a store begins, or begins anew."""
        board = self._boards[site.name] = Board(site, self._boards.get(site.name))
        return (board,)

    def _built(self, app: App) -> None:
        self.app = app
        gc.freeze()  # all that was imported stays: to look through it for cycles would hold every thread for 0.1 s
        self._run(self._parts)

    def measure_once(self, order: Measurement) -> None:
        """This and nothing else, exactly as without a window; how it goes is said by engine_changed and `once`."""
        from heatmap_gui.desktop.one_measurement import OneMeasurement  # with an engine, too

        self.once = OneMeasurement(order)
        self._boards[order.site.name] = self.once.board
        self._run({"measure": self.once})

    def _run(self, parts: Mapping[str, Loop]) -> None:
        self._loops = Loops(self._spawn)
        for name, loop in parts.items():
            self._loops.start(name, loop)
        self._turn("on")

    def _spawn(self, target: Callable[[], None], name: str) -> Worker:
        worker = DetectionWorker(target, name)
        worker.finished.connect(self._loop_ended)
        worker.start()
        return worker

    def _loop_ended(self) -> None:
        """One that nobody stopped has failed, or there is nothing more to measure."""
        loops = self._loops
        if loops is not None and self.engine_state == "on" and (self.once is not None or loops.failure is not None):
            self.stop_engine()

    def _engine_failed(self, error: BaseException) -> None:
        bug = not isinstance(error, HeatmapError)
        self.engine_error = f"{type(error).__name__}: {error}" if bug else str(error)
        self._turn("failed")
        if bug:
            sys.excepthook(type(error), error, error.__traceback__)

    def stop_engine(self) -> None:
        """Everything that was found is written; then all cameras and the database are closed."""
        app, loops = self.app, self._loops
        if loops is None or self.engine_state != "on":
            return
        self._turn("stopping")

        def stop() -> None:
            loops.stop()
            if app is not None:
                app.close()

        self.background.run(stop, lambda _: self._stopped(loops.failure), self._engine_failed)

    def _stopped(self, failure: BaseException | None) -> None:
        self.app = self._loops = None
        self._boards.clear()
        if failure is None or isinstance(failure, KeyboardInterrupt):  # which ends a measurement that is stopped
            self._turn("off")
        else:
            self._engine_failed(failure)
        if self._again:
            self._again = False
            self.start_engine()

    def _turn(self, state: str) -> None:
        self.engine_state = state
        self.engine_changed.emit()

    def close(self) -> None:
        """Ends all; what is not saved is lost (`save_now`)."""
        self._files_timer.stop()
        self._save_timer.stop()
        self.background.finish()
        if self._loops is not None:
            self._loops.stop()
        if self.app is not None:
            self.app.close()
        self.app = self._loops = None


def _stores_in(folder: Path) -> list[str]:
    """By their site files."""
    return sorted(path.stem.removeprefix("calibration_") for path in folder.glob("calibration_*.json"))
