"""A card beside a line that nobody can cross, with what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, pyqtSignal
from PyQt6.QtWidgets import QFrame, QVBoxLayout, QWidget

from heatmap_gui.core.drawn_views import corners_of, to_plan
from heatmap_gui.core.passable import can_cross
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.views.zones_words import Key, key_of
from heatmap_gui.desktop.widgets.basics import Symbol, button, label, row

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
        symbol = Symbol("warning", "warn")
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

    def say(self, name: str, ends: QRectF, *, passable: bool) -> None:
        """ends: the box around the line, in the window. passable: people could cross, and nobody did."""
        if passable:
            title, reason = self.tr("Nobody crosses “%1”"), self.tr("People were near it, and nobody crossed in 4 h.")
        else:
            title = self.tr("Nobody can cross “%1”")
            reason = self.tr("There is no walkable floor on both sides of it.")
        self._title.setText(title.replace("%1", name))
        self._reason.setText(reason)
        self.setAccessibleName(f"{self._title.text()}. {reason}")
        self.adjustSize()
        self.move(self._place(ends.adjusted(-_GAP, -_GAP, _GAP, _GAP)).toPoint())
        self.show()
        self.raise_()

    def _place(self, line: QRectF) -> QPointF:
        """Where it hides neither end: at the left, the right, above, or else below."""
        canvas = self.parentWidget()
        assert canvas is not None
        x, y = line.center().x() - self.width() / 2, line.center().y() - self.height() / 2
        room = QRectF(canvas.rect()).adjusted(_GAP, _GAP, -_GAP - self.width(), -_GAP - self.height())
        x = min(max(x, room.left()), max(room.left(), room.right()))
        y = min(max(y, room.top()), max(room.top(), room.bottom()))
        beside = [
            QPointF(line.left() - self.width(), y),
            QPointF(line.right(), y),
            QPointF(x, line.top() - 2 * _GAP - self.height()),
        ]
        return next((place for place in beside if room.contains(place)), QPointF(x, line.bottom() + 2 * _GAP))
