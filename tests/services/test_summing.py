"""What is over is added up before anybody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.production import Production
from heatmap_gui.core.site import Site
from heatmap_gui.loops import Loops
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.heat_query import HeatQuery, Range
from heatmap_gui.services.summing import SumLoop
from heatmap_gui.store.database import Database, open_database
from tests.services.histories import DAY_S, MONDAY, measured, site, standing, write_run

NOW = MONDAY + 40 * DAY_S


class Watching:
    """A catalog of what is watched; a store that it does not know has a site file that is refused."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.production = cast("Production", type("Nothing", (), {"schedules": {}}))

    def watched(self) -> tuple[str, ...]:
        return self.names

    def site(self, name: str) -> Site:
        if name != site().name:
            raise InputError(f"no site of {name}")
        return site()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database("", tmp_path)
    points = standing([(MONDAY + day * DAY_S + 36_000, 60, 2.0, 2.0) for day in range(40)])
    write_run(opened, measured(points, [(MONDAY + day * DAY_S, MONDAY + day * DAY_S + 7200) for day in range(40)]))
    yield opened
    opened.close()


def loop(database: Database, *names: str) -> SumLoop:
    return SumLoop(database, cast("Catalog", Watching(*names)), beat=lambda: None, clock=lambda: NOW)


def reads(database: Database) -> int:
    """Of whoever looks at all of it."""
    query = HeatQuery(database, site())
    assert query.heat(Range(MONDAY, NOW), NOW).layer("presence_s").sum() == 40 * 60
    return query.reads


def test_all_that_is_over_is_added_up_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    loop(database, "no store", site().name).step(NOW)
    again: list[object] = []
    monkeypatch.setattr(HeatQuery, "_tiles", lambda _, spans: again.append(spans))
    loop(database, site().name).step(NOW)
    assert not again
    monkeypatch.undo()
    assert reads(database) <= 1 + 2 * 27


def test_it_stops_between_two_days(database: Database) -> None:
    days = iter([True] * 6)
    loop(database, site().name).step(NOW, lambda: next(days, False))
    query = HeatQuery(database, replace(site()))
    assert 0 < len([day for day in range(40) if query._summed((MONDAY + day * DAY_S, MONDAY + (day + 1) * DAY_S))]) < 7


def test_it_works_while_it_runs(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heatmap_gui.services.summing._POLL_S", 0.001)
    done = threading.Event()

    class Told(SumLoop):
        def step(self, now: float, goes_on: object = None) -> None:
            super().step(now)
            done.set()

    with Loops() as loops:
        made = Told(database, cast("Catalog", Watching(site().name)), beat=lambda: None, clock=lambda: NOW)
        loops.start("sums", made)
        assert done.wait(20)
