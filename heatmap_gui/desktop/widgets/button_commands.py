"""The buttons of a screen as commands of the palette, by the names that they have there."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QAbstractButton, QPushButton, QWidget

from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.widgets.basics import Segments


class ButtonCommands(QObject):
    """What cannot be pressed now, or is not on screen now, is not offered."""

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self._made: list[tuple[QAction, QAbstractButton]] = []

    def add(self, symbol: str, *widgets: QWidget) -> None:
        """Buttons, and `Segments` for all in them. symbol: beside those that have no icon of their own."""
        for widget in widgets:
            of = widget.findChildren(QAbstractButton) if isinstance(widget, Segments) else [widget]
            for one in of:
                assert isinstance(one, QAbstractButton)
                action = QAction(icon(symbol) if one.icon().isNull() else one.icon(), one.accessibleName(), self)
                action.triggered.connect(lambda _, one=one: _press(one))
                self._made.append((action, one))

    def offered(self) -> Sequence[QAction]:
        for action, one in self._made:
            action.setText(one.accessibleName())
        return [action for action, one in self._made if one.isEnabled() and one.isVisibleTo(self._screen)]


def _press(one: QAbstractButton) -> None:
    if isinstance(one, QPushButton) and one.menu() is not None:
        one.showMenu()
    else:
        one.click()
