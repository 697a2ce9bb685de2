"""What is drawn over a camera's picture: boxes, ids, trails, zones with how many are in them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from heatmap_gui.core.camera_view import CameraView
from heatmap_gui.core.label_places import Box, place_labels
from heatmap_gui.core.site import Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.plan import chip_size, paint_chip, paint_line, paint_zone
from heatmap_gui.services.board import Person, Shown

_ID_LEAST_PX = 30.0  # of a box's height: below it ids would hide the people
_CHIP_LEAST_PX = 24.0  # of a zone's picture
_BANDS = 3  # of a trail: older ones are fainter
_NAME_SHARE = 0.5  # of a picture's width, at the most
_NAMES_LEAST_PX, _COUNTS_LEAST_PX = 320.0, 140.0  # of a picture's width
_LINE, _CASING = 2, 2  # px of a box's line, and of what is beside it


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

    def points(self, points: F8) -> list[QPointF]:
        """Of (n, 2); those that are not finite are left out."""
        found = points[np.isfinite(points).all(axis=1)] * self._scale + self._offset
        return [QPointF(x, y) for x, y in found.tolist()]

    def rects(self, boxes: F8) -> list[QRectF]:
        """Of left, top, right, bottom (n, 4)."""
        corners = boxes * np.tile(self._scale, 2) + np.tile(self._offset, 2)
        return [QRectF(QPointF(x, y), QPointF(u, v)) for x, y, u, v in corners.tolist()]


class Drawn:
    """Zones and lines over one picture, painted when they change: they are many, and a repaint comes at each frame.

    taken: where names are in the picture.
    """

    def __init__(self) -> None:
        self.taken: list[QRectF] = []
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
            self._shapes = _clear(size, ratio)
            with _on(self._shapes) as over:
                named = _paint_drawn(over, Placed(whole, view.size), view)
            named.sort(key=lambda one: (one[0].type != "forbidden", -one[1].width() * one[1].height()))
            self._named = named
        if (told := [counts.get(zone.id) for zone, _ in self._named]) != self._told:
            self._told = told
            self._words = _clear(size, ratio)
            with _on(self._words) as over:
                self.taken = _paint_names(over, whole, self._named, counts)
        painter.drawImage(picture.topLeft(), self._shapes)
        painter.drawImage(picture.topLeft(), self._words)


def _clear(size: QSize, ratio: float) -> QImage:
    made = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    made.fill(0)
    return made


def _on(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


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
    if overlays.trails:
        there = set(shown.track_id.tolist())
        for one in people:
            if one.track_id in there and len(one.trail) > 1:
                _paint_trail(painter, placed.points(view.places(one.trail)), one.track_id == selected)
    if not len(shown.boxes):
        return
    rects = placed.rects(shown.boxes)
    ids = shown.track_id.tolist()
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


def _paint_trail(painter: QPainter, points: list[QPointF], selected: bool) -> None:
    step = max(1, math.ceil((len(points) - 1) / _BANDS))
    for band, first in enumerate(range(0, len(points) - 1, step), 1):
        colour = THEME.colour("accent") if selected else QColor(Qt.GlobalColor.white)
        colour.setAlphaF(0.85 * band / _BANDS)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(points[first : first + step + 1]))


def _paint_box(painter: QPainter, rect: QRectF, *, selected: bool, seen: bool) -> None:
    """White, for it lies on a picture in both themes; the selected person's in the accent."""
    casing = QColor(Qt.GlobalColor.black)
    casing.setAlphaF(0.6)
    colour = THEME.colour("accent") if selected else QColor(Qt.GlobalColor.white)
    if seen:
        frame = rect.toRect()
        _fill_frame(painter, frame, _LINE + _CASING, casing)
        _fill_frame(painter, frame, _LINE, colour)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(casing, _LINE + _CASING))
    painter.drawRoundedRect(rect, 2, 2)
    painter.setPen(QPen(colour, _LINE, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(rect, 2, 2)


def _fill_frame(painter: QPainter, rect: QRect, width: int, colour: QColor) -> None:
    """A frame as four bars: as a stroke it takes fifty times as long, and a wall has a hundred of them."""
    half = width // 2
    left, top, across, down = rect.x() - half, rect.y() - half, rect.width() + width, rect.height() + width
    painter.fillRect(left, top, across, width, colour)
    painter.fillRect(left, top + down - width, across, width, colour)
    painter.fillRect(left, top + width, width, down - 2 * width, colour)
    painter.fillRect(left + across - width, top + width, width, down - 2 * width, colour)


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
