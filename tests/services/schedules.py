"""Schedules for tests: a catalog that is edited by hand, and databases that fail at any statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.production import Production, Schedule
from heatmap_gui.core.site import Floor, Site
from heatmap_gui.services.secrets import Seal
from heatmap_gui.store.database import Database

SEAL = Seal("a key for tests, of no worth at all")
FLOOR = Floor(None, 0.0, 0.0)


@dataclass
class EditedCatalog:
    """Meets scheduler.Catalog. broken: stores whose site cannot be used, and why."""

    schedules: dict[str, Schedule] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def production(self) -> Production:
        return Production(schedules=dict(self.schedules), warnings=(), document={}, hash="")

    def poll(self) -> None: ...

    def site(self, store_name: str) -> Site:
        if store_name in self.broken:
            raise InputError(self.broken[store_name])
        return Site(store_name, FLOOR, (), timezone=self.zones.get(store_name, "UTC"))

    def site_document(self, store_name: str) -> Mapping[str, Any]:
        return {"store": {"name": self.site(store_name).name}, "path": str(Path("a"))}

    def put(self, name: str, **changes: Any) -> None:
        """Adds a schedule, or edits one."""
        known = self.schedules.get(name, Schedule(id=name, store_name=name))
        self.schedules[name] = replace(known, **changes)


class CrashError(Exception):
    """Stands for a process that dies: nobody handles it."""


@contextmanager
def crashing(database: Database, statement: int) -> Iterator[None]:
    """Dies before the statement of this number (1: the next one), the commit of a transaction counting as one."""
    left = [statement]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise CrashError

    places = ("before_cursor_execute", "commit")
    for place in places:
        sa.event.listen(database.engine, place, count)
    try:
        yield
    finally:
        for place in places:
            sa.event.remove(database.engine, place, count)
