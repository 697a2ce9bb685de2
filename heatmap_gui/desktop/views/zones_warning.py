"""A card beside a line that nobody can cross, with what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PyQt6.QtCore import QPointF, pyqtSignal
from PyQt6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from heatmap_gui.core.drawn_views import corners_of, to_plan
from heatmap_gui.core.passable import can_cross
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.views.zones_words import Key, key_of
from heatmap_gui.desktop.widgets.basics import button, label, row

_GAP = 20.0


def impassable(site: Site, cameras: Mapping[str, Projection]) -> set[Key]:
    """The lines that have no walkable floor on both sides."""
    placed = [(line, to_plan(site.floor, cameras, line.on, corners_of(line))) for line in site.lines]
    known = [(line, ends) for line, ends in placed if ends is not None]
    if not known:
        return set()
    free = can_cross(site.floor, np.stack([ends for _, ends in known]))
    return {key_of(line) for (line, _), passes in zip(known, free.tolist(), strict=True) if not passes}


class LineWarning(QFrame):
    """A child of the canvas. turned: across, please. kept: it is meant so."""

    turned = pyqtSignal()
    kept = pyqtSignal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setProperty("look", "banner-warn")
        self.setFixedWidth(300)
        symbol = QLabel()
        symbol.setPixmap(icon("warning", "warn").pixmap(tokens.ICON, tokens.ICON))
        self._title, self._reason = label(kind="section", wrap=True), label(kind="secondary", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAD, tokens.PAD, tokens.PAD, tokens.PAD)
        layout.setSpacing(tokens.GAP)
        self._title.setMinimumWidth(230)
        layout.addWidget(row(symbol, self._title, None))
        layout.addWidget(self._reason)
        turn = button(self.tr("Turn across"), "primary", clicked=self.turned.emit)
        keep = button(self.tr("Keep"), clicked=self.kept.emit)
        layout.addWidget(row(turn, keep, None))
        self.hide()

    def say(self, name: str, reason: str, beside: QPointF) -> None:
        """beside: the middle of the line, in the window."""
        self._title.setText(self.tr("Nobody can cross “%1”").replace("%1", name))
        self._reason.setText(reason)
        self.setAccessibleName(f"{self._title.text()}. {reason}")
        self.adjustSize()
        canvas = self.parentWidget()
        assert canvas is not None
        left = beside.x() - self.width() - _GAP
        if left < _GAP:
            left = beside.x() + _GAP
        top = min(max(_GAP, beside.y() - self.height() / 2), max(_GAP, canvas.height() - self.height() - _GAP))
        self.move(round(left), round(top))
        self.show()
        self.raise_()
