"""The floor with its heat: under the plan's lines the colours, over them what the eye should find, and the value at
the pointer in words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PyQt6.QtCore import QLocale, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QPolygonF
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core import geometry
from heatmap_gui.core.site import PLAN, Floor
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.pictures import bgra_image
from heatmap_gui.desktop.widgets.plan import PlanCanvas
from heatmap_gui.services.heat_picture import HeatPicture

_HATCH_PX = 8
_AROUND = ((-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0))  # hairlines: a wide one takes six times as long
_ARROW_PX = (7.0, 26.0)  # the least and the most
_CARD_OFF = 18.0


def number(value: float) -> str:
    """A value for people in the language in force: three digits that matter, or whole numbers."""
    locale = QLocale()
    if not math.isfinite(value):
        return "\u2013"
    if abs(value) >= 100 or value == 0:
        return locale.toString(round(value))
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return locale.toString(float(value), "f", min(digits, 3))


def signed(value: float) -> str:
    """A change: with its sign, a true minus."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return sign + number(abs(value))


class HeatCanvas(PlanCanvas):
    """shows: which of contour, unseen and cameras are painted. pointed: the value under the pointer, NaN: none."""

    pointed = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Heat map of the floor"))
        self.shows = {"contour", "unseen"}
        self.shows_zones = False
        self.heat: HeatPicture | None = None
        self.footprints: Sequence[F8] = ()
        self._colours: QImage | None = None
        self._unseen: QImage | None = None
        self._at: QPointF | None = None
        self.layers[:1] = [self._paint_paper, self._paint_heat, self._paint_unseen, self._paint_ink]
        self.layers += [self._paint_cameras, self._paint_contour, self._paint_arrows, self._paint_card]
        self.moved.connect(lambda at, _: self._point(at))
        self.left.connect(lambda: self._point(None))

    def show_heat(self, heat: HeatPicture | None) -> None:
        self.heat = heat
        self._colours = bgra_image(heat.bgra) if heat is not None else None
        self._unseen = _mask_image(heat) if heat is not None else None
        if heat is not None:
            self.show_size((heat.floor.width_px, heat.floor.height_px))
        self._point(self._at)
        self.update()

    def _point(self, at: QPointF | None) -> None:
        self._at = at
        cell = self.heat.cell_at(at.x(), at.y()) if self.heat is not None and at is not None else None
        self.pointed.emit(float(self.heat.shares[cell]) if self.heat is not None and cell is not None else math.nan)
        self.update()

    # ---- painting

    def _grid_rect(self) -> QRectF:
        """Where the grid is in the window; it may be a part of a cell larger than the plan."""
        assert self.heat is not None
        grid, floor = self.heat.grid, self.heat.floor
        rows, columns = grid.shape
        far = (grid.origin[0] + columns * grid.cell, grid.origin[1] + rows * grid.cell)
        corners = floor.to_px(np.array([grid.origin, far]))
        return QRectF(self.to_window(*map(float, corners[0])), self.to_window(*map(float, corners[1])))

    def _paint_heat(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self._colours is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(canvas.picture_rect())
        painter.drawImage(self._grid_rect(), self._colours)

    def _paint_unseen(self, painter: QPainter, canvas: ImageCanvas) -> None:
        """The hatching has its own size whatever the zoom is: painted in the window, then cut to the cells."""
        if self._unseen is None or "unseen" not in self.shows:
            return
        size = self.size() * self.devicePixelRatioF()
        sheet = QPixmap(size)
        sheet.setDevicePixelRatio(self.devicePixelRatioF())
        sheet.fill(Qt.GlobalColor.transparent)
        with QPainter(sheet) as inner:
            inner.drawImage(self._grid_rect(), self._unseen)
            inner.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            inner.fillRect(self.rect(), hatching())
        painter.setClipRect(canvas.picture_rect())
        painter.drawPixmap(0, 0, sheet)

    def _paint_cameras(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if "cameras" in self.shows:
            painter.setClipRect(canvas.picture_rect())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(THEME.colour("accent"), 1.5, Qt.PenStyle.DashLine))
            for footprint in self.footprints:
                painter.drawPolygon(canvas.polygon(footprint))

    def _paint_contour(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.heat is None or "contour" not in self.shows:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outlines = [canvas.polygon(self.heat.floor.to_px(line)) for line in self.heat.lines]
        for name, places in (("person.halo", _AROUND), ("person", ((0.0, 0.0),))):
            painter.setPen(QPen(THEME.colour(name), 1))
            for outline in outlines:
                for x, y in places:
                    painter.drawPolygon(outline.translated(x, y))

    def _paint_arrows(self, painter: QPainter, canvas: ImageCanvas) -> None:
        """As long as people are fast, from the least to see to the most that has room."""
        if self.heat is None or self.heat.arrows is None or not len(self.heat.arrows):
            return
        arrows = self.heat.arrows
        speeds = np.hypot(arrows[:, 2], arrows[:, 3])
        fastest = max(self.heat.full, 1e-9)
        for (x, y), (vx, vy), speed in zip(
            self.heat.floor.to_px(arrows[:, :2]).tolist(), arrows[:, 2:].tolist(), speeds.tolist(), strict=True
        ):
            if speed > 0.05 * fastest:
                length = min(_ARROW_PX[0] + (_ARROW_PX[1] - _ARROW_PX[0]) * speed / fastest, _ARROW_PX[1])
                along = QPointF(vx, vy) * (length / speed)
                _paint_arrow(painter, canvas.to_window(x, y) - along / 2, along)

    def _paint_card(self, painter: QPainter, canvas: ImageCanvas) -> None:
        at, heat = self._at, self.heat
        if at is None or heat is None or heat.cell_at(at.x(), at.y()) is None:
            return
        place = canvas.to_window(at.x(), at.y())
        painter.setPen(QPen(THEME.colour("person.halo"), 3))
        _paint_cross(painter, place)
        painter.setPen(QPen(THEME.colour("person"), 1.5))
        _paint_cross(painter, place)
        title, *rest = self.words_at(at)
        _paint_plate(painter, QRectF(self.rect()), place, title, rest)

    def words_at(self, at: QPointF) -> list[str]:
        """What stands beside the pointer at a place on the plan: the value, the place, how it compares."""
        heat = self.heat
        if heat is None or (cell := heat.cell_at(at.x(), at.y())) is None:
            return []
        value = float(heat.values[cell])
        words = [self._value_words(heat, cell, value)]
        x, y = heat.floor.from_px(np.array([at.x(), at.y()])).tolist()
        locale = QLocale()
        digits = 2 if heat.floor.unit == "m" else 0
        x_words, y_words = (f"{locale.toString(v, 'f', digits)}\u202f{heat.floor.unit}" for v in (x, y))
        place = f"x {x_words}, y {y_words}"
        words.append(", ".join([place, *self._zones_at(at, heat.floor)]))
        found = heat.difference
        if found is not None:
            if found.seen[cell]:
                a, b, half = float(found.a[cell]), float(found.b[cell]), float(found.half[cell])
                words.append(
                    f"A {number(a)}, B {number(b)}" + (f", \u00d7{number(b / a)}" if a > 0.01 * heat.full else "")
                )
                low, high = signed(value - half), signed(value + half)
                sure = self.tr("Clear: 95 % interval %1 to %2")
                chance = self.tr("May be chance: 95 % interval %1 to %2")
                words.append((sure if found.significant[cell] else chance).replace("%1", low).replace("%2", high))
        elif math.isfinite(value):
            share = math.floor(100 * heat.hotter_than(value))
            if heat.kind != "speed":
                words.append(self.tr("More than on %1 % of the floor").replace("%1", str(share)))
        return words

    def _value_words(self, heat: HeatPicture, cell: tuple[int, int], value: float) -> str:
        if math.isfinite(value):
            return f"{signed(value) if heat.difference is not None else number(value)}\u202f{heat.unit}"
        return self.tr("Not observed") if heat.unseen[cell] else self.tr("Too few people to say")

    def _zones_at(self, at: QPointF, floor: Floor) -> list[str]:
        if self.site is None or floor is not self.site.floor:
            return []
        place = np.array([[at.x(), at.y()]])
        return [z.name for z in self.site.zones if z.on == PLAN and geometry.inside(z.polygon, place)[0]]


def hatching() -> QBrush:
    """Of what nobody saw."""
    sheet = QImage(_HATCH_PX, _HATCH_PX, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(Qt.GlobalColor.transparent)
    with QPainter(sheet) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(THEME.colour("hatch"), 1))
        for shift in (-_HATCH_PX, 0, _HATCH_PX):
            painter.drawLine(QPointF(shift, 0), QPointF(shift + _HATCH_PX, _HATCH_PX))
    return QBrush(sheet)


def _mask_image(heat: HeatPicture) -> QImage:
    rows, columns = heat.unseen.shape
    cells = np.zeros((rows, columns, 4), np.uint8)
    cells[heat.unseen] = 255
    return bgra_image(cells)


def _paint_arrow(painter: QPainter, start: QPointF, along: QPointF) -> None:
    tip = start + along
    length = math.hypot(along.x(), along.y())
    back = along * (5.0 / length)
    across = QPointF(-back.y(), back.x()) * 0.7
    head = QPolygonF([tip - back + across, tip, tip - back - across])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, width in (("person.halo", 3.5), ("person", 1.5)):
        painter.setPen(QPen(THEME.colour(name), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(start, tip)
        painter.drawPolyline(head)


def _paint_cross(painter: QPainter, at: QPointF) -> None:
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        painter.drawLine(at + QPointF(4 * dx, 4 * dy), at + QPointF(10 * dx, 10 * dy))


def _paint_plate(painter: QPainter, room: QRectF, place: QPointF, title: str, rest: Sequence[str]) -> None:
    """A small page beside a place, wherever there is room for it."""
    bold, plain = font(tokens.TITLE, tokens.SEMIBOLD), font(tokens.SMALL)
    metrics, small = QFontMetricsF(bold), QFontMetricsF(plain)
    width = max(metrics.horizontalAdvance(title), *(small.horizontalAdvance(text) for text in rest)) + 2 * tokens.PAD
    height = metrics.height() + len(rest) * (small.height() + 1) + 2 * tokens.PAD - 4
    left = place.x() + _CARD_OFF if place.x() + _CARD_OFF + width < room.right() else place.x() - _CARD_OFF - width
    top = min(place.y() + _CARD_OFF, room.bottom() - height - 4)
    box = QRectF(max(4.0, left), max(4.0, top), width, height)
    painter.setPen(QPen(THEME.colour("border.strong"), 1))
    painter.setBrush(THEME.colour("bg.overlay", 0.96))
    painter.drawRoundedRect(box, tokens.RADIUS_PANEL, tokens.RADIUS_PANEL)
    inner = box.adjusted(tokens.PAD, tokens.PAD - 2, -tokens.PAD, 0)
    painter.setFont(bold)
    painter.setPen(THEME.colour("text.primary"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft, title)
    painter.setFont(plain)
    painter.setPen(THEME.colour("text.secondary"))
    inner.adjust(0, metrics.height() + 1, 0, 0)
    for text in rest:
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft, text)
        inner.adjust(0, small.height() + 1, 0, 0)
