"""Zones and lines that were never drawn: stored walks counted as if they had been, in whatever parts they are read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Line, Site, Zone
from heatmap_gui.core.types import Bucket, Points
from heatmap_gui.services.what_if import joined, what_if, whole_tracks
from heatmap_gui.store import history
from heatmap_gui.store.database import Database
from tests.core.meters.walks import points, straight
from tests.core.scenes import FLOOR, camera
from tests.services.shops import write_people

QUEUE = Zone("q", "Queue", "queue", np.array([[400.0, 200.0], [600.0, 200.0], [600.0, 400.0], [400.0, 400.0]]))
GATE = Line("l", "Gate", np.array([500.0, 100.0]), np.array([500.0, 500.0]))
SHOP = Site("shop", FLOOR, (camera("a", None),), timezone="Europe/London")  # the queue is 8 to 12 m, 4 to 8 m
HOUR = 1_780_272_000.0  # 2026-06-01 00:00 UTC


def walk(database: Database, *walks: Points) -> None:
    run_id = write_people(database, [])
    with database.write() as connection:
        bucket = Bucket("plan", joined(walks), (), (), (), (), {})
        history.write(connection, run_id, 0, [bucket])


def through(track: int, start: float, label: str = "person") -> Points:
    """10 m at 1 m/s, of which 4 are in the queue."""
    return points(straight((5, 5), (15, 5), 101), 10.0, track, label, start=start)


def test_weeks_are_counted_anew(database: Database) -> None:
    starts = [HOUR + day * 86_400 + n * 600 for day in range(3) for n in range(4)]
    walk(database, *(through(n + 1, at) for n, at in enumerate(starts)), through(99, HOUR + 30, "car"))
    walk(database, through(1, HOUR + 7200))  # another run, another person of the same number
    found = what_if(database, SHOP, [QUEUE, GATE], HOUR - 3600, HOUR - 3600 + 3 * 86_400, HOUR + 9e5)
    (queue,), (gate,) = found.total.zones, found.total.lines
    assert (queue.entries, queue.people, found.tracks) == (13, 13, 13)
    assert queue.mean_dwell_s == pytest.approx(4.0, abs=0.11)
    assert queue.queue is not None
    assert queue.queue.mean_wait_s == pytest.approx(4.0, abs=0.11)
    assert (gate.inwards, gate.outwards) == (13, 0)
    assert [day.zones[0].entries for day in found.daily] == [5, 4, 4]


def test_a_track_over_the_end_of_a_part_stays_one() -> None:
    """Two go on over each end, one comes back after it, and a third is of another class."""
    rows = joined([through(1, HOUR), through(2, HOUR + 3), through(3, HOUR + 6, "car")])
    rows = rows.take(np.argsort(rows.at, kind="stable"))
    parts = [rows.take(slice(n, n + 40)) for n in range(0, len(rows), 40)]
    whole = list(whole_tracks(parts, most=60))
    assert len(whole) > 1
    seen: list[int] = []
    for part in whole:
        ids = np.unique(part.track_id).tolist()
        assert not set(ids) & set(seen)
        seen += ids
    assert sum(map(len, whole)) == len(rows)


def test_midnight_cuts_nobody(database: Database) -> None:
    midnight = HOUR + 86_400 - 3600  # of London
    walk(database, through(1, midnight - 5))
    found = what_if(database, SHOP, [QUEUE], midnight - 3600, midnight + 3600, midnight + 7200)
    assert found.total.zones[0].entries == 1
    assert [day.zones[0].entries for day in found.daily] == [1, 0]
    assert found.daily[1].zones[0].mean_people > 0


def test_what_boxes_tell_is_refused(database: Database) -> None:
    with pytest.raises(InputError, match="places on the plan"):
        what_if(database, SHOP, [replace(QUEUE, on="a")], HOUR, HOUR + 60, HOUR)


def test_an_empty_history_is_nothing(database: Database) -> None:
    found = what_if(database, SHOP, [QUEUE, GATE], HOUR, HOUR + 60, HOUR + 60)
    assert (found.tracks, found.total.zones[0].entries, found.total.lines[0].inwards) == (0, 0, 0)
