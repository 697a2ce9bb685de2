"""What is old goes, what is still to do stays, what is erased is gone to the row, what is thinned still adds up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import func, insert, select

from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.types import Points
from heatmap_gui.core.work import DeliveryStatus, Status
from heatmap_gui.store import deliveries, history_reading, jobs, retention
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import METADATA, audit
from tests.store import test_deliveries, test_jobs
from tests.store.test_history import CROSSING, GRID, START, VISIT, begin, measured, walked, write

DAY_S = 86_400


def filled(database: Database) -> Points:
    points = walked()
    run_id = begin(database)
    for part, bucket in enumerate(measured(points)):
        write(database, run_id, part, replace(bucket, visits=(VISIT,), crossings=(CROSSING,)))
    return points


def rows(database: Database, *names: str) -> list[int]:
    with database.read() as connection:
        return [connection.scalar(select(func.count()).select_from(METADATA.tables[name])) or 0 for name in names]


def presence(database: Database, start_s: float, end_s: float) -> float:
    found = history_reading.heatmap(database, "s", "plan", START + start_s, START + end_s, Heatmap(GRID))
    return float(found.layer("presence_s").sum())


def test_what_is_old_goes_and_what_is_to_do_stays(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_MOST_ROWS", 7)
    filled(database)
    ledger = METADATA.tables["jobs"]
    with database.write() as connection:
        added = jobs.add(connection, [test_jobs.job(test_jobs.NOW + 60 * n, schedule=f"{n}") for n in range(3)])
        for job, status in zip(added, (Status.COMPLETED, Status.COMPLETED, Status.QUEUED), strict=True):
            connection.execute(ledger.update().where(ledger.c.id == job.id).values(status=status))
        waits = test_deliveries.delivery("waits", job_id=added[1].id)
        sent = [test_deliveries.delivery("sent", status=DeliveryStatus.DELIVERED), waits]
        deliveries.add(connection, sent)
        connection.execute(insert(audit).values(at=START, who="w", action="a", subject="s"))
    assert retention.expire(database, 30, START + 29 * DAY_S) == 0
    assert retention.expire(database, 30, START + 31 * DAY_S) > 20
    assert rows(database, "tracks", "tiles", "visits", "crossings", "exposures", "runs") == [0] * 6
    assert rows(database, "jobs", "deliveries", "audit") == [2, 1, 1]


def test_what_is_erased_is_gone_and_the_rest_is_as_it_was(database: Database) -> None:
    points = filled(database)
    kept = [presence(database, 0, 120), presence(database, 720, 840)]
    gone = retention.erase(database, "s", START + 200, START + 500, "me", START)
    assert gone["points"] == ((points.at >= START + 200) & (points.at < START + 500)).sum()
    back = np.concatenate([found.at for found in history_reading.points(database, "s", "plan", 0, START + 9999)])
    left = points.at[(points.at < START + 200) | (points.at >= START + 500)]
    np.testing.assert_array_equal(np.sort(back), np.sort(left))
    assert presence(database, 120, 720) == 0.0
    assert [presence(database, 0, 120), presence(database, 720, 840)] == pytest.approx(kept, rel=1e-5)
    whole = history_reading.heatmap(database, "s", "plan", START - 1080, START + 2520, Heatmap(GRID))
    assert whole.layer("presence_s").sum() == pytest.approx(sum(kept), rel=1e-5)
    assert (gone["visits"], gone["crossings"]) == (0, 0)
    with database.read() as connection:
        said = connection.execute(select(audit)).one()
    assert (said.who, said.action, said.subject) == ("me", "erase", "s")
    assert retention.erase(database, "other", START, START + 500, "me", START)["points"] == 0
    assert retention.erase(database, "s", START, START + 5, "me", START)["crossings"] == 14


def test_thinned_tracks_add_up_to_the_same(database: Database) -> None:
    filled(database)
    before = presence(database, 10, 110)
    assert retention.thin(database, START + 10) == 0
    total = 0
    while saved := retention.thin(database, START + 2 * DAY_S):
        total += saved
    left = sum(len(found) for found in history_reading.points(database, "s", "plan", 0, START + 9999))
    assert total > left > 0
    assert presence(database, 10, 110) == pytest.approx(before, rel=0.03)
