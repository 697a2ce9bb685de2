"""Revisions of a site's calibrations: keep one, compare with earlier ones, go back, take over another file's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from PyQt6.QtCore import QLocale, QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QMenu, QWidget

from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.core.site_file import read_site
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate_grade import centimetres
from heatmap_gui.desktop.widgets.basics import button
from heatmap_gui.store.site_files import read_document, read_parts, versions

_MOST = 12  # in the menu


class Revision(NamedTuple):
    """An earlier state of a site file: where, when (UTC), and each camera's stored error (m; None: not known)."""

    path: Path
    at: datetime
    errors: dict[str, float | None]


class Revisions(QObject):
    """Two buttons for the tool bar. told: what was taken over, in words; failed: why it was not."""

    told = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, session: Session, parent: QWidget, camera: Callable[[], str]) -> None:
        """camera: says the id of the one on screen."""
        super().__init__(parent)
        self._session, self._camera = session, camera
        self.menu_button = button("", symbol="history")
        self.menu_button.setToolTip(self.tr("Earlier calibrations, and those of other files"))
        self._menu = QMenu(self.menu_button)
        self.menu_button.setMenu(self._menu)
        self.save_button = button("", "primary", symbol="done", clicked=lambda: session.save(version=True))
        self._kept: list[Revision] = []
        self._count = 0
        session.saved.connect(lambda _: self.read())
        self._menu.aboutToShow.connect(self._fill)

    def read(self) -> None:
        """Looks what there is on disk."""
        draft = self._session.draft
        for one in (self.menu_button, self.save_button):
            one.setVisible(draft is not None)
        if draft is not None:
            path = draft.path
            self._session.background.newest(
                "calibrate revisions", lambda: _read(path), self._show, lambda error: self.failed.emit(error.message)
            )

    def _show(self, found: tuple[int, list[Revision]]) -> None:
        self._count, self._kept = found
        for one, words, number in (
            (self.menu_button, self.tr("Revision %1"), self._count + 1),
            (self.save_button, self.tr("Save as revision %1"), self._count + 2),
        ):
            one.setText(words.replace("%1", str(number)))
            one.setAccessibleName(one.text())

    def _fill(self) -> None:
        self._menu.clear()
        site = self._session.site
        camera = self._camera()
        if site is None or not camera:
            return
        calibration = site.camera(camera).calibration
        now = centimetres(calibration.error_m if calibration else None)
        self._menu.addSection(self.tr("Camera %1: now %2").replace("%1", camera).replace("%2", now))
        for number, one in enumerate(self._kept):
            when = QLocale().toString(one.at.astimezone(), QLocale.FormatType.ShortFormat)
            words = self.tr("Go back to revision %1, %2: %3").replace("%1", str(self._count - number))
            words = words.replace("%2", when).replace("%3", centimetres(one.errors.get(camera)))
            self._menu.addAction(icon("undo"), words, lambda one=one: self._take(one.path))
        if not self._kept:
            none = self._menu.addAction(self.tr("No earlier revision is kept yet"))
            assert none is not None
            none.setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(icon("import"), self.tr("Take over calibrations from a file…"), self._ask_file)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.menu_button, self.tr("A site file or a file of matrices"), "", self.tr("JSON files (*.json)")
        )
        if path:
            self._take(Path(path))

    def _take(self, path: Path) -> None:
        self._session.background.run(
            lambda: calibrations(path), lambda found: self.take_over(found, path.name), self._not_taken
        )

    def _not_taken(self, error: HeatmapError) -> None:
        self.failed.emit(error.message)

    def take_over(self, found: dict[str, dict[str, Any]], name: str) -> None:
        """Puts calibrations by camera in the place of those there are; cameras that the other has not, stay."""
        site = self._session.site
        if site is None:
            return
        known = [camera.id for camera in site.cameras if camera.id in found]
        if not known:
            self.failed.emit(self.tr("%1 has no calibration for a camera of this store").replace("%1", name))
            return

        def change(document: dict[str, Any]) -> None:
            for camera in document["cameras"]:
                for key, value in found.get(str(camera["camera_id"]), {}).items():
                    camera.pop(key, None)
                    if value is not None:
                        camera[key] = value

        if self._session.edit(change, self.tr("take over calibrations")):
            words = self.tr("Calibrations of %1 taken over from %2")
            self.told.emit(words.replace("%1", ", ".join(known)).replace("%2", name))


def calibrations(path: Path) -> dict[str, dict[str, Any]]:
    """By camera, what a site file of any version says of its geometry, or what a file of matrices does.

    Raises InputError when it is neither.
    """
    root = read_document(path)
    matrices = root.get("matrices")
    if matrices is not None:
        found = {}
        for name, entry in matrices.members().items():
            rows = [list(row.numbers(3, "three numbers")) for row in entry.need("matrix", "three rows").items()]
            written = {"homography_matrix": rows, "is_calibrated": True}
            found[name.removeprefix("camera_")] = {"calibration": written}
        return found
    document, spare = read_parts(path)
    read_site(document, path, spare)
    if not isinstance(document, dict):
        raise InputError(f"{path.name}: neither a site file nor a file of matrices: choose another file")
    return {
        str(camera["camera_id"]): {key: camera.get(key) for key in ("calibration", "frame_size", "lens")}
        for camera in document["cameras"]
    }


def _read(path: Path) -> tuple[int, list[Revision]]:
    """How many revisions are kept, and the newest of them that can be read."""
    files = versions(path)
    found = []
    for file in files[:_MOST]:
        try:
            site = read_site(read_parts(file)[0], path)
            at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        except (HeatmapError, OSError):
            continue
        errors = {one.id: one.calibration.error_m if one.calibration else None for one in site.cameras}
        found.append(Revision(file, at, errors))
    return len(files), found
