"""The frame: what is around the screens, by keyboard and in both themes."""

from __future__ import annotations

import shutil

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QAbstractButton, QFocusFrame, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.languages import speak
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.tokens import COLOURS, SMALLEST
from heatmap_gui.desktop.widgets.basics import Banner
from heatmap_gui.desktop.widgets.command_palette import matches
from heatmap_gui.desktop.widgets.rail import RailButton


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


def test_a_theme_or_the_computer_s_own_is_chosen_by_its_name(window: MainWindow) -> None:
    named = {action.text(): action for action in window.commands()}
    named["Theme: light"].trigger()
    assert (THEME.mode, window._choices.value("theme")) == ("light", "light")
    named["Theme: as this computer"].trigger()
    assert (THEME.mode, window._choices.value("theme")) == ("dark", "system"), "this one says nothing"
    try:
        named["Language: as this computer"].trigger()
        assert window._choices.value("language") == "system"
    finally:
        window.speak("en")


def test_a_language_is_spoken_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.show_screen("zones")
    english, view = words(window), window.view("zones")
    try:
        window.speak("fr")
        french = words(window)
        assert "Réglages" in french
        assert not {"Settings", "Heat map", "Measure", "Search or run a command"} & french
        assert window.view("zones") is not view
        assert window.view("zones").isVisible()
        assert {one.text() for one in window.actions()} >= {"Annuler", "Rétablir"}
        gone = view.destroyed
        with qtbot.waitSignal(gone, timeout=10_000):
            pass
        window.session.edit(lambda document: document["cameras"][0].update(name="Porte"), "rename")
    finally:
        window.speak("en")
    assert words(window) == english


def words(window: MainWindow) -> set[str]:
    return {one.text() for one in window.findChildren(QAbstractButton) if one.isVisible() and one.text()}


def test_a_language_is_kept_for_the_next_start(window: MainWindow) -> None:
    window.speak("fr")
    speak("en")
    assert window._choices.value("language") == "fr"


def test_the_ring_is_around_what_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    [ring] = window.findChildren(QFocusFrame)
    assert not ring.isVisible()  # nobody has used the keyboard yet
    for _ in range(3):
        qtbot.keyClick(QWidget.focusWidget(window) or window, Qt.Key.Key_Tab)
        now = QWidget.focusWidget(window)
        assert now is not None
        assert ring.widget() is now
        box = now.rect().translated(now.mapTo(window, now.rect().topLeft()))
        assert ring.geometry() == box.adjusted(-4, -4, 4, 4)
        assert ring.isVisible()
    [search] = [one for one in window.findChildren(QAbstractButton) if one.property("look") == "search"]
    if now is search:
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    qtbot.mousePress(search, Qt.MouseButton.LeftButton)
    assert QWidget.focusWidget(window) is search
    assert not ring.isVisible()
    qtbot.mouseRelease(search, Qt.MouseButton.LeftButton, pos=QPoint(-9, -9))


def test_the_rail_says_where_to_look(window: MainWindow) -> None:
    live = next(one for one in window.findChildren(RailButton) if one.text() == "Live")
    plain = live.grab().toImage()
    live.show_badge(2)
    assert live.accessibleName() == "Live, to be looked at: 2"
    assert live.grab().toImage() != plain
    live.show_badge(0)
    assert (live.accessibleName(), live.grab().toImage()) == ("Live", plain)
