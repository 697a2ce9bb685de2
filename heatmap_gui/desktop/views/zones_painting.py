"""Zones and lines over a picture, with the handles, lengths and guides of the one under edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen, QPolygonF

from heatmap_gui.core.drawn_views import corners_of, outline_in_camera, to_plan
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.shape_editing import PolygonEditor, ShapeEditor, Sketch
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.zones_ruler import Ruler
from heatmap_gui.desktop.views.zones_words import Key, all_drawn, key_of, refusal
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.plan import chip_size, paint_chip, paint_line, paint_zone, zone_pen

translate = QCoreApplication.translate

_LEAST_EDGE_PX = 56.0  # of the window: a shorter edge has no room for its length
_BESIDE_PX = 16.0
_CHIP_PX = 24.0
_ARROW_PX = 52.0  # of a line, to either side
_BESIDE_EDGE = ((0.5, 1), (0.25, 1), (0.75, 1), (0.5, -1))  # share of the way along it; outside or inside
_BESIDE_END = ((0.85, 1),)


def projected(site: Site, cameras: Mapping[str, Projection], place: str, drawn: Zone | Line) -> F8 | None:
    """The outline of what is drawn, or its two ends, in px of another picture; None where it is not seen."""
    corners = corners_of(drawn)
    if drawn.on == place:
        return corners
    plan_px = to_plan(site.floor, cameras, drawn.on, corners)
    if plan_px is None or place == PLAN:
        return plan_px
    if place not in cameras:
        return None
    outline = outline_in_camera(site.floor, cameras[place], plan_px, closed=isinstance(drawn, Zone))
    if outline is None or isinstance(drawn, Zone):
        return outline
    return outline[[0, -1]]


def with_corners(drawn: Zone | Line, corners: F8) -> Zone | Line:
    if isinstance(drawn, Zone):
        return replace(drawn, polygon=corners)
    return replace(drawn, a=corners[0], b=corners[1])


def paint_drawn(painter: QPainter, canvas: ImageCanvas, drawn: Zone | Line, corners: F8, *, selected: bool) -> None:
    """Corners: in px of the canvas."""
    if isinstance(drawn, Zone):
        if len(corners) >= 3:
            paint_zone(painter, drawn, canvas.polygon(corners), selected=selected, name=False)
        return
    a, b = (canvas.to_window(float(x), float(y)) for x, y in corners)
    paint_line(painter, drawn, a, b, selected=selected)
    if not selected:
        return
    along = b - a
    length = max(1.0, float(np.hypot(along.x(), along.y())))
    side = -1.0 if drawn.in_side == "left" else 1.0
    across = QPointF(-along.y(), along.x()) * (side * 38.0 / length)
    from_middle = (a + b) / 2
    paint_chip(painter, from_middle + across, translate("Zones", "in"), THEME.colour("zone.line"))
    paint_chip(painter, from_middle - across, translate("Zones", "out"))


def paint_ghost(painter: QPainter, canvas: ImageCanvas, drawn: Zone | Line, corners: F8) -> None:
    """As it was: dashed, and by name. Corners: in px of the canvas."""
    outline = canvas.polygon(corners)
    for pen in (QPen(THEME.colour("person.halo"), 4), QPen(THEME.colour("warn"), 2, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        (painter.drawPolygon if isinstance(drawn, Zone) else painter.drawPolyline)(outline)
    box = outline.boundingRect()
    paint_chip(painter, QPointF(box.center().x(), box.top()), drawn.name, THEME.colour("warn"))


class ShapesLayer:
    """All that is drawn on one place. hidden: what is not painted. ghosts: as they were, to compare with."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.site: Site | None = None
        self.cameras: Mapping[str, Projection] = {}
        self.hidden: frozenset[Key] = frozenset()
        self.ghosts: Sequence[Zone | Line] = ()
        self.selected: Key | None = None
        self.editor: ShapeEditor | None = None
        self.sketch: Sketch | None = None
        self.hover: F8 | None = None
        self.kind = "general"
        self.ruler: Ruler | None = None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.site is None or self.ruler is None:
            return
        under: Zone | Line | None = None
        names: list[tuple[Zone, QRectF]] = []
        if self.place != PLAN:
            painter.setClipRect(canvas.picture_rect())  # nobody is seen beside it
        there: list[tuple[Zone | Line, F8]] = []
        for drawn in all_drawn(self.site):
            key = key_of(drawn)
            if key == self.selected:
                under = drawn
            elif key not in self.hidden:
                corners = projected(self.site, self.cameras, self.place, drawn)
                if corners is not None:
                    paint_drawn(painter, canvas, drawn, corners, selected=False)
                    there.append((drawn, corners))
        arrows = [arrow_box(canvas, corners) for drawn, corners in there if isinstance(drawn, Line)]
        for drawn, corners in there:
            names += named(canvas, drawn, corners, arrows)
        for zone, box in names:  # over all lines
            paint_name(painter, zone, box)
        for ghost in self.ghosts:
            corners = projected(self.site, self.cameras, self.place, ghost)
            if corners is not None:
                paint_ghost(painter, canvas, ghost, corners)
        painter.setClipping(False)
        if under is not None:
            self._paint_selected(painter, canvas, under, [box for _, box in names])
        if self.sketch is not None:
            paint_sketch(painter, canvas, self.sketch, self.hover, self.kind, self.ruler)

    def _paint_selected(
        self, painter: QPainter, canvas: ImageCanvas, drawn: Zone | Line, names: Sequence[QRectF]
    ) -> None:
        assert self.site is not None
        assert self.ruler is not None
        if self.editor is None:
            corners = projected(self.site, self.cameras, self.place, drawn)
            if corners is not None:
                paint_drawn(painter, canvas, drawn, corners, selected=True)
                for zone, box in named(canvas, drawn, corners):
                    paint_name(painter, zone, box)
            return
        paint_drawn(painter, canvas, drawn, self.editor.shown, selected=True)
        own = named(canvas, drawn, self.editor.shown)
        for zone, box in own:
            paint_name(painter, zone, box)
        paint_guides(painter, canvas, self.editor)
        paint_handles(painter, canvas, self.editor)
        taken = [*names, *(box for _, box in own)]
        paint_lengths(painter, canvas, self.editor.shown, self.ruler, closed=self.editor.closed, taken=taken)
        paint_notes(painter, canvas, self.editor, self.ruler)


