"""A repaint in portions: between two of them the event loop does what else there is to do."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QRect, QTimer
from PyQt6.QtGui import QRegion
from PyQt6.QtWidgets import QWidget

_AT_ONCE = 2  # parts that are painted in one turn of the event loop: who types or drags waits for no more


class Turns(QObject):
    """Of one widget, whose parts have names."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._due: dict[str, QRegion] = {}
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._take)

    @property
    def due(self) -> bool:
        """Whether there is more to be painted."""
        return bool(self._due)

    def want(self, name: str, rect: QRect) -> None:
        """What changed of a part: painted in one of the next turns."""
        self._due[name] = self._due.get(name, QRegion()) + QRegion(rect)
        if not self._next.isActive():
            self._next.start(0)

    def _take(self) -> None:
        for name in list(self._due)[:_AT_ONCE]:
            self._widget.update(self._due.pop(name))
        if self._due:
            self._next.start(0)

    def forget(self) -> None:
        """All is painted anew anyway."""
        self._due.clear()
