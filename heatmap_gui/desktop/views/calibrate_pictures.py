"""What is drawn over a camera's still and over the plan: pairs with their errors, loupe, contours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from heatmap_gui.core.pair_editing import NO_LANDMARKS, Landmarks, PairEditor, Side
from heatmap_gui.core.pair_fit import PairFit
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, U1
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.calibrate_marks import paint_error, paint_ring, paint_target, paint_way
from heatmap_gui.desktop.widgets.canvas import ImageCanvas, Layer
from heatmap_gui.desktop.widgets.loupe import LOUPE, RADIUS, paint_loupe
from heatmap_gui.desktop.widgets.pictures import ScaledImage, bgra_image, ink_image
from heatmap_gui.desktop.widgets.plan import paint_chip

ENLARGED = 20  # an error arrow is so much longer than the error
LEVELS = ((0.1, Qt.PenStyle.SolidLine), (0.2, Qt.PenStyle.DashLine), (0.4, Qt.PenStyle.DotLine))  # m


@dataclass(slots=True, eq=False)
class Sheet:
    """All that is drawn of one camera. Owned by the GUI thread.

    fitted: of the pairs there are. projection: None while it is not calibrated. contours: lines (n, 2) in plan px by
    level. advice: the place (2,) in plan px where a further pair helps most. landmarks: of other cameras. moved (n, 2):
    where the pairs' points in the picture would go along with a camera that was moved; None: it was not.
    """

    floor: Floor
    fitted: PairFit
    projection: Projection | None = None
    contours: dict[float, list[F8]] = field(default_factory=dict)
    advice: F8 | None = None
    landmarks: Landmarks = NO_LANDMARKS
    moved: F8 | None = None

    def other(self, side: Side, point: F8) -> F8 | None:
        """Where a point of one picture is in the other, in its px; None where that is not known."""
        if self.projection is None:
            return None
        if side == "image":
            place = self.floor.to_px(self.projection.to_floor(point[None]))[0]
        else:
            place = self.in_picture(point[None])[0]
        return place if np.isfinite(place).all() else None

    def in_picture(self, plan: F8) -> F8:
        """Where plan px (n, 2) are in the picture, in its px; NaN where that is not known."""
        if self.projection is None:
            return np.full_like(plan, np.nan)
        return self.projection.to_image(self.floor.from_px(plan))


class PairLayer:
    """The pairs on one of the two pictures. sheet: None while there is no camera."""

    def __init__(self, side: Side, editor: PairEditor) -> None:
        self._side, self._editor = side, editor
        self.sheet: Sheet | None = None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.sheet is None:
            return
        chosen = self._editor.selected
        for number in range(len(self.sheet.fitted.pairs)):
            if number != chosen:
                self._paint_pair(painter, canvas, self.sheet, number)
        if chosen is not None:
            self._paint_pair(painter, canvas, self.sheet, chosen)
        self._paint_begun(painter, canvas, self.sheet)

    def _paint_pair(self, painter: QPainter, canvas: ImageCanvas, sheet: Sheet, number: int) -> None:
        fitted = sheet.fitted
        point = fitted.pairs.points(self._side)[number]
        at = canvas.to_window(float(point[0]), float(point[1]))
        wrong = number in fitted.suspects
        chosen = number == self._editor.selected
        colour = THEME.colour("error" if wrong else "accent") if wrong or chosen else QColor("white")
        its_other = fitted.pairs.points("plan" if self._side == "image" else "image")[number]
        meant = sheet.other("plan" if self._side == "image" else "image", its_other)
        if sheet.moved is not None:
            if self._side == "image" and np.isfinite(sheet.moved[number]).all():
                paint_way(painter, at, canvas.to_window(*sheet.moved[number].tolist()))
        elif meant is not None:
            paint_error(painter, at, (QPointF(*meant) - QPointF(*point)) * canvas.scale * ENLARGED)
        used = bool(fitted.pairs.used[number])
        paint_ring(painter, at, colour, dotted=not used, thick=chosen)
        side = 16 if at.x() < canvas.width() - 40 else -16
        words = f"{number + 1} {fitted.pairs.names[number]}".rstrip() if chosen else str(number + 1)
        paint_chip(painter, at + QPointF(side, -14), words, THEME.colour("error") if wrong else None)

    def _paint_begun(self, painter: QPainter, canvas: ImageCanvas, sheet: Sheet) -> None:
        begun = self._editor.begun
        number = str(len(sheet.fitted.pairs) + 1)
        if begun is None:
            return
        if begun[0] == self._side:
            at = canvas.to_window(float(begun[1][0]), float(begun[1][1]))
            paint_ring(painter, at, THEME.colour("accent"), dotted=True, thick=True)
            if self._editor.offering:
                mark = sheet.landmarks.at(begun[1], 0.0)
                name = "" if mark is None else sheet.landmarks.names[mark]
                words = name or QCoreApplication.translate("Calibrate", "Where is this in the picture?")
                paint_target(painter, at, words, canvas)
            else:
                paint_chip(painter, at + QPointF(16, -14), number)
            return
        meant = sheet.other(begun[0], begun[1])
        if meant is not None:
            words = QCoreApplication.translate("Calibrate", "Click pair %1 here").replace("%1", number)
            paint_target(painter, canvas.to_window(float(meant[0]), float(meant[1])), words, canvas)


class AdviceLayer:
    """Where one more pair would help most, on the plan and in the picture."""

    def __init__(self, side: Side, editor: PairEditor) -> None:
        self._side, self._editor = side, editor
        self.sheet: Sheet | None = None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        sheet = self.sheet
        if sheet is None or sheet.advice is None or self._editor.begun is not None:
            return
        place = sheet.advice if self._side == "plan" else sheet.other("plan", sheet.advice)
        if place is not None:
            words = QCoreApplication.translate("Calibrate", "Pair %1 helps most here")
            words = words.replace("%1", str(len(sheet.fitted.pairs) + 1))
            paint_target(painter, canvas.to_window(float(place[0]), float(place[1])), words, canvas)


class ContourLayer:
    """Lines of equal uncertainty on the plan, by their dash; clipped to the view."""

    def __init__(self) -> None:
        self.sheet: Sheet | None = None
        self._of: dict[float, list[F8]] = {}
        self._paths = {level: QPainterPath() for level, _ in LEVELS}

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.sheet is None or self.sheet.floor.unit != "m":
            return
        if self._of is not self.sheet.contours:
            self._of = self.sheet.contours
            self._paths = {level: path_of(self._of.get(level, [])) for level, _ in LEVELS}
        for level, dash in LEVELS:
            for pen in (QPen(THEME.colour("person.halo", 0.8), 3.5), QPen(THEME.colour("text.primary"), 1.5, dash)):
                draw_path(painter, canvas, self._paths[level], pen)
        for level, _ in LEVELS:
            lines = self.sheet.contours.get(level, [])
            if lines:
                longest = max(lines, key=len)
                at = longest[len(longest) // 2]
                paint_chip(painter, canvas.to_window(float(at[0]), float(at[1])), f"± {100 * level:.0f} cm")


class InkLayer:
    """The plan's drawing in the theme's accent, over a picture. ink (h, w): how much there is of it, 0 to 255."""

    def __init__(self) -> None:
        self.shows = True
        self._ink: U1 | None = None
        self._drawn: tuple[str, ScaledImage] | None = None

    def show(self, ink: U1 | None) -> None:
        self._ink, self._drawn = ink, None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self._ink is None or not self.shows:
            return
        if self._drawn is None or self._drawn[0] != THEME.mode:
            self._drawn = (THEME.mode, ScaledImage(ink_image(self._ink, THEME.colour("accent"))))
        self._drawn[1].paint(painter, canvas.picture_rect())


class GridLayer:
    """The plan's grid in the camera's picture."""

    def __init__(self) -> None:
        self.shows = True
        self._path = QPainterPath()

    def show(self, lines: Sequence[F8]) -> None:
        """Lines (n, 2), picture px."""
        self._path = path_of(lines)

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.shows:
            painter.setClipRect(canvas.picture_rect())
            draw_path(painter, canvas, self._path, QPen(THEME.colour("accent", 0.45), 1))


class WarpLayer:
    """The camera's picture on the plan. opacity: 0 to 1."""

    def __init__(self) -> None:
        self.opacity = 0.6
        self._image: ScaledImage | None = None

    def show(self, picture: U1 | None) -> None:
        """picture (h, w, 4) BGRA."""
        self._image = None if picture is None else ScaledImage(bgra_image(picture))

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self._image is not None and self.opacity > 0:
            painter.setOpacity(self.opacity)
            self._image.paint(painter, canvas.picture_rect())


