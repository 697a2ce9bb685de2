"""Edges that are straight in the world, drawn along in the still: what the lens bends is seen, and measured."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPen

from heatmap_gui.core.edge_editing import EdgeEditor
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import U1
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.calibrate_pictures import draw_path, path_of
from heatmap_gui.desktop.widgets.canvas import ImageCanvas


class EdgeTool(QObject):
    """Also the layer that paints them. on: whether the hand draws edges, not pairs.

    changed: there are others, or it is on or off. refused: why there is no edge, in words.
    """

    changed = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.editor = EdgeEditor()
        self.on = False

    def turn(self, on: bool) -> None:
        self.on = on
        self.changed.emit()

    def clear(self) -> None:
        """Another camera."""
        self.editor.clear()
        self.turn(False)

    def press(self, at: QPointF) -> None:
        self.editor.press(at.x(), at.y())

    def move(self, at: QPointF) -> None:
        self.editor.move(at.x(), at.y())

    def release(self, grey: U1, scale: float) -> None:
        """scale: px of grey a px of the picture."""
        try:
            if self.editor.release(grey, scale):
                self.changed.emit()
        except InputError as error:
            self.refused.emit(error.message[:1].upper() + error.message[1:])

    def key(self, key: Qt.Key) -> bool:
        """Del takes the newest edge away, Esc puts the tool down -> whether it meant anything."""
        if not self.on or key not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            return False
        if key == Qt.Key.Key_Escape and self.editor.way is None:
            self.turn(False)
        elif self.editor.delete():
            self.changed.emit()
        return True

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if not self.on:
            return
        drawn = [] if self.editor.way is None else [self.editor.way]
        chords = path_of([edge[[0, -1]] for edge in self.editor.edges] + drawn)
        for pen in (QPen(THEME.colour("person.halo", 0.8), 3), QPen(THEME.colour("text.primary"), 1)):
            draw_path(painter, canvas, chords, pen)
        painter.setPen(QPen(THEME.colour("person.halo"), 1))
        painter.setBrush(THEME.colour("accent"))
        for edge in self.editor.edges:
            for x, y in edge.tolist():
                painter.drawEllipse(canvas.to_window(x, y), 2.5, 2.5)
