"""What was measured comes back: whole, by any range, on either database."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, insert, select

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import LAYERS, Heatmap
from heatmap_gui.core.types import Bucket, Crossing, Points, Visit
from heatmap_gui.store import history, history_reading
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.packing import pack, unpack
from heatmap_gui.store.tables import site_revisions, tracks
from tests.store.walks import LABELS, walks

START = 1_766_325_480.0  # two minutes before five are full
GRID = Grid((0.0, 0.0), 0.25, (80, 80))
VISIT = Visit("z", 5, "person", START + 1, START + 9, 7.5)
CROSSING = Crossing("l", 5, "person", START + 3, "in")


def begin(database: Database, store_name: str = "s", grid: Grid = GRID) -> int:
    with database.write() as connection:
        if not connection.scalar(select(site_revisions.c.hash)):
            connection.execute(insert(site_revisions).values(hash="h", store_name="s", created_at=0, document="{}"))
        return history.start_run(connection, store_name, None, "h", START, {"model": "m"}, {"plan": grid})


def write(database: Database, run_id: int, part: int, *buckets: Bucket) -> None:
    with database.write() as connection:
        history.write(connection, run_id, part, buckets)


def walked(seed: int = 0, minutes: float = 14) -> Points:
    """Rows as the database keeps them: what comes back is the same to the last bit."""
    points = walks(seed, 6, int(minutes * 60 * 4), 0.25, 20.0, START)
    chunks = pack(points)
    fields = ([getattr(c, name) for c in chunks] for name in ("chunk", "hour", "track_id", "label"))
    back = unpack(*fields)
    assert set(back.labels) == set(LABELS)
    return back.take(np.argsort(back.at, kind="stable"))


def measured(points: Points, size: int = 240) -> list[Bucket]:
    """As a pipeline gives it out: a bucket each `size` instants (a minute), exposure each second."""
    whole, buckets = Heatmap(GRID), []
    instants = np.unique(points.at)
    for begin_at, end_at in itertools.pairwise([*instants[::size].tolist(), np.inf]):
        rows = points.take((points.at >= begin_at) & (points.at < end_at))
        whole.add(rows)
        seconds = np.unique(np.floor(rows.at)).tolist()
        for at in seconds:
            whole.expose(at, {"1": 1.0})
        buckets.append(Bucket("plan", rows, (), (), (), tuple(whole.take_tiles()), {"1": float(len(seconds))}))
    return buckets


@pytest.mark.parametrize(
    ("start_s", "end_s"), [(0, 840), (120, 720), (50, 700.3), (130, 400), (10.1, 99.2), (500, 510)]
)
def test_a_heat_map_of_any_range_is_that_of_its_rows(database: Database, start_s: float, end_s: float) -> None:
    points = walked()
    run_id = begin(database)
    for part, bucket in enumerate(measured(points)):
        write(database, run_id, part, bucket)
    start, end = START + start_s, START + end_s
    found = history_reading.heatmap(database, "s", "plan", start, end, Heatmap(GRID))
    truth = Heatmap(GRID)
    truth.add(points.take(points.at < end), start)
    for label, name in itertools.product([*LABELS, None], LAYERS):
        ours, theirs = found.layer(name, label), truth.layer(name, label)
        np.testing.assert_allclose(ours, theirs, rtol=2e-4, atol=2e-4, err_msg=f"{label} {name}")
    assert found.layer("presence_s").sum() == pytest.approx(truth.layer("presence_s").sum(), rel=1e-6)
    assert found.exposure_s.max() == pytest.approx(end_s - start_s, abs=0.01)
    back = list(history_reading.points(database, "s", "plan", start, end))
    assert sum(len(rows) for rows in back) == ((points.at >= start) & (points.at < end)).sum()
    assert all((np.diff(rows.at) >= 0).all() for rows in back)


def test_runs_add_up_and_stores_and_floors_stay_apart(database: Database) -> None:
    points = walked(minutes=1)
    (bucket,) = measured(points)
    for store_name in ("s", "s", "other"):
        write(database, begin(database, store_name), 0, bucket)
    write(database, begin(database), 0, replace(bucket, floor="2"))
    whole = (START, START + 3600)
    presence = [
        history_reading.heatmap(database, store, floor, *whole, Heatmap(GRID)).layer("presence_s").sum()
        for store, floor in (("s", "plan"), ("other", "plan"), ("s", "2"), ("none", "plan"))
    ]
    once = points.seconds.sum()
    np.testing.assert_allclose(presence, [2 * once, once, 0, 0], rtol=1e-6)  # floor 2: no grid was named for it


def test_a_run_of_another_grid_is_laid_onto_this_one(database: Database) -> None:
    points = walked(minutes=3)
    (bucket,) = measured(points, size=10_000)
    write(database, begin(database), 0, bucket)
    write(database, begin(database, grid=replace(GRID, unit="px")), 0, bucket)
    coarse = Grid((0.0, 0.0), 0.5, (40, 40))
    found = history_reading.heatmap(database, "s", "plan", START, START + 180, Heatmap(coarse))
    truth = Heatmap(coarse)
    truth.add(points)
    np.testing.assert_allclose(found.layer("presence_s"), truth.layer("presence_s"), rtol=1e-6)
    np.testing.assert_array_equal(found.layer("visits"), truth.layer("visits"))
    assert found.exposure_s.min() == found.exposure_s.max() == pytest.approx(180)


def test_visits_crossings_and_exposures_come_back(database: Database) -> None:
    run_id = begin(database)
    (bucket,) = measured(walked(minutes=3), size=10_000)
    bucket = replace(bucket, visits=(VISIT,) * 30, crossings=(CROSSING,))
    write(database, run_id, 0, bucket, replace(bucket, floor="2", points=bucket.points.take(slice(0))))
    assert history_reading.read_visits(database, "s", START + 1, START + 2) == [VISIT] * 60
    assert history_reading.read_visits(database, "s", START + 1.5, START + 9) == []
    assert history_reading.read_crossings(database, "s", START, START + 3) == []
    assert history_reading.read_crossings(database, "s", START, START + 4) == [CROSSING] * 2
    seen = history_reading.read_exposures(database, "s", 0, START + 3600)
    assert seen == {("1", int(START) - 180): pytest.approx(240), ("1", int(START) + 120): pytest.approx(120)}


CHILD = """
import sys, pathlib
from tests.store.test_history import begin, measured, open_database, walked, write
database = open_database("", pathlib.Path(sys.argv[1]))
run_id, buckets = begin(database), measured(walked(minutes=1))
for part in range(10_000):
    write(database, run_id, part, *buckets)
    print(part, flush=True)
"""


def test_what_was_committed_outlives_a_kill_in_mid_write(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout is not None
        said = [int(child.stdout.readline()) for _ in range(5)][-1]
        os.kill(child.pid, signal.SIGKILL)
    database = open_database("", tmp_path)
    with database.read() as connection:
        assert connection.scalar(select(func.max(tracks.c.part))) >= said
        per_part = connection.scalars(select(func.count()).select_from(tracks).group_by(tracks.c.part)).all()
    assert len(set(per_part)) == 1
    database.close()
