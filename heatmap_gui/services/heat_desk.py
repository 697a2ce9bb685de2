"""Heat maps for many who ask at once: each question has a query of its own, and what those remember is used again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.core.heat_values import Kind, Scale
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import Site
from heatmap_gui.services.heat_picture import HeatPicture, picture_of
from heatmap_gui.services.heat_query import HeatQuery, Range, floors_of
from heatmap_gui.store.database import Database

_MOST_KEPT = 16  # queries that nobody asks just now
_MOST_BYTES = 16 << 20  # that each may remember
_Key = tuple[str, str, str, str]


class HeatDesk:
    """Of one database. Any thread may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._free: OrderedDict[_Key, list[HeatQuery]] = OrderedDict()

    def heat(
        self, site: Site, floor: str, of: Range, kind: Kind, label: str | None, scale: Scale, now: float
    ) -> tuple[Heatmap, HeatPicture]:
        """What happened on a floor (see `floors_of`) in a range, and how it looks. Raises NotFoundError, and
        UnavailableError as databases do.
        """
        there = floors_of(site)
        if floor not in there:
            raise NotFoundError(f"floor {floor!r}: there is none: choose of {', '.join(there)}")
        with self._query(site, floor) as query:
            heat = query.heat(of, now)
            return heat, picture_of(heat, query.floor, kind, label, scale, None, light=True)

    def clear(self) -> int:
        """Forgets what queries remember -> how many there were."""
        with self._lock:
            count = sum(map(len, self._free.values()))
            self._free.clear()
            return count

    @contextmanager
    def _query(self, site: Site, floor: str) -> Iterator[HeatQuery]:
        key = site.name, floor, site.hash, site.timezone
        with self._lock:
            free = self._free.get(key)
            query = free.pop() if free else HeatQuery(self._database, site, floor, _MOST_BYTES)
        yield query
        with self._lock:
            self._free.setdefault(key, []).append(query)
            self._free.move_to_end(key)
            while sum(map(len, self._free.values())) > _MOST_KEPT:
                self._free.popitem(last=False)
