"""The frame: what is around the screens, by keyboard and in both themes."""

from __future__ import annotations

import shutil

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.tokens import COLOURS, SMALLEST
from heatmap_gui.desktop.widgets.basics import Banner
from heatmap_gui.desktop.widgets.command_palette import matches


def test_every_control_has_a_name_and_the_window_its_smallest_size(window: MainWindow) -> None:
    assert (window.minimumWidth(), window.minimumHeight()) == SMALLEST
    controls = window.findChildren(QAbstractButton)
    assert len(controls) > 12
    assert not [one for one in controls if not one.accessibleName() and one.isVisible()]


def test_the_palette_finds_and_runs(window: MainWindow, qtbot: QtBot) -> None:
    window.palette_box.open()
    [typed] = window.palette_box.findChildren(QLineEdit)
    [found] = window.palette_box.findChildren(QListWidget)
    everything = found.count()
    qtbot.keyClicks(typed, "light")
    assert 0 < found.count() < everything
    mode = THEME.mode
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert THEME.mode != mode
    assert not window.palette_box.isVisible()
    THEME.choose("dark")


def test_letters_come_in_their_order() -> None:
    assert matches("hm", "Heat map")
    assert matches("", "Heat map")
    assert not matches("mh", "Heat map")


def test_both_themes_reach_what_is_on_screen(window: MainWindow) -> None:
    for mode in ("dark", "light", "dark"):
        THEME.choose(mode)
        edge = window.grab().toImage().pixelColor(window.width() - 2, window.height() - 2)
        assert edge.name() == COLOURS[THEME.mode]["bg.app"].lower()


def test_a_window_that_cannot_save_says_so_before_it_closes(window: MainWindow) -> None:
    session = window.session
    session.edit(lambda document: document["store"].update(name="demo "), "rename")
    session.edit(lambda document: document["cameras"][0].update(name="Door"), "rename")
    shutil.rmtree(session.home)
    window.close()
    assert window.isVisible()
    [banner] = [one for one in window.findChildren(Banner) if one.isVisible()]
    assert "cannot be written" in banner.accessibleName()
    banner.acted.emit()
    assert not window.isVisible()