class Loupe:
    """Four times the place under the pointer, in a lower corner. corner: what it would snap to, px of the picture."""

    def __init__(self, *under: Layer) -> None:
        """under: what is drawn in it over the canvas's picture."""
        self._under = under
        self.pointer: QPointF | None = None  # in picture px; None: it is elsewhere
        self.shows = False
        self.corner: QPointF | None = None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.pointer is None or not self.shows:
            return
        at = canvas.to_window(self.pointer.x(), self.pointer.y())
        left = at.x() > canvas.width() / 2 or at.y() < canvas.height() / 2
        middle = QPointF(RADIUS + 16 if left else canvas.width() - RADIUS - 16, canvas.height() - RADIUS - 34)

        def paint() -> None:
            canvas.paint_picture(painter)
            for layer in self._under:
                layer(painter, canvas)

        paint_loupe(painter, at, middle, paint)
        self._paint_frame(painter, canvas, middle)

    def _paint_frame(self, painter: QPainter, canvas: ImageCanvas, middle: QPointF) -> None:
        assert self.pointer is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("person.halo", 4.0), ("text.primary", 2.0)):
            painter.setPen(QPen(THEME.colour(colour), width))
            painter.drawEllipse(middle, RADIUS, RADIUS)
        painter.setPen(QPen(THEME.colour("text.primary", 0.7), 1))
        for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawLine(middle + way * 6, middle + way * (RADIUS - 2))
        words = "4\N{MULTIPLICATION SIGN}"
        if self.corner is not None:
            apart = self.corner - self.pointer
            place = middle + apart * canvas.scale * LOUPE
            painter.setPen(QPen(THEME.colour("zone.line"), 2))
            painter.drawRect(QRectF(place.x() - 5, place.y() - 5, 10, 10))
            words = QCoreApplication.translate("Calibrate", "Corner %1 px away, S snaps")
            words = words.replace("%1", f"{np.hypot(apart.x(), apart.y()):.1f}")
        paint_chip(painter, QPointF(max(middle.x(), 90.0), middle.y() + RADIUS + 16), words)


def path_of(lines: Sequence[F8]) -> QPainterPath:
    """Lines (n, 2), finite, picture px."""
    path = QPainterPath()
    for line in lines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
    return path


def draw_path(painter: QPainter, canvas: ImageCanvas, path: QPainterPath, pen: QPen) -> None:
    """A path in picture px; the pen is in px of the window."""
    painter.save()
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setTransform(canvas.transform(), True)
    painter.drawPath(path)
    painter.restore()
