"""Visits against exact truth: when, how long, and what must neither make one nor split it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core import geometry
from heatmap_gui.core.meters.visits import MARGIN_M, Region, VisitMeter
from heatmap_gui.core.types import F8, Points, Visit
from tests.core.meters.walks import points, smooth_walk, straight, turned

SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
STAR = np.array([[0.0, -2.2], [0.7, -0.6], [2.2, 0.0], [0.7, 0.6], [0.0, 2.2], [-0.7, 0.6], [-2.2, 0.0], [-0.7, -0.6]])


def visits(rows: Points, polygon: F8 = SQUARE, classes: tuple[str, ...] = ()) -> list[Visit]:
    meter = VisitMeter([Region("zone", polygon, classes)])
    meter.add(rows)
    meter.end(np.unique(rows.track_id).tolist())
    return meter.take()


def join(*ways: F8) -> F8:
    return np.concatenate(ways)


@pytest.mark.parametrize("fps", [4.0, 5.0, 25.0])
def test_enter_leave_and_dwell_are_those_of_the_border(fps: float) -> None:
    """3 m at 1 m/s to the border, 2 m through the zone, and away."""
    way = straight((-4.03, 0.1), (3.97, 0.1), round(8 * fps) + 1)
    [visit] = visits(points(way, fps, label="person"))
    assert (visit.zone_id, visit.track_id, visit.label) == ("zone", 1, "person")
    assert visit.enter_at == pytest.approx(3.03)
    assert visit.leave_at == pytest.approx(5.03)
    assert visit.dwell_s == pytest.approx(2.0)


def test_standing_for_a_minute_dwells_a_minute() -> None:
    [visit] = visits(points(np.zeros((300, 2)), 5.0))
    assert visit.dwell_s == pytest.approx(60.0)
    assert visit.enter_at == 0.0
    assert visit.leave_at == pytest.approx(59.8)


def test_lost_time_is_no_dwell_and_bridged_time_is() -> None:
    rows = points(np.zeros((100, 2)), 10.0)
    meter = VisitMeter([Region("zone", SQUARE)])
    meter.add(rows.take(np.r_[0:20, 80:100]))
    meter.end([1])
    assert meter.take()[0].dwell_s == pytest.approx(4.0, abs=0.11)
    [bridged] = visits(rows)
    assert bridged.dwell_s == pytest.approx(10.0)


@given(st.integers(0, 3000), st.floats(0, 2 * math.pi))
@settings(max_examples=12)
def test_any_angle_and_frame_rate_give_the_same_visits(seed: int, angle: float) -> None:
    walk = smooth_walk(seed)
    dense = visits(points(walk, 25.0), STAR)
    turned_too = visits(points(turned(walk, angle), 25.0), turned(STAR, angle))
    assert [v.enter_at for v in turned_too] == pytest.approx([v.enter_at for v in dense], abs=1e-6)
    assert [v.dwell_s for v in turned_too] == pytest.approx([v.dwell_s for v in dense], abs=1e-6)
    if grazes(walk):
        return
    sparse = visits(points(walk[::5], 5.0), STAR)
    assert len(sparse) == len(dense)
    assert [v.dwell_s for v in sparse] == pytest.approx([v.dwell_s for v in dense], abs=0.45)


def grazes(walk: F8) -> bool:
    """Whether some extreme of the distance to the border comes near the margin, where sampling may decide."""
    depth = signed_distance(walk)
    turns = np.flatnonzero(np.diff(np.sign(np.diff(depth)))) + 1
    ends = np.r_[depth[turns], depth[0], depth[-1]]
    return bool((np.abs(np.abs(ends) - MARGIN_M) < 0.12).any() or (np.abs(ends) < 0.05).any())


def signed_distance(way: F8) -> F8:
    a, b = STAR, np.roll(STAR, -1, axis=0)
    edge = b - a
    along = (((way[:, None] - a) * edge).sum(axis=2) / (edge**2).sum(axis=1)).clip(0, 1)
    distance = np.linalg.norm(way[:, None] - a - along[..., None] * edge, axis=2).min(axis=1)
    return np.asarray(np.where(geometry.inside(STAR, way), distance, -distance))


@given(st.integers(0, 3000))
@settings(max_examples=12)
def test_zones_that_tile_the_floor_share_out_all_person_seconds(seed: int) -> None:
    walk = smooth_walk(seed, fps=10.0)
    quarters = [SQUARE * 10 + shift for shift in ((10, 10), (-10, 10), (-10, -10), (10, -10))]
    meter = VisitMeter([Region(str(i), np.asarray(quarter)) for i, quarter in enumerate(quarters)])
    meter.add(points(walk, 10.0), margin=1e-9)
    meter.end([1])
    assert sum(visit.dwell_s for visit in meter.take()) == pytest.approx(
        30.0, abs=0.2
    )  # but for steps that cut a corner


def test_flicker_at_the_border_is_one_visit_or_none() -> None:
    flicker = np.array([[-1 + 0.1 * (-1) ** k, 0.0] for k in range(60)])
    come, go = straight((-3, 0), (-1.2, 0), 20), straight((-1.2, 0), (-3, 0), 20)
    assert visits(points(join(come, flicker, go), 10.0)) == []
    inside = straight((-0.8, 0), (0, 0), 10)
    [visit] = visits(points(join(come, inside, flicker, inside, flicker, go), 10.0))
    assert visit.enter_at < 2.1
    assert visit.leave_at > 15.5


def test_a_shallow_stay_counts_once_it_lasts() -> None:
    come, stay = straight((-3, 0), (-1.2, 0), 20), np.tile([[-0.95, 0.0]], (30, 1))
    assert visits(points(join(come, stay[:5], come[::-1]), 10.0)) == []
    [visit] = visits(points(join(come, stay, come[::-1]), 10.0))
    assert visit.dwell_s == pytest.approx(3.0, abs=0.2)


def test_coming_back_is_a_second_visit() -> None:
    there = straight((-3, 0), (0, 0), 30)
    found = visits(points(join(there, there[::-1], there, there[::-1]), 10.0))
    assert len(found) == 2
    assert found[0].leave_at < found[1].enter_at


def test_ending_inside_ends_the_visit_at_the_last_row_and_outside_at_the_border() -> None:
    [inside] = visits(points(straight((-3, 0), (0, 0), 31), 10.0))
    assert inside.leave_at == pytest.approx(3.0)
    [near] = visits(points(straight((0, 0), (-1.1, 0), 12), 10.0))
    assert near.leave_at == pytest.approx(1.0)


def test_other_classes_and_no_zones_count_nothing() -> None:
    way = points(np.zeros((20, 2)), 10.0, label="car")
    assert visits(way, classes=("person",)) == []
    assert len(visits(way, classes=("person", "car"))) == 1
    empty = VisitMeter([])
    empty.add(way)
    empty.end([1])
    assert empty.take() == []


@pytest.mark.parametrize("chunk", [1, 4])
def test_chunks_of_many_tracks_give_what_each_gives_alone(chunk: int) -> None:
    walks = [points(smooth_walk(seed, 10.0, 10.0), 10.0, track_id=seed) for seed in range(80)]
    zones = [Region("square", SQUARE), Region("star", STAR), Region("far", SQUARE + 2.0)]
    everything = Points.join(walks)
    by_time = everything.take(np.argsort(everything.at, kind="stable"))
    step = chunk * len(walks)
    together, alone = VisitMeter(zones), VisitMeter(zones)
    for start in range(0, len(by_time), step):
        together.add(by_time.take(slice(start, start + step)))
    together.end(list(range(80)))
    for walk in walks:
        alone.add(walk)
        alone.end(walk.track_id[:1].tolist())

    def in_order(found: list[Visit]) -> list[Visit]:
        return sorted(found, key=lambda v: (v.track_id, v.zone_id, v.enter_at))

    assert in_order(together.take()) == in_order(alone.take())


def test_zones_that_are_drawn_anew_interrupt_no_other_visit() -> None:
    """Somebody stands for 20 s in three zones; after 10 s one is as it was, one is moved, one is gone, one is new."""
    rows = points(np.zeros((100, 2)), 5.0)
    kept, moved = Region("kept", SQUARE), Region("moved", SQUARE + 0.2)
    meter = VisitMeter([Region("gone", SQUARE), Region("moved", SQUARE), kept])
    meter.add(rows.take(np.r_[0:50]))
    meter.redraw([kept, moved, Region("new", SQUARE)])
    early = {visit.zone_id: visit for visit in meter.take()}
    assert early.keys() == {"gone", "moved"}
    assert [visit.dwell_s for visit in early.values()] == pytest.approx([10, 10], abs=0.11)
    meter.add(rows.take(np.r_[50:100]))
    meter.end([1])
    late = {visit.zone_id: visit for visit in meter.take()}
    assert late.keys() == {"kept", "moved", "new"}
    assert late["kept"].dwell_s == pytest.approx(20)
    assert late["kept"].enter_at == 0.0
    for zone in ("moved", "new"):
        assert late[zone].dwell_s == pytest.approx(10, abs=0.21)
        assert late[zone].enter_at == pytest.approx(10, abs=0.21)
