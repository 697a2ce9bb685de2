"""A tile's picture with all that lies over it, on the wall and as a picture of its own."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QImage, QPainter, QRegion

from heatmap_gui.core.site import PLAN
from heatmap_gui.core.wall import Cell
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.overlays import Overlays, Placed, paint_overlays
from heatmap_gui.desktop.widgets.tile import Tile, paint_head, paint_heat, paint_lost, paint_not_live, paint_picture
from heatmap_gui.services.picture_state import Sight


def paint_room(
    painter: QPainter, tile: Tile, region: QRegion, instant: Instant, overlays: Overlays, selected: int | None
) -> None:
    """The picture with what is drawn over it, or why there is none. region: what is to be painted."""
    there = paint_picture(painter, tile, region)
    sight, shown, view = tile.state.sight, tile.shown, tile.view
    heat = tile.heat if overlays.heat else None
    if sight is Sight.LIVE and not (there and shown and view and (len(shown.boxes) or view.drawn or heat)):
        return
    painter.setClipRect(tile.room)
    if sight in (Sight.STALE, Sight.UNFIT):
        paint_not_live(painter, tile)
    elif sight is not Sight.LIVE:
        paint_lost(painter, tile)
    elif shown is not None and view is not None:
        painter.setClipRect(tile.box)
        if heat is not None:
            paint_heat(painter, tile.box, heat)
        people = instant.people.get(PLAN if tile.camera.calibration else tile.camera.id, ())
        placed = Placed(QRectF(tile.box), shown.size)
        paint_overlays(painter, placed, shown, view, tile.drawn, people, instant.counts, overlays, selected)
    painter.setClipping(False)


def still(tile: Tile, instant: Instant, overlays: Overlays, selected: int | None) -> QImage | None:
    """A tile with its head in the size of the picture that it has; None without one."""
    if tile.shown is None or tile.shown.image is None or tile.image is None:
        return None
    height, width = tile.shown.image.shape[:2]
    copy = replace(tile)
    copy.place(Cell(0, 0, width, height + tokens.TILE_HEAD))
    copy.show(tile.shown, 1.0)
    made = QImage(width, height + tokens.TILE_HEAD, QImage.Format.Format_RGB32)
    with QPainter(made) as painter:
        paint_head(painter, copy, selected=False)
        paint_room(painter, copy, QRegion(copy.room), instant, overlays, selected)
    return made
