"""What is drawn over a camera's picture: boxes, ids, trails, zones with how many are in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PyQt6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PyQt6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPolygonF

from heatmap_gui.core.camera_view import CameraView
from heatmap_gui.core.label_places import Box, place_labels
from heatmap_gui.core.site import Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.pictures import premultiplied_image
from heatmap_gui.desktop.widgets.plan import chip_size, paint_chip, paint_line, paint_zone
from heatmap_gui.desktop.widgets.trails import Trails
from heatmap_gui.desktop.widgets.transparent import smooth_painter, transparent
from heatmap_gui.services.board import Person, Shown

_ID_LEAST_PX = 30.0  # of a box's height: below it ids would hide the people
_CHIP_LEAST_PX = 24.0  # of a zone's picture
_FADES = (0.28, 0.57, 0.85)  # of a trail's parts
_NAME_SHARE = 0.5  # of a picture's width, at the most
_NAMES_LEAST_PX, _COUNTS_LEAST_PX = 320.0, 140.0  # of a picture's width
_LINE, _CASING = 2, 2  # px of a box's line, and of what is beside it
_DASH, _DASH_GAP = 10, 2  # px


@dataclass(frozen=True, slots=True)
class Overlays:
    """Which are switched on."""

    boxes: bool = True
    ids: bool = True
    trails: bool = True
    zones: bool = True
    heat: bool = False


class Placed:
    """Frame px of one camera -> px of the window, where its picture is."""

    def __init__(self, box: QRectF, size: tuple[int, int]) -> None:
        self.box = box
        self._scale = np.array([box.width() / size[0], box.height() / size[1]])
        self._offset = np.array([box.left(), box.top()])

    def places(self, points: F8) -> F8:
        """Of (n, 2)."""
        return np.asarray(points * self._scale + self._offset)

    def points(self, points: F8) -> list[QPointF]:
        """Of (n, 2); those that are not finite are left out."""
        found = self.places(points[np.isfinite(points).all(axis=1)])
        return [QPointF(x, y) for x, y in found.tolist()]

    def rects(self, boxes: F8) -> list[QRectF]:
        """Of left, top, right, bottom (n, 4)."""
        corners = boxes * np.tile(self._scale, 2) + np.tile(self._offset, 2)
        return [QRectF(QPointF(x, y), QPointF(u, v)) for x, y, u, v in corners.tolist()]


class Drawn:
    """Zones and lines over one picture, painted when they change: they are many, and a repaint comes at each frame.

    taken: where names are in the picture. trails: over the same one.
    """

    def __init__(self) -> None:
        self.taken: list[QRectF] = []
        self.trails = Trails(None, _FADES)
        self._shapes = self._words = QImage()
        self._named: list[tuple[Zone, QRectF]] = []
        self._of: tuple[object, ...] = ()
        self._told: list[int | None] | None = None

    def paint(self, painter: QPainter, picture: QRectF, view: CameraView, counts: Mapping[str, int]) -> None:
        """Over a picture that is there. counts: by zone id."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        size = picture.size().toSize()
        whole = QRectF(QPointF(), QSizeF(size))
        if (of := (view, size, ratio, THEME.mode)) != self._of:
            self._of, self._told = of, None
            self._shapes = transparent(size, ratio)
            with smooth_painter(self._shapes) as over:
                named = _paint_drawn(over, Placed(whole, view.size), view)
            named.sort(key=lambda one: (one[0].type != "forbidden", -one[1].width() * one[1].height()))
            self._named = named
        if (told := [counts.get(zone.id) for zone, _ in self._named]) != self._told:
            self._told = told
            self._words = transparent(size, ratio)
            with smooth_painter(self._words) as over:
                self.taken = _paint_names(over, whole, self._named, counts)
        painter.drawImage(picture.topLeft(), self._shapes)
        painter.drawImage(picture.topLeft(), self._words)


def _paint_drawn(painter: QPainter, placed: Placed, view: CameraView) -> list[tuple[Zone, QRectF]]:
    """-> zones that are large enough for a name, with where they are."""
    named = []
    for zone, outline in view.zones:
        polygon = QPolygonF(placed.points(outline))
        paint_zone(painter, zone, polygon, name=False)
        seen = polygon.boundingRect().intersected(placed.box)
        if min(seen.width(), seen.height()) >= _CHIP_LEAST_PX:
            named.append((zone, seen))
    for line, ends in view.lines:
        points = placed.points(ends)
        if len(points) == 2:
            paint_line(painter, line, points[0], points[1])
    return named


