"""Counts by hand against a machine's: intervals from tables of others, and minutes that come again with their seed."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.agreement import agreement, minutes_to_count, ratio_interval, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(10, 20, 0.2993, 0.7007), (0, 10, 0.0, 0.2775), (81, 263, 0.2553, 0.3662)]
)
def test_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    """The last two as Newcombe (1998) prints them."""
    assert wilson(hits, of) == pytest.approx((low, high), abs=1e-4)


def test_the_ratio_of_two_counts_holds_one_when_they_are_alike() -> None:
    low, high = ratio_interval(100, 100)
    assert high is not None
    assert low < 1 < high
    assert low * high == pytest.approx(1.0)
    assert ratio_interval(0, 0) == (0.0, None)
    assert ratio_interval(5, 0)[1] is None


def test_a_line_that_missed_two_of_twenty() -> None:
    counted = np.array([[10, 0], [5, 3], [0, 2]])
    found = agreement(counted, counted - [[1, 0], [0, 1], [0, 0]])
    assert (found.counted, found.measured, found.minutes, found.exact_minutes) == (20, 18, 3, 1)
    assert found.accuracy == pytest.approx(0.9)
    assert found.ratio == pytest.approx(0.9)


def test_errors_that_cancel_out_are_errors() -> None:
    found = agreement(np.array([[10, 0]]), np.array([[0, 10]]))
    assert (found.accuracy, found.ratio) == (0.0, 1.0)


def test_nothing_counted_is_no_accuracy() -> None:
    found = agreement(np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64))
    assert (found.accuracy, found.ratio, found.exact_low, found.exact_high) == (None, None, 0.0, 1.0)


def test_minutes_are_those_that_were_watched_and_come_again() -> None:
    start = np.arange(0.0, 6000.0, 60.0)
    exposed = np.where(np.arange(100) % 2 == 0, 60.0, 0.0)
    chosen = minutes_to_count(start, exposed, 10, seed=3)
    assert chosen.tolist() == minutes_to_count(start, exposed, 10, seed=3).tolist()
    assert len(set(chosen.tolist())) == 10
    assert (chosen % 120 == 0).all()
    assert len(minutes_to_count(start, exposed, 80, seed=3)) == 50
    assert chosen.tolist() != minutes_to_count(start, exposed, 10, seed=4).tolist()
