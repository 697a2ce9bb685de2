"""The wall: all cameras' tiles in one painted widget, which repaints what changed and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget

from heatmap_gui.core.camera_view import CameraView
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.wall import Cell, lay_out, moved, ordered
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.basics import button
from heatmap_gui.desktop.widgets.overlays import Overlays, Placed, paint_overlays
from heatmap_gui.desktop.widgets.tile import Tile, paint_head, paint_lost, paint_not_live, paint_picture
from heatmap_gui.services.board import Person, Shown
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.picture_state import Sight, picture_state

_SKIPPED_S = 60.0
_RETRY_BELOW_PX = 60  # the middle of a tile: the reason is above it
_HEADS_S = 0.25  # figures that change more often cannot be read


@dataclass(frozen=True, slots=True)
class Instant:
    """What the wall shows at one moment. people: by floor; counts: people by zone id; now: Unix time."""

    now: float
    newest: Mapping[str, Shown] = field(default_factory=dict)
    states: Mapping[str, CameraState] = field(default_factory=dict)
    people: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


class Wall(QWidget):
    """Click a person to select, double-click a tile for it alone, drag tiles to reorder; arrows, Enter, Ctrl+arrows and
    Escape do the same.

    person_chosen: a track id, or None. rearranged: order, grid or the camera that is shown alone is another one now.
    retried: a camera shall be tried now.
    """

    person_chosen = pyqtSignal(object)
    rearranged = pyqtSignal()
    retried = pyqtSignal(str)

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
        self._told: dict[str, object] = {}
        self._heads_at = 0.0
        self._counted: dict[str, deque[tuple[float, int, int]]] = {}
        self._retries: dict[str, QPushButton] = {}
        self._current = ""
        self._pressed: tuple[QPointF, str] | None = None
        self._target: int | None = None  # the place that a dragged tile would take

    # ---- what is shown

    def show_site(self, site: Site | None) -> None:
        """Its cameras; those that are off are left out."""
        self._site = site
        cameras = [] if site is None else [c for c in enumerate(site.cameras, 1) if c[1].enabled]
        self.tiles = {camera.id: Tile(camera, number) for number, camera in cameras}
        self._counted = {camera: self._counted.get(camera, deque()) for camera in self.tiles}
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
        rooms = ((tile.camera.id, tile.room) for tile in self._visible)
        return {camera: (round(room.width() * ratio), round(room.height() * ratio)) for camera, room in rooms}

    def show_instant(self, instant: Instant) -> set[str]:
        """Repaints the tiles that changed since the last one -> their cameras."""
        self._instant = instant
        heads = not 0 <= instant.now - self._heads_at < _HEADS_S
        if heads:
            self._heads_at = instant.now
        changed, ratio = set(), self.devicePixelRatioF()
        for tile in self._visible:
            if self._change(tile, heads, ratio):
                changed.add(tile.camera.id)
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
            self.update(box if sight is before is Sight.LIVE and tile.box == box else tile.room)
        if heads or sight is not before:
            self._count_skipped(tile)
            self._offer_retry(tile)
            look = (tile.head_words(), tile.words(), tile.state.retry_in_s and int(tile.state.retry_in_s))
            if look != self._told.get(camera):
                live = sight is before is Sight.LIVE
                self._told[camera] = look
                self.update(tile.head if live else QRect(*tile.cell))
                return True
        return new_picture

    def select(self, track_id: int | None) -> None:
        if track_id != self.selected:
            self.selected = track_id
            self.update()

    def show_overlays(self, overlays: Overlays) -> None:
        self.overlays = overlays
        self.update()

    def _see(self, tile: Tile) -> None:
        """The site as it looks from a camera, once for frames of a size."""
        if tile.shown is None or self._site is None:
            tile.view = None
        elif tile.view is None or tile.view.size != tile.shown.size:
            tile.view = CameraView(self._site, tile.camera, tile.shown.size)

    def _count_skipped(self, tile: Tile) -> None:
        state = self._instant.states.get(tile.camera.id)
        counted = self._counted[tile.camera.id]
        if state is None or not state.processed:  # what waits for the first look was not skipped
            counted.clear()
            return
        now, read, skipped = self._instant.now, state.read, state.read - state.processed
        if not counted or now - counted[-1][0] >= 1.0:
            counted.append((now, read, skipped))
        while now - counted[0][0] > _SKIPPED_S:
            counted.popleft()
        _, first_read, first_skipped = counted[0]
        tile.skipped = max(0, skipped - first_skipped)
        tile.skipped_share = tile.skipped / max(1, read - first_read)

    def _offer_retry(self, tile: Tile) -> None:
        """A button in a tile whose camera is lost, where a try does no harm."""
        state, camera = tile.state, tile.camera.id
        wanted = state.sight is Sight.GONE and state.retry_in_s is not None and not state.denied
        offered = self._retries.get(camera)
        if wanted and offered is None:
            offered = button(self.tr("Try now"), symbol="again", clicked=lambda: self.retried.emit(camera))
            offered.setParent(self)
            offered.setAccessibleName(self.tr("Try %1 now").replace("%1", tile.camera.name))
            self._retries[camera] = offered
            offered.show()
        elif not wanted and offered is not None:
            self._drop_retry(camera)
            return
        if offered is not None:
            room, size = tile.room, offered.sizeHint()
            top = min(room.center().y() + _RETRY_BELOW_PX, room.bottom() - size.height() - tokens.GAP)
            offered.setGeometry(room.center().x() - size.width() // 2, top, size.width(), size.height())

    def _drop_retry(self, camera: str) -> None:
        offered = self._retries.pop(camera)
        offered.hide()
        offered.deleteLater()

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
        for camera in [c for c in self._retries if c not in names]:
            self._drop_retry(camera)
        if self._current not in names:
            self._current = names[0] if names else ""
        self._told.clear()
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
            shown = [tile for tile in self._visible if region.intersects(QRect(*tile.cell))]
            rest = region
            for tile in shown:
                rest = rest.subtracted(QRegion(QRect(*tile.cell)))
            if not rest.isEmpty():
                painter.save()
                painter.setClipRegion(rest)
                painter.fillRect(self.rect(), THEME.colour("bg.app"))
                painter.restore()
            for tile in shown:
                self._paint_tile(painter, tile, region)
            if self._target is not None and self._target < len(self._visible):
                self._frame(painter, self._visible[self._target].cell, 2)

    def _paint_tile(self, painter: QPainter, tile: Tile, region: QRegion) -> None:
        chosen = self.hasFocus() and tile.camera.id == self._current
        if region.intersects(tile.head):
            painter.setClipRect(tile.head)
            paint_head(painter, tile, selected=chosen)
            painter.setClipping(False)
        if region.intersects(tile.room):
            self._paint_room(painter, tile, region)
        if chosen:
            self._frame(painter, tile.cell, 1)

    def _paint_room(self, painter: QPainter, tile: Tile, region: QRegion) -> None:
        """The picture with what is drawn over it, or why there is none."""
        there = paint_picture(painter, tile, region)
        sight, shown = tile.state.sight, tile.shown
        if sight is Sight.LIVE and not (there and shown and tile.view and (len(shown.boxes) or tile.view.drawn)):
            return
        painter.setClipRect(tile.room)
        if sight in (Sight.STALE, Sight.UNFIT):
            paint_not_live(painter, tile)
        elif sight is not Sight.LIVE:
            paint_lost(painter, tile)
        elif shown is not None and tile.view is not None:
            painter.setClipRect(tile.box)
            floor = PLAN if tile.camera.calibration else tile.camera.id
            people, counts = self._instant.people.get(floor, ()), self._instant.counts
            placed = Placed(QRectF(tile.box), shown.size)
            paint_overlays(painter, placed, shown, tile.view, people, counts, self.overlays, self.selected)
        painter.setClipping(False)

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
        self._choose(tile.camera.id)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None or self._pressed is None or self.alone:
            return
        away = (event.position() - self._pressed[0]).manhattanLength()
        if self._target is None and away < QApplication.startDragDistance():
            return
        over = self.tile_at(event.position())
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

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        names = [tile.camera.id for tile in self._visible]
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.arrange(alone="" if self.alone else self._current)
        elif key == Qt.Key.Key_Escape and self.alone:
            self.arrange(alone="")
        elif key == Qt.Key.Key_Escape and self.selected is not None:
            self.person_chosen.emit(None)
        elif key in _ARROWS and self._current in names:
            to = names.index(self._current) + self._step(key)
            if 0 <= to < len(names):
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._move(self._current, self.page * self.grid + to)
                else:
                    self._choose(names[to])
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

    def _choose(self, camera: str) -> None:
        self._current = camera
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def _move(self, camera: str, to: int) -> None:
        self.order = moved(self.order, camera, min(to, len(self.order) - 1))
        self._arrange()
        self.rearranged.emit()


_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
