"""All cameras on the plan at once: their pictures as one mosaic, or where each of them alone sees people walk."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PyQt6.QtCore import QLocale, QPointF, QTimer
from PyQt6.QtGui import QColor, QPainter, QPen
from PyQt6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.core.types import U1
from heatmap_gui.core.uncertainty import uncertainty
from heatmap_gui.core.walk_test import WalkTest
from heatmap_gui.core.warp import mosaic, picture_on_plan
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.calibrate_grade import centimetres
from heatmap_gui.desktop.views.calibrate_loading import Stills
from heatmap_gui.desktop.views.calibrate_pictures import InkLayer, WarpLayer
from heatmap_gui.desktop.widgets.basics import EmptyState, frame, label
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.plan import PlanCanvas, paint_chip, points_to_window

_LOOK_MS = 100
_COLOURS = ("zone.shelf", "zone.queue", "zone.entry", "zone.checkout", "zone.forbidden", "zone.general")
_FINE_M = 0.30  # between two cameras: a foot's length


class WalkLayer:
    """Dots with tails, a colour and a number a camera."""

    def __init__(self) -> None:
        self.test: WalkTest | None = None
        self.site: Site | None = None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.test is None or self.site is None:
            return
        ids = [camera.id for camera in self.site.cameras]
        for camera, way in self.test.tails():
            if camera not in ids:
                continue
            colour = THEME.colour(_COLOURS[ids.index(camera) % len(_COLOURS)])
            points = points_to_window(canvas, self.site.floor.to_px(way))
            for number, (first, second) in enumerate(pairwise(points)):
                faded = QColor(colour)
                faded.setAlphaF(0.2 + 0.7 * number / len(points))
                painter.setPen(QPen(faded, 2.5))
                painter.drawLine(first, second)
            if points:
                painter.setPen(QPen(THEME.colour("person.halo"), 2))
                painter.setBrush(colour)
                painter.drawEllipse(points[-1], tokens.DOT / 2, tokens.DOT / 2)
                paint_chip(painter, points[-1] + QPointF(14, -14), camera)


class FloorPane(QWidget):
    """show_mosaic or show_walk begins; stop ends."""

    def __init__(self, session: Session, stills: Stills) -> None:
        super().__init__()
        self._session, self._stills = session, stills
        self.canvas = PlanCanvas()
        self.canvas.shows_zones = False
        self._warp, self._ink, self._walk = WarpLayer(), InkLayer(), WalkLayer()
        self.canvas.layers = [self.canvas.layers[0], self._warp, self._ink, self._walk]
        self._projections: dict[str, tuple[Camera, tuple[int, int], Projection]] = {}
        self._looked: dict[str, float] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._title, self._words = label(kind="section"), label(kind="secondary", wrap=True)
        self._figures = label(wrap=True)
        side = frame("panel", self._title, self._words, self._figures, None)
        side.setFixedWidth(tokens.INSPECTOR_NARROW)
        nothing = EmptyState(
            "walk", self.tr("Nothing is measured now"),
            self.tr("Start measuring, then walk through the places that two cameras see."), self.tr("Measure"),
        )  # fmt: skip
        nothing.acted.connect(self._measure)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(nothing)
        picture = QWidget()
        picture.setLayout(self._stack)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(picture, 1)
        layout.addWidget(side)

    @property
    def said(self) -> str:
        """The figures beside the plan."""
        return self._figures.text()

    def show_ink(self, ink: U1 | None) -> None:
        self.canvas.show_ink(ink)
        self._ink.show(ink)

    def show_opacity(self, share: float) -> None:
        self._warp.opacity = share
        self.canvas.update()

    def stop(self) -> None:
        self._timer.stop()

    # ---- mosaic

    def show_mosaic(self, site: Site) -> None:
        self._begin(site)
        self._walk.test = None
        self._stack.setCurrentIndex(0)
        calibrated = [camera for camera in site.cameras if camera.calibration is not None]
        for camera in calibrated:
            self._stills.want(camera)
        there = [(camera, still.image) for camera in calibrated if (still := self._stills.of(camera)) is not None]
        self._title.setText(self.tr("All cameras as one"))
        self._words.setText(
            self.tr("Where two cameras meet, lines on the floor go on without a step when both are right.")
        )
        words = self.tr("%1 of %2 cameras, %3 calibrated").replace("%1", str(len(there)))
        words = words.replace("%2", str(len(site.cameras))).replace("%3", str(len(calibrated)))
        self._figures.setText(words)
        if there:
            self._session.background.newest("calibrate mosaic", lambda: _mosaic(site, there), self._laid, self._failed)
        else:
            self._laid(None)

    def _laid(self, laid: U1 | None) -> None:
        self._warp.show(laid if self._walk.test is None else None)  # it may come late
        self.canvas.update()

    def _failed(self, error: HeatmapError) -> None:
        self._figures.setText(error.message)

    # ---- walk test

    def show_walk(self, site: Site) -> None:
        if self._timer.isActive() and self._walk.site is site:
            return
        self._begin(site)
        self._warp.show(None)
        self._walk.test, self._looked = WalkTest(), {}
        self._title.setText(self.tr("Walk test"))
        self._words.setText(self.tr("Walk through the places that two cameras see: both dots should be where you are."))
        self._timer.start()
        self._look()

    def _begin(self, site: Site) -> None:
        self.stop()
        self._walk.site = site
        self.canvas.show_site(site)
        self._projections.clear()

    def _look(self) -> None:
        board, test, site = self._session.board(), self._walk.test, self._walk.site
        self._stack.setCurrentIndex(1 if board is None else 0)
        if board is None or test is None or site is None:
            return
        for camera, shown in board.newest().items():
            projection = self._projection(site, camera, shown.size)
            if projection is None or self._looked.get(camera) == shown.at:
                continue
            self._looked[camera] = shown.at
            rows = np.flatnonzero(shown.seen)
            test.add(camera, shown.at, shown.track_id[rows], shown.boxes[rows].astype(np.float64), projection)
        self._figures.setText("\n".join(self._lines(test)))
        self.canvas.update()

    def _projection(self, site: Site, camera_id: str, size: tuple[int, int]) -> Projection | None:
        """Of a calibrated camera, made once."""
        camera = next((one for one in site.cameras if one.id == camera_id), None)
        if camera is None or camera.calibration is None:
            return None
        known = self._projections.get(camera_id)
        if known is None or known[0] is not camera or known[1] != size:
            try:
                known = (camera, size, Projection.of(site.floor, camera, size))
            except InputError:
                return None
            self._projections[camera_id] = known
        return known[2]

    def _lines(self, test: WalkTest) -> list[str]:
        locale = QLocale()
        lines = []
        for one in test.agreements():
            words = self.tr("Cameras %1 and %2 agree: %3, %4 people")
            if one.distance > _FINE_M:
                words = self.tr("Cameras %1 and %2 are %3 apart, %4 people")
            values = (*one.cameras, centimetres(one.distance), str(one.people))
            lines.append(_filled(words, values))
        for seen in test.heights():
            words = self.tr("Camera %1: people measure %2 ± %3 m, %4 seen")
            metres = (locale.toString(seen.height_m, "f", 2), locale.toString(seen.spread_m, "f", 2))
            lines.append(_filled(words, (seen.camera, *metres, str(seen.people))))
        return lines or [self.tr("Nobody was seen yet.")]

    def _measure(self) -> None:
        if self._walk.site is not None:
            self._session.measure([self._walk.site.name])


def _filled(words: str, values: tuple[str, ...]) -> str:
    for number, value in enumerate(values, 1):
        words = words.replace(f"%{number}", value)
    return words


def _mosaic(site: Site, pictures: list[tuple[Camera, U1]]) -> U1 | None:
    """Of cameras with their stills; those whose still does not fit their calibration are left out."""
    laid, doubt = [], []
    for camera, image in pictures:
        try:
            projection = Projection.of(site.floor, camera, (image.shape[1], image.shape[0]))
        except InputError:
            continue
        laid.append(picture_on_plan(image, projection, site.floor))
        doubt.append(uncertainty(projection, site.floor).sigma)
    return mosaic(laid, doubt) if laid else None
