"""What gestures make of a camera's pairs, put into the site's document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, QTimer

from heatmap_gui.core.pair_editing import PairEdit, Pairs
from heatmap_gui.core.pair_fit import PairFit, camera_of, fit_pairs, lens_of, write_pairs
from heatmap_gui.core.realigning import refer, refers
from heatmap_gui.core.reference import Reference
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.desktop.session import Session

_PACE_MS = 40
Size = tuple[int, int]
Sized = Callable[[], tuple[Site, Camera, Size | None] | None]


class PairEdits(QObject):
    """Each is one step to undo; the fit to the pairs is made once for the document and the screen. A hand that drags is
    followed as often as that costs no frame of the pictures.

    rushing: while an edit is taken that is one of many, as a hand drags.
    """

    def __init__(
        self, session: Session, shown: Sized, seen: Callable[[Camera], Reference | None], parent: QObject
    ) -> None:
        """shown: the camera on screen, with the size its pairs are in. seen: what the still of a camera shows."""
        super().__init__(parent)
        self._session, self._shown, self._seen = session, shown, seen
        self.rushing = False
        self._waiting: tuple[PairEdit, str] | None = None  # the newest of a hand that drags
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(_PACE_MS)
        self._pace.timeout.connect(self.let_go)
        self._of: tuple[object, ...] = ()  # what the fit is to, besides its pairs
        self._fitted: PairFit | None = None

    def fit(self, pairs: Pairs, site: Site, camera: Camera, size: Size | None) -> PairFit:
        """Of the pairs of a camera."""
        document = camera_of(site.document, camera.id)
        of = (camera.id, site.floor.metres_per_pixel, document.get("lens"), size)
        fitted = self._fitted
        if fitted is None or of != self._of or not fitted.pairs.same(pairs):
            fitted = fit_pairs(pairs, site.floor.metres_per_pixel, lens_of(document), size)
        self._fitted, self._of = fitted, of
        return fitted

    def take(self, edit: PairEdit, joins: str = "") -> None:
        """joins: edits of this name that follow each other are one step."""
        if edit.deed == "move" and self._pace.isActive():
            self._waiting = edit, joins
            return
        self.let_go()
        self._take(edit, joins)
        if edit.deed == "move":
            self._pace.start()

    def let_go(self) -> None:
        """What a hand did last is taken now."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._take(*waiting)

    def _take(self, edit: PairEdit, joins: str) -> None:
        shown = self._shown()
        if shown is None:
            return
        site, camera, size = shown
        fitted, seen = self.fit(edit.pairs, site, camera, size), self._seen(camera)

        def change(document: dict[str, Any]) -> None:
            written = camera_of(document, camera.id)
            write_pairs(written, fitted, size)
            if fitted.fit is not None and seen is not None and not refers(written):
                refer(written, seen)

        self.rushing = edit.deed in ("move", "nudge")
        self._session.edit(change, self._words(edit), joins=f"{camera.id} {joins}" if joins else "")
        self.rushing = False

    def _words(self, edit: PairEdit) -> str:
        words = {
            "add": self.tr("add pair %1"), "move": self.tr("move pair %1"), "nudge": self.tr("nudge pair %1"),
            "snap": self.tr("snap pair %1"), "delete": self.tr("delete pair %1"),
            "hold out": self.tr("hold out pair %1"), "use": self.tr("use pair %1"), "name": self.tr("name pair %1"),
        }  # fmt: skip
        return words[edit.deed].replace("%1", str(edit.number + 1))

    def remember(self) -> None:
        """What each calibrated camera shows now is what it was calibrated for, where nothing is known of that yet."""
        site = self._session.site
        if site is None:
            return
        found = {
            camera.id: seen
            for camera in site.cameras
            if camera.calibration is not None
            and not refers(camera_of(site.document, camera.id))
            and (seen := self._seen(camera)) is not None
        }

        def change(document: dict[str, Any]) -> None:
            for camera_id, seen in found.items():
                refer(camera_of(document, camera_id), seen)

        if found:
            self._session.edit(change, self.tr("remember what the cameras show"))
