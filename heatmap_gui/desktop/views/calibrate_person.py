"""A person of a known height who stands under the pointer: are doors, shelves and people as tall as that?"""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QLocale, QPointF, Qt
from PyQt6.QtGui import QPainter, QPen

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.plan import paint_chip

HEIGHT_M = 1.7
_WIDTH = 0.28  # of the height


class PersonLayer:
    """On the still. shows: whether it is wanted. foot (2,): where the person stands, picture px; None: nowhere."""

    def __init__(self) -> None:
        self.shows = False
        self.foot: F8 | None = None
        self.projection: Projection | None = None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if not self.shows or self.foot is None or self.projection is None:
            return
        head = self.projection.head(self.foot[None], HEIGHT_M)[0]
        if not np.isfinite(head).all():
            return
        foot, top = (canvas.to_window(*place.tolist()) for place in (self.foot, head))
        along = top - foot
        side = QPointF(-along.y(), along.x()) * (_WIDTH / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(THEME.colour("person.halo"), 4), QPen(THEME.colour("person"), 2)):
            painter.setPen(pen)
            painter.drawLine(foot, top)
            painter.drawLine(foot - side, foot + side)
            painter.drawLine(top - side, top + side)
        metres = QLocale().toString(HEIGHT_M, "f", 2)
        paint_chip(painter, top + QPointF(0, -14), f"{metres}\N{NARROW NO-BREAK SPACE}m")
