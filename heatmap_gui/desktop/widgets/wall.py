"""The wall: all cameras' tiles in one painted widget, which repaints what changed and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PyQt6.QtWidgets import QApplication, QToolTip, QWidget

from heatmap_gui.core.camera_view import CameraView
from heatmap_gui.core.site import Site
from heatmap_gui.core.wall import Cell, lay_out, moved, ordered
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.overlays import Overlays, Placed
from heatmap_gui.desktop.widgets.tile import Tile, paint_head
from heatmap_gui.desktop.widgets.tile_carried import paint_carried
from heatmap_gui.desktop.widgets.tile_room import paint_room, still
from heatmap_gui.desktop.widgets.turns import Turns
from heatmap_gui.desktop.widgets.wall_remedies import Remedies, Skipped
from heatmap_gui.services.picture_state import Sight, picture_state

_HEADS_S = 0.25  # figures that change more often cannot be read


class Wall(QWidget):
    """Click a person to select, double-click a tile for it alone, drag tiles to reorder; arrows, Enter, Ctrl+arrows and
    Escape do the same.

    person_chosen: a track id, or None. rearranged: order, grid or the camera that is shown alone is another one now.
    retried, edited: that is wanted of a camera. chosen: keys and commands are about another one now. asked: for a menu
    about it, at this point of the screen. left: a wall that is a window of its own shall not be one any more.
    """

    person_chosen = pyqtSignal(object)
    rearranged = pyqtSignal()
    retried = pyqtSignal(str)
    edited = pyqtSignal(str)
    chosen = pyqtSignal()
    asked = pyqtSignal(object)
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Camera wall"))
        self.setMinimumSize(200, 150)
        self.overlays = Overlays()
        self.selected: int | None = None
        self.order: list[str] = []
        self.grid = 0  # tiles on a page; 0: all
        self.alone = ""  # the camera that is shown alone
        self.page = 0
        self._site: Site | None = None
        self._instant = Instant(0.0)
        self.tiles: dict[str, Tile] = {}
        self._visible: list[Tile] = []
        self._cells = QRegion()  # of the tiles in view
        self.turns = Turns(self)
        self._told: dict[str, object] = {}
        self._heads_at = 0.0
        self._skipped: dict[str, Skipped] = {}
        self._remedies = Remedies(self, self.retried.emit, self.edited.emit)
        self.current = ""  # the camera that keys and commands are about
        self.enlarged = ""  # a camera whose pictures are wanted as large as it sends them
        self._pressed: tuple[QPointF, str] | None = None
        self._target: int | None = None  # the place that a dragged tile would take

    # ---- what is shown

    def show_site(self, site: Site | None) -> None:
        """Its cameras; those that are off are left out. What is shown of a store stays while it is edited."""
        same = site is not None and self._site is not None and site.name == self._site.name
        known, self._site = self.tiles if same else {}, site
        self.tiles = {}
        for number, camera in enumerate(() if site is None else site.cameras, 1):
            if camera.enabled:
                tile = self.tiles[camera.id] = known.get(camera.id) or Tile(camera, number)
                tile.camera, tile.number, tile.view = camera, number, None
                self._see(tile)
        self._skipped = {camera: self._skipped.get(camera) or Skipped() for camera in self.tiles}
        if self._pressed is not None and self._pressed[1] not in self.tiles:
            self._pressed = self._target = None
        self._arrange()

    def arrange(self, *, grid: int | None = None, alone: str | None = None, page: int | None = None) -> None:
        """Another grid, a camera alone (empty: all), another page."""
        if grid is not None:
            self.grid, self.alone, self.page = grid, "", 0
        if alone is not None:
            self.alone = alone
        if page is not None:
            self.page = page
        self._arrange()
        self.rearranged.emit()

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.tiles) // self.grid)) if self.grid else 1

    def wanted(self) -> dict[str, tuple[int, int]]:
        """The size in device px in which pictures of the tiles in view are wanted."""
        ratio = self.devicePixelRatioF()
        sizes = {}
        for tile in self._visible:
            whole = tile.shown.size if tile.camera.id == self.enlarged and tile.shown is not None else None
            sizes[tile.camera.id] = whole or (round(tile.room.width() * ratio), round(tile.room.height() * ratio))
        return sizes

    def boxes(self) -> dict[str, tuple[int, int]]:
        """The size in device px of the pictures in view, of cameras that sent one."""
        ratio = self.devicePixelRatioF()
        boxes = {tile.camera.id: tile.box for tile in self._visible if tile.shown is not None}
        return {camera: (round(box.width() * ratio), round(box.height() * ratio)) for camera, box in boxes.items()}

    def still(self, camera: str) -> QImage | None:
        """A tile as a picture (see `tile_room`)."""
        return still(self.tiles[camera], self._instant, self.overlays, self.selected)

    def show_instant(self, instant: Instant) -> set[str]:
        """Repaints the tiles that changed since the last one, some in each turn of the event loop -> their cameras."""
        self._instant = instant
        heads = not 0 <= instant.now - self._heads_at < _HEADS_S
        if heads:
            self._heads_at = instant.now
        ratio = self.devicePixelRatioF()
        changed = {tile.camera.id for tile in self._visible if self._change(tile, heads, ratio)}
        if changed and heads:
            self._describe()
        return changed

    def _change(self, tile: Tile, heads: bool, ratio: float) -> bool:
        """Takes in how a camera is now, and asks for a repaint of what looks different then. heads: of figures too.

        ratio: device px per px.
        """
        camera, now = tile.camera.id, self._instant.now
        shown, before = self._instant.newest.get(camera), tile.state.sight
        tile.state = picture_state(tile.camera, shown, self._instant.states.get(camera), now)
        sight = tile.state.sight
        if sight in (Sight.GONE, Sight.OFF):
            shown = None
        new_picture = shown is not tile.shown
        if new_picture:
            box = tile.box
            tile.show(shown, ratio)
            self._see(tile)
            self.turns.want(camera, box if sight is before is Sight.LIVE and tile.box == box else tile.room)
        if heads or sight is not before:
            self._skipped[camera].count(tile, self._instant.states.get(camera), now)
            self._remedies.offer(tile)
            look = (tile.head_words(), tile.words(), tile.state.retry_in_s and int(tile.state.retry_in_s))
            if look != self._told.get(camera):
                live = sight is before is Sight.LIVE
                self._told[camera] = look
                self.turns.want(camera, tile.head if live else tile.whole)
                return True
        return new_picture

    def select(self, track_id: int | None) -> None:
        if track_id != self.selected:
            self.selected = track_id
            self.update()

    def show_overlays(self, overlays: Overlays) -> None:
        self.overlays = overlays
        self.update()

    def show_heat(self, pictures: Mapping[str, QImage]) -> None:
        """Laid over the cameras' pictures while that is switched on; one that has none is shown without."""
        for camera, tile in self.tiles.items():
            tile.heat = pictures.get(camera)
            if tile.heat is not None:
                tile.heat.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    def _see(self, tile: Tile) -> None:
        """The site as it looks from a camera, once for frames of a size."""
        if tile.shown is None or self._site is None:
            return
        if tile.view is None or tile.view.size != tile.shown.size:
            tile.view = CameraView(self._site, tile.camera, tile.shown.size)

    def _describe(self) -> None:
        """For assistive tools: what each tile says."""
        said = "; ".join(f"{t.number} {t.camera.name}: {t.words()[0] or self.tr('live')}" for t in self._visible)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    # ---- geometry

    def _arrange(self) -> None:
        """Which tiles are in view, and where."""
        self.order = ordered(self.tiles, self.order)
        if self.alone not in self.tiles:
            self.alone = ""
        self.page = min(self.page, self.pages - 1)
        first = self.page * self.grid
        names = [self.alone] if self.alone else self.order[first : first + self.grid] if self.grid else self.order
        places = len(names) if self.alone or not self.grid else self.grid
        cells = lay_out(places, self.width(), self.height(), gap=tokens.GAP, head=tokens.TILE_HEAD)
        self._visible = [self.tiles[name] for name in names] if cells else []
        for tile, cell in zip(self._visible, cells, strict=False):
            tile.place(cell)
        self._cells = QRegion()
        inset = 0 if self.devicePixelRatioF().is_integer() else 1  # an edge within a device px is the ground's too
        for tile in self._visible:
            self._cells += tile.whole.adjusted(inset, inset, -inset, -inset)
        self._remedies.keep(names)
        if self.current not in names:
            self.choose(names[0] if names else "")
        self._told.clear()
        self.turns.forget()
        self._heads_at = 0.0
        self.update()

    def tile_at(self, point: QPointF) -> Tile | None:
        return next((tile for tile in self._visible if tile.cell.holds(point.x(), point.y())), None)

    def person_at(self, point: QPointF) -> int | None:
        """The track whose box is there; the smallest, for it is behind no other."""
        tile = self.tile_at(point)
        if tile is None or tile.shown is None or tile.state.sight is not Sight.LIVE:
            return None
        rects = Placed(QRectF(tile.box), tile.shown.size).rects(tile.shown.boxes)
        hit = [
            (r.width() * r.height(), n)
            for r, n in zip(rects, tile.shown.track_id.tolist(), strict=True)
            if r.contains(point)
        ]
        return min(hit)[1] if hit else None

    # ---- painting

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(780, 720)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        self._arrange()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        region = event.region()
        with QPainter(self) as painter:
            rest = region.subtracted(self._cells)
            if not rest.isEmpty():
                painter.save()
                painter.setClipRegion(rest)
                painter.fillRect(self.rect(), THEME.colour("bg.app"))
                painter.restore()
            for tile in self._visible:
                if region.intersects(tile.whole):
                    self._paint_tile(painter, tile, region)
            if self._pressed is not None and self._target is not None and self._target < len(self._visible):
                self._frame(painter, self._visible[self._target].cell, 2)
                paint_carried(painter, self.tiles[self._pressed[1]], self._pressed[0])

    def _paint_tile(self, painter: QPainter, tile: Tile, region: QRegion) -> None:
        chosen = tile.camera.id == self.current and self.hasFocus()
        if region.intersects(tile.head):
            painter.setClipRect(tile.head)
            paint_head(painter, tile, selected=chosen)
            painter.setClipping(False)
        if region.intersects(tile.room):
            paint_room(painter, tile, region, self._instant, self.overlays, self.selected)
        if chosen:
            self._frame(painter, tile.cell, 1)

    def _frame(self, painter: QPainter, cell: Cell, inset: int) -> None:
        painter.setPen(QPen(THEME.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(*cell).adjusted(inset, inset, -inset, -inset))

    # ---- gestures

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        tile = None if event is None else self.tile_at(event.position())
        if event is None or tile is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = (event.position(), tile.camera.id)
        self.choose(tile.camera.id)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None or self._pressed is None or self.alone:
            return
        away = (event.position() - self._pressed[0]).manhattanLength()
        if self._target is None and away < QApplication.startDragDistance():
            return
        over = self.tile_at(event.position())
        self._pressed = (event.position(), self._pressed[1])
        self._target = self._visible.index(over) if over is not None else self._target
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None or self._pressed is None:
            return
        (_, camera), target = self._pressed, self._target
        self._pressed = self._target = None
        self.unsetCursor()
        if target is not None:
            self._move(camera, self.page * self.grid + target)
        else:
            self.person_chosen.emit(self.person_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        tile = None if event is None else self.tile_at(event.position())
        if tile is not None:
            self._pressed = None
            self.arrange(alone="" if self.alone else tile.camera.id)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tile = self.tile_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if tile is None else tile.whole_words(), self)
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:  # noqa: N802
        if event is not None:
            event.ignore()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        names = [tile.camera.id for tile in self._visible]
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.arrange(alone="" if self.alone else self.current)
        elif key == Qt.Key.Key_Escape and self._target is not None:
            self._pressed = self._target = None
            self.unsetCursor()
            self.update()
        elif key == Qt.Key.Key_Escape and self.alone:
            self.arrange(alone="")
        elif key == Qt.Key.Key_Escape and self.selected is not None:
            self.person_chosen.emit(None)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_F11) and self.isWindow():
            self.left.emit()
        elif key in _ARROWS and self.current in names:
            to = names.index(self.current) + self._step(key)
            if 0 <= to < len(names):
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._move(self.current, self.page * self.grid + to)
                else:
                    self.choose(names[to])
        elif key == Qt.Key.Key_PageDown and self.page + 1 < self.pages:
            self.arrange(page=self.page + 1)
        elif key == Qt.Key.Key_PageUp and self.page > 0:
            self.arrange(page=self.page - 1)
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key) -> int:
        """Tiles to the next one in a direction."""
        columns = sum(tile.cell.top == self._visible[0].cell.top for tile in self._visible)
        return {Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}.get(key) or _ARROWS[key]

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        tile = self.tiles.get(self.current) if by_key else self.tile_at(QPointF(event.pos()))
        if tile is not None:
            self.choose(tile.camera.id)
            self.asked.emit(self.mapToGlobal(tile.room.center()) if by_key else event.globalPos())

    def choose(self, camera: str) -> None:
        """What keys and commands are about from now on."""
        if camera != self.current:
            self.current = camera
            self.chosen.emit()
            self.update()

    def _move(self, camera: str, to: int) -> None:
        self.order = moved(self.order, camera, min(to, len(self.order) - 1))
        self._arrange()
        self.rearranged.emit()


_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
