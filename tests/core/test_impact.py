"""What an event changed: known changes are found, and the interval holds the truth as often as it says."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.impact import Impact, impact
from heatmap_gui.core.types import F8, I8

WEEK = np.array([400.0, 380, 410, 450, 600, 800, 500])


def made(seed: int, effect: float, spread: float = 1.0) -> tuple[I8, F8, I8, F8]:
    """Thursday to Sunday, and the four weeks before; days scatter as counts do, times spread."""
    random = np.random.default_rng(seed)
    weekday, before = np.array([3, 4, 5, 6]), np.tile(np.arange(7), 4)

    def drawn(mean: F8) -> F8:
        return np.round(random.normal(mean, spread * np.sqrt(mean)))

    return weekday, drawn(WEEK[weekday] + effect), before, drawn(WEEK[before])


def of(seed: int, effect: float, spread: float = 1.0) -> Impact:
    found = impact(*made(seed, effect, spread))
    assert found is not None
    return found


def test_a_promotion_of_a_hundred_a_day_is_seen() -> None:
    found = of(1, 100.0)
    assert found.difference == pytest.approx(100, abs=40)
    assert found.low <= found.difference <= found.high
    assert found.clear
    assert (found.days, found.matched) == (4, 16), "only days of the event's weekdays are matched"
    assert found.share == pytest.approx(found.difference / found.before)


@pytest.mark.parametrize("spread", [1.0, 3.0])
def test_the_interval_holds_the_truth_as_often_as_it_says(spread: float) -> None:
    held = [found.low <= 50 <= found.high for found in (of(seed, 50.0, spread) for seed in range(200))]
    assert 0.87 <= np.mean(held) <= 0.99


def test_the_same_days_have_the_same_interval() -> None:
    assert of(3, 20.0) == of(3, 20.0)


def test_weekdays_are_not_mixed() -> None:
    """A busy Saturday is no effect of an event on a Saturday."""
    found = impact(np.array([5]), np.array([800.0]), np.tile(np.arange(7), 4), np.tile(WEEK, 4))
    assert found is not None
    assert (found.difference, found.clear) == (0.0, False)


@pytest.mark.parametrize(
    ("weekday", "before"),
    [([], [5, 5, 5, 5]), ([5], []), ([5], [4, 4, 4, 4]), ([5, 6], [5, 5, 5, 5]), ([5], [5, 5, 5])],
)
def test_not_enough_data_is_said(weekday: list[int], before: list[int]) -> None:
    days, others = np.array(weekday, np.int64), np.array(before, np.int64)
    assert impact(days, WEEK[days], others, WEEK[others]) is None
