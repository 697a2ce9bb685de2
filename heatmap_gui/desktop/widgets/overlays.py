"""What is drawn over a camera's picture: boxes, ids, trails, zones with how many are in them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF

from heatmap_gui.core.camera_view import CameraView
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.plan import paint_chip, paint_line, paint_zone
from heatmap_gui.services.board import Person, Shown

_ID_LEAST_PX = 30.0  # of a box's height: below it ids would hide the people
_CHIP_LEAST_PX = 24.0  # of a zone's picture
_BANDS = 3  # of a trail: older ones are fainter
_CHAR_PX = 7.0  # of a chip's text, about
_CASING = 2.0


@dataclass(frozen=True, slots=True)
class Overlays:
    """Which are switched on."""

    boxes: bool = True
    ids: bool = True
    trails: bool = True
    zones: bool = True


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


def paint_overlays(
    painter: QPainter,
    placed: Placed,
    shown: Shown,
    view: CameraView,
    people: Sequence[Person],
    counts: Mapping[str, int],
    overlays: Overlays,
    selected: int | None,
) -> None:
    """All that is switched on, over a picture at `placed`. people: on the camera's floor; counts: by zone id."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chips = _paint_zones(painter, placed, view, counts) if overlays.zones else []
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


def _paint_zones(painter: QPainter, placed: Placed, view: CameraView, counts: Mapping[str, int]) -> list[QRectF]:
    """-> where their names are."""
    chips = []
    for zone, outline in view.zones:
        polygon = QPolygonF(placed.points(outline))
        paint_zone(painter, zone, polygon, name=False)
        chips.append((zone, polygon.boundingRect().intersected(placed.box)))
    for line, ends in view.lines:
        points = placed.points(ends)
        if len(points) == 2:
            paint_line(painter, line, points[0], points[1])
    taken = []
    for zone, seen in chips:
        if min(seen.width(), seen.height()) >= _CHIP_LEAST_PX:
            count = counts.get(zone.id)
            text = zone.name if count is None else f"{zone.name}  {count}"
            half = min(_CHAR_PX * len(text) / 2 + 14.0, placed.box.width() / 2)
            x = min(max(seen.center().x(), placed.box.left() + half), placed.box.right() - half)
            mark = THEME.colour(f"zone.{zone.type}")
            taken.append(paint_chip(painter, QPointF(x, seen.center().y()), text, mark))
    return taken


def _paint_trail(painter: QPainter, points: list[QPointF], selected: bool) -> None:
    step = max(1, math.ceil((len(points) - 1) / _BANDS))
    for band, first in enumerate(range(0, len(points) - 1, step), 1):
        colour = THEME.colour("accent") if selected else QColor(Qt.GlobalColor.white)
        colour.setAlphaF(0.85 * band / _BANDS)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(points[first : first + step + 1]))


def _paint_box(painter: QPainter, rect: QRectF, *, selected: bool, seen: bool) -> None:
    """White, for it lies on a picture in both themes; the selected person's in the accent."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = 2.0 if selected else 1.5
    casing = QColor(Qt.GlobalColor.black)
    casing.setAlphaF(0.6)
    painter.setPen(QPen(casing, width + _CASING))
    painter.drawRoundedRect(rect, 2, 2)
    style = Qt.PenStyle.SolidLine if seen else Qt.PenStyle.DashLine
    painter.setPen(QPen(THEME.colour("accent") if selected else QColor(Qt.GlobalColor.white), width, style))
    painter.drawRoundedRect(rect, 2, 2)


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
        place = QPointF(rect.center().x(), max(rect.top() - 11, picture.top() + 10))
        about = QRectF(place.x() - 6 - _CHAR_PX * len(text) / 2, place.y() - 10, 12 + _CHAR_PX * len(text), 20)
        if not chosen and any(about.intersects(other) for other in taken):
            continue
        taken.append(paint_chip(painter, place, text, background="accent.fill" if chosen else "bg.overlay"))
