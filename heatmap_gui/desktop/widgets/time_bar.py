"""Time along the lower edge: how many people there were, and the window that is looked at, which is dragged.

Drag across it for a new window, its middle to move it, its ends to stretch it; a double click takes all. Left and Right
move it by a bin, with Shift by its own length; Up and Down make it longer and shorter; Home and End go to the ends;
Space plays and stops.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from PyQt6.QtCore import QDate, QLocale, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.types import F8
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.heat_canvas import hatching

_SIDE, _HEAD, _FOOT = 12.0, 20.0, 18.0
_GRIP_PX = 8.0
_TICK_PX = 84.0  # the least between two times
_STEPS_S = (300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
_STEPS_DAYS = (2, 7, 14, 28, 91)
Grip = Literal["", "new", "move", "start", "end"]


class TimeBar(QWidget):
    """edges: Unix times (n + 1,) of the bins. span: what is looked at, within them; its ends stay on edges.

    chosen: start and end of a span, also while it is dragged. touched: a gesture began, so playback stops. played: it
    shall begin, or stop.
    """

    chosen = pyqtSignal(float, float)
    touched = pyqtSignal()
    played = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(72)
        self.setAccessibleName(self.tr("Time"))
        self.edges: Sequence[float] = (0.0, 1.0)
        self.span = (0.0, 1.0)
        self.until = math.inf  # later has not happened yet
        self._people: F8 = np.zeros(0)
        self._zone = ZoneInfo("UTC")
        self._grip: Grip = ""
        self._from = 0.0
        self._held = (0.0, 0.0)
        self._hover = -1

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(640, 84)

    def show_range(self, edges: Sequence[float], zone: ZoneInfo, until: float) -> None:
        """Of at least one bin."""
        self.edges, self._zone, self.until = edges, zone, until
        self._people = np.zeros(0)
        self.update()

    def show_people(self, people: F8) -> None:
        """The mean number of people (n,) of each bin, NaN: nobody looked."""
        self._people = people
        self.update()

    @property
    def knows_people(self) -> bool:
        return len(self._people) == len(self.edges) - 1

    def show_span(self, start: float, end: float) -> None:
        self.span = start, end
        self.setAccessibleDescription(f"{self.clock(start)} \u2013 {self.clock(end)}")
        self.update()

    def clock(self, at: float) -> str:
        """In the store's time, with the day where the bar shows more than one."""
        when = datetime.fromtimestamp(at, self._zone)
        time = f"{when:%H:%M}"
        if self.edges[-1] - self.edges[0] <= 90_000:
            return time
        return f"{QLocale().toString(QDate(when.year, when.month, when.day), 'ddd d MMM')}, {time}"

    # ---- geometry

    def _body(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_SIDE, _HEAD, -_SIDE, -_FOOT)

    def x_of(self, at: float) -> float:
        """Where a time is in the widget, px."""
        body = self._body()
        return body.left() + body.width() * (at - self.edges[0]) / (self.edges[-1] - self.edges[0])

    def _at(self, x: float) -> float:
        body = self._body()
        share = min(max((x - body.left()) / max(1.0, body.width()), 0.0), 1.0)
        return self.edges[0] + share * (self.edges[-1] - self.edges[0])

    def _nearest(self, at: float) -> int:
        """The number of the edge that is nearest."""
        after = min(bisect_left(self.edges, at), len(self.edges) - 1)
        before = max(after - 1, 0)
        return before if at - self.edges[before] < self.edges[after] - at else after

    def _grip_at(self, x: float) -> Grip:
        start, end = (self.x_of(at) for at in self.span)
        if abs(x - start) <= _GRIP_PX or abs(x - end) <= _GRIP_PX:
            return "start" if abs(x - start) < abs(x - end) else "end"
        whole = self.span[0] <= self.edges[0] and self.span[1] >= min(self.edges[-1], self.until)
        return "move" if start < x < end and not whole else "new"

    # ---- gestures

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.touched.emit()
        x = event.position().x()
        self._grip, self._from, self._held = self._grip_at(x), self._at(x), self.span

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        x = event.position().x()
        self._hover = min(max(bisect_left(self.edges, self._at(x)) - 1, 0), len(self.edges) - 2)
        if self._grip:
            self._drag(self._at(x))
        else:
            cursors = {"start": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor}
            self.setCursor(cursors.get(self._grip_at(x), Qt.CursorShape.ArrowCursor))
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:  # noqa: N802
        self._grip = ""

    def mouseDoubleClickEvent(self, _event: QMouseEvent | None) -> None:  # noqa: N802
        self._choose(0, len(self.edges) - 1)

    def leaveEvent(self, _event: object) -> None:  # noqa: N802
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        first, last = (self._nearest(at) for at in self.span)
        length = last - first
        step = length if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        ways = {
            Qt.Key.Key_Left: -step,
            Qt.Key.Key_Right: step,
            Qt.Key.Key_Home: -first,
            Qt.Key.Key_End: len(self.edges),
        }
        longer = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() == Qt.Key.Key_Space:
            self.played.emit()
        elif event.key() in ways:
            self.touched.emit()
            self.step(ways[Qt.Key(event.key())])
        elif event.key() in longer:
            self.touched.emit()
            self._choose(first, max(first + 1, last + longer[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)

    def step(self, bins: int) -> bool:
        """Moves the window by so many bins, as far as there is time -> whether it moved."""
        first, last = (self._nearest(at) for at in self.span)
        newest = self._nearest(min(self.edges[-1], self.until))
        start = max(0, min(first + bins, newest - (last - first)))
        if start == first:
            return False
        self._choose(start, start + last - first)
        return True

    def _drag(self, at: float) -> None:
        first, last = (self._nearest(edge) for edge in self._held)
        here, there = self._nearest(self._from), self._nearest(at)
        if self._grip == "new" and here != there:
            self._choose(min(here, there), max(here, there))
        elif self._grip == "start":
            self._choose(min(there, last - 1), last)
        elif self._grip == "end":
            self._choose(first, max(there, first + 1))
        elif self._grip == "move":
            by = max(-first, min(there - here, len(self.edges) - 1 - last))
            self._choose(first + by, last + by)

    def _choose(self, first: int, last: int) -> None:
        window = self.edges[max(0, first)], self.edges[min(last, len(self.edges) - 1)]
        if window != self.span:
            self.show_span(*window)
            self.chosen.emit(*window)

    # ---- painting

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), THEME.colour("bg.surface"))
            body = self._body()
            start, end = (self.x_of(at) for at in self.span)
            chosen = QRectF(start, body.top(), max(2.0, end - start), body.height())
            painter.fillRect(chosen, THEME.colour("bg.selected", 0.7))
            self._paint_future(painter, body)
            self._paint_bars(painter, body)
            self._paint_times(painter, body)
            painter.setPen(QPen(THEME.colour("accent"), 1))
            painter.drawRect(chosen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for x in (start, end):
                painter.setPen(QPen(THEME.colour("accent"), 1.5))
                painter.setBrush(THEME.colour("bg.surface"))
                painter.drawRoundedRect(QRectF(x - 3.5, body.center().y() - 11, 7, 22), 3, 3)
            if self.hasFocus():
                painter.setPen(QPen(THEME.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            self._paint_bubble(painter, body)

    def _paint_future(self, painter: QPainter, body: QRectF) -> None:
        if self.until < self.edges[-1]:
            left = self.x_of(max(self.until, self.edges[0]))
            painter.fillRect(QRectF(left, body.top(), body.right() - left, body.height()), hatching())

    def _paint_bars(self, painter: QPainter, body: QRectF) -> None:
        if not len(self._people) or not np.isfinite(self._people).any():
            return
        most = max(float(np.nanmax(self._people)), 1e-9)
        edges = np.array(self.edges)[: len(self._people) + 1]
        x = body.left() + body.width() * (edges - edges[0]) / (self.edges[-1] - self.edges[0])
        width = np.diff(x)
        width = np.maximum(0.5, width - (width > 3))  # a gap where there is room
        height = (body.height() - 4) * self._people / most
        within = (self.span[0] <= edges[:-1]) & (edges[1:] <= self.span[1])
        bars = np.stack([x[:-1], body.bottom() - height, width, height], axis=1)
        painter.setPen(Qt.PenStyle.NoPen)
        for chosen, alpha in ((within, 0.8), (~within, 0.35)):
            painter.setBrush(THEME.colour("accent", alpha))
            rects = [QRectF(*bar) for bar in bars[chosen & np.isfinite(self._people)].tolist()]
            if rects:
                painter.drawRects(*rects)

    def _paint_times(self, painter: QPainter, body: QRectF) -> None:
        painter.setFont(font(tokens.CAPTION))
        for at in self.ticks():
            x = self.x_of(at)
            painter.setPen(QPen(THEME.colour("border.subtle"), 1))
            painter.drawLine(QPointF(x, body.top()), QPointF(x, body.bottom()))
            when = datetime.fromtimestamp(at, self._zone)
            day = QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM")
            text = f"{when:%H:%M}" if self.edges[-1] - self.edges[0] <= 90_000 or when.hour else day
            painter.setPen(THEME.colour("text.secondary"))
            if x + painter.fontMetrics().horizontalAdvance(text) <= self.width():
                painter.drawText(QPointF(x, self.height() - 4.0), text)
        painter.setPen(QPen(THEME.colour("border.strong"), 1))
        painter.drawLine(body.bottomLeft(), body.bottomRight())

    def ticks(self) -> list[float]:
        """Round times of the store's clock that have room for their words."""
        first, last = self.edges[0], self.edges[-1]
        room = max(2, int(self._body().width() / _TICK_PX))
        step = next((s for s in _STEPS_S if (last - first) / s <= room), 0)
        if step:
            begin = midnight(first, self._zone)
            return [float(at) for at in np.arange(begin, last - 1, step) if at >= first]
        days = next((d for d in _STEPS_DAYS if (last - first) / (86_400 * d) <= room), _STEPS_DAYS[-1])
        found, at = [], first
        while at < last - 1:
            found.append(at)
            at = midnight(at, self._zone, days)
        return found

    def _paint_bubble(self, painter: QPainter, body: QRectF) -> None:
        """What the pointer is over: when, and how many people."""
        if self._hover < 0 or self._hover >= len(self._people):
            return
        value, at = float(self._people[self._hover]), self.edges[self._hover]
        people = self.tr("not observed")
        if math.isfinite(value):
            people = self.tr("%1 people").replace("%1", QLocale().toString(value, "f", 1))
        text = f"{self.clock(at)}, {people}"
        painter.setFont(font(tokens.CAPTION, tokens.SEMIBOLD))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
        x = (self.x_of(at) + self.x_of(self.edges[self._hover + 1])) / 2
        left = min(max(x - width / 2, 2.0), self.width() - width - 2)
        box = QRectF(left, 1, width, _HEAD - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("text.primary"))
        painter.drawRoundedRect(box, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        painter.setPen(THEME.colour("bg.surface"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QPen(THEME.colour("text.primary"), 1))
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x, body.bottom()))
