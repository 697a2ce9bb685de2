"""Small parts that all screens are made of; how they look stands in resources/themes/console.qss."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QPainter, QPaintEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon, paint_icon
from heatmap_gui.desktop.theme import THEME

_BESIDE_WORDS = QSize(tokens.ICON + 8, tokens.ICON)  # the icon is at its left
_DOT_PX = 8


def look(widget: QWidget, name: str) -> QWidget:
    """Gives a widget its look, also when it has one already."""
    widget.setProperty("look", name)
    style = widget.style()
    if style is not None:
        style.unpolish(widget)
        style.polish(widget)
    return widget


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """kind: secondary, tertiary, caption, title, section, heading, figure, error, warn, ok."""
    made = QLabel(text)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("look", kind)
    if kind == "key":
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def tip(text: str, shortcut: str = "") -> str:
    """A tool tip with the keys that do the same."""
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text


def button(text: str, kind: str = "", *, symbol: str = "", clicked: Callable[[], object] | None = None) -> QPushButton:
    """kind: primary, link, flat."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setProperty("look", kind)
    made.setIconSize(_BESIDE_WORDS if text else QSize(tokens.ICON, tokens.ICON))
    if symbol:
        made.setIcon(icon(symbol, "text.on_accent" if kind == "primary" else "text.secondary"))
    if clicked is not None:
        made.clicked.connect(lambda _: clicked())
    return made


def tool(
    text: str,
    symbol: str,
    *,
    shortcut: str = "",
    checkable: bool = False,
    words: bool = False,
    clicked: Callable[[], object] | None = None,
) -> QToolButton:
    """A button of a tool bar. text: what it does, also for assistive tools; words: show it beside the icon."""
    made = QToolButton()
    made.setIcon(icon(symbol))
    made.setIconSize(_BESIDE_WORDS if words else QSize(tokens.ICON, tokens.ICON))
    made.setText(text)
    made.setAccessibleName(text)
    made.setToolTip(tip(text, shortcut))
    made.setCheckable(checkable)
    made.setProperty("look", "flat")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    style = Qt.ToolButtonStyle
    made.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    if clicked is not None:
        made.clicked.connect(lambda _: clicked())
    return made


