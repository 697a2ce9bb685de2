"""What can be done to a camera that the wall shows: by its menu, by keys, by the command palette."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PyQt6.QtCore import QBuffer, QCoreApplication, QObject, QPoint, QStandardPaths, Qt, QUrl
from PyQt6.QtGui import QAction, QDesktopServices, QImage, QKeySequence
from PyQt6.QtWidgets import QFileDialog, QMenu

from heatmap_gui.core.set_up import remove_camera
from heatmap_gui.core.site import Camera
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.widgets.wall_remedies import may_be_tried
from heatmap_gui.store.files import write_atomically

if TYPE_CHECKING:
    from heatmap_gui.desktop.views.live import LiveView

translate = QCoreApplication.translate
_ENLARGE_S = 1.0  # for a picture as large as the camera sends it
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')  # for a file name on any platform


class LiveDeeds(QObject):
    """Of one screen. All are about the wall's current camera, or about the wall."""

    def __init__(self, view: LiveView) -> None:
        super().__init__(view)
        self._view = view
        self._saves_at: float | None = None  # when a picture is saved as it is, however small
        self.save = self._action("picture", "Ctrl+S", self._save)
        self.save_wall = self._action("mosaic", "Ctrl+Shift+S", self._save_wall)
        self.alone = self._action("window", "Return", self._show_alone)
        self.retry = self._action("again", "", self._retry)
        self.edit = self._action("edit", "F2", self._edit)
        self.remove = self._action("delete", "Del", self._remove)
        self.save_wall.setText(translate("LiveDeeds", "Save picture of the wall…"))
        view.addActions([self.save, self.save_wall, self.edit])
        for one in (self.save, self.save_wall, self.edit):
            one.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        view.wall.addActions([self.save, self.save_wall, self.edit, self.remove])
        view.wall.chosen.connect(self.tell)
        view.wall.rearranged.connect(self.tell)
        view.wall.asked.connect(self._open_menu)
        view.wall.edited.connect(self._edit_this)
        self.tell()

    def _action(self, symbol: str, keys: str, run: Callable[[], object]) -> QAction:
        made = QAction(icon(symbol), "", self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(lambda _: run())
        return made

    @property
    def actions(self) -> list[QAction]:
        return [self.save, self.save_wall, self.alone, self.retry, self.edit, self.remove]

    @property
    def _camera(self) -> Camera | None:
        tile = self._view.wall.tiles.get(self._view.wall.current)
        return None if tile is None else tile.camera

    def tell(self) -> None:
        """Words are those of the current camera."""
        camera, alone = self._camera, self._view.wall.alone
        for action, words in (
            (self.save, translate("LiveDeeds", "Save picture of %1…")),
            (self.alone, translate("LiveDeeds", "All cameras") if alone else translate("LiveDeeds", "Only %1")),
            (self.retry, translate("LiveDeeds", "Try camera %1 now")),
            (self.edit, translate("LiveDeeds", "Edit camera %1…")),
            (self.remove, translate("LiveDeeds", "Remove camera %1")),
        ):
            action.setEnabled(camera is not None)
            action.setText(words.replace("%1", camera.name if camera is not None else ""))
        tile = self._view.wall.tiles.get(self._view.wall.current)
        self.retry.setEnabled(tile is not None and may_be_tried(tile.state))

    def _open_menu(self, at: QPoint) -> None:
        self.tell()
        menu = QMenu(self._view.wall)
        menu.addActions([self.alone, self.save, self.save_wall])
        menu.addSeparator()
        menu.addActions([self.retry, self.edit, self.remove])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _show_alone(self) -> None:
        wall = self._view.wall
        wall.arrange(alone="" if wall.alone else wall.current)

    # ---- pictures

    def _save(self) -> None:
        """As large as the camera sends it: the next picture is asked for in that size."""
        if self._camera is not None and self._saves_at is None:
            self._saves_at = time.monotonic() + _ENLARGE_S
            self._view.wall.enlarged = self._view.wall.current

    def ticked(self) -> None:
        """The wall has its newest pictures."""
        wall = self._view.wall
        tile = wall.tiles.get(wall.enlarged)
        if self._saves_at is None:
            return
        shown = None if tile is None else tile.shown
        whole = shown is not None and shown.image is not None and shown.image.shape[1::-1] == shown.size
        if whole or time.monotonic() >= self._saves_at or tile is None:
            self._saves_at, camera, wall.enlarged = None, wall.enlarged, ""
            picture = wall.still(camera) if tile is not None else None
            if picture is None or tile is None:
                self._view.session.refused.emit(translate("LiveDeeds", "There is no picture to save"))
            else:
                self._keep(picture, tile.camera.name)

    def _save_wall(self) -> None:
        self._keep(self._view.wall.grab().toImage(), translate("LiveDeeds", "wall"))

    def _keep(self, picture: QImage, what: str) -> None:
        """Asks where, and says where it is."""
        site = self._view.session.site
        if site is None:
            return
        now = datetime.now(ZoneInfo(site.timezone))
        picture.setText("Title", f"{site.name}: {what}")
        picture.setText("Creation Time", now.isoformat(timespec="seconds"))
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        name = _UNFIT.sub("_", f"{site.name} {what} {now:%Y-%m-%d %H-%M-%S}.png")
        title = translate("LiveDeeds", "Save picture")
        chosen, _ = QFileDialog.getSaveFileName(self._view.wall.window(), title, str(folder / name), "PNG (*.png)")
        if chosen:
            path = Path(chosen).with_suffix(".png")
            session = self._view.session
            work = partial(_write, path, picture)
            session.background.run(work, lambda _: self._saved(path), lambda error: session.refused.emit(error.message))

    def _saved(self, path: Path) -> None:
        said = translate("LiveDeeds", "The picture is in %1").replace("%1", str(path))
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path.parent)))
        self._view.session.told.emit(said, translate("LiveDeeds", "Open the folder"), show)

    # ---- the camera

    def _retry(self) -> None:
        self._view.wall.retried.emit(self._view.wall.current)

    def _edit_this(self, camera: str) -> None:
        self._view.wall.choose(camera)
        self._edit()

    def _edit(self) -> None:
        if self._camera is not None:
            from heatmap_gui.desktop.views.live_camera_dialog import CameraDialog  # with all of the set-up's pages

            CameraDialog(self._view.session, self._camera, self._view.wall.window()).open()

    def _remove(self) -> None:
        camera, session = self._camera, self._view.session
        if camera is None:
            return
        what = translate("LiveDeeds", "remove camera %1").replace("%1", camera.name)
        if session.edit(lambda document: remove_camera(document, camera.id), what):
            said = translate("LiveDeeds", "Camera %1 is removed, with what was drawn in its picture")
            session.told.emit(said.replace("%1", camera.name), translate("LiveDeeds", "Undo"), session.undo)


def _write(path: Path, picture: QImage) -> None:
    """Whole or not at all. Slow. Raises HeatmapError."""
    buffer = QBuffer()
    picture.save(buffer, "PNG")
    write_atomically(path, buffer.data().data())
