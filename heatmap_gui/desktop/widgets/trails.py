"""Ways that people went. A stroke takes as long as a picture, and repaints come at each frame: it is painted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from PyQt6.QtCore import QPoint, QPointF, QRect, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from heatmap_gui.core.types import F8
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.transparent import smooth_painter, transparent
from heatmap_gui.services.board import Person

_WIDTH = 2  # px
_AT_ONCE = 10  # strokes in one paint, where many have grown: who waits is a step behind for a moment
_APART_PX = 2.0  # points that are nearer tell nothing, and a stroke takes as long as it has points


@dataclass(frozen=True, slots=True)
class _Painted:
    of: F8  # the trail, floor units
    selected: bool
    at: QPoint
    image: QImage | None  # None: nothing of it is in view
    turn: int  # in which it was painted


class Trails:
    """In one picture. colour: a token, or white; the selected person's is the accent. fades: the opacity of its parts,
    from the oldest.
    """

    def __init__(self, colour: str | None, fades: Sequence[float]) -> None:
        self._colour, self._fades = colour, fades
        self._view: tuple[object, ...] = ()
        self._pens: dict[bool, list[QPen]] = {}  # by whether the person is selected
        self._painted: dict[int, _Painted] = {}
        self._turn = 0

    def paint(
        self,
        painter: QPainter,
        people: Sequence[Person],
        room: QRect,
        place: Callable[[F8], F8],
        view: tuple[object, ...],
        selected: int | None,
    ) -> None:
        """Of these people, in a room of the window. place: floor units (n, 2) -> px of the window; it is another one as
        soon as the view is.
        """
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        if (view := (*view, room, ratio, THEME.mode)) != self._view:
            self._view, self._painted = view, {}
            self._pens = {chosen: self._pens_of(chosen) for chosen in (False, True)}
        before, self._painted = self._painted, {}
        self._turn += 1
        grown: list[tuple[int, Person]] = []
        for one in people:
            made = before.get(one.track_id)
            if made is not None and made.selected == (one.track_id == selected):
                self._painted[one.track_id] = made
                if made.of is not one.trail:
                    grown.append((made.turn, one))
            elif len(one.trail) > 1:
                grown.append((0, one))
        grown.sort(key=itemgetter(0))
        due = [one for at, (turn, one) in enumerate(grown) if at < _AT_ONCE or not turn]
        if due:
            points = place(np.concatenate([one.trail for one in due]))
            ends = np.cumsum([len(one.trail) for one in due])
            for one, way in zip(due, np.split(points, ends[:-1]), strict=True):
                self._painted[one.track_id] = self._paint_one(one.trail, way, room, ratio, one.track_id == selected)
        for made in self._painted.values():
            if made.image is not None:
                painter.drawImage(made.at, made.image)

    def _paint_one(self, trail: F8, way: F8, room: QRect, ratio: float, selected: bool) -> _Painted:
        """way (n, 2): the trail's in the window; what is not finite is left out."""
        way = _thinned(way[np.isfinite(way).all(axis=1)])
        line = QPolygonF([QPointF(x, y) for x, y in way.tolist()])
        around = line.boundingRect().adjusted(-_WIDTH, -_WIDTH, _WIDTH, _WIDTH).intersected(room.toRectF())
        box = around.toAlignedRect()
        if len(way) < 2 or box.isEmpty():
            return _Painted(trail, selected, QPoint(), None, self._turn)
        image = transparent(box.size(), ratio)
        pens = self._pens[selected]
        step = -(-(len(way) - 1) // len(pens))
        with smooth_painter(image) as painter:
            painter.translate(-box.topLeft().toPointF())
            for pen, first in zip(pens, range(0, len(way) - 1, step), strict=False):
                painter.setPen(pen)
                painter.drawPolyline(line[first : first + step + 1])
        return _Painted(trail, selected, box.topLeft(), image, self._turn)

    def _pens_of(self, selected: bool) -> list[QPen]:
        """Of its parts, from the oldest."""
        token = "accent" if selected else self._colour
        colour = THEME.colour(token) if token else QColor(Qt.GlobalColor.white)
        pens = []
        for fade in self._fades:
            colour.setAlphaF(fade)
            style = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin
            pens.append(QPen(colour, _WIDTH, *style))
        return pens


def _thinned(way: F8) -> F8:
    """The points (n, 2) of a way that lie apart, the first and the last of them."""
    if len(way) < 3:
        return way
    along = np.hypot(*np.diff(way, axis=0).T).cumsum() // _APART_PX
    return way[np.r_[True, along[:-1] < along[1:], True]]
