"""What the colours of a heat map mean: unit, values, the pointer's place among them, hatching, contour, lengths."""

from __future__ import annotations

import math

import numpy as np
from PyQt6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.palette import DIVERGING, THEMED, lookup
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.heat_canvas import hatching, signed
from heatmap_gui.desktop.widgets.pictures import bgr_image
from heatmap_gui.services.heat_picture import HeatPicture

_WIDTH, _BAR, _TOP = 124, 14, 58
_NOTES, _LINE = 128, 16
_STEPS = (1.0, 2.0, 5.0)


class HeatLegend(QWidget):
    """show_heat: what is explained. scale_px: window px a floor unit, for the bar of a round length."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Legend"))
        self._heat: HeatPicture | None = None
        self._note = ""
        self._share = math.nan
        self._scale_px = 0.0
        self._contour = False

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_WIDTH, 320)

    def show_heat(self, heat: HeatPicture | None, note: str, *, contour: bool) -> None:
        """note: what kind of scale it is. contour: whether the hottest tenth is outlined."""
        self._heat, self._note, self._contour = heat, note, contour
        if heat is not None:
            top = f"{heat.ticks[-1][0]:.4g}" if heat.ticks else ""
            self.setAccessibleDescription(f"{heat.unit}, {note}, {top}")
        self.update()

    def point(self, share: float) -> None:
        """Where the pointer's value stands, 0 to 1; NaN: nowhere."""
        self._share = share
        self.update()

    def show_scale(self, scale_px: float) -> None:
        self._scale_px = scale_px
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), THEME.colour("bg.canvas"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._heat is not None:
                self._paint_head(painter, self._heat)
                self._paint_ramp(painter, self._heat)
                self._paint_notes(painter, self._heat)
                self._paint_scale(painter, self._heat)

    def _paint_head(self, painter: QPainter, heat: HeatPicture) -> None:
        painter.setFont(font(tokens.SMALL, tokens.SEMIBOLD))
        painter.setPen(THEME.colour("text.primary"))
        painter.drawText(QRectF(8, 14, _WIDTH - 8, 18), Qt.AlignmentFlag.AlignLeft, heat.unit)
        painter.setFont(font(tokens.CAPTION))
        painter.setPen(THEME.colour("text.secondary"))
        painter.drawText(QRectF(8, 32, _WIDTH - 8, 18), Qt.AlignmentFlag.AlignLeft, self._note)

    def _ramp(self) -> QRectF:
        return QRectF(20, _TOP, _BAR, max(60, self.height() - _TOP - _NOTES))

    def _paint_ramp(self, painter: QPainter, heat: HeatPicture) -> None:
        ramp = self._ramp()
        names = THEMED if heat.difference is None else DIVERGING
        colours = np.ascontiguousarray(lookup(names[heat.light])[::-1, None])
        image: QImage = bgr_image(np.repeat(colours, 4, axis=1))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(ramp, image)
        painter.setPen(QPen(THEME.colour("border.strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(ramp)
        painter.setFont(font(tokens.CAPTION))
        more = bool((np.nan_to_num(heat.values) > heat.full * (1 + 1e-9)).any())
        for value, part in heat.ticks:
            y = ramp.bottom() - part * ramp.height()
            painter.setPen(THEME.colour("text.secondary"))
            painter.drawLine(QPointF(ramp.right(), y), QPointF(ramp.right() + 4, y))
            words = signed(value) if heat.difference is not None else _tick_words(value)
            sign = "≥ " if more and part == 1 and heat.difference is None else ""
            painter.drawText(QRectF(ramp.right() + 8, y - 8, 80, 16), Qt.AlignmentFlag.AlignVCenter, sign + words)
        if math.isfinite(self._share):
            y = ramp.bottom() - self._share * ramp.height()
            painter.setPen(QPen(THEME.colour("text.primary"), 2))
            painter.drawLine(QPointF(ramp.left(), y), QPointF(ramp.right(), y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(THEME.colour("text.primary"))
            tip = QPointF(ramp.left() - 3, y)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-7, -4), tip + QPointF(-7, 4)]))

    def _paint_notes(self, painter: QPainter, heat: HeatPicture) -> None:
        y = self._ramp().bottom() + 20
        if self._contour and heat.lines:
            painter.setPen(QPen(THEME.colour("person"), 2))
            painter.drawLine(QPointF(20, y + 8), QPointF(34, y + 8))
            y = self._note_text(painter, y, self.tr("hottest tenth"))
        if heat.difference is not None:
            painter.setPen(QPen(THEME.colour("border.strong"), 1))
            painter.setBrush(THEME.colour("plan.floor"))
            painter.drawRect(QRectF(20, y + 2, 14, 12))
            y = self._note_text(painter, y, self.tr("no clear change"))
        if heat.unseen.any():
            box = QRectF(20, y + 2, 14, 12)
            painter.fillRect(box, THEME.colour("plan.floor"))
            painter.fillRect(box, hatching())
            self._note_text(painter, y, self.tr("not observed"))

    def _note_text(self, painter: QPainter, y: float, text: str) -> float:
        """-> where the next one begins."""
        painter.setFont(font(tokens.CAPTION))
        painter.setPen(THEME.colour("text.secondary"))
        room = QRectF(40, y, _WIDTH - 40, 3 * _LINE)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        used = painter.drawText(room, flags, text)
        return y + max(float(_LINE), used.height() if used is not None else 0.0) + 6

    def _paint_scale(self, painter: QPainter, heat: HeatPicture) -> None:
        if self._scale_px <= 0:
            return
        longest = (_WIDTH - 32) / self._scale_px
        power = 10.0 ** math.floor(math.log10(longest))
        length = max(step * power for step in _STEPS if step * power <= longest)
        y, end = self.height() - 14.0, 16 + length * self._scale_px
        painter.setPen(QPen(THEME.colour("text.secondary"), 1.5))
        painter.drawPolyline(QPolygonF([QPointF(16, y - 5), QPointF(16, y), QPointF(end, y), QPointF(end, y - 5)]))
        painter.setFont(font(tokens.CAPTION))
        text = f"{length:g} {heat.floor.unit}"
        painter.drawText(QRectF(16, y - 22, end - 16, 16), Qt.AlignmentFlag.AlignHCenter, text)


def _tick_words(value: float) -> str:
    """Round values need no digits after those that make them round."""
    return QLocale().toString(float(value), "f", 0) if value >= 1000 else QLocale().toString(float(value), "g", 3)
