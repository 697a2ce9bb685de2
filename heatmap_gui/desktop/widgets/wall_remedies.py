"""What can be done about a lost camera, in its tile; how many frames of each camera were skipped."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QWidget

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import button, row
from heatmap_gui.desktop.widgets.tile import REMEDIES_BELOW_PX, Tile, has_remedies
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.picture_state import PictureState, Sight

translate = QCoreApplication.translate

_SKIPPED_S = 60.0


class Remedies:
    """Try it now, where that does no harm; edit what is written about it. Both are told the camera."""

    def __init__(self, wall: QWidget, retry: Callable[[str], object], edit: Callable[[str], object]) -> None:
        self._wall, self._retry, self._edit = wall, retry, edit
        self._offered: dict[str, QWidget] = {}

    def offer(self, tile: Tile) -> None:
        """Puts them there, or takes them away, as the tile is now."""
        camera, room = tile.camera.id, tile.room
        gone = has_remedies(tile)
        offered = self._offered.get(camera)
        if offered is not None and (not gone or offered.property("tries") != may_be_tried(tile.state)):
            self._drop(camera)
            offered = None
        if gone and offered is None:
            offered = self._offered[camera] = self._make(tile)
            offered.show()
        if offered is not None:
            size = offered.sizeHint()
            top = min(room.center().y() + REMEDIES_BELOW_PX, room.bottom() - size.height() - tokens.GAP)
            offered.setGeometry(room.center().x() - size.width() // 2, top, size.width(), size.height())

    def _make(self, tile: Tile) -> QWidget:
        camera, name, tries = tile.camera.id, tile.camera.name, may_be_tried(tile.state)
        retry = button(translate("Wall", "Try now"), symbol="again", clicked=lambda: self._retry(camera))
        retry.setAccessibleName(translate("Wall", "Try %1 now").replace("%1", name))
        edit = button(translate("Wall", "Edit camera"), symbol="edit", clicked=lambda: self._edit(camera))
        edit.setAccessibleName(translate("Wall", "Edit camera %1").replace("%1", name))
        made = row(*((retry, edit) if tries else (edit,)))
        made.setProperty("tries", tries)
        made.setParent(self._wall)
        return made

    def keep(self, cameras: Collection[str]) -> None:
        """Those of all others go."""
        for camera in self._offered.keys() - set(cameras):
            self._drop(camera)

    def _drop(self, camera: str) -> None:
        offered = self._offered.pop(camera)
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
