"""Where the keyboard is: a ring of 2 px, 2 px away from the control, one in the whole program."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QTextEdit,
    QWidget,
)

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME

_RING_PX, _GAP_PX = 2, 2
_FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit)  # their border is their ring
_MARGINS = (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin)


class _Around(QProxyStyle):
    """A style sheet has no gap, and the frame asks its style how far out it is; it lies over the control, so that the
    nearest parents do not cut it off.
    """

    def pixelMetric(  # noqa: N802
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        return _RING_PX + _GAP_PX if metric in _MARGINS else super().pixelMetric(metric, option, widget)

    def styleHint(  # noqa: N802
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return 0 if hint == QStyle.StyleHint.SH_FocusFrame_Mask else super().styleHint(hint, option, widget, data)


class FocusRing(QFocusFrame):
    """Follows the keyboard once it is used; from a click on there is none, as the pointer shows where it was."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._style = _Around("Fusion")
        self.setStyle(self._style)
        self._awake = False
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def wake(self) -> None:
        """Somebody goes from control to control by keyboard."""
        self._awake = True

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._awake = False
        self.setWidget(None if not self._awake or isinstance(now, _FIELDS) else now)

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        room, half = QRectF(self.rect()), _RING_PX / 2
        parent = self.parentWidget()
        if parent is not None:  # at the edge of the window it comes inside
            room &= QRectF(self.mapFromParent(parent.rect().topLeft()).toPointF(), parent.rect().size().toSizeF())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(THEME.colour("focus"), _RING_PX))
            painter.drawRoundedRect(room.adjusted(half, half, -half, -half), tokens.RADIUS_PANEL, tokens.RADIUS_PANEL)