def paint_handles(painter: QPainter, canvas: ImageCanvas, editor: ShapeEditor) -> None:
    """Corners as dots, the active one full; the middles of edges as small squares that stand on a corner."""
    painter.setPen(QPen(THEME.colour("accent.fill"), 1.5))
    painter.setBrush(THEME.colour("bg.surface"))
    for middle in editor.middles(editor.shown):
        at = canvas.to_window(*middle.tolist())
        painter.drawPolygon(
            QPolygonF([at + QPointF(0, -5), at + QPointF(5, 0), at + QPointF(0, 5), at - QPointF(5, 0)])
        )
    for number, (x, y) in enumerate(editor.shown):
        at, active = canvas.to_window(float(x), float(y)), number == editor.active
        radius = tokens.VERTEX / 2 + (1.5 if active else 0.0)
        painter.setPen(QPen(THEME.colour("person.halo"), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QPen(THEME.colour("text.on_accent" if active else "accent.fill"), 2))
        painter.setBrush(THEME.colour("accent.fill" if active else "text.on_accent"))
        painter.drawEllipse(at, radius, radius)


def arrow_box(canvas: ImageCanvas, corners: F8) -> QRectF:
    """Around the arrow of a line, px of the window."""
    a, b = (canvas.to_window(float(x), float(y)) for x, y in corners)
    box = QRectF(0, 0, _ARROW_PX, _ARROW_PX)
    box.moveCenter((a + b) / 2)
    return box


def named(
    canvas: ImageCanvas, drawn: Zone | Line, corners: F8, taken: Sequence[QRectF] = ()
) -> list[tuple[Zone, QRectF]]:
    """A zone and where its name lies, px of the window: above or below the middle if that is taken. A line has none."""
    if isinstance(drawn, Line) or len(corners) < 3:
        return []
    box = QRectF(0, 0, *chip_size(drawn.name, marked=True))
    room = canvas.polygon(corners).boundingRect()
    for step in (0, -1, 1):
        box.moveCenter(room.center() + QPointF(0, step * room.height() / 3))
        if not any(box.intersects(other) for other in taken):
            return [(drawn, box)]
    box.moveCenter(room.center())
    return [(drawn, box)]


def paint_name(painter: QPainter, zone: Zone, box: QRectF) -> None:
    paint_chip(painter, box.center(), zone.name, THEME.colour(f"zone.{zone.type}"))


def paint_lengths(
    painter: QPainter, canvas: ImageCanvas, corners: F8, ruler: Ruler, *, closed: bool, taken: Sequence[QRectF] = ()
) -> None:
    """Beside each edge that has room for it, on its outer side if what is taken (px of the window) leaves it."""
    full, places = list(taken), _BESIDE_EDGE if closed else _BESIDE_END
    middle = np.mean(corners, axis=0)
    pairs = zip(corners, np.roll(corners, -1, axis=0), strict=True) if closed else [(corners[0], corners[1])]
    for a, b in pairs:
        start, end = canvas.to_window(*a.tolist()), canvas.to_window(*b.tolist())
        along = end - start
        length = float(np.hypot(along.x(), along.y()))
        if length < _LEAST_EDGE_PX:
            continue
        normal = QPointF(-along.y(), along.x()) / length
        out = (start + end) / 2 - canvas.to_window(*middle.tolist())
        if QPointF.dotProduct(normal, out) < 0:
            normal = -normal
        text = ruler.length(np.stack([a, b]))
        room = _BESIDE_PX + abs(normal.x()) * 3.2 * len(text) * (1.0 if closed else 0.0)
        box = QRectF(0, 0, *chip_size(text, marked=False))
        for share, side in places:
            box.moveCenter(start + along * share + normal * (side * room))
            if not any(box.intersects(other) for other in full):
                full.append(paint_chip(painter, box.center(), text))
                break


def paint_guides(painter: QPainter, canvas: ImageCanvas, editor: ShapeEditor) -> None:
    """What the dragged corner snapped to."""
    if editor.active is None:
        return
    pen = QPen(THEME.colour("accent"), 1, Qt.PenStyle.DashLine)
    x, y = editor.shown[editor.active].tolist()
    at = canvas.to_window(x, y)
    for guide in editor.guides:
        mark = canvas.to_window(*guide.mark)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if guide.kind == "corner":
            painter.drawEllipse(at, tokens.VERTEX, tokens.VERTEX)
            continue
        way = (mark - at) / max(1.0, float(np.hypot(mark.x() - at.x(), mark.y() - at.y())))
        painter.drawLine(at - way * _CHIP_PX * 2, mark + way * _CHIP_PX)


def paint_notes(painter: QPainter, canvas: ImageCanvas, editor: ShapeEditor, ruler: Ruler) -> None:
    """Where the active corner is, what it is in line with, and why the shape is refused."""
    number = editor.active
    if number is None:
        if editor.refused:
            paint_refusal(
                painter, canvas, canvas.polygon(editor.shown).boundingRect().center(), refusal(editor.refused)
            )
        return
    at = canvas.to_window(*editor.shown[number].tolist())
    side = -1.0 if editor.shown[number][0] <= np.mean(editor.shown[:, 0]) else 1.0
    place = at + QPointF(side * 76, -_CHIP_PX)
    paint_chip(painter, place, ruler.position(editor.shown[number]), background="accent.fill")
    if editor.refused:
        if isinstance(editor, PolygonEditor):
            pen = QPen(THEME.colour("error"), 2.5)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(canvas.polygon(editor.shown))
        paint_refusal(painter, canvas, at + QPointF(side * 110, 4), refusal(editor.refused))
        return
    words = {
        "corner": translate("Zones", "on the corner of another"),
        "x": translate("Zones", "in line, above or below"),
        "y": translate("Zones", "in line, left or right"),
    }
    for line, guide in enumerate(editor.guides):
        paint_chip(painter, at + QPointF(side * 96, (line + 0.1) * _CHIP_PX), words[guide.kind])


def paint_refusal(painter: QPainter, canvas: ImageCanvas, at: QPointF, text: str) -> None:
    """A chip with the mark of an error, kept within the window."""
    room = QRectF(canvas.rect()).adjusted(120, 16, -120, -16)
    kept = QPointF(min(max(at.x(), room.left()), room.right()), min(max(at.y(), room.top()), room.bottom()))
    paint_chip(painter, kept, text, THEME.colour("error"), background="error.bg")


def paint_sketch(
    painter: QPainter, canvas: ImageCanvas, sketch: Sketch, hover: F8 | None, kind: str, ruler: Ruler
) -> None:
    """What is drawn so far, and the edge that the next click makes."""
    points = [*sketch.points, *([hover] if hover is not None else [])]
    if not points:
        return
    window = [canvas.to_window(*point.tolist()) for point in points]
    painter.setPen(zone_pen(kind, selected=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(window))
    painter.setPen(QPen(THEME.colour("accent.fill"), 2))
    painter.setBrush(THEME.colour("text.on_accent"))
    for number, at in enumerate(window[: len(sketch.points)]):
        radius = tokens.VERTEX / 2 + (2.0 if number == 0 and len(sketch.points) >= 3 else 0.0)
        painter.drawEllipse(at, radius, radius)
    if len(points) > 1:
        last = np.stack(points[-2:])
        if (window[-1] - window[-2]).manhattanLength() > _CHIP_PX:
            paint_chip(painter, (window[-2] + window[-1]) / 2 + QPointF(0, -_BESIDE_PX), ruler.length(last))
    if sketch.refused:
        paint_refusal(painter, canvas, window[-1] + QPointF(0, _CHIP_PX), refusal(sketch.refused))
