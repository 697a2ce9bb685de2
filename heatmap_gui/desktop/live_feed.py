"""What is live in the store on screen, pulled by a timer while somebody looks."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from heatmap_gui.core import geometry
from heatmap_gui.core.drawn_views import projections
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.services.board import Board
from heatmap_gui.services.occupancy import people_in_zones
from heatmap_gui.services.picture_state import Sight, sights
from heatmap_gui.services.today import Today, read_today

_TICK_MS = 66  # as often as usual cameras send
_TODAY_MS = 4000
_GONE_S = 10.0  # of people whom nobody saw for so long nothing is known


@dataclass(frozen=True, slots=True)
class _Seen:
    """What each camera sees of the plan, plan px (k, 2), for one site; which zones those that are watching see."""

    site: Site | None = None
    areas: dict[str, F8] = field(default_factory=dict)
    watching: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()


class LiveFeed(QObject):
    """Runs while its screen is shown. ticked: an `Instant`. today: a `Today`, every few seconds.

    blurs: no picture comes on which people who were found can be told apart.
    """

    ticked = pyqtSignal(object)
    today = pyqtSignal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.blurs = False
        self.watching: frozenset[str] = frozenset()  # cameras whose pictures are live, and looked at
        self._wanted: dict[str, tuple[int, int]] = {}
        self._seen = _Seen()
        self._timer, self._slow = QTimer(self), QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._slow.timeout.connect(self.look_up)

    def start(self) -> None:
        self._timer.start(_TICK_MS)
        self._slow.start(_TODAY_MS)
        self.tick()
        self.look_up()

    @property
    def runs(self) -> bool:
        return self._timer.isActive()

    def stop(self) -> None:
        """No picture is scaled for anybody any more."""
        self._timer.stop()
        self._slow.stop()
        board = self._session.board()
        if board is not None:
            board.wanted = {}

    def want(self, wanted: dict[str, tuple[int, int]]) -> None:
        """The sizes in which pictures are wanted, device px by camera."""
        self._wanted = wanted

    def tick(self) -> None:
        site, board, now = self._session.site, self._session.board(), time.time()
        if site is None or board is None:
            self.watching = frozenset()
            self.ticked.emit(Instant(now))
            return
        if board.wanted != self._wanted:
            board.wanted = self._wanted.copy()
        board.blur(self.blurs)
        self.ticked.emit(self._instant(site, board, now))

    def look_up(self) -> None:
        """Today's figures, from the database."""
        app, site = self._session.app, self._session.site
        if app is None or site is None:
            return
        database, now = app.database, time.time()
        self._session.background.newest("today", lambda: read_today(database, site, now), self._tell, lambda _: None)

    def _tell(self, today: Today) -> None:
        self.today.emit(today)

    def _instant(self, site: Site, board: Board, now: float) -> Instant:
        newest, states = board.newest(), self._session.camera_states()
        seen = sights(site, newest, states, now)
        self.watching = frozenset(
            camera for camera, sight in seen.items() if sight is Sight.LIVE and newest[camera].looked
        )
        floors = [PLAN, *(camera.id for camera in site.cameras if camera.calibration is None)]
        people = {floor: [one for one in board.people(floor) if now - one.seen_at < _GONE_S] for floor in floors}
        live = {camera: shown for camera, shown in newest.items() if camera in self.watching}
        counts = people_in_zones(site, people[PLAN], live)
        observed = self._observed(site)
        return Instant(now, newest, states, people, {zone: n for zone, n in counts.items() if zone in observed})

    def _observed(self, site: Site) -> Collection[str]:
        """Zones whose middle, at least, a live camera sees."""
        if self._seen.site is not site:
            found = projections(site)
            self._seen = _Seen(site, {c: site.floor.to_px(p.footprint()) for c, p in found.items()})
        if self._seen.watching != self.watching:
            areas = [area for camera, area in self._seen.areas.items() if camera in self.watching]
            middles = np.array([zone.polygon.mean(axis=0) for zone in site.zones]).reshape(-1, 2)
            within = np.any([geometry.inside(area, middles) for area in areas], axis=0) & np.ones(len(middles), bool)
            zones = (z.id for z, inside in zip(site.zones, within, strict=True) if inside or z.on in self.watching)
            self._seen = replace(self._seen, watching=self.watching, zones=frozenset(zones))
        return self._seen.zones
