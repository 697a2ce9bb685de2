"""What cameras show, for drawing on it: live pictures where the site is measured, else a still that is asked for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import MappingProxyType

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.site import Camera
from heatmap_gui.desktop.durations import duration
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.pictures import bgr_image, bgrx_image
from heatmap_gui.services.picture_state import Sight, picture_state
from heatmap_gui.services.stills import Still, take_still

_NOTHING: Mapping[str, tuple[int, int]] = MappingProxyType({})


class CameraStills(QObject):
    """Of one screen. came: a still is there, or it is known why not."""

    came = pyqtSignal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._stills: dict[str, tuple[str, QImage]] = {}
        self._why: dict[str, str] = {}
        self._asked: set[str] = set()

    def want(self, sizes: Mapping[str, tuple[int, int]]) -> None:
        """Live pictures of these cameras are painted from now on."""
        board = self._session.board()
        if board is not None:
            board.wanted = sizes

    def leave(self) -> None:
        self.want(_NOTHING)

    def picture(self, camera: Camera) -> tuple[QImage | None, tuple[int, int] | None, str]:
        """The image, the size of the camera's frames where that is known, and why there is no image."""
        board = self._session.board()
        shown = board.newest().get(camera.id) if board is not None else None
        state = picture_state(camera, shown, self._session.camera_states().get(camera.id), time.time())
        if state.sight is Sight.LIVE and shown is not None and shown.image is not None:
            return bgrx_image(shown.image), camera.frame_size or shown.size, ""
        if state.sight in (Sight.STALE, Sight.GONE):
            words = self.tr("No picture for %1. Draw on the plan or on another camera.")
            if state.since_s < 1:
                words = self.tr("No picture now. Draw on the plan or on another camera.")
            return None, camera.frame_size, words.replace("%1", duration(state.since_s))
        address, still = self._stills.get(camera.id, ("", None))
        if still is not None and address == camera.url:
            return still, camera.frame_size or (still.width(), still.height()), ""
        return None, camera.frame_size, self._why.get(camera.id, self.tr("No picture yet. Draw on the plan, or click."))

    def take(self, camera: Camera) -> None:
        """A still, where no live picture is there; the answer comes by `came`."""
        if camera.id in self._asked or self.picture(camera)[0] is not None:
            return
        self._asked.add(camera.id)
        self._why[camera.id] = self.tr("Taking a picture without people: a few seconds…")

        def done(still: Still) -> None:
            self._asked.discard(camera.id)
            self._stills[camera.id] = camera.url, bgr_image(still.image)
            self.came.emit()

        def failed(error: HeatmapError) -> None:
            self._asked.discard(camera.id)
            self._why[camera.id] = error.message
            self.came.emit()

        self._session.background.run(lambda: take_still(camera), done, failed)
