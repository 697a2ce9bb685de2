"""A camera's still and the floor plan side by side, and the hand on both: clicks, drags and keys that make pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from heatmap_gui.core.corners import nearest_corner
from heatmap_gui.core.pair_editing import PairEdit, PairEditor, Side
from heatmap_gui.core.site import Floor, Site
from heatmap_gui.core.types import F8, U1
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.views.calibrate_backdrop import Backdrop
from heatmap_gui.desktop.views.calibrate_edges import EdgeTool
from heatmap_gui.desktop.views.calibrate_landmarks import LandmarkLayer
from heatmap_gui.desktop.views.calibrate_person import PersonLayer
from heatmap_gui.desktop.views.calibrate_pictures import (
    AdviceLayer,
    ContourLayer,
    GridLayer,
    InkLayer,
    Loupe,
    PairLayer,
    Sheet,
    WarpLayer,
)
from heatmap_gui.desktop.widgets.basics import EmptyState, bar, label
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.pictures import bgr_image
from heatmap_gui.desktop.widgets.plan import PlanCanvas

SIDES: tuple[Side, Side] = ("image", "plan")
_SNAP_SHARE = 0.02  # of the picture's width: how far a corner may be
_NUDGE_M, _NUDGE_PX, _SHIFT = 0.01, 1.0, 10.0
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class PairDesk(QWidget):
    """edited: what a gesture made, and a name that all edits of one gesture share. moved_on: another pair is selected,
    or a point was begun or let go. released: a gesture is over. retried: the still is wanted again.
    """

    edited = pyqtSignal(PairEdit, str)
    moved_on = pyqtSignal()
    released = pyqtSignal()
    retried = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.editor = PairEditor()
        self.edges = EdgeTool(self)
        self.edges.changed.connect(self.repaint_pictures)
        self.still, self.plan = ImageCanvas(), PlanCanvas()
        self.still.setAccessibleName(self.tr("Camera picture"))
        self.plan.shows_zones = False
        self._grid, self._warp, self.contours = GridLayer(), WarpLayer(), ContourLayer()
        self._ink: dict[Side, InkLayer] = {side: InkLayer() for side in SIDES}
        self._pairs = {side: PairLayer(side, self.editor) for side in SIDES}
        self._advice = {side: AdviceLayer(side, self.editor) for side in SIDES}
        self.person = PersonLayer()
        floor = self.plan.layers[0]
        self._loupes: dict[Side, Loupe] = {"image": Loupe(), "plan": Loupe(floor, self._warp, self._ink["plan"])}
        self._behind: dict[Side, Backdrop] = {
            "image": Backdrop(self._grid, self._ink["image"]),
            "plan": Backdrop(floor, self._warp, self._ink["plan"], self.contours),
        }
        self.still.layers = [self._behind["image"], self.edges, self.person]
        self.plan.layers = [self._behind["plan"], LandmarkLayer(self.editor)]
        for side, canvas in self._canvases().items():
            canvas.layers += [self._advice[side], self._pairs[side], self._loupes[side]]
        self._sheet: Sheet | None = None
        self._contours_of: object = None
        self._image: U1 | None = None
        self._grey: U1 | None = None
        self._plan_ink: U1 | None = None
        self._gestures = 0
        self._build()
        for side, canvas in self._canvases().items():
            canvas.pressed.connect(lambda at, event, side=side: self._press(side, at, event))
            canvas.moved.connect(lambda at, event, side=side: self._move(side, at, event))
            canvas.released.connect(lambda *_: self._release())
            canvas.left.connect(lambda side=side: self._leave(side))
            canvas.key.connect(self._key)
            canvas.installEventFilter(self)
            canvas.setCursor(Qt.CursorShape.CrossCursor)

    def _build(self) -> None:
        self.heads: dict[Side, QLabel] = {"image": label(kind="section"), "plan": label(kind="section")}
        self._notes: dict[Side, QLabel] = {"image": label(kind="caption"), "plan": label(kind="caption")}
        self._nothing = EmptyState("camera", "", "", self.tr("Try again"))
        self._nothing.acted.connect(self.retried)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.still)
        self._stack.addWidget(self._nothing)
        picture = QWidget()
        picture.setLayout(self._stack)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(tokens.GAP)
        pictures: dict[Side, QWidget] = {"image": picture, "plan": self.plan}
        for side, canvas in pictures.items():
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(bar(self.heads[side], None, self._notes[side], height=tokens.CONTROL))
            column.addWidget(canvas, 1)
            across.addLayout(column, 1)

    def _canvases(self) -> dict[Side, ImageCanvas]:
        return {"image": self.still, "plan": self.plan}

    # ---- what is shown

    def show_sheet(self, sheet: Sheet | None) -> None:
        """What a camera's pairs are worth."""
        self._sheet = self.contours.sheet = sheet
        contours = None if sheet is None else sheet.contours
        if contours is not self._contours_of:
            self._contours_of = contours
            self._behind["plan"].renew()
        for side in SIDES:
            self._pairs[side].sheet = self._advice[side].sheet = sheet
        if sheet is not None:
            self.editor.show(sheet.fitted.pairs, sheet.landmarks)
            self._go_on()
        known = sheet is not None and sheet.projection is not None
        note = self.tr("arrows: error, 20 times; blue: plan") if known else ""
        if sheet is not None and sheet.moved is not None:
            note = self.tr("dashed: where the pairs would go; blue: plan")
        self._notes["image"].setText(note)
        metres = known and sheet is not None and sheet.floor.unit == "m"
        self._notes["plan"].setText(self.tr("± 10 cm solid, 20 dashed, 40 dotted") if metres else "")
        self.repaint_pictures()

    def show_still(self, image: U1, size: tuple[int, int]) -> None:
        """image (h, w, 3) BGR; size: of the px that points are in."""
        if image is not self._image:
            self._image, self._grey = image, np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
            self.still.show_image(bgr_image(image))
        self.still.show_size((float(size[0]), float(size[1])))
        self._stack.setCurrentWidget(self.still)

    def show_no_still(self, title: str, sentence: str, *, retry: bool) -> None:
        """Why there is no picture, or not yet."""
        self._image = self._grey = None
        self.still.show_image(None)
        self._nothing.title.setText(title)
        self._nothing.sentence.setText(sentence)
        self._nothing.action.setVisible(retry)
        self._stack.setCurrentWidget(self._nothing)

    def show_site(self, site: Site) -> None:
        before = self.plan.site
        self.plan.show_site(site)
        if before is None or _looks_of(before.floor) != _looks_of(site.floor):
            self._behind["plan"].renew()

    def show_ink(self, ink: U1 | None) -> None:
        """The plan's drawing (see `read_plan`)."""
        self.plan.show_ink(ink)
        self._plan_ink = ink
        self._renew()

    def show_warps(self, on_plan: U1 | None, on_picture: U1 | None, grid: Sequence[F8] = ()) -> None:
        """The camera on the plan (h, w, 4) BGRA; the plan's ink (h, w) and its grid, lines in px, on the camera."""
        self._warp.show(on_plan)
        self._ink["image"].show(on_picture)
        self._ink["plan"].show(None if on_plan is None else self._plan_ink)
        self._grid.show(grid)
        self._renew()

    def show_opacity(self, share: float) -> None:
        """How much of each picture is seen in the other, 0 to 1."""
        self._warp.opacity = share
        self._grid.shows = self._ink["image"].shows = self._ink["plan"].shows = share > 0
        self._renew()

    def _renew(self) -> None:
        for behind in self._behind.values():
            behind.renew()
        self.repaint_pictures()

    def show_person(self, on: bool) -> None:
        """Whether somebody stands under the pointer."""
        self.person.shows = on
        self.repaint_pictures()

    def repaint_pictures(self) -> None:
        self.still.update()
        self.plan.update()

    # ---- landmarks of other cameras

    def offer(self) -> None:
        """Goes through them, each a click in the picture."""
        self.editor.begun, self.editor.offering = None, True
        self._go_on()
        self.moved_on.emit()
        self.repaint_pictures()

    def skip(self) -> None:
        """The one that is wanted is not in the picture."""
        self.editor.skip()
        self._go_on()
        self.moved_on.emit()
        self.repaint_pictures()

    def left(self) -> list[int]:
        """The landmarks that the picture may show."""
        left, sheet = self.editor.left, self._sheet
        if sheet is None or sheet.projection is None:
            return left
        places = sheet.in_picture(self.editor.landmarks.plan)
        with np.errstate(invalid="ignore"):
            seen = np.asarray(((places >= 0) & (places <= self.still.picture_size)).all(axis=1))
        return [number for number in left if seen[number]]

    def _go_on(self) -> None:
        if not self.editor.offering or self.editor.begun is not None:
            return
        left = self.left()
        self.editor.offering = bool(left)
        if left:
            self.editor.offer(left[0])
            self.plan.show_place(*self.editor.landmarks.plan[left[0]].tolist())

    # ---- gestures

    def _press(self, side: Side, at: QPointF, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._sheet is None:
            return
        if self.edges.on and side == "image":
            self.edges.press(at)
            return
        canvas = self._canvases()[side]
        width, height = canvas.picture_size
        if self.editor.at(side, at.x(), at.y(), self._reach(canvas)) is None and not (
            0 <= at.x() <= width and 0 <= at.y() <= height
        ):
            return
        self._gestures += 1
        self._take(self.editor.press(side, at.x(), at.y(), self._reach(canvas)))
        self.moved_on.emit()
        self.repaint_pictures()

    def _move(self, side: Side, at: QPointF, event: QMouseEvent) -> None:
        pressed = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if pressed and self.edges.on and side == "image":
            self.edges.move(at)
        elif pressed:
            self._take(self.editor.move(side, at.x(), at.y()))
        self._stand(side, np.array([at.x(), at.y()]))
        loupe = self._loupes[side]
        loupe.pointer = at
        over = self.editor.at(side, at.x(), at.y(), self._reach(self._canvases()[side]))
        loupe.shows = (over is None and not self.person.shows) or pressed
        corner = self._corner(np.array([at.x(), at.y()])) if side == "image" and loupe.shows else None
        loupe.corner = None if corner is None else QPointF(*corner)
        self._canvases()[side].update()

    def _stand(self, side: Side, point: F8) -> None:
        """The person stands where the pointer is, in whichever picture."""
        sheet = self._sheet
        self.person.projection = None if sheet is None else sheet.projection
        self.person.foot = point if side == "image" or sheet is None else sheet.other("plan", point)
        if self.person.shows:
            self.still.update()

    def _release(self) -> None:
        self.editor.release()
        self.released.emit()
        if self.edges.on and self._grey is not None:
            self.edges.release(self._grey, self._grey.shape[1] / self.still.picture_size[0])
            self.repaint_pictures()

    def _leave(self, side: Side) -> None:
        self._loupes[side].pointer = self.person.foot = None
        self._canvases()[side].update()

    def _reach(self, canvas: ImageCanvas) -> float:
        return tokens.VERTEX_HIT / 2 / canvas.scale

    def _take(self, edit: PairEdit | None) -> None:
        if edit is not None and edit.deed == "move" and self._sheet is not None:  # at once; the fit to it follows
            self._sheet.fitted = replace(self._sheet.fitted, pairs=edit.pairs)
            self.editor.show(edit.pairs, self._sheet.landmarks)
        if edit is not None:
            self.edited.emit(edit, f"gesture {self._gestures}")

    def _corner(self, point: F8) -> F8 | None:
        """The corner of the still near a point, both in the px of the pairs."""
        if self._grey is None:
            return None
        scale = self._grey.shape[1] / self.still.picture_size[0]
        found = nearest_corner(self._grey, point * scale, max(6, round(_SNAP_SHARE * self._grey.shape[1])))
        return None if found is None else found / scale

    def snap(self) -> None:
        """The picture's point in hand goes to the corner near it; else a click at the pointer's corner."""
        self._gestures += 1
        held = self.editor.in_hand
        if held is not None and held[0] == "image":
            corner = self._corner(held[1])
            if corner is not None:
                self._take(self.editor.put(corner, "snap"))
        elif (pointer := self._loupes["image"].pointer) is not None:
            corner = self._corner(np.array([pointer.x(), pointer.y()]))
            if corner is not None:
                self._take(self.editor.press("image", float(corner[0]), float(corner[1]), 0.0))
                self.editor.release()
        self.moved_on.emit()
        self.repaint_pictures()

    def snap_pair(self, number: int) -> None:
        """The picture's point of that pair goes to the corner near it."""
        self.editor.begun, self.editor.selected, self.editor.side = None, number, "image"
        self.snap()

    def corner_apart(self, number: int) -> float | None:
        """How far, px, the corner near a pair's point in the picture is."""
        point = self.editor.pairs.image[number]
        corner = self._corner(point)
        return None if corner is None else float(np.hypot(*(corner - point)))

    def delete(self) -> None:
        """The selected pair, or the begun point."""
        self._gestures += 1
        self._take(self.editor.delete())
        self.moved_on.emit()
        self.repaint_pictures()

    def _key(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.edges.key(key):
            pass
        elif key in _ARROWS:
            self._nudge(*_ARROWS[key], far=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_S and not event.modifiers():
            self.snap()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete()
        elif key == Qt.Key.Key_Escape and self.editor.cancel():
            for loupe in self._loupes.values():
                loupe.pointer = None
        else:
            return
        event.accept()
        self.moved_on.emit()
        self.repaint_pictures()

    def _nudge(self, x: float, y: float, *, far: bool) -> None:
        held = self.editor.in_hand
        if held is None or self._sheet is None:
            return
        step = _NUDGE_PX
        if held[0] == "plan" and self._sheet.floor.metres_per_pixel is not None:
            step = _NUDGE_M / self._sheet.floor.metres_per_pixel
        step *= _SHIFT if far else 1.0
        edit = self.editor.nudge(x * step, y * step)
        loupe = self._loupes[held[0]]  # it follows the keys as it does the pointer
        loupe.pointer, loupe.shows, loupe.corner = QPointF(held[1][0] + x * step, held[1][1] + y * step), True, None
        if edit is not None:
            self.edited.emit(edit, f"nudge {self.editor.side} {edit.number}")

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Tab goes from pair to pair, and after the last one on to the next widget."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and len(self.editor.pairs):
            by = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            end = len(self.editor.pairs) - 1 if by == 1 else 0
            if by is not None and self.editor.selected != end:
                self.editor.side = "plan" if watched is self.plan else "image"
                self.editor.next(by)
                self.moved_on.emit()
                self.repaint_pictures()
                return True
        return super().eventFilter(watched, event)


def _looks_of(floor: Floor) -> tuple[float | None, ...]:
    """What of a floor is seen on the plan."""
    return floor.width_px, floor.height_px, floor.metres_per_pixel
