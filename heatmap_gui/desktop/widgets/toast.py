"""Short notes at the lower right, which go by themselves; one at a time, and not while the pointer rests on it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import Symbol, button, label

_EDGE = 20  # px from the window's edge
_SYMBOLS = {"ok": "done", "error": "error", "info": "info", "warn": "warning"}


class Toasts(QObject):
    """Of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._card = QFrame(window)
        self._card.setProperty("look", "card")
        layout = QHBoxLayout(self._card)
        layout.setContentsMargins(tokens.PAD, tokens.GAP, tokens.PAD, tokens.GAP)
        self._symbol, self._text = Symbol(), label(wrap=True)
        self._text.setMinimumWidth(220)
        self._text.setMaximumWidth(460)
        self._action = button("", "link", clicked=self._act)
        for widget in (self._symbol, self._text, self._action):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._run: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._card.hide)
        self._card.installEventFilter(self)
        window.installEventFilter(self)
        self._card.hide()

    def say(self, text: str, *, kind: str = "ok", action: str = "", run: Callable[[], object] | None = None) -> None:
        """kind: ok, info, warn, error. action: the words of what can be done about it, by `run`."""
        colour = "accent" if kind == "info" else kind
        self._symbol.show_symbol(_SYMBOLS[kind], colour)
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._run = run
        self._card.setAccessibleName(text)
        active = QApplication.activeWindow()  # a part of this window may be on the whole screen
        self._go_to(active if active is not None and active.isFullScreen() else self._window)
        self._timer.start(tokens.TOAST_UNDO if action else tokens.TOAST)

    def _come_back(self) -> None:
        """What it was on is no window any more."""
        said = self._timer.isActive()
        self._go_to(self._window)
        self._card.setVisible(said)

    def _act(self) -> None:
        self._card.hide()
        if self._run is not None:
            self._run()

    def _go_to(self, host: QWidget) -> None:
        if self._card.parentWidget() is not host:
            self._card.setParent(host)
            host.installEventFilter(self)
        self._card.adjustSize()
        self._place()
        self._card.show()
        self._card.raise_()

    def _place(self) -> None:
        host = self._card.parentWidget()
        assert host is not None
        room = host.rect()
        bottom = room.height() - tokens.STATUS_BAR - _EDGE - self._card.height()
        self._card.move(room.width() - self._card.width() - _EDGE, bottom)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        if event is not None:
            if watched is self._card.parentWidget() and event.type() == QEvent.Type.Resize:
                self._place()
            elif watched is self._card.parentWidget() and event.type() == QEvent.Type.Hide:
                self._come_back()
            elif watched is self._card and event.type() == QEvent.Type.Enter:
                self._timer.stop()
            elif watched is self._card and event.type() == QEvent.Type.Leave:
                self._timer.start(tokens.TOAST)
        return super().eventFilter(watched, event)
