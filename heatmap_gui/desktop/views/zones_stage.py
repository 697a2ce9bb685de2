"""Gestures on a canvas become deeds of the editors in `core.shape_editing`; the view hears what came of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent

from heatmap_gui.core.shape_editing import ShapeEditor, Sketch, Snapping, snap
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.views.zones_painting import ShapesLayer
from heatmap_gui.desktop.widgets.canvas import ImageCanvas

_SNAP_PX = 8.0  # of the window
_CLICK_PX = 4.0  # a pointer that moved less was only pressed
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class ShapeStage(QObject):
    """One canvas with its layer of shapes.

    shaped: the shape moves under the hand. finished: it stays so; the words are what was done: corner, whole, insert,
    remove, nudge. drawn: corners (n, 2) of a new shape. picked: a click beside what is held. wanted: delete, select.
    """

    shaped = pyqtSignal()
    finished = pyqtSignal(str)
    drawn = pyqtSignal(object)
    picked = pyqtSignal(QPointF)
    wanted = pyqtSignal(str)

    def __init__(self, canvas: ImageCanvas, layer: ShapesLayer) -> None:
        super().__init__(canvas)
        self.canvas, self.layer = canvas, layer
        self.snaps = True
        self.other_corners: Callable[[], F8] = lambda: np.zeros((0, 2))
        self._pressed_at: QPointF | None = None
        self._dragged = False
        canvas.layers.append(layer)
        canvas.pressed.connect(self._press)
        canvas.moved.connect(self._move)
        canvas.released.connect(self._release)
        canvas.double_clicked.connect(self._close_sketch)
        canvas.key.connect(self._key)
        canvas.installEventFilter(self)

    @property
    def editor(self) -> ShapeEditor | None:
        return self.layer.editor

    def hold(self, editor: ShapeEditor | None) -> None:
        """What is under edit from now on."""
        self.layer.editor = editor
        self.canvas.update()

    def draw(self, sketch: Sketch | None, kind: str = "general") -> None:
        """A new shape is drawn, or none any more."""
        self.layer.sketch, self.layer.hover, self.layer.kind = sketch, None, kind
        shape = Qt.CursorShape.CrossCursor if sketch is not None else Qt.CursorShape.ArrowCursor
        self.canvas.setCursor(shape)
        self.canvas.update()

    # ---- the pointer

    def _reach(self) -> float:
        return tokens.VERTEX_HIT / 2 / self.canvas.scale

    def _snapping(self, event: QMouseEvent) -> Snapping:
        if not self.snaps or event.modifiers() & Qt.KeyboardModifier.AltModifier or self.layer.ruler is None:
            return Snapping()
        return Snapping(_SNAP_PX / self.canvas.scale, self.layer.ruler.step_px, self.other_corners())

    def _press(self, point: QPointF, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed_at, self._dragged = event.position(), False
        if self.layer.sketch is None and (self.editor is None or not self.editor.press(_array(point), self._reach())):
            self._pressed_at = None
            self.picked.emit(point)
        self.canvas.update()

    def _move(self, point: QPointF, event: QMouseEvent) -> None:
        if self._pressed_at is not None and not self._dragged:
            away = event.position() - self._pressed_at
            self._dragged = abs(away.x()) + abs(away.y()) >= _CLICK_PX
        sketch, editor = self.layer.sketch, self.editor
        if sketch is not None:
            own = np.array(sketch.points).reshape(-1, 2)
            self.layer.hover, _ = snap(_array(point), own, self._snapping(event))
        elif editor is not None and editor.dragging:
            if self._dragged:
                editor.move(_array(point), self._snapping(event))
                self.shaped.emit()
        elif editor is not None:
            self._show_grip(editor.grip(_array(point), self._reach())[0])
        else:
            return
        self.canvas.update()

    def _release(self, point: QPointF, event: QMouseEvent) -> None:
        pressed, self._pressed_at = self._pressed_at, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        if self.layer.sketch is not None:
            self._sketch(self.layer.sketch, self.canvas.to_picture(pressed), point, event)
        elif self.editor is not None and self.editor.dragging:
            deed = {"edge": "insert"}.get(self.editor.held, str(self.editor.held))
            if self.editor.release():
                self.finished.emit(deed)
            elif deed == "whole" and not self._dragged:
                self.picked.emit(point)
            self.shaped.emit()
        self.canvas.update()

    def _sketch(self, sketch: Sketch, pressed: QPointF, point: QPointF, event: QMouseEvent) -> None:
        snapping, own = self._snapping(event), np.array(sketch.points).reshape(-1, 2)
        placed, _ = snap(_array(point), own, snapping)
        if self._dragged and not sketch.points:
            start, _ = snap(_array(pressed), own, snapping)
            if sketch.line:
                sketch.add(start, self._reach())
                corners = sketch.add(placed, self._reach())
            else:
                corners = sketch.box(start, placed)
        elif len(sketch.points) >= 3 and np.linalg.norm(_array(point) - sketch.points[0]) <= self._reach():
            corners = sketch.close()
        else:
            corners = sketch.add(placed, self._reach())
        if corners is not None:
            self.drawn.emit(corners)

    def _close_sketch(self, _point: QPointF, _event: QMouseEvent | None = None) -> None:
        """A double click ends an outline where it is: its first click was a corner already."""
        sketch = self.layer.sketch
        if sketch is None or sketch.line:
            return
        corners = sketch.close()
        if corners is not None:
            self.drawn.emit(corners)
        self.canvas.update()

    def _show_grip(self, grip: str) -> None:
        shapes = {"corner": Qt.CursorShape.CrossCursor, "edge": Qt.CursorShape.PointingHandCursor}
        self.canvas.setCursor(shapes.get(grip, Qt.CursorShape.SizeAllCursor if grip else Qt.CursorShape.ArrowCursor))

    # ---- keys

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Tab goes from corner to corner, and on to the next control after the last one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.editor is not None:
            by = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
            last = len(self.editor.corners) - 1 if by > 0 else 0
            if by and self.editor.active != last:
                self.editor.step(by)
                self._look_at_active()
                self.shaped.emit()
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._escape()
        elif self.layer.sketch is not None:
            if key == Qt.Key.Key_Backspace:
                self.layer.sketch.back()
            elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._close_sketch(QPointF())
            else:
                return
        elif self.editor is not None and key in _ARROWS:
            self._nudge(self.editor, key, event)
        elif self.editor is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self.editor)
        else:
            return
        event.accept()
        self.canvas.update()

    def _escape(self) -> None:
        if self.editor is not None and self.editor.cancel():
            self._pressed_at = None
            self.shaped.emit()
        elif self.layer.sketch is not None and self.layer.sketch.points:
            self.layer.sketch.points.clear()
        elif self.editor is not None and self.editor.active is not None:
            self.editor.active = None
            self.shaped.emit()
        else:
            self.wanted.emit("select")

    def _nudge(self, editor: ShapeEditor, key: Qt.Key, event: QKeyEvent) -> None:
        ruler = self.layer.ruler
        far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        if ruler is not None and editor.nudge(np.array(_ARROWS[key]) * far * ruler.nudge_px):
            self.finished.emit("nudge")
        self._look_at_active()
        self.shaped.emit()

    def _remove(self, editor: ShapeEditor) -> None:
        if editor.active is None:
            self.wanted.emit("delete")
        elif editor.delete():
            self.finished.emit("remove")

    def _look_at_active(self) -> None:
        editor = self.editor
        if editor is not None and editor.active is not None:
            x, y = editor.corners[editor.active].tolist()
            self.canvas.show_place(x, y)
        self.canvas.update()


def _array(point: QPointF) -> F8:
    return np.array([point.x(), point.y()])
