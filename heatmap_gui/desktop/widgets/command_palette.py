"""Ctrl+K: everything that can be done now, found by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QSize, Qt
from PyQt6.QtGui import QAction, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.widgets.basics import label, row

if TYPE_CHECKING:
    from heatmap_gui.desktop.main_window import MainWindow

_SIZE = QSize(560, 380)


def matches(typed: str, text: str) -> bool:
    """Whether all letters that were typed come in the text, in this order."""
    letters = iter(text.casefold())
    return all(letter in letters for letter in typed.casefold() if not letter.isspace())


class CommandPalette(QDialog):
    """Of one window, whose `commands` it offers."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self._window = window
        self.setFixedSize(_SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAD, tokens.PAD, tokens.PAD, tokens.PAD)
        self._typed, self._list = QLineEdit(), QListWidget()
        self._typed.setPlaceholderText(self.tr("Search or run a command"))
        self._typed.setAccessibleName(self.tr("Command"))
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self._typed)
        layout.addWidget(self._list)
        self._typed.textChanged.connect(self._fill)
        self._typed.returnPressed.connect(self._run)
        self._typed.installEventFilter(self)
        self._list.itemClicked.connect(lambda _: self._run())

    def open(self) -> None:
        self._typed.clear()
        self._fill("")
        corner = self._window.mapToGlobal(self._window.rect().topLeft())
        self.move(corner.x() + (self._window.width() - self.width()) // 2, corner.y() + tokens.TOP_BAR)
        self.show()
        self._typed.setFocus()

    def _fill(self, typed: str) -> None:
        self._list.clear()
        found = [one for one in self._window.commands() if one.isEnabled() and matches(typed, one.text())]
        found.sort(key=lambda one: not one.text().casefold().startswith(typed.casefold()))
        for action in found:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(icon("command") if action.icon().isNull() else action.icon(), action.text())
            item.setData(Qt.ItemDataRole.UserRole, action)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{action.text()} {keys}".strip())
            self._list.addItem(item)
            if keys:
                self._list.setItemWidget(item, row(None, label(keys, "key"), margins=(0, 0, tokens.GAP, 0)))
        if not found:
            nothing = QListWidgetItem(self.tr("No command has these letters"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)

    def _run(self) -> None:
        item = self._list.currentItem()
        action = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.close()
        if isinstance(action, QAction):
            action.trigger()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
                return True
        return super().eventFilter(watched, event)
