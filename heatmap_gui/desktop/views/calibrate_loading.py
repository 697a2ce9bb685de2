"""What Calibrate waits for: stills of cameras, the plan's drawing, the grades of all cameras."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.grading import Grade, grade
from heatmap_gui.core.pair_fit import camera_of, fit_pairs, lens_of, read_pairs
from heatmap_gui.core.reference import Reference, features
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.core.types import U1
from heatmap_gui.desktop.bridge import Background
from heatmap_gui.desktop.widgets.plan import read_plan
from heatmap_gui.services.stills import Still, take_still


class Stills(QObject):
    """Of all cameras, each taken once, with what it can be known again by. changed: the id of a camera that has one
    now, or has none and why.
    """

    changed = pyqtSignal(str)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._taken: dict[str, tuple[Still, Reference]] = {}  # by address, as the rest
        self._troubles: dict[str, str] = {}
        self._running: set[str] = set()

    def of(self, camera: Camera) -> Still | None:
        found = self._taken.get(camera.url)
        return None if found is None else found[0]

    def seen(self, camera: Camera, size: tuple[int, int]) -> Reference | None:
        """What the still shows, in px of pictures of this size; the same object until there is another still. None:
        there is none, or it has another shape.
        """
        found = self._taken.get(camera.url)
        if found is None or not same_shape(found[1].size, size):
            return None
        still, seen = found
        if seen.size != size:
            seen = seen.sized(size)
            self._taken[camera.url] = still, seen
        return seen

    def trouble(self, camera: Camera) -> str:
        """Why there is none; empty while it is being taken."""
        return self._troubles.get(camera.url, "")

    def want(self, camera: Camera) -> None:
        """Takes one, unless there is one already, or none to be had."""
        url = camera.url
        if url in self._taken or url in self._troubles or url in self._running:
            return
        self._running.add(url)

        def work() -> tuple[Still, Reference]:
            still = take_still(camera)
            return still, features(still.image)

        def done(taken: tuple[Still, Reference]) -> None:
            self._running.discard(url)
            self._taken[url] = taken
            self.changed.emit(camera.id)

        def failed(error: HeatmapError) -> None:
            self._running.discard(url)
            self._troubles[url] = error.message
            self.changed.emit(camera.id)

        self._background.run(work, done, failed)

    def retake(self, camera: Camera) -> None:
        self._taken.pop(camera.url, None)
        self._troubles.pop(camera.url, None)
        self.want(camera)


class PlanInk(QObject):
    """The drawing of the plan there is. changed: it was read, or there is none."""

    changed = pyqtSignal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._path: Path | None = None
        self.ink: U1 | None = None

    def want(self, path: Path | None) -> None:
        if path == self._path:
            return
        self._path, self.ink = path, None
        self.changed.emit()
        if path is None:
            return

        def done(ink: U1 | None) -> None:
            if path == self._path:
                self.ink = ink
                self.changed.emit()

        self._background.run(lambda: read_plan(path), done, lambda _: None)


class Grades(QObject):
    """By camera; those of cameras that are not calibrated are left out."""

    changed = pyqtSignal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._of: dict[str, tuple[float | None, Any]] = {}  # scale and calibration that a grade is of
        self.known: dict[str, Grade] = {}

    def put(self, camera_id: str, made: Grade | None) -> None:
        """One that is known already; None: it is not calibrated."""
        self._of.pop(camera_id, None)
        self.known.pop(camera_id, None)
        if made is not None:
            self.known[camera_id] = made
        self.changed.emit()

    def want(self, site: Site, besides: str) -> None:
        """All that changed since they were graded, besides one camera."""
        scale = site.floor.metres_per_pixel
        stale = {}
        for camera in site.cameras:
            document = camera_of(site.document, camera.id)
            written = (scale, document.get("calibration"))
            if camera.id != besides and self._of.get(camera.id) != written:
                self._of[camera.id] = written
                stale[camera.id] = (read_pairs(document), lens_of(document))
        if not stale:
            return

        def work() -> dict[str, Grade | None]:
            fits = {key: fit_pairs(pairs, scale, lens) for key, (pairs, lens) in stale.items()}
            return {key: grade(one, None) if one.fit is not None else None for key, one in fits.items()}

        def done(grades: dict[str, Grade | None]) -> None:
            for key, made in grades.items():
                self.known.pop(key, None)
                if made is not None:
                    self.known[key] = made
            self.changed.emit()

        self._background.run(work, done, lambda _: None)


def same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether pictures of these sizes differ by no more than 1 % in shape, so that geometry can be scaled."""
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1) < 0.01
