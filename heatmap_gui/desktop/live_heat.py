"""The floor's heat of the last minutes for the tiles of the wall, while it is switched on and somebody looks."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import U1
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.pictures import premultiplied_image
from heatmap_gui.store.database import Database

if TYPE_CHECKING:  # imported when it is first switched on
    from heatmap_gui.services.camera_heat import FloorHeat
    from heatmap_gui.services.heat_query import HeatQuery

MINUTES = (15, 60, 240)
_REFRESH_MS = 10_000  # what is measured is written twice a minute


class LiveHeat(QObject):
    """came: by camera, a picture to be laid over its own; one that is not in it has none.

    read: the `FloorHeat` that they show, or None.
    """

    came = pyqtSignal(object)
    read = pyqtSignal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.minutes = MINUTES[0]
        self._heat: FloorHeat | None = None
        self._query: tuple[Site, Database, HeatQuery] | None = None
        self._sizes: dict[str, tuple[int, int]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.look)

    @property
    def runs(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Nothing is shown any more."""
        self._timer.stop()
        self._heat, self._sizes = None, {}
        self.came.emit({})
        self.read.emit(None)

    def choose(self, minutes: int) -> None:
        self.minutes = minutes
        if self.runs:
            self.look()

    def want(self, sizes: dict[str, tuple[int, int]]) -> None:
        """The sizes of the pictures that are shown, device px by camera."""
        if self.runs and sizes != self._sizes:
            self._sizes = sizes
            self._lay()

    def look(self) -> None:
        """Reads the heat anew, off this thread."""
        app, site = self._session.app, self._session.site
        if app is None or site is None:
            return
        work = partial(self._read, site, app.database, self.minutes, time.time())
        self._session.background.newest("camera heat", work, self._take, self._miss)

    def _read(self, site: Site, database: Database, minutes: int, now: float) -> FloorHeat:
        """On one thread at a time, as `newest` has it."""
        from heatmap_gui.services.camera_heat import recent_heat
        from heatmap_gui.services.heat_query import HeatQuery

        if self._query is None or self._query[0] is not site or self._query[1] is not database:
            self._query = site, database, HeatQuery(database, site)
        return recent_heat(self._query[2], minutes, now)

    def _take(self, heat: FloorHeat) -> None:
        if self.runs:
            self._heat = heat
            self.read.emit(heat)
            self._lay()

    def _miss(self, _error: HeatmapError) -> None:
        """The database is away: what is old is not shown as if it were of the last minutes."""
        self._heat = None
        self.came.emit({})
        self.read.emit(None)

    def _lay(self) -> None:
        from heatmap_gui.services.camera_heat import heat_on_pictures

        heat, site = self._heat, self._session.site
        if heat is not None and site is not None:
            work = partial(heat_on_pictures, heat, site, dict(self._sizes))
            self._session.background.newest("heat on pictures", work, self._tell, self._miss)

    def _tell(self, laid: dict[str, U1]) -> None:
        if self.runs:
            self.came.emit({camera: premultiplied_image(bgra) for camera, bgra in laid.items()})
