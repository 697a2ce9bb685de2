"""From true tracks of the demo junction every count, turn, speed, wait and queue is the true one.

Unchanged by frame rate within what straight lines between rows leave out: a vehicle that changes its velocity by at
most 8 m/s² is off its true place by 8 dt² / 8, so its speed over a second by 2 of these, and its time at a line by one
at the speed at which it goes there (2 m/s or more). A wait is as long as the truth within two frames: where a vehicle
comes onto the plan, or time ends, between two of them; but for the one in some hundreds whose slowest speed is so near
to 5 km/h that this error decides whether it is a wait at all.
"""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.meters import stop_lines
from heatmap_gui.core.meters.passages_of_vehicles import KMH
from heatmap_gui.core.types import Points
from heatmap_gui.vision.synthetic import junction_truth
from tests.core.meters import junction_day
from tests.core.meters.junction_day import TrueFacts, differences, measure, truth, waited

HOUR_S = 3600.0


def off_m(fps: float) -> float:
    return 8.0 / fps**2 / 8


def assert_true(runs: list[tuple[int, Points]], true: TrueFacts, duration_s: float, fps: float) -> None:
    found = measure(runs)
    assert found.counts == true.counts
    assert found.turn_counts == true.turn_counts
    time_s, speed_kmh = differences(found, true)
    assert time_s <= off_m(fps) / 2.0 + 1e-6
    assert speed_kmh <= KMH * 2 * off_m(fps) + 1e-6
    ours, theirs = junction_day.waits_by_vehicle(found, true)
    off = [one for one in ours.keys() | theirs.keys() if abs(ours.get(one, 0.0) - theirs.get(one, 0.0)) > 2 / fps]
    assert len(off) <= 0.002 * len(theirs) + 1
    seconds, known = waited(found.waits), waited(true.waits)
    assert seconds == pytest.approx(known, rel=0.002)
    queues = stop_lines.queue_figures(found.waits, 0.0, duration_s)
    for line, figures in queues.items():
        assert figures.mean_vehicles == pytest.approx(known[line] / duration_s, rel=0.002)
        assert abs(figures.most_vehicles - most_at_once(true, line)) <= 0


def most_at_once(true: TrueFacts, line: str) -> int:
    own = [wait for wait in true.waits if wait.line == line]
    times = np.array([wait.begin_s + 0.2 for wait in own])  # not within a frame of another's end
    begins, ends = (np.array([getattr(wait, name) for wait in own]) for name in ("begin_s", "end_s"))
    return int(((begins[:, None] <= times) & (times < ends[:, None])).sum(axis=0).max())


@pytest.mark.parametrize("hours", [2, pytest.param(24, marks=pytest.mark.soak)])
def test_a_day_is_counted_exactly(hours: int) -> None:
    duration_s = hours * HOUR_S
    true = truth(duration_s)
    assert len(true.passages) > 1_900 * hours
    assert_true([(1, junction_truth.rows(true.everybody, duration_s, 4.0))], true, duration_s, 4.0)


@pytest.mark.parametrize("fps", [4.0, 7.5, 12.5, 25.0])
def test_the_frame_rate_does_not_matter(fps: float) -> None:
    true = truth(HOUR_S)
    assert_true([(1, junction_truth.rows(true.everybody, HOUR_S, fps))], true, HOUR_S, fps)


def test_the_order_does_not_matter() -> None:
    true = truth(HOUR_S)
    rows = junction_truth.rows(true.everybody, HOUR_S, 10.0)
    shuffled = np.random.default_rng(1).permutation(len(rows))
    parts = [(1, rows.take(part)) for part in np.array_split(shuffled, 7)]
    ours, theirs = measure(parts), measure([(1, rows)])
    assert ours.passages == theirs.passages and ours.waits == theirs.waits and ours.turns == theirs.turns
    assert_true(parts, true, HOUR_S, 10.0)


@pytest.mark.parametrize("gap_s", [0.1, 2.0])
@pytest.mark.parametrize("at_s", [600.0, 1234.5, 1800.0, 2900.0])
def test_a_restart_in_the_middle_does_not_matter(at_s: float, gap_s: float) -> None:
    """The second run has ids of its own, from one on; what the gap hides is taken as even."""
    true = truth(HOUR_S)
    rows = junction_truth.rows(true.everybody, HOUR_S, 10.0)
    before, after = rows.take(rows.at < at_s), rows.take(rows.at >= at_s + gap_s)
    renumbered = np.unique(after.track_id, return_inverse=True)[1] + 1
    runs = [(2, junction_day.with_ids(after, renumbered)), (1, before)]
    if gap_s < 1:
        assert_true(runs, true, HOUR_S, 10.0)
        return
    found = measure(runs)
    assert found.counts == true.counts and found.turn_counts == true.turn_counts
    assert sum(waited(found.waits).values()) == pytest.approx(sum(waited(true.waits).values()), rel=0.005)


def test_people_are_no_vehicles() -> None:
    true = truth(HOUR_S)
    rows = junction_truth.rows(true.everybody, 60.0, 5.0)
    walkers = junction_day.as_people(rows)
    assert len(measure([(1, walkers)]).tracks) == 0
    both = measure([(1, rows), (2, walkers)])
    assert both.counts == measure([(1, rows)]).counts
