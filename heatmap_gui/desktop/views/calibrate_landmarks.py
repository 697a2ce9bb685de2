"""Landmarks that other cameras are tied to: on the plan they are there already, so a click in the picture is enough."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, pyqtSignal
from PyQt6.QtGui import QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from heatmap_gui.core.grading import ENOUGH
from heatmap_gui.core.pair_editing import PairEditor
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.basics import button, label, row
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.plan import paint_chip

_HALF_PX = 5.0
_MOST_NAMES = 12  # more would hide the plan


class LandmarkLayer:
    """Those that are left, as diamonds on the plan, while they are of use."""

    def __init__(self, editor: PairEditor) -> None:
        self._editor = editor

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        editor, marks = self._editor, self._editor.landmarks
        wanted = editor.begun is not None and editor.begun[0] == "image"
        if not (editor.offering or wanted or len(editor.pairs) < ENOUGH):
            return
        for place, name in zip(marks.plan.tolist(), marks.names, strict=True):
            at = canvas.to_window(*place)
            corners = QPolygonF([at + QPointF(*way) * _HALF_PX for way in ((0, -1), (1, 0), (0, 1), (-1, 0))])
            painter.setBrush(THEME.colour("bg.overlay"))
            for pen in (QPen(THEME.colour("person.halo"), 3), QPen(THEME.colour("accent"), 1.5)):
                painter.setPen(pen)
                painter.drawPolygon(corners)
            if name and len(marks) <= _MOST_NAMES:
                paint_chip(painter, at + QPointF(0, 16), name)


class LandmarkOffer(QWidget):
    """asked: they are to be gone through. skipped: the one that is wanted is not in the picture."""

    asked = pyqtSignal()
    skipped = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._said = label(wrap=True)
        self.use = button("", symbol="shelf", clicked=self.asked.emit)
        self.skip = button(self.tr("Not in the picture"), clicked=self.skipped.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._said)
        layout.addWidget(row(self.use, self.skip, None))
        self.show_offer(0, "", offering=False)

    @property
    def said(self) -> str:
        """Which one is wanted."""
        return self._said.text()

    def show_offer(self, left: int, name: str, *, offering: bool) -> None:
        """left: how many there are. name: of the one that is wanted now, as people call it; empty: nothing."""
        wanted = self.tr("Click the marked place in the picture, %1 left.")
        if name:
            wanted = self.tr("Click “%2” in the picture, %1 left.").replace("%2", name)
        self._said.setText(wanted.replace("%1", str(left)))
        words = self.tr("Use %1 landmarks of other cameras").replace("%1", str(left))
        self.use.setText(words)
        self.use.setAccessibleName(words)
        self._said.setVisible(offering)
        self.skip.setVisible(offering)
        self.use.setVisible(bool(left) and not offering)
        self.setVisible(bool(left))
