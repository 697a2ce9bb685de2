"""What a pipeline measured, and what the console exports of it out of the history, are the same numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from heatmap_gui.core.heat_values import KINDS, values_of
from heatmap_gui.core.heatmap import LAYERS
from heatmap_gui.services import heat_files
from heatmap_gui.services.heat_query import HeatQuery, Range
from heatmap_gui.store import history
from heatmap_gui.store.database import open_database
from tests.core.scenes import FLOOR, SOUTH, Body, camera, measure, pipeline, site, stroll, watch
from tests.store.test_history import begin

START = 1_766_325_600.0  # a whole hour
DAY_S = 86_400


def test_exports_have_the_numbers_of_the_measurement(tmp_path: Path) -> None:
    shop = replace(site([camera("a", SOUTH)], FLOOR), name="s")
    bodies = [Body(stroll(seed)) for seed in range(3)]
    facts = measure(pipeline(shop), watch({"a": SOUTH}, bodies, 60.0, 5.0), start=START)
    headless = facts.pipeline.floors["plan"].heatmap
    database = open_database("", tmp_path)
    try:
        run_id = begin(database, grid=headless.grid)
        with database.write() as connection:
            for part, bucket in enumerate(facts.buckets):
                history.write(connection, run_id, part, [bucket])
        day = Range.around(START - 3600, START + DAY_S)
        for _ in range(2):  # out of tiles, and out of what was added up then
            heat = HeatQuery(database, shop).heat(day, START + 9 * DAY_S)
            heat_files.save_arrays(tmp_path / "heatmap.npz", heat)
            with np.load(tmp_path / "heatmap.npz") as found:
                for name in (*LAYERS, "exposure_s"):
                    theirs = headless.arrays()[name]
                    np.testing.assert_allclose(found[name], theirs, rtol=1e-5, atol=1e-5, err_msg=name)
            assert heat.layer("presence_s").sum() > 100
            for kind in KINDS:
                ours, theirs = values_of(heat, kind), values_of(headless, kind)
                np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4, err_msg=kind)
    finally:
        database.close()
