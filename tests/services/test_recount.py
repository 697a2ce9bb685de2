"""Stored tracks counted anew give what was counted when they were measured, and what is known of made-up ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.site import Line, Site, Zone
from heatmap_gui.services.recount import StoredTracks, counts_on_floor, recount_line, recount_zone, stored
from heatmap_gui.store import history
from heatmap_gui.store.database import open_database
from tests.core.meters.walks import points, smooth_walk, straight
from tests.core.scenes import FLOOR, SOUTH, Body, camera, measure, pipeline, site, stroll, watch
from tests.store.test_history import begin

ZONE = Zone("z", "Queue", "queue", np.array([[400.0, 200.0], [600.0, 200.0], [600.0, 400.0], [400.0, 400.0]]))
LINE = Line("l", "Gate", np.array([500.0, 100.0]), np.array([500.0, 500.0]))
SITE = Site("s", FLOOR, (), (ZONE,), (LINE,))  # the zone is 8 to 12 m and 4 to 8 m, the line at x = 10 m


def test_who_walks_through_a_zone_is_known() -> None:
    """Two at 1 m/s, five seconds after each other, through 4 m; one who stays outside."""
    parts = [points(straight((5, y), (15, y), 101), 10.0, track, start=start) for track, y, start in
             [(1, 5.0, 0.0), (2, 6.0, 2.0), (3, 9.0, 0.0)]]  # fmt: skip
    count = recount_zone(stored(parts, 0.0, 96.0), SITE, ZONE)
    assert (count.visits, count.longest) == (2, 2)
    assert count.mean_stay_s == pytest.approx(4.0, abs=0.11)
    assert count.people.sum() == pytest.approx(8.0, abs=0.2)
    assert count.people[[3, 5, 8, 20]] == pytest.approx([1, 2, 1, 0], abs=0.2)


def test_who_leaves_when_another_comes_was_not_in_line_with_him() -> None:
    parts = [points(straight((5, 5), (15, 5), 101), 10.0, track, start=start) for track, start in [(1, 0.0), (2, 4.5)]]
    assert recount_zone(stored(parts, 0.0, 60.0), SITE, ZONE).longest == 1


def test_who_crosses_a_line_is_known() -> None:
    ways = [((5, 5), (15, 5)), ((15, 6), (5, 6)), ((5, 7), (15, 7)), ((9.5, 3), (9.5, 9)), ((2, 2), (2, 9))]
    tracks = stored([points(straight(a, b, 101), 10.0, n) for n, (a, b) in enumerate(ways)], 0.0, 60.0)
    count = recount_line(tracks, SITE, LINE)
    assert (count.inwards, count.outwards, count.near) == (2, 1, 4)
    turned = recount_line(tracks, SITE, replace(LINE, in_side="right"))
    assert (turned.inwards, turned.outwards) == (1, 2)


def test_nobody_is_nothing() -> None:
    empty = stored([], 0.0, 60.0)
    assert recount_zone(empty, SITE, ZONE).mean_stay_s is None
    assert recount_zone(empty, SITE, ZONE).longest == 0
    assert recount_line(empty, SITE, LINE).near == 0


def test_the_same_id_in_another_run_is_somebody_else() -> None:
    """One ends left of the line, and after a restart another begins right of it."""
    parts = [points(straight((5, 5), (9, 5), 41), 10.0, 7), points(straight((14, 5), (18, 5), 41), 10.0, 7, start=60.0)]
    tracks = stored(parts, 0.0, 120.0)
    assert len(tracks.first) == 3
    assert recount_line(tracks, SITE, LINE).outwards == 0
    assert recount_zone(tracks, SITE, ZONE).visits == 1


def test_classes_keep_their_names_when_hours_are_joined() -> None:
    car, person = points(straight((5, 5), (9, 5), 41), 10.0, 1, "car"), points(straight((5, 5), (9, 5), 41), 10.0, 2)
    joined = stored([car, person], 0.0, 60.0).points
    assert [joined.labels[joined.class_id[row]] for row in (0, -1)] == ["car", "person"]


@settings(max_examples=25)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=4), st.floats(0, 3), st.floats(0, 3))
def test_far_tracks_are_left_out_and_change_nothing(seeds: list[int], x: float, y: float) -> None:
    """Together or each alone: what one track counts depends on no other."""
    parts = [points(smooth_walk(seed, 10.0) * 2 + (10 + x, 6 + y), 10.0, n) for n, seed in enumerate(seeds)]
    tracks = stored(parts, 0.0, 60.0)
    one_by_one = [stored([part], 0.0, 60.0) for part in parts]
    zones = [recount_zone(one, SITE, ZONE) for one in one_by_one]
    lines = [recount_line(one, SITE, LINE) for one in one_by_one]
    assert recount_zone(tracks, SITE, ZONE).visits == sum(count.visits for count in zones)
    together = recount_line(tracks, SITE, LINE)
    assert together.inwards == sum(count.inwards for count in lines)
    assert together.near == sum(count.near for count in lines)


def test_it_equals_what_the_pipeline_counted(tmp_path: Path) -> None:
    """Through the database, a bucket a checkpoint; for what is drawn on the plan and on a camera's picture."""
    seen_by = camera("a", SOUTH)
    on_camera = Zone(
        "c", "Seen", "general", np.array([[200.0, 200.0], [600.0, 200.0], [600.0, 500.0], [200.0, 500.0]]), "a"
    )
    shop = replace(site([seen_by], FLOOR, (ZONE, on_camera), (LINE,)), name="s")
    bodies = [Body(stroll(seed)) for seed in range(3)]
    facts = measure(pipeline(shop), watch({"a": SOUTH}, bodies, 60.0, 5.0))
    database = open_database("", tmp_path)
    try:
        run_id = begin(database, grid=facts.pipeline.floors["plan"].grid)
        with database.write() as connection:
            for part, bucket in enumerate(facts.buckets):
                history.write(connection, run_id, part, [replace(bucket, tiles=(), exposed_s={})])
    finally:
        database.close()
    kept = StoredTracks(tmp_path / "none.json", {"HEATMAP_HOME": str(tmp_path)})
    tracks = kept.newest("s", 100.0, 100.0)
    later = kept.newest("s", 100.0, 1e9)
    assert tracks.end == 100.0
    assert later.end == pytest.approx(tracks.points.at.max() + 1.0, abs=0.01), "the last there are"
    assert len(later.points) == len(tracks.points) > 0
    assert len(kept.newest("another", 100.0, 100.0).points) == 0
    for zone in (ZONE, on_camera):
        counted = [visit for visit in facts.visits if visit.zone_id == zone.id]
        again = recount_zone(tracks, shop, zone)
        assert again.visits == len(counted) > 0
        assert again.mean_stay_s == pytest.approx(np.mean([visit.dwell_s for visit in counted]), abs=0.02)
    lines = recount_line(tracks, shop, LINE)
    ways = [crossing.direction for crossing in facts.crossings]
    assert (lines.inwards, lines.outwards) == (ways.count("in"), ways.count("out"))
    assert ways


def test_what_only_boxes_tell_is_not_recounted() -> None:
    known, unknown = camera("a", SOUTH), camera("b", None)
    shop = site([known, unknown], FLOOR)
    here = replace(ZONE, polygon=ZONE.polygon + 100, on="a")
    assert counts_on_floor(shop, ZONE)
    assert counts_on_floor(shop, here)
    assert not counts_on_floor(shop, replace(here, anchor="centre"))
    assert not counts_on_floor(shop, replace(here, on="b"))
