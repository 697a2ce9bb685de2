"""The languages of the console, and its texts in the one that is in force."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PyQt6.QtCore import QLibraryInfo, QLocale, QTranslator
from PyQt6.QtWidgets import QApplication

from heatmap_gui.desktop.theme import SYSTEM
from heatmap_gui.resources import resource

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "fr": "Français"})  # each in itself


def speak(language: str) -> None:
    """The program's and Qt's own texts, numbers and dates in this language from now on; what has none is English.

    What is on screen already keeps its words: see `MainWindow.speak`. SYSTEM: as this computer does.
    """
    language = QLocale.system().name()[:2] if language == SYSTEM else language
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    QLocale.setDefault(QLocale(language))
    for earlier in app.findChildren(QTranslator):
        app.removeTranslator(earlier)
        earlier.deleteLater()
    folders = {
        "heatmap": str(resource("resources") / "translations"),
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    for stem, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(f"{stem}_{language}", folder):
            app.installTranslator(translator)