def paint_overlays(
    painter: QPainter,
    placed: Placed,
    shown: Shown,
    view: CameraView,
    drawn: Drawn,
    people: Sequence[Person],
    counts: Mapping[str, int],
    overlays: Overlays,
    selected: int | None,
) -> None:
    """All that is switched on, over a picture at `placed`. people: on the camera's floor; counts: by zone id."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chips: list[QRectF] = []
    if overlays.zones and view.drawn:
        drawn.paint(painter, placed.box, view, counts)
        chips = [one.translated(placed.box.topLeft()) for one in drawn.taken]
    if not len(shown.boxes):
        return
    ids = shown.track_id.tolist()
    if overlays.trails:
        there, room = [one for one in people if one.track_id in ids], placed.box.toRect()
        drawn.trails.paint(painter, there, room, lambda way: placed.places(view.places(way)), (view,), selected)
    rects = placed.rects(shown.boxes)
    if overlays.boxes:
        for number, rect, seen in zip(ids, rects, shown.seen.tolist(), strict=True):
            _paint_box(painter, rect, selected=number == selected, seen=seen)
    if overlays.ids:
        _paint_ids(painter, placed.box, rects, ids, selected, chips)


def _paint_names(
    painter: QPainter, picture: QRectF, named: Sequence[tuple[Zone, QRectF]], counts: Mapping[str, int]
) -> list[QRectF]:
    """Names with how many are there, none over another: where there is no place, how many names are left out.

    In a small picture how many alone, where there is anybody; in a tiny one nothing: the people are what matters.
    """
    if picture.width() >= _NAMES_LEAST_PX:
        texts = [_name(zone, counts.get(zone.id), _NAME_SHARE * picture.width()) for zone, _ in named]
    else:
        named = [one for one in named if counts.get(one[0].id) and picture.width() >= _COUNTS_LEAST_PX]
        texts = [str(counts[zone.id]) for zone, _ in named]
    room = Box(picture.left() + 2, picture.top() + 2, picture.right() - 2, picture.bottom() - 2)
    middles = [(seen.center().x(), seen.center().y()) for _, seen in named]
    sizes = [chip_size(text, marked=True) for text in texts]
    boxes = place_labels(middles, sizes, room)
    width, height = chip_size("+9", marked=False)
    corner = Box(room.right - width, room.bottom - height, room.right, room.bottom)
    if None in boxes:
        boxes = place_labels(middles, sizes, room, [corner])
    taken = []
    for (zone, _), text, box in zip(named, texts, boxes, strict=True):
        if box is not None:
            middle = QPointF((box.left + box.right) / 2, (box.top + box.bottom) / 2)
            taken.append(paint_chip(painter, middle, text, THEME.colour(f"zone.{zone.type}")))
    if left_out := boxes.count(None):
        taken.append(paint_chip(painter, QPointF(corner.left + width / 2, corner.top + height / 2), f"+{left_out}"))
    return taken


def _name(zone: Zone, count: int | None, most_px: float) -> str:
    """A zone's name, shortened where it is too long, and how many are there."""
    number = "" if count is None else f"  {count}"
    metrics = QFontMetricsF(font(tokens.CAPTION, tokens.MEDIUM))
    left_px = most_px - metrics.horizontalAdvance(number)
    return metrics.elidedText(zone.name, Qt.TextElideMode.ElideRight, left_px) + number


def _paint_box(painter: QPainter, rect: QRectF, *, selected: bool, seen: bool) -> None:
    """White, for it lies on a picture in both themes; the selected person's in the accent. Dashed: not seen now."""
    casing = QColor(Qt.GlobalColor.black)
    casing.setAlphaF(0.6)
    colour = THEME.colour("accent") if selected else QColor(Qt.GlobalColor.white)
    frame = rect.toRect()
    _fill_frame(painter, frame, _LINE + _CASING, (QBrush(casing),) * 2)
    painter.setBrushOrigin(frame.topLeft())  # dashes go with the box
    _fill_frame(painter, frame, _LINE, (QBrush(colour),) * 2 if seen else _dashes(colour.rgb()))


@lru_cache
def _dashes(rgb: int) -> tuple[QBrush, QBrush]:
    """Along a level bar, and along an upright one."""
    dash = np.array([rgb] * _DASH + [0] * _DASH_GAP, np.uint32).view(np.uint8).reshape(-1, 4)
    return QBrush(premultiplied_image(dash[None]).copy()), QBrush(premultiplied_image(dash[:, None]).copy())


def _fill_frame(painter: QPainter, rect: QRect, width: int, fills: tuple[QBrush, QBrush]) -> None:
    """A frame as four bars: as a stroke it takes fifty times as long, and a wall has a hundred of them.

    fills: of the level bars, of the upright ones.
    """
    half, (level, upright) = width // 2, fills
    left, top, across, down = rect.x() - half, rect.y() - half, rect.width() + width, rect.height() + width
    painter.fillRect(left, top, across, width, level)
    painter.fillRect(left, top + down - width, across, width, level)
    painter.fillRect(left, top + width, width, down - 2 * width, upright)
    painter.fillRect(left + across - width, top + width, width, down - 2 * width, upright)


def _paint_ids(
    painter: QPainter,
    picture: QRectF,
    rects: Sequence[QRectF],
    ids: Sequence[int],
    selected: int | None,
    chips: Sequence[QRectF],
) -> None:
    """Above each box, the selected one's first; one that is too small or would lie on another text is left out."""
    taken = list(chips)
    order = sorted(range(len(ids)), key=lambda n: (ids[n] != selected, -rects[n].height()))
    for n in order:
        rect, chosen = rects[n], ids[n] == selected
        if rect.height() < _ID_LEAST_PX and not chosen:
            continue
        text = str(ids[n])
        width, height = chip_size(text, marked=False)
        place = QPointF(rect.center().x(), max(rect.top() - 11, picture.top() + 10))
        about = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
        if not chosen and any(about.intersects(other) for other in taken):
            continue
        taken.append(paint_chip(painter, place, text, background="accent.fill" if chosen else "bg.overlay"))
