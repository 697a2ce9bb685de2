"""The frame around the screens: rail, site, engine, command palette, status bar, toasts."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial

from PyQt6.QtCore import QDate, QLocale, QSettings, Qt, QTimer
from PyQt6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.languages import LANGUAGES, speak
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import SYSTEM, THEME
from heatmap_gui.desktop.views import FIRST_START, SCREENS, View
from heatmap_gui.desktop.widgets.basics import (
    Banner,
    Dot,
    EmptyState,
    Symbol,
    bar,
    button,
    hairline,
    label,
    row,
    tip,
    tool,
)
from heatmap_gui.desktop.widgets.command_palette import CommandPalette
from heatmap_gui.desktop.widgets.focus_ring import FocusRing
from heatmap_gui.desktop.widgets.mark import Mark, mark_icon
from heatmap_gui.desktop.widgets.rail import Rail, keys_of
from heatmap_gui.desktop.widgets.status import StatusBar
from heatmap_gui.desktop.widgets.toast import Toasts
from heatmap_gui.services.picture_state import Sight, sights

_TICK_MS = 1000
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NATIVE = QKeySequence.SequenceFormat.NativeText
_MARK_PX, _NAME_PX = 24, 220
_TROUBLE = (Sight.STALE, Sight.UNFIT, Sight.GONE)
_THEME_KEYS, _ENGINE_KEYS = "Ctrl+Shift+L", "Ctrl+M"


class MainWindow(QMainWindow):
    """One session's window. choices: where layout and choices are remembered."""

    def __init__(self, session: Session, choices: QSettings) -> None:
        super().__init__()
        self.session, self._choices = session, choices
        self.setWindowTitle("Traffic Heatmap")
        self.setObjectName("app")
        self.setWindowIcon(mark_icon())
        self.setMinimumSize(*tokens.SMALLEST)
        self._views: dict[str, View] = {}
        self._shown = ""
        self._gives_up = False  # to close although the site cannot be saved
        self._earlier: list[QWidget] = []  # in another language, until nothing in the background is for them
        self.toasts = Toasts(self)
        self._focus_ring = FocusRing(self)
        self._build()
        self._connect()

    # ---- building

    def _build(self) -> None:
        """All that has words."""
        self._stack, self._banner = QStackedWidget(), Banner()
        self._banner.acted.connect(self._close_unsaved)
        self._nothing = EmptyState("store", "", "", self.tr("Set up a store"))
        self._nothing.acted.connect(partial(self.show_screen, "first_start"))
        self._stack.addWidget(self._nothing)
        self.status, self.palette_box = StatusBar(), CommandPalette(self)
        self.session.saved.connect(self.status.say_saved)
        self._rail = Rail(self.show_screen)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top_bar())
        middle = QWidget()
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._banner)
        inside.addWidget(self._stack, 1)
        column.addWidget(row(self._rail, middle, gap=0), 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)
        self._add_actions()
        self._fill_sites()
        self._engine_changed()
        self._site_changed()
        self._tick()

    def _top_bar(self) -> QFrame:
        self._site_button = button(" ", "flat", symbol="store")  # a blank: its icon stands beside words
        self._site_button.setProperty("menu", True)
        self._site_menu = QMenu(self._site_button)
        self._site_button.setMenu(self._site_menu)
        self._engine_dot, self._engine_words = Dot(), label()
        self._engine_button = tool(self.tr("Measure"), "play", clicked=self._toggle_engine)
        search = button(self.tr("Search or run a command"), "search", symbol="search", clicked=self.palette_box.open)
        keys = QHBoxLayout(search)
        keys.setContentsMargins(0, 0, tokens.GAP, 0)
        keys.addWidget(label(QKeySequence("Ctrl+K").toString(_NATIVE), "key"), 0, _RIGHT)
        self._date = label(kind="secondary")
        here = row(Symbol("computer"), label(self.tr("This computer"), "secondary"))
        self._theme_button = tool(self.tr("Light or dark"), "light", clicked=self._toggle_theme)
        self._theme_button.setToolTip(tip(self.tr("Light or dark"), _THEME_KEYS))
        return bar(
            Mark(_MARK_PX), self._site_button, hairline(vertical=True), self._engine_dot, self._engine_words,
            self._engine_button, None, search, None, self._date, hairline(vertical=True), here,
            self._language_button(), self._theme_button, height=tokens.TOP_BAR, kind="bar",
        )  # fmt: skip

    def _language_button(self) -> QToolButton:
        made = tool(self.tr("Language"), "language")
        menu = QMenu(made)
        for code, language in LANGUAGES.items():
            action = QAction(language, menu)
            action.setCheckable(True)
            action.setChecked(QLocale().name().startswith(code))
            action.triggered.connect(partial(self.speak, code))
            menu.addAction(action)
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _add_actions(self) -> None:
        for name, screen in SCREENS.items():
            if screen.place:
                self._add_shortcut(screen.words(), keys_of(name), partial(self.show_screen, name), screen.symbol)
        self._add_shortcut(self.tr("Commands"), "Ctrl+K", self.palette_box.open)
        self._add_shortcut(self.tr("Undo"), "Ctrl+Z", self.session.undo, "undo")
        self._add_shortcut(self.tr("Redo"), "Ctrl+Shift+Z", self.session.redo, "redo")
        self._add_shortcut(self.tr("Full screen"), "F11", self._toggle_full, "full")
        self._add_shortcut(self.tr("Light or dark"), _THEME_KEYS, self._toggle_theme, "light")
        self._add_shortcut(self.tr("Measure, or pause"), _ENGINE_KEYS, self._toggle_engine, "play")
        self._add_shortcut(self.tr("Set up a store"), "", partial(self.show_screen, "first_start"), "store")
        for code, language in (*LANGUAGES.items(), (SYSTEM, self.tr("as this computer"))):
            text = self.tr("Language: %1").replace("%1", language)
            self._add_shortcut(text, "", partial(self.speak, code), "language")
        themes = {SYSTEM: self.tr("as this computer"), "light": self.tr("light"), "dark": self.tr("dark")}
        for choice, name in themes.items():
            text = self.tr("Theme: %1").replace("%1", name)
            self._add_shortcut(text, "", partial(self._choose_theme, choice), "dark" if choice == "dark" else "light")

    def _add_shortcut(self, text: str, keys: str, run: object, symbol: str = "command") -> QAction:
        action = QAction(icon(symbol), text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(run)  # type: ignore[arg-type]
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.session.site_changed.connect(self._site_changed)
        self.session.stores_changed.connect(self._fill_sites)
        self.session.engine_changed.connect(self._engine_changed)
        self.session.trouble.connect(lambda text: self._banner.say(text))
        self.session.mended.connect(lambda text: self._banner.withdraw(text))
        self.session.refused.connect(lambda text: self.toasts.say(text, kind="error"))
        self.session.told.connect(lambda text, action, run: self.toasts.say(text, action=action, run=run))
        THEME.changed.connect(self._theme_changed)
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._system_theme_changed)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    # ---- screens

    def show_screen(self, name: str, _checked: bool = False) -> None:
        """Brings a screen to the front."""
        if self._shown in self._views:
            self._views[self._shown].leave()
        self._rail.show_chosen(name)
        self._shown = name
        if name != "first_start" and self._has_nothing():
            self._stack.setCurrentWidget(self._nothing)
            return
        if name not in self._views:
            screen = FIRST_START if name == "first_start" else SCREENS[name]
            view = screen.build(self.session)
            view.remember({k: self._choices.value(f"{name}/{k}") for k in self._choices_of(name)})
            view.wanted.connect(self.show_screen)
            self._views[name] = view
            self._stack.addWidget(view)
        view = self._views[name]
        self._stack.setCurrentWidget(view)
        view.enter()

    def _has_nothing(self) -> bool:
        """Whether no screen can show anything of what is open; then it says why."""
        site = self.session.site
        action = self.tr("Set up a store") if site is None else self.tr("Go on setting it up")
        self._nothing.action.setText(action)
        self._nothing.action.setAccessibleName(action)
        if site is None:
            self._nothing.title.setText(self.tr("No store yet"))
            self._nothing.sentence.setText(self.tr("Set yours up, or look around in the demo store."))
            return not self.session.stores()  # else one is on its way
        self._nothing.title.setText(self.tr("Nothing to show yet"))
        self._nothing.sentence.setText(self.tr("%1 has neither a floor plan nor a camera.").replace("%1", site.name))
        return not site.cameras and not site.floor.width_px

    def _choices_of(self, name: str) -> list[str]:
        self._choices.beginGroup(name)
        keys = self._choices.childKeys()
        self._choices.endGroup()
        return keys

    def view(self, name: str) -> View:
        """A screen that was shown already."""
        return self._views[name]

    def commands(self) -> list[QAction]:
        """All that the command palette offers now."""
        shown = self._views.get(self._shown)
        return [*(shown.commands() if shown else ()), *self.actions()]

    # ---- what is told

    def _site_changed(self) -> None:
        site = self.session.site
        empty = self._stack.currentWidget() is self._nothing
        if self._shown not in ("", "first_start") and empty is not self._has_nothing():
            self.show_screen(self._shown)
        name = site.name if site else self.tr("No store yet")
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME_PX)
        self._site_button.setText(shown)
        self._site_button.setToolTip(name if shown != name else "")
        self._site_button.setAccessibleName(self.tr("Store: %1").replace("%1", name))
        self._allow_measuring()

    def _fill_sites(self) -> None:
        self._site_menu.clear()
        for name in self.session.stores():
            self._site_menu.addAction(icon("store"), name, partial(self.session.open_store, name))
        self._site_menu.addSeparator()
        self._site_menu.addAction(icon("add"), self.tr("Set up a store…"), partial(self.show_screen, "first_start"))

    def _engine_changed(self) -> None:
        words = {
            "off": self.tr("Not measuring"),
            "starting": self.tr("Starting…"),
            "on": self.tr("Measuring"),
            "stopping": self.tr("Stopping…"),
            "failed": self.tr("Cannot measure"),
        }
        state = self.session.engine_state
        colour = {"on": "ok", "failed": "error"}.get(state, "text.tertiary")
        once, text = self.session.once, words[state]
        if state == "on" and once is not None and once.progress.share is not None:
            text = self.tr("Measuring: %1 %").replace("%1", f"{100 * once.progress.share:.0f}")
        self._engine_dot.show_colour(colour)
        self._engine_words.setText(text)
        self._engine_words.setAccessibleName(self.tr("Engine: %1").replace("%1", text))
        does = self.tr("Pause measuring") if state == "on" else self.tr("Measure")
        self._engine_button.setIcon(icon("pause" if state == "on" else "play"))
        self._engine_button.setToolTip(tip(does, _ENGINE_KEYS))
        self._engine_button.setAccessibleName(does)
        self._allow_measuring()
        if state == "failed":
            self._banner.say(self.session.engine_error)

    def _allow_measuring(self) -> None:
        settled = self.session.engine_state not in ("starting", "stopping")
        self._engine_button.setEnabled(settled and self.session.site is not None)

    def _tick(self) -> None:
        if self._earlier and self.session.background.is_idle:
            for one in self._earlier:
                one.deleteLater()
            self._earlier.clear()
        locale = QLocale()
        self._date.setText(locale.toString(QDate.currentDate(), "ddd d MMM yyyy"))
        if self.session.once is not None and self.session.engine_state == "on":
            self._engine_changed()  # how far it is
        site, board, now = self.session.site, self.session.board(), time.time()
        newest = {} if board is None else board.newest()
        seen = {} if site is None else sights(site, newest, self.session.camera_states(), now)
        self._rail.buttons["live"].show_badge(sum(sight in _TROUBLE for sight in seen.values()))
        timezone = None if site is None else site.timezone
        self.status.show_state(seen, self.session.looked_at(), now, timezone, datetime.now())

    # ---- what the top bar does

    def _toggle_engine(self) -> None:
        if self.session.engine_state == "on":
            self.session.stop_engine()
        elif self.session.site is not None:
            self.session.measure([self.session.site.name])

    def _toggle_theme(self) -> None:
        self._choose_theme("light" if THEME.mode == "dark" else "dark")

    def _choose_theme(self, choice: str, _checked: bool = False) -> None:
        """From now on, and at the next start."""
        self._choices.setValue("theme", choice)
        THEME.choose(choice)

    def _system_theme_changed(self) -> None:
        if self._choices.value("theme", SYSTEM) == SYSTEM:
            THEME.choose(SYSTEM)

    def speak(self, language: str, _checked: bool = False) -> None:
        """From now on, and at the next start."""
        self._choices.setValue("language", language)
        speak(language)
        self._leave_all()
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        self._earlier += [one for one in (self.takeCentralWidget(), self.palette_box) if one is not None]
        for one in self._earlier:
            one.setParent(self)  # hidden by that
        self._views.clear()
        self._build()
        body = self.centralWidget()
        if body is not None and self.isVisible():
            body.show()  # at once, not when the event loop comes to it
        self._theme_changed()
        if self._shown:
            self.show_screen(self._shown)

    def _theme_changed(self) -> None:
        self._theme_button.setIcon(icon("light" if THEME.mode == "dark" else "dark"))
        for widget in self.findChildren(QWidget):
            widget.update()  # what paints itself asks for its colours anew

    def _toggle_full(self) -> None:
        if self._shown in self._views and self._views[self._shown].full_screen():
            return
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def focusNextPrevChild(self, on: bool) -> bool:  # noqa: N802
        """All go on by this, whichever control has the keyboard."""
        self._focus_ring.wake()
        return super().focusNextPrevChild(on)

    def _close_unsaved(self) -> None:
        self._gives_up = True
        self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:  # noqa: N802
        unsaved = "" if self._gives_up else self.session.save_now()
        if unsaved and event is not None:
            self._banner.say(unsaved, remedy=self.tr("Close without saving"))
            event.ignore()
            return
        self._timer.stop()
        self._leave_all()
        self._choices.setValue("screen", self._shown)
        self._choices.setValue("geometry", self.saveGeometry())
        if self.session.site is not None:
            self._choices.setValue("store", self.session.site.name)
        super().closeEvent(event)

    def _leave_all(self) -> None:
        for name, view in self._views.items():
            view.leave()
            for key, value in view.remembered().items():
                self._choices.setValue(f"{name}/{key}", value)
