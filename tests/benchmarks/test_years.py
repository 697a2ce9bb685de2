"""Both ways to a heat map of many days give the same one: otherwise their times say nothing."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.bench import years
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import PLAN
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.services.heat_query import HeatQuery, Range
from heatmap_gui.store import history_reading
from heatmap_gui.store.database import open_database


def test_added_up_days_are_their_hours(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    years.fill(database, days=8)
    end = midnight(years.START, ZoneInfo(years.SITE.timezone), 8)
    HeatQuery(database, years.SITE).keep_up(end + 86_400)
    query = HeatQuery(database, years.SITE)
    ours = query.heat(Range(years.START, end), end + 86_400)
    grid = Grid.of(years.SITE.floor)
    theirs = history_reading.heatmap(database, years.SITE.name, PLAN, years.START, end, Heatmap(grid))
    assert query.reads == 8
    for name, layer in theirs.arrays().items():
        np.testing.assert_allclose(ours.arrays()[name], layer, rtol=1e-5, atol=1e-3, err_msg=name)
    people = query.occupancy([midnight(years.START, query.zone, day) for day in range(9)], end + 86_400)
    np.testing.assert_allclose(people, 40, rtol=0.05)
    assert query.people(Range(years.START, end)) == 1300
    database.close()
