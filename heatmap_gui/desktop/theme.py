"""The theme in force: colours by purpose, fonts, and the style sheet made of the tokens."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PyQt6.QtWidgets import QApplication

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.tokens import COLOURS, Mode
from heatmap_gui.resources import resource

SYSTEM = "system"  # the choice of whoever chooses none
_ROLES = {
    QPalette.ColorRole.Window: "bg.app",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "bg.input",
    QPalette.ColorRole.AlternateBase: "bg.raised",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.Button: "bg.raised",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.tertiary",
    QPalette.ColorRole.Highlight: "accent.fill",
    QPalette.ColorRole.HighlightedText: "text.on_accent",
    QPalette.ColorRole.ToolTipBase: "bg.overlay",
    QPalette.ColorRole.ToolTipText: "text.primary",
    QPalette.ColorRole.Link: "accent",
}


class Theme(QObject):
    """One for the whole program (`THEME`). Widgets that paint ask it at each paint: a change is a repaint."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.mode: Mode = "dark"

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """A token's colour in force; alpha 0 to 1."""
        colour = QColor(COLOURS[self.mode][name])
        colour.setAlphaF(alpha)
        return colour

    def choose(self, choice: str) -> None:
        """`system`, `dark` or `light`, for the whole application."""
        self.mode = _system_mode() if choice == SYSTEM else cast("Mode", choice)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text.disabled"))
        app.setPalette(palette)
        app.setFont(font())
        app.setStyleSheet(_style_sheet(self.mode))
        self.changed.emit()


THEME = Theme()


def font(size_px: int = tokens.BODY, weight: int = tokens.REGULAR) -> QFont:
    """The interface's font; figures have one width, so that numbers do not jump."""
    return QFont(_font(size_px, weight))


@lru_cache
def _font(size_px: int, weight: int) -> QFont:
    there = QFontDatabase.families()  # slow, where every text that is painted asks
    families = [name for name in tokens.FAMILIES if name in there]
    made = QFont(families or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families())
    made.setPixelSize(size_px)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag.fromString("tnum"), 1)  # type: ignore[arg-type]
    return made


def _system_mode() -> Mode:
    hints = QGuiApplication.styleHints()
    light = hints is not None and hints.colorScheme() == Qt.ColorScheme.Light
    return "light" if light else "dark"


def _style_sheet(mode: Mode) -> str:
    """resources/themes/console.qss with its {tokens} and its {folder} filled in."""
    folder = resource("resources") / "themes"
    text = (folder / "console.qss").read_text(encoding="utf-8")
    values = {**COLOURS[mode], "folder": folder.as_posix()}
    return re.sub(r"\{([a-z._]+)\}", lambda found: values[found[1]], text)