def row(*widgets: QWidget | None, gap: int = tokens.GAP, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """Side by side; None is the space that is left over."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return made


def frame(kind: str, *widgets: QWidget | None, gap: int = tokens.GAP, pad: int = tokens.PAD) -> QFrame:
    """One above the other in a frame of a look: panel, side, list, card, toolbar, bar."""
    made = QFrame()
    made.setProperty("look", kind)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(pad, pad, pad, pad)
    layout.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return made


def bar(*widgets: QWidget | None, height: int = tokens.TOOL_BAR, kind: str = "toolbar") -> QFrame:
    """A bar across a screen."""
    made = QFrame()
    made.setProperty("look", kind)
    made.setFixedHeight(height)
    layout = QHBoxLayout(made)
    layout.setContentsMargins(tokens.PAD, 0, tokens.PAD, 0)
    layout.setSpacing(tokens.GAP)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return made


def hairline(*, vertical: bool = False) -> QFrame:
    made = QFrame()
    made.setProperty("look", "hairline-v" if vertical else "hairline")
    if vertical:
        made.setFixedHeight(24)
    return made


class Symbol(QWidget):
    """An icon that changes with the theme; none until it is told which."""

    def __init__(self, name: str = "", colour: str = "text.secondary", size_px: int = tokens.ICON) -> None:
        super().__init__()
        self.setFixedSize(size_px, size_px)
        self._name, self._colour = name, colour

    def show_symbol(self, name: str, colour: str = "text.secondary") -> None:
        self._name, self._colour = name, colour
        if self.parentWidget() is not None:  # else it would become a window
            self.setVisible(bool(name))
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        if self._name:
            with QPainter(self) as painter:
                paint_icon(painter, self._name, QRectF(self.rect()), self._colour)


class Dot(QWidget):
    """How something is, in a colour; words stand beside it."""

    def __init__(self, colour: str = "text.tertiary") -> None:
        super().__init__()
        self.setFixedSize(_DOT_PX, _DOT_PX)
        self._colour = colour

    def show_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(THEME.colour(self._colour))
            painter.drawEllipse(self.rect())


class Segments(QFrame):
    """One of a few choices, side by side. chosen: its key."""

    chosen = pyqtSignal(str)

    def __init__(self, choices: Mapping[str, str], name: str, symbols: Mapping[str, str] | None = None) -> None:
        """choices: key and words. name: for assistive tools."""
        super().__init__()
        self.setProperty("look", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for key, text in choices.items():
            one = QToolButton()
            one.setText(text)
            one.setAccessibleName(f"{name}: {text}")
            one.setCheckable(True)
            if symbols and key in symbols:
                one.setIcon(icon(symbols[key]))
                one.setIconSize(_BESIDE_WORDS)
                one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            one.clicked.connect(lambda _, key=key: self.chosen.emit(key))
            layout.addWidget(one)
            self._group.addButton(one)
            self._buttons[key] = one
        next(iter(self._buttons.values())).setChecked(True)

    @property
    def choice(self) -> str:
        """Empty: none of them."""
        return next((key for key, one in self._buttons.items() if one.isChecked()), "")

    def choose(self, key: str) -> None:
        """Shows this choice, or with "" that it is none of them, without `chosen`."""
        self._group.setExclusive(bool(key))
        for one, shown in self._buttons.items():
            shown.setChecked(one == key)
        self._group.setExclusive(True)

    def enable(self, key: str, *, on: bool) -> None:
        """Whether it can be chosen."""
        self._buttons[key].setEnabled(on)


class Banner(QFrame):
    """A fact with its remedy, in place: kind is info, ok, warn or error. Hidden until it says something.

    acted: the remedy is wanted; declined: the other answer is given, where there is one.
    """

    acted = pyqtSignal()
    declined = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.PAD, tokens.GAP, tokens.PAD, tokens.GAP)
        self._symbol = Symbol(size_px=tokens.ICON_LARGE)
        self._text = label(wrap=True)
        self._remedy = button("", "link", clicked=self.acted.emit)
        self._other = button("", "link", clicked=self.declined.emit)
        self._close = tool(self.tr("Close this message"), "close", clicked=self.hide)
        layout.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._remedy)
        layout.addWidget(self._other)
        layout.addWidget(self._close)
        self.hide()

    def say(self, text: str, kind: str = "error", remedy: str = "", other: str = "") -> None:
        look(self, f"banner-{kind}")
        colour = {"info": "accent"}.get(kind, kind)
        symbol = {"ok": "done", "info": "info", "warn": "warning", "error": "error"}[kind]
        self._symbol.show_symbol(symbol, colour)
        self._text.setText(text)
        for one, words in ((self._remedy, remedy), (self._other, other)):
            one.setText(words)
            one.setAccessibleName(words)
            one.setVisible(bool(words))
        self.setAccessibleName(text)
        self.show()

    def withdraw(self, text: str) -> None:
        """Hides it if that is what it says."""
        if self.accessibleName() == text:
            self.hide()


class EmptyState(QWidget):
    """What to do next where there is nothing yet: icon, title, one sentence, one button."""

    acted = pyqtSignal()

    def __init__(self, symbol: str, title: str, sentence: str, action: str = "") -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(tokens.GAP)
        picture = Symbol(symbol, "text.tertiary", tokens.ICON_HUGE)
        self.title, self.sentence = label(title, "title"), label(sentence, "secondary", wrap=True)
        self.sentence.setFixedWidth(360)
        self.action = button(action, "primary", clicked=self.acted.emit)
        layout.addStretch(1)
        for widget in (picture, self.title, self.sentence, self.action):
            layout.addWidget(row(None, widget, None))  # aligned, a text that wraps gets the height of the whole width
        self.action.setVisible(bool(action))  # not before: without a parent it would be a window
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
