"""The frame around the screens: rail, site, engine, command palette, status bar, toasts."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial

from PyQt6.QtCore import QDate, QLocale, QSettings, QSize, Qt, QTimer
from PyQt6.QtGui import QAction, QCloseEvent, QKeySequence
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views import FIRST_START, SCREENS, View
from heatmap_gui.desktop.widgets.basics import Banner, bar, button, hairline, label, look, tool
from heatmap_gui.desktop.widgets.command_palette import CommandPalette
from heatmap_gui.desktop.widgets.status import StatusBar
from heatmap_gui.desktop.widgets.toast import Toasts

_TICK_MS = 1000
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NATIVE = QKeySequence.SequenceFormat.NativeText
LANGUAGES = {"en": "English", "fr": "Français"}  # each in itself
_GROUPS = ("analytics", "system")  # a hairline stands before them


class MainWindow(QMainWindow):
    """One session's window. choices: where layout and choices are remembered."""

    def __init__(self, session: Session, choices: QSettings) -> None:
        super().__init__()
        self.session, self._choices = session, choices
        self.setWindowTitle("Traffic Heatmap")
        self.setObjectName("app")
        self.setMinimumSize(*tokens.SMALLEST)
        self._views: dict[str, View] = {}
        self._shown = ""
        self._gives_up = False  # to close although the site cannot be saved
        self._stack = QStackedWidget()
        self._banner = Banner()
        self.status = StatusBar()
        self.palette_box = CommandPalette(self)
        self.toasts = Toasts(self)
        self._rail: dict[str, QToolButton] = {}
        self._build()
        self._connect()
        self._site_changed()
        self._fill_sites()
        self._engine_changed()
        self._tick()

    # ---- building

    def _build(self) -> None:
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
        across = bar(self._make_rail(), middle, height=1, kind="")
        across.setMinimumHeight(0)
        across.setMaximumHeight(16_777_215)
        layout = across.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        column.addWidget(across, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)

    def _top_bar(self) -> QFrame:
        self._site_button = button("", "flat", symbol="store")
        self._site_menu = QMenu(self)
        self._site_button.setMenu(self._site_menu)
        self._engine_button = button("", "flat", symbol="dot", clicked=self._toggle_engine)
        search = button(self.tr("Search or run a command"), symbol="search", clicked=self.palette_box.open)
        search.setMinimumWidth(360)
        look(search, "search")
        keys = QHBoxLayout(search)
        keys.setContentsMargins(0, 0, tokens.GAP, 0)
        keys.addWidget(label(QKeySequence("Ctrl+K").toString(_NATIVE), "key"), 0, _RIGHT)
        self._date = label(kind="secondary")
        here = label(self.tr("This computer"), "secondary")
        self._theme_button = tool(self.tr("Light or dark"), "light", clicked=self._toggle_theme)
        return bar(
            self._site_button, hairline(vertical=True), self._engine_button, None, search, None,
            self._date, here, self._theme_button, height=tokens.TOP_BAR, kind="bar",
        )  # fmt: skip

    def _make_rail(self) -> QFrame:
        rail = QFrame()
        rail.setProperty("look", "list")
        rail.setFixedWidth(tokens.RAIL)
        layout = QVBoxLayout(rail)
        layout.setContentsMargins(0, tokens.GAP, 0, tokens.GAP)
        layout.setSpacing(2)
        for number, (name, screen) in enumerate(SCREENS.items(), 1):
            if name in _GROUPS:
                layout.addWidget(hairline())
            one = QToolButton()
            one.setIcon(icon(screen.symbol))
            one.setIconSize(QSize(tokens.ICON_LARGE, tokens.ICON_LARGE))
            one.setText(screen.words())
            one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            one.setFixedSize(tokens.RAIL, tokens.RAIL_ITEM)
            one.setProperty("look", "rail")
            one.setCheckable(True)
            one.setAccessibleName(screen.words())
            one.setEnabled(bool(screen.place))
            one.clicked.connect(partial(self.show_screen, name))
            if screen.place:
                self._add_shortcut(screen.words(), f"Ctrl+{number}", partial(self.show_screen, name), screen.symbol)
                one.setToolTip(f"{screen.words()} (Ctrl+{number})")
            layout.addWidget(one)
            self._rail[name] = one
        layout.addStretch(1)
        return rail

    def _add_shortcut(self, text: str, keys: str, run: object, symbol: str = "command") -> QAction:
        action = QAction(icon(symbol), text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(run)  # type: ignore[arg-type]
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self._add_shortcut(self.tr("Commands"), "Ctrl+K", self.palette_box.open)
        self._add_shortcut(self.tr("Undo"), "Ctrl+Z", self.session.undo, "undo")
        self._add_shortcut(self.tr("Redo"), "Ctrl+Shift+Z", self.session.redo, "redo")
        self._add_shortcut(self.tr("Full screen"), "F11", self._toggle_full, "full")
        self._add_shortcut(self.tr("Light or dark"), "Ctrl+Shift+L", self._toggle_theme, "light")
        self._add_shortcut(self.tr("Set up a store"), "", partial(self.show_screen, "first_start"), "store")
        for code, language in LANGUAGES.items():
            text = self.tr("Language: %1").replace("%1", language)
            self._add_shortcut(text, "", partial(self._choose_language, code), "language")
        self.session.site_changed.connect(self._site_changed)
        self.session.stores_changed.connect(self._fill_sites)
        self.session.engine_changed.connect(self._engine_changed)
        self.session.trouble.connect(lambda text: self._banner.say(text))
        self._banner.acted.connect(self._close_unsaved)
        self.session.refused.connect(lambda text: self.toasts.say(text, kind="error"))
        self.session.told.connect(lambda text, action, run: self.toasts.say(text, action=action, run=run))
        self.session.saved.connect(self.status.say_saved)
        THEME.changed.connect(self._theme_changed)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    # ---- screens

    def show_screen(self, name: str, _checked: bool = False) -> None:
        """Brings a screen to the front."""
        if self._shown in self._views:
            self._views[self._shown].leave()
        if name not in self._views:
            screen = FIRST_START if name == "first_start" else SCREENS[name]
            view = screen.build(self.session)
            view.remember({k: self._choices.value(f"{name}/{k}") for k in self._choices_of(name)})
            view.wanted.connect(self.show_screen)
            self._views[name] = view
            self._stack.addWidget(view)
        for other, one in self._rail.items():
            one.setChecked(other == name)
        self._shown = name
        view = self._views[name]
        self._stack.setCurrentWidget(view)
        view.enter()

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
        self._site_button.setText(site.name if site else self.tr("No store yet"))
        self._site_button.setAccessibleName(self.tr("Store: %1").replace("%1", site.name if site else ""))

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
        self._engine_button.setText(text)
        self._engine_button.setAccessibleName(self.tr("Engine: %1").replace("%1", text))
        self._engine_button.setIcon(icon("pause" if state == "on" else "play", colour))
        self._engine_button.setToolTip(self.tr("Pause measuring") if state == "on" else self.tr("Measure"))
        self._engine_button.setEnabled(state not in ("starting", "stopping"))
        if state == "failed":
            self._banner.say(self.session.engine_error)

    def _tick(self) -> None:
        locale = QLocale()
        self._date.setText(locale.toString(QDate.currentDate(), "ddd d MMM yyyy"))
        if self.session.once is not None and self.session.engine_state == "on":
            self._engine_changed()  # how far it is
        states, looked_at = self.session.camera_states(), self.session.looked_at()
        site = self.session.site
        self.status.show_state(states, looked_at, time.time(), site.timezone if site else None, datetime.now())

    # ---- what the top bar does

    def _toggle_engine(self) -> None:
        if self.session.engine_state == "on":
            self.session.stop_engine()
        elif self.session.site is not None:
            self.session.measure([self.session.site.name])

    def _toggle_theme(self) -> None:
        mode = "light" if THEME.mode == "dark" else "dark"
        self._choices.setValue("theme", mode)
        THEME.choose(mode)

    def _choose_language(self, code: str) -> None:
        self._choices.setValue("language", code)
        self.toasts.say(self.tr("The next start is in %1").replace("%1", LANGUAGES[code]), kind="info")

    def _theme_changed(self) -> None:
        self._theme_button.setIcon(icon("light" if THEME.mode == "dark" else "dark"))
        for widget in self.findChildren(QWidget):
            widget.update()  # what paints itself asks for its colours anew

    def _toggle_full(self) -> None:
        if self._shown in self._views and self._views[self._shown].full_screen():
            return
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

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
        for name, view in self._views.items():
            view.leave()
            for key, value in view.remembered().items():
                self._choices.setValue(f"{name}/{key}", value)
        self._choices.setValue("screen", self._shown)
        self._choices.setValue("geometry", self.saveGeometry())
        if self.session.site is not None:
            self._choices.setValue("store", self.session.site.name)
        super().closeEvent(event)
