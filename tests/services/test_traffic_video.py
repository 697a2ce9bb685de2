"""Traffic from stored tracks is the junction's truth: out of the database, over a restart, as records of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert

from heatmap_gui.core.errors import ConflictError
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.meters.passages_of_vehicles import KMH
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.core.types import Bucket, Points
from heatmap_gui.services import traffic_analytics, traffic_ingest
from heatmap_gui.services import traffic_video as video
from heatmap_gui.store import history
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.tables import site_revisions
from heatmap_gui.store.traffic_reading import Chosen
from heatmap_gui.vision.synthetic import junction_truth
from heatmap_gui.vision.synthetic.junction_site import junction_document
from tests.core.meters.junction_day import truth

START = 1_766_325_600.0
LENGTH_S, FPS = 1200.0, 10.0


@pytest.fixture(scope="module")
def site() -> Site:
    return read_site(junction_document("crossing", 1), Path("calibration_crossing.json"))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Database]:
    """Twenty minutes of it; the camera was away for three tenths of a second in the middle."""
    opened = open_database("", tmp_path_factory.mktemp("junction"))
    rows = junction_truth.rows(truth(LENGTH_S).everybody, LENGTH_S, FPS, START)
    middle = START + LENGTH_S / 2
    before, after = rows.take(rows.at < middle), rows.take(rows.at >= middle + 0.3)
    after = replace(after, track_id=np.unique(after.track_id, return_inverse=True)[1] + 1)
    with opened.write() as connection:
        document = {"hash": "h", "store_name": site.name, "created_at": 0, "document": "{}"}
        connection.execute(insert(site_revisions).values(document))
    for part in (before, after):
        write(opened, part, site)
    yield opened
    opened.close()


def write(database: Database, rows: Points, site: Site) -> None:
    """A run of its own, in two checkpoints of which the later one comes first."""
    grid = Grid.of(site.floor)
    ordered = rows.take(np.argsort(rows.at, kind="stable"))
    halves = np.array_split(np.arange(len(ordered)), 2)
    with database.write() as connection:
        run = history.start_run(connection, site.name, None, "h", float(ordered.at[0]), {}, {"plan": grid})
        for part in (1, 0):
            bucket = Bucket("plan", ordered.take(halves[part]), (), (), (), (), {})
            history.write(connection, run, part, [bucket])


@pytest.fixture(scope="module")
def seen(database: Database, site: Site) -> video.Observed:
    return video.observe(database, site, START, START + LENGTH_S)


def test_counts_are_the_true_ones(seen: video.Observed) -> None:
    true = truth(LENGTH_S)
    found = {(c.line_id, c.direction): c.by_class for c in video.counts(seen) if c.vehicles}
    known: dict[tuple[str, str], Counter[str]] = {}
    for passage in true.passages:
        known.setdefault((passage.line, passage.direction), Counter())[passage.kind] += 1
    assert found == known
    assert {(t.origin, t.destination): t.by_class for t in video.turn_counts(seen)} == {
        way: Counter({label: n for (*ends, label), n in true.turn_counts.items() if tuple(ends) == way})
        for way in {(origin, destination) for origin, destination, _ in true.turn_counts}
    }
    minutes = video.counts(seen, 60.0)
    assert sum(c.vehicles for c in minutes) == len(true.passages) and len(minutes) == 20 * 8 * 2
    assert minutes[0].per_hour == 60 * minutes[0].vehicles


def test_speeds_and_waits_are_the_true_ones(seen: video.Observed) -> None:
    true = truth(LENGTH_S)
    for line in video.line_speeds(seen):
        own = [p.speed * KMH for p in true.passages if (p.line, p.direction) == (line.line_id, line.direction)]
        assert line.speeds.mean_kmh == pytest.approx(np.mean(own), rel=0.005)
        assert line.speeds.p85_kmh == pytest.approx(np.percentile(own, 85), rel=0.01)
        assert line.over_limit == 0.0 and 0 < line.speeds.sigma_kmh < 0.1
    waiting = video.waiting(seen)
    hours = sum(wait.end_s - wait.begin_s for wait in true.waits) / 3600
    assert waiting.waited_vehicle_hours == pytest.approx(hours, rel=0.003)
    assert 0 < waiting.idling.fuel_l < 4 * hours and waiting.idling.unknown_s > 0
    for stop in waiting.lines:
        crossed = [p.vehicle for p in true.passages if p.line == stop.line_id]
        waited = sum(w.end_s - w.begin_s for w in true.waits if w.line == stop.line_id and w.vehicle in crossed)
        assert stop.waits is not None and stop.queue is not None
        assert stop.waits.vehicles == len(crossed)
        assert stop.waits.mean_s == pytest.approx(waited / len(crossed), rel=0.005)


def test_headways_are_gaps_between_true_passages(seen: video.Observed) -> None:
    true = truth(LENGTH_S)
    for line in video.line_headways(seen):
        own = [p.at_s for p in true.passages if (p.line, p.direction) == (line.line_id, line.direction)]
        assert line.headways.mean_s == pytest.approx(np.diff(own).mean(), abs=0.01)
        assert line.headways.shortest_s == pytest.approx(np.diff(own).min(), abs=0.02)


def test_part_of_the_time_is_its_part(database: Database, site: Site) -> None:
    part = video.observe(database, site, START + 300, START + 900)
    true = [p for p in truth(LENGTH_S).passages if 300 <= p.at_s < 900]
    assert len(part.passages) == len(true)
    waits = [(max(w.begin_s, 300), min(w.end_s, 900)) for w in truth(LENGTH_S).waits]
    hours = sum(max(end - begin, 0) for begin, end in waits) / 3600
    assert video.waiting(part).waited_vehicle_hours == pytest.approx(hours, rel=0.003)


def test_its_records_are_taken_in_like_any_other(seen: video.Observed, tmp_path: Path) -> None:
    records = video.measured_records(seen, 60.0)
    assert [record.timestamp.timestamp() for record in records[:2]] == [START + 60, START + 120]
    database = open_database("", tmp_path)
    traffic_ingest.ingest(database, records)
    found = traffic_analytics.wait_times(database, Chosen(("video-crossing",)), "direction")
    crossed = sum(p.line.startswith("stop") for p in truth(LENGTH_S).passages)
    assert found.overall.vehicles == crossed and len(records) == 20
    assert [group.of for group in found.groups] == ["east", "north", "south", "west"]
    database.close()


def test_what_cannot_be_measured_is_said(database: Database, site: Site) -> None:
    with pytest.raises(ConflictError, match="no scale"):
        video.observe(database, replace(site, floor=replace(site.floor, metres_per_pixel=None)), START, START + 1)
    with pytest.raises(ConflictError, match="no line"):
        video.observe(database, replace(site, lines=()), START, START + 1)
    with pytest.raises(ConflictError, match="at most 25"):
        video.observe(database, site, START, START + 26 * 3600)
    counting = replace(site, lines=tuple(line for line in site.lines if line.kind == "count"))
    with pytest.raises(ConflictError, match="no stop line"):
        video.measured_records(video.observe(database, counting, START, START + 60), 60)
    nothing = video.observe(database, site, START - 9000, START - 8000)
    assert video.line_speeds(nothing) == [] and video.waiting(nothing).waited_vehicle_hours == 0
