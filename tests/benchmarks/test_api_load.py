"""What the API is measured on: days that are all alike, and shares of the slowest answers."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.bench import api_history, api_load
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import PLAN
from heatmap_gui.resources import resource
from heatmap_gui.store import history_reading
from heatmap_gui.store.database import open_database
from heatmap_gui.store.site_files import load_site

SITE = load_site(resource("calibration_data") / "calibration_demo.json")
NOW = datetime(2026, 2, 10, 12, tzinfo=UTC).timestamp()


def test_every_day_has_the_same_points_and_heat(tmp_path: Path) -> None:
    with closing(open_database("", tmp_path)) as database:
        days = api_history.fill(database, SITE, NOW, points=60_000)
        assert len(days) == 30 and {b - a for a, b in pairwise(days)} == {86_400.0} and days[-1] <= NOW
        heats, counts = [], []
        for start in (days[0], days[17], days[29]):
            found = history_reading.points(database, SITE.name, PLAN, start, start + 86_400)
            counts.append(sum(len(rows) for rows in found))
            empty = Heatmap(Grid.of(SITE.floor))
            heat = history_reading.heatmap(database, SITE.name, PLAN, start, start + 86_400, empty)
            heats.append(heat.layer("presence_s"))
    assert counts[0] >= 2_000 and set(counts) == {counts[0]}
    assert heats[0].sum() > 0 and all(np.array_equal(heats[0], heat) for heat in heats)


def test_the_slowest_in_a_hundred_are_compared() -> None:
    seconds = [0.001 * n for n in range(1, 201)]
    entry = api_load._entry("api-x", 10.0, seconds, [0.01] * 200, "note")
    assert entry.ours_ms == pytest.approx(198, abs=1) and entry.ratio == pytest.approx(19.8, abs=0.1)
    assert entry.at_most and entry.ok is False and entry.details["medians_ms"] == [100.5, 10.0]
