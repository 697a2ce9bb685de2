"""How long an instant stands for: all of the time, but nothing of an outage."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.ticks import HEALTHY_GAP_S, Ticks


@pytest.mark.parametrize("fps", [0.2, 1.0, 2.0, 10.0, 25.0])
def test_a_minute_is_sixty_seconds(fps: float) -> None:
    ticks = Ticks(1 / fps)
    seconds = [ticks.add(1e9 + i / fps) for i in range(round(60 * fps))]
    assert sum(seconds) == pytest.approx(60.0, rel=1e-6)
    assert max(seconds) == pytest.approx(1 / fps, rel=1e-4)


def test_irregular_instants_stand_for_all_of_the_time() -> None:
    times = np.cumsum(np.random.default_rng(0).uniform(0.0, 0.9, 300))
    ticks = Ticks(0.1)
    seconds = [ticks.add(t) for t in times.tolist()]
    assert sum(seconds) == pytest.approx(times[-1] - times[0] + 0.1)


def test_an_outage_stands_for_no_more_than_a_gap_that_is_usual() -> None:
    fast, slow = Ticks(0.04), Ticks(2.0)
    for i in range(40):
        fast.add(i * 0.04)
        slow.add(i * 2.0)
    assert fast.healthy_gap_s() == HEALTHY_GAP_S
    assert slow.healthy_gap_s() == 6.0
    assert fast.add(fast.at + 60.0) == HEALTHY_GAP_S
    assert slow.add(slow.at + 60.0) == 6.0
    assert slow.add(slow.at + 4.0) == 4.0  # one frame was lost: time goes on


def test_a_clock_that_repeats_an_instant_adds_nothing() -> None:
    ticks = Ticks(0.1)
    assert [ticks.add(t) for t in (5.0, 5.0, 5.1)] == [0.1, 0.0, pytest.approx(0.1)]


def test_numbers_find_their_seconds_and_frames_long_after() -> None:
    ticks = Ticks(0.5)
    for i in range(6000):
        ticks.add(i * 0.5, frame=3 * i)
    seconds, frames = ticks.of(np.array([5999, 2500, 4000]))
    assert seconds.tolist() == [0.5, 0.5, 0.5]
    assert frames.tolist() == [17997, 7500, 12000]
    assert [len(column) for column in ticks.of(np.zeros(0, np.int64))] == [0, 0]
