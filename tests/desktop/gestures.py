"""A hand on a widget: pytest-qt's events."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


def click(qtbot: QtBot, widget: QWidget, at: QPoint) -> None:
    qtbot.mouseClick(widget, _LEFT, pos=at)


def drag(qtbot: QtBot, widget: QWidget, *way: QPoint) -> None:
    """Pressed at the first point, let go at the last."""
    qtbot.mousePress(widget, _LEFT, pos=way[0])
    for point in way[1:]:
        qtbot.mouseMove(widget, point)
    qtbot.mouseRelease(widget, _LEFT, pos=way[-1])


def press_key(qtbot: QtBot, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    qtbot.keyClick(widget, key, modifiers)
