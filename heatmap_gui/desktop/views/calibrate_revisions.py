"""Revisions of a site's calibrations, and what other files say of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QFileDialog, QWidget

from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.core.realigning import apart
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate_grade import centimetres
from heatmap_gui.desktop.views.revisions import Revision, Revisions
from heatmap_gui.store.site_files import read_document, read_parts

translate = QCoreApplication.translate


class CalibrationRevisions(Revisions):
    """Of the calibrations. What other files say of them can be taken over, too."""

    def __init__(self, session: Session, parent: QWidget, camera: Callable[[], str]) -> None:
        """camera: says the id of the one on screen."""
        hint = translate("Revisions", "Earlier calibrations, and those of other files")
        super().__init__(session, parent, hint, "primary")
        self._camera = camera

    def heading(self, now: Site) -> str:
        camera = self._camera()
        words = translate("Revisions", "Camera %1: now %2").replace("%1", camera)
        return words.replace("%2", centimetres(_error_of(now, camera))) if camera else ""

    def words(self, then: Site, now: Site) -> str:
        error, camera = centimetres(_error_of(then, self._camera())), self._camera()
        before, after = (next((one for one in site.cameras if one.id == camera), None) for site in (then, now))
        far = None if before is None or after is None else apart(now.floor, after, before)
        if far is None or now.floor.unit != "m":
            return error
        words = translate("Revisions", "%1, places are %2 from those of now")
        return words.replace("%1", error).replace("%2", centimetres(far))

    def take(self, revision: Revision) -> None:
        self._take(revision.path)

    def more(self) -> None:
        self.menu.addSeparator()
        self.menu.addAction(
            icon("import"), translate("Revisions", "Take over calibrations from a file…"), self._ask_file
        )

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.menu_button,
            translate("Revisions", "A site file or a file of matrices"),
            "",
            translate("Revisions", "JSON files (*.json)"),
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
            self.failed.emit(
                translate("Revisions", "%1 has no calibration for a camera of this store").replace("%1", name)
            )
            return

        def change(document: dict[str, Any]) -> None:
            for camera in document["cameras"]:
                for key, value in found.get(str(camera["camera_id"]), {}).items():
                    camera.pop(key, None)
                    if value is not None:
                        camera[key] = value

        if self._session.edit(change, translate("Revisions", "take over calibrations")):
            words = translate("Revisions", "Calibrations of %1 taken over from %2")
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


def _error_of(site: Site, camera_id: str) -> float | None:
    """The stored error of a camera, m; None: not known."""
    camera = next((one for one in site.cameras if one.id == camera_id), None)
    return None if camera is None or camera.calibration is None else camera.calibration.error_m
