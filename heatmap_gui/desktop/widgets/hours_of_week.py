"""Hours of the week to choose from: seven days by 24 hours, painted over by dragging."""

from __future__ import annotations

from PyQt6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.week_hours import WEEK
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font

_LEFT, _TOP, _CELL = 44, 20, 18


class HoursOfWeek(QWidget):
    """hours: those that are chosen, weekday * 24 + hour with Monday first. Arrows move, Space switches an hour."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Hours of the week"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())
        self.hours = WEEK
        self._at = 9
        self._adds: bool | None = None

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_LEFT + 24 * _CELL + 2, _TOP + 7 * _CELL + 2)

    def choose(self, hours: frozenset[int]) -> None:
        if hours != self.hours:
            self.hours = hours
            self.update()
            self.changed.emit()

    def hour_at(self, point: QPointF) -> int | None:
        """The number of the hour at a point of the widget."""
        column, row = int((point.x() - _LEFT) // _CELL), int((point.y() - _TOP) // _CELL)
        return row * 24 + column if 0 <= column < 24 and 0 <= row < 7 else None

    def place_of(self, hour: int) -> QPointF:
        """The middle of an hour's square."""
        return QPointF(_LEFT + (hour % 24 + 0.5) * _CELL, _TOP + (hour // 24 + 0.5) * _CELL)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is not None and (hour := self.hour_at(event.position())) is not None:
            self._adds = hour not in self.hours
            self._switch(hour)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is not None and self._adds is not None and (hour := self.hour_at(event.position())) is not None:
            self._switch(hour)

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:  # noqa: N802
        self._adds = None

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -24, Qt.Key.Key_Down: 24}
        if event.key() in ways:
            was_in = self._at in self.hours
            self._at = (self._at + ways[Qt.Key(event.key())]) % 168
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.choose(self.hours | {self._at} if was_in else self.hours - {self._at})
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            self.choose(self.hours ^ {self._at})
        else:
            super().keyPressEvent(event)

    def _switch(self, hour: int) -> None:
        self._at = hour
        self.choose(self.hours | {hour} if self._adds else self.hours - {hour})

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setFont(font(tokens.CAPTION))
            painter.setPen(THEME.colour("text.secondary"))
            for hour in range(0, 24, 3):
                painter.drawText(QPointF(_LEFT + hour * _CELL, _TOP - 6.0), f"{hour:02}")
            for day in range(7):
                name = QLocale().standaloneDayName(day + 1, QLocale.FormatType.ShortFormat)
                room = QRectF(0, _TOP + day * _CELL, _LEFT - 8, _CELL)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)
            for hour in range(168):
                square = QRectF(_LEFT + hour % 24 * _CELL, _TOP + hour // 24 * _CELL, _CELL - 2, _CELL - 2)
                painter.fillRect(square, THEME.colour("accent.fill" if hour in self.hours else "bg.hover"))
                if hour == self._at and self.hasFocus():
                    painter.setPen(QPen(THEME.colour("focus"), 2))
                    painter.drawRect(square)
