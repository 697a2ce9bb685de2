"""One canvas for all pictures: camera stills and the floor plan, with pan, zoom and what is drawn over them.

Points are pixels of the picture; layers paint in pixels of the window, so that lines and texts keep their size.
"""

from __future__ import annotations

from typing import Protocol

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.types import F8
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.pictures import ScaledImage

_STEP = 1.25  # of zoom, a notch of the wheel
_MARGIN = 12.0  # px around a picture that fits
_LARGEST = 64.0  # window px per picture px
_COARSE = 2.0  # from there on the picture's own px are seen


class Layer(Protocol):
    """Paints over the picture. canvas: gives places in the window (`to_window`)."""

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None: ...


class ImageCanvas(QWidget):
    """A picture, and layers over it in the order of `layers`. Drag with the middle button, or with Space, to pan; wheel
    to zoom at the pointer; 0 fits.

    pressed, moved, released: the pointer in picture px, with the event. left: it is elsewhere. viewed: pan or zoom.
    """

    pressed = pyqtSignal(QPointF, QMouseEvent)
    moved = pyqtSignal(QPointF, QMouseEvent)
    released = pyqtSignal(QPointF, QMouseEvent)
    double_clicked = pyqtSignal(QPointF, QMouseEvent)
    left = pyqtSignal()
    viewed = pyqtSignal()
    key = pyqtSignal(QKeyEvent)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # all of it is painted here
        self.layers: list[Layer] = []
        self.background = "bg.canvas"
        self._size = (1.0, 1.0)
        self._image: QImage | None = None
        self._scaled: ScaledImage | None = None
        self._scale, self._offset = 1.0, QPointF(0, 0)
        self._fits = True
        self._grabbed: QPointF | None = None
        self._space = False

    # ---- what is shown

    def show_image(self, image: QImage | None, size: tuple[float, float] | None = None) -> None:
        """The picture; `size`: of the coordinates, px, where it is scaled already. None: only layers."""
        self._image = image
        self._scaled = None if image is None else ScaledImage(image)
        if size is None and image is not None:
            size = (float(image.width()), float(image.height()))
        if size is not None:
            self.show_size(size)
        self.update()

    def show_size(self, size: tuple[float, float]) -> None:
        """The coordinates reach from (0, 0) to this, whatever is painted; a floor without a plan has no size yet."""
        size = max(1.0, size[0]), max(1.0, size[1])
        if size != self._size:
            self._size = size
            self.fit()

    @property
    def picture_size(self) -> tuple[float, float]:
        return self._size

    # ---- geometry

    @property
    def scale(self) -> float:
        """Window px per picture px."""
        return self._scale

    def transform(self) -> QTransform:
        """Picture px -> window px."""
        return QTransform(self._scale, 0, 0, self._scale, self._offset.x(), self._offset.y())

    def to_window(self, x: float, y: float) -> QPointF:
        return QPointF(x * self._scale + self._offset.x(), y * self._scale + self._offset.y())

    def to_picture(self, point: QPointF) -> QPointF:
        return (point - self._offset) / self._scale

    def polygon(self, points: F8) -> QPolygonF:
        """Points (n, 2), picture px, in the window."""
        window = points * self._scale + (self._offset.x(), self._offset.y())
        return QPolygonF([QPointF(x, y) for x, y in window.tolist()])

    def picture_rect(self) -> QRectF:
        """Where the picture is in the window."""
        return QRectF(self.to_window(0, 0), self.to_window(*self._size))

    def fit(self) -> None:
        """All of the picture, in the middle."""
        self._fits = True
        width, height = self._size
        room_w, room_h = max(1.0, self.width() - 2 * _MARGIN), max(1.0, self.height() - 2 * _MARGIN)
        self._scale = min(room_w / width, room_h / height)
        self._offset = QPointF((self.width() - width * self._scale) / 2, (self.height() - height * self._scale) / 2)
        self.viewed.emit()
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """At a point of the window, which stays where it is."""
        if at is None:  # its corner is not True
            at = QPointF(self.width() / 2, self.height() / 2)
        smallest = 0.25 * min(self.width() / self._size[0], self.height() / self._size[1])
        scale = min(max(self._scale * factor, smallest), _LARGEST)
        self._offset = at - (at - self._offset) * (scale / self._scale)
        self._scale, self._fits = scale, False
        self.viewed.emit()
        self.update()

    def pan(self, by: QPointF) -> None:
        """By so many px of the window."""
        self._offset, self._fits = self._offset + by, False
        self.viewed.emit()
        self.update()

    def show_place(self, x: float, y: float) -> None:
        """Brings a point of the picture into view, if it is not."""
        place = self.to_window(x, y)
        if not QRectF(self.rect()).adjusted(24, 24, -24, -24).contains(place):
            self.pan(QPointF(self.width() / 2, self.height() / 2) - place)

    # ---- events

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(480, 320)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        if self._fits:
            self.fit()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), THEME.colour(self.background))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_picture(painter)
            for layer in self.layers:
                painter.save()
                layer(painter, self)
                painter.restore()

    def paint_picture(self, painter: QPainter) -> None:
        """The picture alone, without layers: also for a layer that shows a part of it enlarged."""
        if self._image is None or self._scaled is None:
            return
        if self._scale < _COARSE:
            self._scaled.paint(painter, self.picture_rect())
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(self.picture_rect(), self._image)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.MiddleButton or self._space:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        self.pressed.emit(self.to_picture(event.position()), event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        if self._grabbed is not None:
            self.pan(event.position() - self._grabbed)
            self._grabbed = event.position()
            return
        self.moved.emit(self.to_picture(event.position()), event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        if self._grabbed is not None:
            self._grabbed = None
            self.unsetCursor()
            return
        self.released.emit(self.to_picture(event.position()), event)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is not None:
            self.double_clicked.emit(self.to_picture(event.position()), event)

    def leaveEvent(self, _event: object) -> None:  # noqa: N802
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent | None) -> None:  # noqa: N802
        if event is not None and event.angleDelta().y():
            self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is None:
            return
        if event.key() == Qt.Key.Key_0 and not event.modifiers():
            self.fit()
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom(_STEP if event.key() == Qt.Key.Key_Plus else 1 / _STEP)
        else:
            event.ignore()
            self.key.emit(event)
            if not event.isAccepted():
                super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is not None and event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.unsetCursor()
        super().keyReleaseEvent(event)
