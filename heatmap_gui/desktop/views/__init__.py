"""The screens: one line here, one file beside this one. A screen is imported when it is first shown."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QWidget

if TYPE_CHECKING:
    from heatmap_gui.desktop.session import Session


class View(QWidget):
    """A screen on one session. Built when it is first shown; everything slow goes by `session.background`.

    wanted: the name of another screen, which is to come to the front.
    """

    wanted = pyqtSignal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def enter(self) -> None:
        """It is on screen from now on."""

    def leave(self) -> None:
        """It is not any more: timers stop."""

    def full_screen(self) -> bool:
        """Goes to the whole screen by itself, or back -> True; False: the window shall."""
        return False

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers while it is on screen."""
        return self.actions()

    def remembered(self) -> Mapping[str, Any]:
        """The choices that the next start begins with: strings, numbers, lists of them."""
        return {}

    def remember(self, choices: Mapping[str, Any]) -> None:
        """The choices of last time, before it is first shown; a key may be missing, a value out of date."""


@dataclass(frozen=True, slots=True)
class Screen:
    """An entry of the rail. place: `module:Class`; empty where the screen is still to come."""

    title: str
    symbol: str
    place: str = ""

    def build(self, session: Session) -> View:
        module, _, name = self.place.partition(":")
        made: View = getattr(importlib.import_module(f"{__name__}.{module}"), name)(session)
        return made

    def words(self) -> str:
        """The title in the language in force."""
        return QCoreApplication.translate("Screens", self.title)


SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        "live": Screen(QT_TRANSLATE_NOOP("Screens", "Live"), "live", "live:LiveView"),
        "map": Screen(QT_TRANSLATE_NOOP("Screens", "Map"), "map", "map:MapView"),
        "calibrate": Screen(QT_TRANSLATE_NOOP("Screens", "Calibrate"), "calibrate", "calibrate:CalibrateView"),
        "zones": Screen(QT_TRANSLATE_NOOP("Screens", "Zones"), "zones", "zones:ZonesView"),
        "heatmap": Screen(QT_TRANSLATE_NOOP("Screens", "Heat map"), "heatmap", "heat:HeatView"),
        "analytics": Screen(QT_TRANSLATE_NOOP("Screens", "Analytics"), "analytics"),
        "traffic": Screen(QT_TRANSLATE_NOOP("Screens", "Traffic"), "traffic"),
        "jobs": Screen(QT_TRANSLATE_NOOP("Screens", "Jobs"), "jobs"),
        "alerts": Screen(QT_TRANSLATE_NOOP("Screens", "Alerts"), "alerts"),
        "system": Screen(QT_TRANSLATE_NOOP("Screens", "System"), "system"),
        "settings": Screen(QT_TRANSLATE_NOOP("Screens", "Settings"), "settings"),
    }
)
FIRST_START = Screen(QT_TRANSLATE_NOOP("Screens", "First start"), "store", "first_start:FirstStartView")
