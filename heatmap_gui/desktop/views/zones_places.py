"""The plan and the cameras' pictures, one at a time, each with the same shapes and gestures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtWidgets import QStackedWidget

from heatmap_gui.core import geometry
from heatmap_gui.core.drawn_views import between, corners_of
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.shape_editing import ShapeEditor, Sketch
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.views.zones_deeds import edit
from heatmap_gui.desktop.views.zones_painting import ShapesLayer, projected
from heatmap_gui.desktop.views.zones_ruler import Ruler
from heatmap_gui.desktop.views.zones_stage import ShapeStage
from heatmap_gui.desktop.views.zones_words import Key, all_drawn, find_drawn, key_of
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.plan import PlanCanvas

_PICK_PX = 10.0  # of the window, beside a line


class Places(QStackedWidget):
    """place: which one is shown, the plan or a camera's id. See `ShapeStage` for the rest."""

    shaped = pyqtSignal()
    finished = pyqtSignal(str)
    drawn = pyqtSignal(object)
    picked = pyqtSignal(object)
    wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.place = PLAN
        self.site: Site | None = None
        self.cameras: Mapping[str, Projection] = {}
        self.plan, self.picture = PlanCanvas(), ImageCanvas()
        self.plan.shows_zones = False
        self.picture.setAccessibleName(self.tr("Camera picture"))
        self._why = ""
        self._stages = [ShapeStage(canvas, ShapesLayer(PLAN)) for canvas in (self.plan, self.picture)]
        for stage in self._stages:
            self.addWidget(stage.canvas)
            stage.other_corners = self._other_corners
            stage.shaped.connect(self.shaped)
            stage.finished.connect(self.finished)
            stage.drawn.connect(self.drawn)
            stage.wanted.connect(self.wanted)
            stage.picked.connect(self._pick)
        self.picture.layers.append(self._paint_why)

    @property
    def stage(self) -> ShapeStage:
        """The one on screen."""
        return self._stages[self.place != PLAN]

    @property
    def canvas(self) -> ImageCanvas:
        return self.stage.canvas

    @property
    def layer(self) -> ShapesLayer:
        return self.stage.layer

    @property
    def ruler(self) -> Ruler | None:
        return self.layer.ruler

    @property
    def editor(self) -> ShapeEditor | None:
        return self.stage.editor

    def go(self, place: str) -> None:
        """Shows another picture; what was being drawn is left."""
        self.stage.draw(None)
        self.stage.hold(None)
        self.place = place
        self.setCurrentWidget(self.canvas)

    def show_site(self, site: Site, cameras: Mapping[str, Projection], hidden: frozenset[Key]) -> None:
        self.site, self.cameras = site, cameras
        if site.floor.width_px and site.floor.height_px:
            self.plan.show_site(site)
        layer = self.layer
        layer.place, layer.site, layer.cameras, layer.hidden = self.place, site, cameras, hidden
        layer.ruler = Ruler(site, cameras, self.place)
        self.canvas.update()

    def show_ghosts(self, drawn: Sequence[Zone | Line]) -> None:
        """As they were in another revision; none: no more."""
        self.layer.ghosts = drawn
        self.canvas.update()

    def show_picture(self, image: QImage | None, size: tuple[int, int] | None, why: str) -> None:
        """Of the camera on screen; nothing can be drawn while its size is not known. why: there is none."""
        self._why = why if image is None else ""
        self.picture.setEnabled(size is not None)
        self.picture.show_image(image, None if size is None else (float(size[0]), float(size[1])))

    def _paint_why(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if not self._why:
            return
        painter.setFont(font())
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        room = QRectF(canvas.rect()).adjusted(96, 3 * tokens.PAD, -96, 0)
        box = painter.boundingRect(room, flags, self._why)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("bg.overlay"))
        painter.drawRoundedRect(box.adjusted(-12, -8, 12, 8), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.setPen(THEME.colour("text.primary"))
        painter.drawText(room, flags, self._why)

    def select(self, key: Key | None) -> None:
        """Takes it into hand, where its place in this picture is known; the active corner stays."""
        active = self.editor.active if self.editor is not None and self.layer.selected == key else None
        self.layer.selected = key
        self.stage.hold(self._editor_of(key, active))

    def snap(self, on: bool) -> None:
        for stage in self._stages:
            stage.snaps = on

    def sketch(self, kind: str | None) -> None:
        """A shape of a kind (a zone type, or line) is drawn from now on; None: no more."""
        least = self.ruler.least_px if self.ruler is not None else 8.0
        made = None if kind is None else Sketch(line=kind == "line", least_px=least)
        self.stage.draw(made, kind or "general")

    def _editor_of(self, key: Key | None, active: int | None) -> ShapeEditor | None:
        drawn = None if self.site is None else find_drawn(self.site, key)
        if drawn is None or self.ruler is None or self.site is None:
            return None
        corners = self._in_place(drawn.on, corners_of(drawn))
        if corners is None:
            return None
        return edit(drawn, corners, self.ruler.least_px, active)

    def _in_place(self, on: str, corners: F8) -> F8 | None:
        assert self.site is not None
        return between(self.site.floor, self.cameras, on, self.place, corners)

    def _other_corners(self) -> F8:
        """What corners snap to."""
        if self.site is None:
            return np.zeros((0, 2))
        parts = [
            corners
            for drawn in all_drawn(self.site)
            if key_of(drawn) != self.layer.selected and drawn.on == self.place
            for corners in [projected(self.site, self.cameras, self.place, drawn)]
            if corners is not None
        ]
        return np.concatenate([np.zeros((0, 2)), *parts])

    def _pick(self, point: QPointF) -> None:
        """The line, or else the smallest zone, under a point."""
        self.picked.emit(self.key_at(point))

    def key_at(self, point: QPointF) -> Key | None:
        if self.site is None:
            return None
        at = np.array([[point.x(), point.y()]])
        found: list[tuple[float, Key]] = []
        for drawn in all_drawn(self.site):
            corners = projected(self.site, self.cameras, self.place, drawn)
            if corners is None or key_of(drawn) in self.layer.hidden:
                continue
            if not isinstance(drawn, Zone):
                if geometry.distance(corners, at)[0] <= _PICK_PX / self.canvas.scale:
                    found.append((-1.0, key_of(drawn)))
            elif len(corners) >= 3 and geometry.inside(corners, at)[0]:
                found.append((abs(geometry.area(corners)), key_of(drawn)))
        return min(found)[1] if found else None
