"""What can be done about a lost camera, in its tile; how many frames of each camera were skipped."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QBoxLayout, QWidget

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import button, row
from heatmap_gui.desktop.widgets.tile import REMEDIES_BELOW_PX, Tile, has_remedies
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.picture_state import PictureState, Sight

translate = QCoreApplication.translate

_SKIPPED_S = 60.0


class Remedies:
    """Try it now, where that does no harm; edit what is written about it. Both are told the camera.

    They are made when a camera is first lost, and shown again when it is lost again: to make them takes a while.
    """

    def __init__(self, wall: QWidget, retry: Callable[[str], object], edit: Callable[[str], object]) -> None:
        self._wall, self._retry, self._edit = wall, retry, edit
        self._offered: dict[str, tuple[QWidget, QWidget, QWidget]] = {}  # both, the try, the edit

    def offer(self, tile: Tile) -> None:
        """Puts them there, or takes them away, as the tile is now."""
        camera, room, gone = tile.camera.id, tile.room, has_remedies(tile)
        if camera not in self._offered:
            if not gone:
                return
            self._offered[camera] = self._make(camera)
        offered, retry, edit = self._offered[camera]
        if gone:
            retry.setVisible(may_be_tried(tile.state))
            retry.setAccessibleName(translate("Wall", "Try %1 now").replace("%1", tile.camera.name))
            edit.setAccessibleName(translate("Wall", "Edit camera %1").replace("%1", tile.camera.name))
            layout = offered.layout()
            assert isinstance(layout, QBoxLayout)
            layout.setDirection(QBoxLayout.Direction.LeftToRight)
            if offered.sizeHint().width() > room.width() - 2 * tokens.GAP:
                layout.setDirection(QBoxLayout.Direction.TopToBottom)
            size = offered.sizeHint()
            top = min(room.center().y() + REMEDIES_BELOW_PX, room.bottom() - size.height() - tokens.GAP)
            offered.setGeometry(room.center().x() - size.width() // 2, top, size.width(), size.height())
        offered.setVisible(gone)

    def _make(self, camera: str) -> tuple[QWidget, QWidget, QWidget]:
        retry = button(translate("Wall", "Try now"), symbol="again", clicked=lambda: self._retry(camera))
        edit = button(translate("Wall", "Edit camera"), symbol="edit", clicked=lambda: self._edit(camera))
        made = row(retry, edit)
        made.setParent(self._wall)
        return made, retry, edit

    def keep(self, cameras: Collection[str]) -> None:
        """Those of all others go."""
        for camera in self._offered.keys() - set(cameras):
            offered, _, _ = self._offered.pop(camera)
            offered.hide()
            offered.deleteLater()


def may_be_tried(state: PictureState) -> bool:
    """Whether a lost camera waits for a try that does no harm."""
    return state.sight is Sight.GONE and state.retry_in_s is not None and not state.denied


class Skipped:
    """Frames of one camera that came in the last minute and were not looked at."""

    def __init__(self) -> None:
        self._counted: deque[tuple[float, int, int]] = deque()

    def count(self, tile: Tile, state: CameraState | None, now: float) -> None:
        """Tells the tile."""
        counted = self._counted
        if state is None or not state.processed:  # what waits for the first look was not skipped
            counted.clear()
            return
        read, skipped = state.read, state.read - state.processed
        if not counted or now - counted[-1][0] >= 1.0:
            counted.append((now, read, skipped))
        while now - counted[0][0] > _SKIPPED_S:
            counted.popleft()
        _, first_read, first_skipped = counted[0]
        tile.skipped = max(0, skipped - first_skipped)
        tile.skipped_share = tile.skipped / max(1, read - first_read)
