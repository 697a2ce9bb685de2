"""What can be done to the zones and lines of a session's site, each as one edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PyQt6.QtCore import QCoreApplication

from heatmap_gui.core import drawn_edits
from heatmap_gui.core.drawn_edits import Kind
from heatmap_gui.core.drawn_views import between, corners_of, projections
from heatmap_gui.core.passable import turned_across
from heatmap_gui.core.shape_editing import LineEditor, PolygonEditor, Refusal, ShapeEditor
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.zones_ruler import Ruler
from heatmap_gui.desktop.views.zones_words import Key, deed_words, key_of, type_names

translate = QCoreApplication.translate

_SHIFT = 0.025  # of the picture's width, between a shape and its duplicate


def edit(drawn: Zone | Line, corners: F8, least_px: float, active: int | None = None) -> ShapeEditor:
    """The editor for its kind of shape; corners (n, 2) in px of any picture."""
    return (PolygonEditor if isinstance(drawn, Zone) else LineEditor)(corners, least_px, active)


def size_of(site: Site, place: str) -> tuple[float, float] | None:
    """Of the plan, or of a camera's picture, px; None where the file does not say."""
    if place == PLAN:
        return site.floor.width_px, site.floor.height_px
    return site.camera(place).frame_size


class ShapeDeeds:
    """Owned by the GUI thread."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _site(self) -> Site:
        assert self._session.site is not None
        return self._session.site

    def add(self, corners: F8, place: str, kind: Kind, zone_type: str, size: tuple[int, int]) -> Key | None:
        """A new zone or line on a picture of a size -> what it is called by; None when it was not taken."""
        number = len(self._site.zones if kind == "zones" else self._site.lines) + 1
        if kind == "zones":
            names: dict[Any, str] = dict(type_names())
            name = f"{names[zone_type]} {number}"
            fields = {"name": name, "type": zone_type}
        else:
            name = translate("Zones", "Line %1").replace("%1", str(number))
            fields = {"name": name, "kind": "count", "in_side": "left"}
        made: list[str] = []

        def change(document: dict[str, Any]) -> None:
            if place != PLAN:
                drawn_edits.keep_frame_size(document, place, size)
            made.append(drawn_edits.add_shape(document, kind, corners, place, fields))

        taken = self._edit(change, translate("Zones", "draw %1"), name)
        return (kind, made[0]) if taken else None

    def put_corners(self, drawn: Zone | Line, corners: F8, words: str, joins: str = "") -> bool:
        """corners (n, 2): px of what it is drawn on."""
        kind, name = key_of(drawn)
        return self._edit(lambda d: drawn_edits.set_corners(d, kind, name, corners), words, drawn.name, joins)

    def put_number(self, drawn: Zone | Line, number: int, place: tuple[float, float]) -> Refusal:
        """A corner to a place as it is written: in metres on the floor where there are any, else px -> why not."""
        site, cameras = self._site, projections(self._site)
        ruler, point = Ruler(site, cameras, drawn.on), np.array([place])
        moved = between(site.floor, cameras, PLAN, drawn.on, site.floor.to_px(point)) if ruler.metric else point
        editor = edit(drawn, corners_of(drawn), ruler.least_px)
        if moved is not None and editor.put(number, moved[0]):
            self.put_corners(drawn, editor.corners, deed_words("corner").replace("%2", str(number + 1)))
        return editor.refused

    def remove_corner(self, drawn: Zone | Line, number: int) -> Refusal:
        """Why not, where it cannot go."""
        ruler = Ruler(self._site, projections(self._site), drawn.on)
        editor = edit(drawn, corners_of(drawn), ruler.least_px, number)
        if editor.delete():
            self.put_corners(drawn, editor.corners, deed_words("remove"))
        return editor.refused

    def put_field(self, drawn: Zone | Line, field: str, value: object, words: str) -> bool:
        kind, name = key_of(drawn)
        return self._edit(lambda d: drawn_edits.set_field(d, kind, name, field, value), words, drawn.name)

    def flip(self, line: Line) -> bool:
        return self.put_field(
            line, "in_side", "left" if line.in_side == "right" else "right", translate("Zones", "swap in and out of %1")
        )

    def turn(self, line: Line) -> bool:
        """Across the aisle; only for one whose place on the plan is known."""
        cameras = projections(self._site)
        ends = between(self._site.floor, cameras, line.on, PLAN, corners_of(line))
        if ends is None:
            return False
        turned = between(self._site.floor, cameras, PLAN, line.on, turned_across(self._site.floor, ends))
        return turned is not None and self.put_corners(line, turned, translate("Zones", "turn %1 across"))

    def delete(self, drawn: Zone | Line) -> None:
        kind, name = key_of(drawn)
        if self._edit(lambda d: drawn_edits.delete_shape(d, kind, name), translate("Zones", "delete %1"), drawn.name):
            said = translate("Zones", "%1 is deleted").replace("%1", drawn.name)
            self._session.told.emit(said, translate("Zones", "Undo"), self._session.undo)

    def duplicate(self, drawn: Zone | Line) -> Key | None:
        """Beside it, with another name."""
        size = size_of(self._site, drawn.on)
        shift = _SHIFT * size[0] if size else 16.0
        return self._twin(drawn, corners_of(drawn) + shift, drawn.on, translate("Zones", "duplicate %1"))

    def copy_to(self, drawn: Zone | Line, place: str) -> Key | None:
        """The same on another picture: where the calibration says, else scaled to its size, which is said."""
        site = self._site
        corners = between(site.floor, projections(site), drawn.on, place, corners_of(drawn))
        source, target = size_of(site, drawn.on), size_of(site, place)
        where = translate("Zones", "the floor plan") if place == PLAN else site.camera(place).name
        said = translate("Zones", "%1 is copied to %2")
        if corners is None:
            if source is None or target is None:
                refused = translate("Zones", "Not copied: calibrate %2 first, so that its size and place are known")
                self._session.refused.emit(refused.replace("%2", where))
                return None
            corners = corners_of(drawn) * (np.array(target) / np.array(source))
            if source != target:
                said = translate(
                    "Zones", "%1 is copied to %2 and scaled, as that picture has another size: check its place"
                )
            else:
                said = translate("Zones", "%1 is copied to the same pixels of %2: check its place")
        elif target is not None and not _reaches(corners, target):
            refused = translate("Zones", "Not copied: %2 does not see that place")
            self._session.refused.emit(refused.replace("%2", where))
            return None
        made = self._twin(drawn, corners, place, translate("Zones", "copy %1"))
        if made is not None:
            text = said.replace("%1", drawn.name).replace("%2", where)
            self._session.told.emit(text, translate("Zones", "Undo"), self._session.undo)
        return made

    def _twin(self, drawn: Zone | Line, corners: F8, place: str, words: str) -> Key | None:
        kind, name = key_of(drawn)
        title = translate("Zones", "%1 copy").replace("%1", drawn.name)
        made: list[str] = []
        taken = self._edit(
            lambda d: made.append(drawn_edits.duplicate_shape(d, kind, name, title, corners, place)),
            words,
            drawn.name,
        )
        return (kind, made[0]) if taken else None

    def _edit(self, change: Callable[[dict[str, Any]], object], words: str, name: str, joins: str = "") -> bool:
        return self._session.edit(change, words.replace("%1", name), joins)


def _reaches(corners: F8, size: tuple[float, float]) -> bool:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool((high > 0).all() and (low < np.array(size)).all())
