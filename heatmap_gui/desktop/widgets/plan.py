"""The floor plan as a canvas: the operator's drawing in the theme's ink, a grid in metres, zones, lines and cameras."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.pictures import ScaledImage, bgra_image

_GRID_M = 1.0
_GRID_LEAST_PX = 14.0  # between two lines of the grid, in the window
_ZONE_PX, _ZONE_SELECTED_PX, _LINE_PX = 1.5, 2.5, 2.5


def read_plan(path: Path) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]] | None:
    """How much ink there is (height, width), 0 to 255: what differs from the paper, whatever the colours are. None when
    it cannot be read. Slow: for `Background`.
    """
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        return None
    grey = picture.astype(np.int16)
    paper = int(np.median(grey))
    reach = max(paper, 255 - paper, 1)
    return np.ascontiguousarray(np.abs(grey - paper) * 255 // reach, np.uint8)


class PlanCanvas(ImageCanvas):
    """Coordinates are plan px. show_site paints what a site says; more layers come on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Floor plan"))
        self.site: Site | None = None
        self.shows_zones = True
        self.selected = ""  # id of a zone or line
        self._ink: np.ndarray[tuple[int, int], np.dtype[np.uint8]] | None = None
        self._drawn: tuple[str, ScaledImage] | None = None
        self.layers = [self._paint_floor, self._paint_zones]

    def show_site(self, site: Site) -> None:
        self.site = site
        self.show_size((site.floor.width_px, site.floor.height_px))
        self.update()

    def show_ink(self, ink: np.ndarray[tuple[int, int], np.dtype[np.uint8]] | None) -> None:
        """What `read_plan` read."""
        self._ink, self._drawn = ink, None
        self.update()

    def _paint_floor(self, painter: QPainter, canvas: ImageCanvas) -> None:
        self._paint_paper(painter, canvas)
        self._paint_ink(painter, canvas)

    def _paint_paper(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.site is None or not self.site.floor.width_px:
            return
        painter.fillRect(canvas.picture_rect(), THEME.colour("plan.floor"))
        if self.site.floor.metres_per_pixel is not None:
            paint_grid(painter, canvas, self.site.floor.metres_per_pixel)

    def _paint_ink(self, painter: QPainter, canvas: ImageCanvas) -> None:
        image = self._plan_image()
        if image is not None:
            image.paint(painter, canvas.picture_rect())

    def _plan_image(self) -> ScaledImage | None:
        if self._ink is None:
            return None
        if self._drawn is None or self._drawn[0] != THEME.mode:
            height, width = self._ink.shape
            colour = THEME.colour("plan.wall")
            bgra = np.empty((height, width, 4), np.uint8)
            bgra[..., 0], bgra[..., 1], bgra[..., 2] = colour.blue(), colour.green(), colour.red()
            bgra[..., 3] = self._ink
            self._drawn = (THEME.mode, ScaledImage(bgra_image(bgra)))
        return self._drawn[1]

    def _paint_zones(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.site is None or not self.shows_zones:
            return
        for zone in self.site.zones:
            if zone.on == PLAN:
                paint_zone(painter, zone, canvas.polygon(zone.polygon), selected=zone.id == self.selected)
        for line in self.site.lines:
            if line.on == PLAN:
                a, b = (canvas.to_window(float(p[0]), float(p[1])) for p in (line.a, line.b))
                paint_line(painter, line, a, b, selected=line.id == self.selected)


def paint_grid(painter: QPainter, canvas: ImageCanvas, metres_per_pixel: float) -> None:
    """A line a metre, or fewer where they would be too near each other."""
    step = _GRID_M / metres_per_pixel
    while step * canvas.scale < _GRID_LEAST_PX:
        step *= 5 if math.isclose(math.log10(step * metres_per_pixel) % 1, 0, abs_tol=1e-6) else 2
    width, height = canvas.picture_size
    painter.setPen(QPen(THEME.colour("plan.grid"), 1))
    for number in range(1, math.ceil(width / step)):
        painter.drawLine(canvas.to_window(number * step, 0), canvas.to_window(number * step, height))
    for number in range(1, math.ceil(height / step)):
        painter.drawLine(canvas.to_window(0, number * step), canvas.to_window(width, number * step))


def zone_pen(kind: str, *, selected: bool = False) -> QPen:
    """The outline of a zone type: its colour and its dash, as a state is never colour alone."""
    width = _ZONE_SELECTED_PX if selected else _ZONE_PX
    pen = QPen(THEME.colour(f"zone.{kind}"), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    dash = tokens.ZONE_DASH.get(kind)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


def paint_zone(painter: QPainter, zone: Zone, polygon: QPolygonF, *, selected: bool = False, name: bool = True) -> None:
    """polygon: of the zone, in the window."""
    fill = THEME.colour(f"zone.{zone.type}", tokens.ZONE_FILL.get(zone.type, 0.16))
    painter.setPen(zone_pen(zone.type, selected=selected))
    painter.setBrush(fill)
    painter.drawPolygon(polygon)
    if zone.type == "forbidden":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(THEME.colour("zone.forbidden", 0.5), Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(polygon)
    if name:
        paint_chip(painter, polygon.boundingRect().center(), zone.name, THEME.colour(f"zone.{zone.type}"))


def paint_line(painter: QPainter, line: Line, a: QPointF, b: QPointF, *, selected: bool = False) -> None:
    """With an arrow to its "in" side and a dark casing. a, b: in the window."""
    colour = THEME.colour("zone.line")
    along = b - a
    length = math.hypot(along.x(), along.y()) or 1.0
    side = -1.0 if line.in_side == "left" else 1.0  # y down: left of a walk from a to b is up when it goes right
    across = QPointF(-along.y(), along.x()) * (side * 22.0 / length)
    middle = (a + b) / 2
    tip = middle + across
    back = across * 0.4
    wing = along * (5.0 / length)
    for pen in (QPen(THEME.colour("person.halo"), _LINE_PX + 2.5), QPen(colour, _LINE_PX + (1.0 if selected else 0.0))):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(a, b)
        painter.drawLine(middle, tip)
        painter.drawLine(tip, tip - back + wing)
        painter.drawLine(tip, tip - back - wing)


@lru_cache(512)  # of each repaint the same
def chip_size(text: str, *, marked: bool) -> tuple[float, float]:
    """Width and height of a chip. marked: with a square of a colour."""
    metrics = QFontMetricsF(font(tokens.CAPTION, tokens.MEDIUM))
    return metrics.horizontalAdvance(text) + (12.0 if marked else 0.0) + 12.0, metrics.height() + 6.0


def paint_chip(
    painter: QPainter, at: QPointF, text: str, mark: QColor | None = None, *, background: str = "bg.overlay"
) -> QRectF:
    """A text on a plate in the middle of `at`, with a square of a colour before it -> where it is."""
    written: QFont = font(tokens.CAPTION, tokens.MEDIUM)
    painter.setFont(written)
    indent = 12.0 if mark is not None else 0.0
    width, height = chip_size(text, marked=mark is not None)
    box = QRectF(at.x() - width / 2, at.y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour(background, 0.92))
    painter.drawRoundedRect(box, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
    if mark is not None:
        painter.setBrush(mark)
        painter.drawRoundedRect(QRectF(box.left() + 6, box.center().y() - 4, 8, 8), 2, 2)
    painter.setPen(THEME.colour("text.on_accent" if background == "accent.fill" else "text.primary"))
    painter.drawText(box.adjusted(6 + indent, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, text)
    return box


def paint_person(painter: QPainter, at: QPointF, *, selected: bool = False, seen: bool = True) -> None:
    """A dot; dashed and hollow where nobody sees the person now."""
    colour = THEME.colour("accent" if selected else "person")
    radius = tokens.DOT / 2
    painter.setPen(QPen(THEME.colour("person.halo"), 2) if seen else QPen(colour, 1.5, Qt.PenStyle.DotLine))
    painter.setBrush(colour if seen else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)


def places_in_window(canvas: ImageCanvas, points: F8) -> F8:
    """Points (n, 2), picture px, in the window."""
    origin = canvas.to_window(0, 0)
    return np.asarray(points * canvas.scale + (origin.x(), origin.y()))


def points_to_window(canvas: ImageCanvas, points: F8) -> list[QPointF]:
    """Points (n, 2), picture px, in the window; those that are not finite are left out."""
    places = places_in_window(canvas, points[np.isfinite(points).all(axis=1)])
    return [QPointF(x, y) for x, y in places.tolist()]
