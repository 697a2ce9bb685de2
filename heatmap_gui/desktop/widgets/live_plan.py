"""The floor plan with who is on it now, where cameras look, and where nobody does."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QBrush, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.drawn_views import projections
from heatmap_gui.core.label_places import Box, place_labels
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.plan import (
    PlanCanvas,
    chip_size,
    paint_chip,
    paint_line,
    paint_person,
    paint_zone,
    places_in_window,
    read_plan,
)
from heatmap_gui.desktop.widgets.trails import Trails
from heatmap_gui.services.board import Person

_NEAR_PX = 14.0  # of a click to a person
_UNSEEN_S = 1.0
_WEDGE_PX = 26.0
_MARK_PX = 9.0
_AFTER_MS = 25  # the wall beside it, which shows the same instant, is painted first: not all in one turn
_FADES = (0.2, 0.35, 0.5, 0.65)  # of a trail's parts


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """Of one camera, plan px: what it sees (k, 2); where it hangs (x, y) and into which angle it looks (start and span,
    degrees), if that is known.
    """

    number: int
    area: F8
    place: tuple[float, float] | None
    angle: tuple[float, float]


class LivePlan(PlanCanvas):
    """What stands still is painted once and kept; people are painted over it. Click a person to select.

    person_chosen: a track id, or None.
    """

    person_chosen = pyqtSignal(object)

    def __init__(self, *, large: bool = False, parent: QWidget | None = None) -> None:
        """large: with names and with what each camera sees."""
        super().__init__(parent)
        self._large = large
        self.shows_zones = False
        self.shows_areas = large
        self.track: int | None = None  # of the person who is selected
        self._sights: dict[str, _Sight] = {}
        self._watching: frozenset[str] = frozenset()
        self._measured = False
        self._people: Sequence[Person] = ()
        self._counts: Mapping[str, int] = {}
        self._now = 0.0
        self._trails = Trails("person", _FADES)
        self._ground: QPixmap | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._make_ready)
        self.layers += [self._paint_unseen, self._paint_drawn, self._paint_cameras]
        self.pressed.connect(self._press)
        for changed in (self.viewed, THEME.changed):
            changed.connect(self._forget)

    def show_site(self, site: Site) -> None:
        number = {camera.id: n for n, camera in enumerate(site.cameras, 1)}
        self._sights = {}
        for camera, projection in projections(site).items():
            beneath = projection.beneath()
            area = site.floor.to_px(projection.footprint())
            place, angle = None, (0.0, 360.0)
            if beneath is not None:
                x, y = site.floor.to_px(beneath).tolist()
                place, angle = (x, y), _spread(area - (x, y))
            self._sights[camera] = _Sight(number[camera], area, place, angle)
        self._forget()
        super().show_site(site)

    def show_ink(self, ink: np.ndarray[tuple[int, int], np.dtype[np.uint8]] | None) -> None:
        self._forget()
        super().show_ink(ink)

    def show_areas(self, on: bool) -> None:
        """What each camera sees, outlined."""
        self.shows_areas = on
        self._forget()
        self.update()

    def show_live(
        self,
        people: Sequence[Person],
        counts: Mapping[str, int],
        watching: Collection[str],
        now: float,
        *,
        measured: bool = True,
    ) -> None:
        """people: on the plan. counts: by zone id. watching: cameras whose pictures are live. now: Unix time. measured:
        whether they should be live.
        """
        if (frozenset(watching), measured) != (self._watching, self._measured):
            self._watching, self._measured = frozenset(watching), measured
            self._forget()
        self._people, self._counts, self._now = people, counts, now
        self._soon.start(_AFTER_MS)

    def select(self, track_id: int | None) -> None:
        self.track = track_id
        self.update()

    def observed(self) -> QPainterPath:
        """What live cameras see, plan px."""
        path = QPainterPath()
        for camera in self._watching & self._sights.keys():
            one = QPainterPath()
            one.addPolygon(_closed(self._sights[camera].area))
            path = path.united(one)
        return path

    def person_at(self, point: QPointF) -> int | None:
        """The track next to a point of the window."""
        if not self._people:
            return None
        places = self._in_window(np.array([one.place for one in self._people]))
        away_px = np.hypot(*(places - (point.x(), point.y())).T)
        nearest = int(away_px.argmin())
        return self._people[nearest].track_id if away_px[nearest] <= _NEAR_PX else None

    # ---- painting

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        if self._ground is None or self._ground.devicePixelRatioF() != self.devicePixelRatioF():
            self._ground = self._paint_ground()
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_counts(painter)
            self._paint_people(painter)

    def changeEvent(self, event: QEvent | None) -> None:  # noqa: N802
        self._forget()
        super().changeEvent(event)

    def _forget(self) -> None:
        self._ground = None

    def _make_ready(self) -> None:
        """The ground in a turn of the event loop, what moves on it in the next."""
        if self._ground is None:
            self._ground = self._paint_ground()
        self.update()

    def _paint_ground(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(THEME.colour(self.background))
        with QPainter(ground) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for layer in self.layers:
                painter.save()
                layer(painter, self)
                painter.restore()
        return ground

    def _paint_unseen(self, painter: QPainter, canvas: ImageCanvas) -> None:
        """Hatches where no live camera looks."""
        if self.site is None or not self._sights:
            return
        whole = QPainterPath()
        whole.addRect(QRectF(0, 0, *canvas.picture_size))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(THEME.colour("hatch", 0.45), Qt.BrushStyle.BDiagPattern))
        painter.drawPath(canvas.transform().map(whole.subtracted(self.observed())))

    def _paint_drawn(self, painter: QPainter, canvas: ImageCanvas) -> None:
        if self.site is None:
            return
        for zone in self.site.zones:
            if zone.on == PLAN:
                paint_zone(painter, zone, canvas.polygon(zone.polygon), name=False)
        for line in self.site.lines:
            if line.on == PLAN:
                a, b = (canvas.to_window(float(p[0]), float(p[1])) for p in (line.a, line.b))
                paint_line(painter, line, a, b)

    def _paint_cameras(self, painter: QPainter, canvas: ImageCanvas) -> None:
        for camera, sight in self._sights.items():
            colour = "text.secondary" if camera in self._watching or not self._measured else "error"
            if self.shows_areas:
                painter.setPen(QPen(THEME.colour(colour, 0.5), 1, Qt.PenStyle.DashLine))
                painter.setBrush(THEME.colour(colour, 0.05))
                painter.setClipRect(canvas.picture_rect())
                painter.drawPolygon(canvas.polygon(sight.area))
                painter.setClipping(False)
            if sight.place is None:
                continue
            at, (start, span) = canvas.to_window(*sight.place), sight.angle
            about = QRectF(at.x() - _WEDGE_PX, at.y() - _WEDGE_PX, 2 * _WEDGE_PX, 2 * _WEDGE_PX)
            painter.setPen(QPen(THEME.colour(colour, 0.8), 1))
            painter.setBrush(THEME.colour(colour, 0.3))
            painter.drawPie(about, round(start * 16), round(span * 16))
            painter.setPen(QPen(THEME.colour(colour), 1.5))
            painter.setBrush(THEME.colour("bg.surface"))
            painter.drawEllipse(at, _MARK_PX, _MARK_PX)
            painter.setPen(THEME.colour("error" if colour == "error" else "text.primary"))
            painter.setFont(font(tokens.CAPTION, tokens.SEMIBOLD))
            box = QRectF(at.x() - _MARK_PX, at.y() - _MARK_PX, 2 * _MARK_PX, 2 * _MARK_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(sight.number))

    def _paint_counts(self, painter: QPainter) -> None:
        """How many are in each zone, in the corner of it; with its name where there is room."""
        if self.site is None:
            return
        zones = [zone for zone in self.site.zones if zone.on == PLAN]
        numbers = ["\N{EN DASH}" if (n := self._counts.get(zone.id)) is None else str(n) for zone in zones]
        texts = [f"{z.name}  {n}" for z, n in zip(zones, numbers, strict=True)] if self._large else numbers
        sizes = [chip_size(text, marked=True) for text in texts]
        corners = [self.polygon(zone.polygon).boundingRect().topLeft() for zone in zones]
        wanted = [(c.x() + w / 2 + 4, c.y() + 14) for c, (w, _) in zip(corners, sizes, strict=True)]
        room = Box(0.0, 0.0, float(self.width()), float(self.height()))
        for zone, text, box in zip(zones, texts, place_labels(wanted, sizes, room), strict=True):
            if box is not None:
                middle = QPointF((box.left + box.right) / 2, (box.top + box.bottom) / 2)
                paint_chip(painter, middle, text, THEME.colour(f"zone.{zone.type}"))

    def _paint_people(self, painter: QPainter) -> None:
        """Ways first, so that none hides who stands there; the selected person lies over all others."""
        if self.site is None or not self._people:
            return
        people = sorted(self._people, key=lambda one: one.track_id == self.track)
        view = (self.site, self.transform())
        self._trails.paint(painter, people, self.rect(), self._in_window, view, self.track)
        places = self._in_window(np.array([one.place for one in people]))
        for one, (x, y) in zip(people, places.tolist(), strict=True):
            at, chosen = QPointF(x, y), one.track_id == self.track
            paint_person(painter, at, selected=chosen, seen=self._now - one.seen_at <= _UNSEEN_S)
            if chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(THEME.colour("accent"), 2))
                painter.drawEllipse(at, tokens.DOT, tokens.DOT)
                paint_chip(painter, at + QPointF(0, -24), str(one.track_id), background="accent.fill")

    def _in_window(self, points: F8) -> F8:
        """Floor units (n, 2) -> px of the window."""
        assert self.site is not None
        return places_in_window(self, self.site.floor.to_px(points))

    def _press(self, point: QPointF, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.site is not None:
            self.person_chosen.emit(self.person_at(event.position()))


def _closed(points: F8) -> QPolygonF:
    return QPolygonF([QPointF(float(x), float(y)) for x, y in (*points, *points[:1])])


def _spread(rays: F8) -> tuple[float, float]:
    """Start and span in degrees, counter-clockwise from the right as Qt has them, of rays (n, 2), y down."""
    middle = rays.mean(axis=0)
    ahead = math.atan2(-middle[1], middle[0])
    turned = np.arctan2(-rays[:, 1], rays[:, 0]) - ahead
    turned = np.degrees((turned + math.pi) % (2 * math.pi) - math.pi)
    return math.degrees(ahead) + float(turned.min()), float(turned.max() - turned.min())


def load_plan(session: Session, plan: PlanCanvas) -> None:
    """Reads the drawing of the store on screen in the background, once for a file."""
    site = session.site
    path = None if site is None else site.floor.plan_path
    if path is None:
        plan.show_ink(None)
    elif plan.property("plan_path") != str(path):
        plan.setProperty("plan_path", str(path))
        name = f"plan {id(plan)}"
        session.background.newest(name, lambda: read_plan(path), plan.show_ink, lambda _: plan.show_ink(None))
