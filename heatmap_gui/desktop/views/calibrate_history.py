"""Undo and redo in the tool bar, with what would be undone."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.basics import label, tip, tool

_WORDS_PX = 150


class UndoButtons(QWidget):
    """Of the site on screen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._undo = tool(self.tr("Undo"), "undo", clicked=session.undo)
        self._redo = tool(self.tr("Redo"), "redo", clicked=session.redo)
        self._undo.setToolTip(tip(self.tr("Undo"), "Ctrl+Z"))
        self._redo.setToolTip(tip(self.tr("Redo"), "Ctrl+Shift+Z"))
        self._words = label(kind="caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        for one in (self._undo, self._redo, self._words):
            layout.addWidget(one)

    def show_history(self) -> None:
        """What can be undone and redone now."""
        draft = self._session.draft
        undoes, redoes = (draft.undoes, draft.redoes) if draft else ("", "")
        self._undo.setEnabled(bool(undoes))
        self._redo.setEnabled(bool(redoes))
        said = self.tr("Undo: %1").replace("%1", undoes) if undoes else ""
        self._words.setText(self._words.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, _WORDS_PX))
        self._words.setToolTip(said)
        window = self.window()
        self._words.setVisible(window is not None and window.width() >= tokens.NARROW)  # else there is no room for it
