"""Heat maps are added up by day and by four weeks as these come to be over: whoever opens a year does not wait."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.site import Site
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.heat_query import HeatQuery, whole_floors_of
from heatmap_gui.store.database import Database

_log = logging.getLogger(__name__)
_POLL_S = 2.0
_SUM_S = 600.0


class SumLoop:
    """Of the stores that are measured, every ten minutes. clock: Unix time."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        *,
        beat: Callable[[], object],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database, self._catalog = database, catalog
        self._clock, self._beat = clock, beat

    def __call__(self, stopping: threading.Event) -> None:
        due = -float("inf")
        while not stopping.wait(_POLL_S):
            self._beat()
            now = self._clock()
            if not 0 <= due - now <= _SUM_S:
                due = now + _SUM_S
                self.step(now, lambda: not stopping.is_set())

    def step(self, now: float, goes_on: Callable[[], bool] = lambda: True) -> None:
        """One round. What cannot be had now is tried in the next."""

        def alive() -> bool:
            self._beat()
            return goes_on()

        for site in self._sites():
            for floor in whole_floors_of(site):
                if not alive():
                    return
                try:
                    HeatQuery(self._database, site, floor).keep_up(now, alive)
                except HeatmapError as error:
                    _log.warning("heat maps of %s are not added up: %s", site.name, error.message)

    def _sites(self) -> Iterable[Site]:
        try:
            names = [*self._catalog.watched(), *(of.store_name for of in self._catalog.production.schedules.values())]
        except HeatmapError as error:
            _log.warning("heat maps are not added up: %s", error.message)
            return
        for name in dict.fromkeys(names):
            try:
                yield self._catalog.site(name)
            except HeatmapError as error:
                _log.debug("heat maps of %s are not added up: %s", name, error.message)
