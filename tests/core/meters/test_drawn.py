"""Zones and lines where they are drawn: on the plan, on a calibrated camera's picture, on one that is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from heatmap_gui.core.meters.drawn import DrawnMeters
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Camera, Line, Site, Zone
from heatmap_gui.core.types import F8, Boxes, Crossing, Points, Visit
from tests.core.pinhole import Pinhole
from tests.core.scenes import FLOOR, METRES_PER_PIXEL, SOUTH, camera, site

SQUARE_M = np.array([[8.0, 4.0], [12.0, 4.0], [12.0, 7.0], [8.0, 7.0]])
WALK_M = np.linspace([4.0, 5.0], [16.0, 6.0], 120)  # through the square, 1.2 m/s
FPS = 12.0
LOW = replace(SOUTH, tilt=8.0)  # sees the horizon


def _points(way: F8) -> Points:
    n, zero = len(way), np.zeros(len(way))
    return Points(
        np.arange(n) / FPS, np.full(n, 5), way[:, 0].copy(), way[:, 1].copy(), zero, zero.copy(), np.full(n, 0.1),
        np.full(n, 1 / FPS), np.zeros(n, np.int16), np.ones(n, np.uint64), np.zeros(n, np.bool_), ("person",),
    )  # fmt: skip


def _boxes(name: str, pinhole: Pinhole, way: F8, size: tuple[int, int] | None = None) -> Boxes:
    foot, head = pinhole.project(way), pinhole.project(way, 1.7)
    half = 0.2 * (foot[:, 1] - head[:, 1])
    box = np.stack([foot[:, 0] - half, head[:, 1], foot[:, 0] + half, foot[:, 1]], axis=1)
    if size is not None:
        box = box * (np.array(size * 2) / (pinhole.size * 2))
    n = len(way)
    return Boxes(
        name, np.arange(n) / FPS, np.arange(n), np.full(n, 5), box, np.full(n, 0.9), np.full(n, 1 / FPS),
        np.zeros(n, np.int16), np.zeros(n, np.bool_), ("person",),
    )  # fmt: skip


def _zone(polygon: F8, on: str = PLAN, anchor: Literal["foot", "centre"] = "foot") -> Zone:
    return Zone("z", "Z", "general", polygon, on, anchor=anchor)


def _facts(
    of: Site, points: Points, *boxes: Boxes, floor: str = PLAN, size: tuple[int, int] = (800, 600)
) -> tuple[list[Visit], list[Crossing]]:
    """In two parts, as buckets come."""
    meters = DrawnMeters(of, floor, {c.id: Projection.of(of.floor, c, size) for c in of.cameras})
    for part in (slice(0, 50), slice(50, None)):
        meters.add(points.take(part), [b.take(part) for b in boxes])
    meters.end([5])
    visits, crossings = meters.take()
    return list(visits), list(crossings)


def _in_picture(points_m: F8, pinhole: Pinhole = SOUTH) -> F8:
    return pinhole.project(points_m)


def _enters(x: float) -> float:
    return float((x - 4.0) / (12.0 / 119) / FPS)


def test_a_zone_on_the_plan_is_tested_on_the_floor() -> None:
    of = site([camera("s", SOUTH)], zones=(_zone(SQUARE_M / METRES_PER_PIXEL),))
    ((visit,), crossings) = _facts(of, _points(WALK_M))
    assert not crossings
    assert [visit.enter_at, visit.leave_at] == pytest.approx([_enters(8.0), _enters(12.0)], abs=1e-6)
    assert visit.dwell_s == pytest.approx(visit.leave_at - visit.enter_at, abs=1e-6)


def test_a_zone_on_a_calibrated_picture_is_the_same_as_its_projection() -> None:
    """The floor's positions count: the camera's own boxes need not even be there."""
    on_plan = site([camera("s", SOUTH)], zones=(_zone(SQUARE_M / METRES_PER_PIXEL),))
    in_picture = site([camera("s", SOUTH)], zones=(_zone(_in_picture(SQUARE_M), "s"),))
    ((a,), _), ((b,), _) = _facts(on_plan, _points(WALK_M)), _facts(in_picture, _points(WALK_M))
    assert [b.enter_at, b.leave_at, b.dwell_s] == pytest.approx([a.enter_at, a.leave_at, a.dwell_s], abs=1e-6)


def test_what_is_drawn_for_larger_frames_is_scaled() -> None:
    half = (400, 300)
    of = site([camera("s", SOUTH)], zones=(_zone(_in_picture(SQUARE_M), "s"),))
    ((whole,), _), ((scaled,), _) = _facts(of, _points(WALK_M)), _facts(of, _points(WALK_M), size=half)
    assert [scaled.enter_at, scaled.dwell_s] == pytest.approx([whole.enter_at, whole.dwell_s], abs=1e-6)
    strip = np.array([[300.0, 0.0], [500.0, 0.0], [500.0, 600.0], [300.0, 600.0]])
    centre = site([camera("s", SOUTH)], zones=(_zone(strip, "s", "centre"),))
    ((large,), _) = _facts(centre, _points(WALK_M), _boxes("s", SOUTH, WALK_M))
    ((small,), _) = _facts(centre, _points(WALK_M), _boxes("s", SOUTH, WALK_M, half), size=half)
    assert [small.enter_at, small.dwell_s] == pytest.approx([large.enter_at, large.dwell_s], abs=1e-6)


def test_the_centre_is_that_of_the_cameras_boxes() -> None:
    """A band at the height of the people's waists, where no foot ever is, and the boxes of the camera alone count."""
    foot, head = _in_picture(WALK_M), SOUTH.project(WALK_M, 1.7)
    waist = (foot[:, 1] + head[:, 1]) / 2
    band = np.array(
        [[300.0, waist.min() - 8], [500.0, waist.min() - 8], [500.0, waist.max() + 8], [300.0, waist.max() + 8]]
    )
    assert (foot[:, 1] > waist.max() + 8).all()
    boxes = _boxes("s", SOUTH, WALK_M)
    by_centre = site([camera("s", SOUTH)], zones=(_zone(band, "s", "centre"),))
    ((visit,), _) = _facts(by_centre, _points(WALK_M), boxes)
    inside = (boxes.box[:, 0] + boxes.box[:, 2]) / 2
    expected = np.flatnonzero((inside > 300) & (inside < 500)) / FPS
    assert [visit.enter_at, visit.leave_at] == pytest.approx([expected.min(), expected.max()], abs=1 / FPS)
    by_foot = site([camera("s", SOUTH)], zones=(_zone(band, "s"),))
    assert _facts(by_foot, _points(WALK_M), boxes)[0] == []
    assert _facts(by_centre, _points(WALK_M), replace(boxes, camera="other"))[0] == []


