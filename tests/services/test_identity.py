"""Which cameras saw whom: two that see the same person count one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from sqlalchemy import update

from heatmap_gui.core.types import Bucket, Points
from heatmap_gui.services.identity import identity
from heatmap_gui.store import history
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import runs
from tests.services.histories import standing
from tests.services.shops import shop, write_people

START = 1_780_272_000.0


def seen(points: Points, track: int, cameras: int) -> Points:
    bits = np.where(points.track_id == track, np.uint64(cameras), points.cameras)
    return replace(points, cameras=bits.astype(np.uint64))


def test_double_counting_is_told(database: Database) -> None:
    """One by the first camera, one by both, one by both and none in turn; from before and until after the range."""
    rows = standing([(START + 10, 60, 1, 1), (START + 20, 30, 3, 3), (START - 50, 100, 5, 5)])
    rows = seen(seen(rows, 2, 3), 3, 3)
    rows = replace(rows, cameras=np.where((rows.track_id == 3) & (rows.at >= START + 25), 0, rows.cameras))
    run_id = write_people(database, [])
    with database.write() as connection:
        connection.execute(update(runs).where(runs.c.id == run_id).values(about='{"cameras": {"plan": ["in", "out"]}}'))
        history.write(connection, run_id, 0, [Bucket("plan", rows, (), (), (), (), {})])
    found, people = identity(database, shop(), START, START + 3600)
    assert (found.people, found.counted_by_camera, found.double_counts_removed) == (3, 5, 2)
    assert found.by_camera == {"in": 3, "out": 2}
    assert found.by_number_of_cameras == {"1": 1, "2": 2}
    assert (found.person_seconds, found.double_person_seconds_removed) == (60 + 30 + 25, 30 + 25)
    assert [one.person for one in people] == [f"{run_id}-1", f"{run_id}-2", f"{run_id}-3"]
    assert people[2].cameras == {"in": 25.0, "out": 25.0}
    assert identity(database, shop("elsewhere"), START, START + 3600)[0].people == 0
