"""Of which time the heat over the cameras' pictures is, which can be chosen, and what its colours mean: one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLocale, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from heatmap_gui.core.palette import THEMED, lookup
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.basics import button
from heatmap_gui.desktop.widgets.heat_canvas import hatching
from heatmap_gui.desktop.widgets.pictures import bgr_image

if TYPE_CHECKING:
    from heatmap_gui.services.camera_heat import FloorHeat

_RAMP_PX = 120
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class HeatKey(QWidget):
    """chosen: minutes."""

    chosen = pyqtSignal(int)

    def __init__(self, minutes: Sequence[int]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.ramp = _Ramp()
        self.time = button("", "flat", symbol="clock")
        self.menu = QMenu(self.time)
        for one in minutes:
            self.menu.addAction(self._words(one), partial(self.chosen.emit, one))
        self.time.setMenu(self.menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, tokens.GAP // 2, 0, 0)
        layout.addWidget(self.time)
        layout.addWidget(self.ramp, 1)
        self.show_minutes(minutes[0])

    def show_minutes(self, minutes: int) -> None:
        self.time.setText(self._words(minutes))
        self.time.setAccessibleName(self.tr("Heat of the time: %1").replace("%1", self._words(minutes)))

    def show_heat(self, heat: FloorHeat | None) -> None:
        self.ramp.show_heat(heat)

    def _words(self, minutes: int) -> str:
        if minutes == 60:
            return self.tr("Last hour")
        said = self.tr("Last %1 minutes") if minutes < 60 else self.tr("Last %1 hours")
        return said.replace("%1", str(minutes if minutes < 60 else minutes // 60))


class _Ramp(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Legend of the heat"))
        self._heat: FloorHeat | None = None

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, tokens.CONTROL_SMALL)

    def show_heat(self, heat: FloorHeat | None) -> None:
        self._heat = heat
        self.setAccessibleDescription("" if heat is None else f"0 {self._most(heat)}")
        self.update()

    def _most(self, heat: FloorHeat) -> str:
        return f"{QLocale().toString(heat.full, 'g', 4)} {heat.unit}"

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        if self._heat is None:
            return
        middle = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(tokens.SMALL))
            painter.setPen(THEME.colour("text.secondary"))
            x = self._write(painter, 0.0, "0") + tokens.GAP
            ramp = QRectF(x, middle - 5, _RAMP_PX, 10)
            painter.drawImage(ramp, bgr_image(lookup(THEMED[0])[None]))
            x = self._write(painter, ramp.right() + tokens.GAP, self._most(self._heat)) + 2 * tokens.PAD
            box = QRectF(x, middle - 6, 18, 12)
            painter.fillRect(box, hatching())
            self._write(painter, box.right() + tokens.GAP, self.tr("not observed"))

    def _write(self, painter: QPainter, x: float, text: str) -> float:
        """-> where it ends."""
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        painter.drawText(QRectF(x, 0, width + 2, self.height()), _LEFT, text)
        return x + width