def test_a_picture_without_calibration_is_tested_with_its_boxes() -> None:
    bare = Camera("u", "u", "", "u")
    of = site([bare, camera("s", SOUTH)], zones=(_zone(_in_picture(SQUARE_M), "u"), _zone(SQUARE_M, PLAN)))
    only = replace(of, cameras=(bare,))
    ((visit,), _) = _facts(only, _points(WALK_M), _boxes("u", SOUTH, WALK_M), floor="u")
    assert [visit.enter_at, visit.leave_at] == pytest.approx([_enters(8.0), _enters(12.0)], abs=0.03)
    others = replace(of, cameras=(camera("s", SOUTH),))
    assert _facts(others, _points(WALK_M[:5]), floor=PLAN)[0] == []  # what is on u is left to the floor of u


def test_a_zone_that_reaches_beyond_the_horizon_is_tested_with_boxes() -> None:
    """On the floor it would have no end."""
    x = sorted(LOW.project(np.array([[x, 6.0]]))[0, 0] for x in (8.0, 12.0))
    wall = np.array([[x[0], 0.0], [x[1], 0.0], [x[1], 599.0], [x[0], 599.0]])
    lens = camera("low", LOW)
    assert np.isnan(Projection.of(FLOOR, lens, (800, 600)).to_floor(wall)).any()
    of = site([lens], zones=(_zone(wall, "low"),))
    ((visit,), _) = _facts(of, _points(WALK_M), _boxes("low", LOW, WALK_M))
    foot = LOW.project(WALK_M)[:, 0]
    expected = np.flatnonzero((foot > x[0]) & (foot < x[1])) / FPS
    assert [visit.enter_at, visit.leave_at] == pytest.approx([expected.min(), expected.max()], abs=1 / FPS)
    assert _facts(of, _points(WALK_M))[0] == []


@pytest.mark.parametrize("on", [PLAN, "s", "u"])
@pytest.mark.parametrize(("in_side", "direction"), [("left", "in"), ("right", "out")])
def test_a_line_is_crossed_wherever_it_is_drawn(on: str, in_side: Literal["left", "right"], direction: str) -> None:
    """From a to b down the plan, who walks east comes from its right hand and goes to its left."""
    ends = np.array([[10.0, 3.0], [10.0, 9.0]])
    drawn = ends / METRES_PER_PIXEL if on == PLAN else _in_picture(ends)
    line = Line("n", "N", drawn[0], drawn[1], on, in_side=in_side)
    cameras = [Camera("u", "u", "", "u")] if on == "u" else [camera("s", SOUTH)]
    boxes = _boxes(cameras[0].id, SOUTH, WALK_M)
    of = site(cameras, lines=(line,))
    _, (crossing,) = _facts(of, _points(WALK_M), boxes, floor="u" if on == "u" else PLAN)
    assert crossing.at == pytest.approx(_enters(10.0), abs=0.05)
    assert crossing.direction == direction


def test_facts_come_in_the_order_of_time_from_all_places() -> None:
    shift = np.array([3.0, 0.0])
    zones = tuple(
        replace(_zone(polygon, on), id=name)
        for name, polygon, on in (
            ("late", (SQUARE_M + shift) / METRES_PER_PIXEL, PLAN),
            ("early", _in_picture(SQUARE_M - shift), "s"),
        )
    )
    visits, _ = _facts(site([camera("s", SOUTH)], zones=zones), _points(WALK_M))
    assert [visit.zone_id for visit in visits] == ["early", "late"]
