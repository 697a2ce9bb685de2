"""The rail: one button a screen, with how many things want to be looked at there."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.views import SCREENS, Screen
from heatmap_gui.desktop.widgets.basics import hairline, tip

_GROUPS = ("analytics", "system")  # a hairline stands before them
_BADGE_PX = 16


class RailButton(QToolButton):
    """Of a screen; one that is still to come is disabled."""

    def __init__(self, screen: Screen, keys: str) -> None:
        super().__init__()
        self._words, self._badge = screen.words(), 0
        self.setIcon(icon(screen.symbol))
        self.setIconSize(QSize(tokens.ICON_LARGE, tokens.ICON_LARGE))
        self.setText(self._words)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setFixedWidth(tokens.RAIL)
        self.setProperty("look", "rail")
        self.setCheckable(True)
        self.setAccessibleName(self._words)
        self.setEnabled(bool(screen.place))
        self.setToolTip(tip(self._words, keys) if screen.place else self.tr("%1: to come").replace("%1", self._words))

    def show_badge(self, count: int) -> None:
        """How many things there want to be looked at; 0: none."""
        if count == self._badge:
            return
        self._badge = count
        said = self.tr("%1, to be looked at: %2").replace("%1", self._words).replace("%2", str(count))
        self.setAccessibleName(said if count else self._words)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._badge:
            return
        text, written = str(self._badge), font(tokens.CAPTION, tokens.SEMIBOLD)
        width = max(_BADGE_PX, QFontMetricsF(written).horizontalAdvance(text) + 8)
        box = QRectF(self.width() / 2 + 5, 5, width, _BADGE_PX)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(THEME.colour("error"))
            painter.drawRoundedRect(box, _BADGE_PX / 2, _BADGE_PX / 2)
            painter.setPen(THEME.colour("bg.app"))
            painter.setFont(written)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """chosen: called with a screen's name."""

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("look", "list")
        self.setFixedWidth(tokens.RAIL)
        self.buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, tokens.GAP, 0, tokens.GAP)
        layout.setSpacing(2)
        for name, screen in SCREENS.items():
            if name in _GROUPS:
                layout.addWidget(hairline())
            one = RailButton(screen, keys_of(name))
            one.clicked.connect(lambda _, name=name: chosen(name))
            layout.addWidget(one)
            self.buttons[name] = one
        layout.addStretch(1)

    def show_chosen(self, name: str) -> None:
        """Marks this screen; "" or one that is not here: none."""
        for other, one in self.buttons.items():
            one.setChecked(other == name)


def keys_of(name: str) -> str:
    """The shortcut of a screen."""
    return f"Ctrl+{list(SCREENS).index(name) + 1}"
