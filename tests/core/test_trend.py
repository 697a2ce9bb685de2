"""Trends that are known: with noise, with weekdays, with days that are missing."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.trend import trend
from heatmap_gui.core.types import F8, I8

WEEK = np.array([0.8, 0.7, 0.8, 0.9, 1.2, 1.6, 1.0])


def days(count: int, per_week: float, seed: int = 0, noise: float = 20.0) -> tuple[I8, F8]:
    day = np.arange(739_000, 739_000 + count)
    random = np.random.default_rng(seed)
    level = 500 * (1 + per_week * (np.arange(count) - count / 2) / 7)
    return day, np.round(level * WEEK[day % 7] + random.normal(0, noise, count))


@pytest.mark.parametrize(("per_week", "direction"), [(0.05, "rising"), (-0.05, "falling"), (0.0, "steady")])
def test_a_known_slope_is_found_behind_weekdays(per_week: float, direction: str) -> None:
    found = trend(*days(56, per_week))
    assert found.direction == direction
    assert found.per_week is not None
    assert found.low is not None
    assert found.high is not None
    assert found.per_week == pytest.approx(per_week, abs=0.012)
    assert found.low <= found.per_week <= found.high


def test_one_day_that_is_wrong_changes_little() -> None:
    day, value = days(42, 0.0)
    value[30] = 50_000
    found = trend(day, value)
    assert found.direction == "steady"


def test_nothing_is_claimed_where_nothing_changes() -> None:
    """At 95 % it is wrong now and then, and no oftener."""
    wrong = sum(trend(*days(35, 0.0, seed)).direction != "steady" for seed in range(60))
    assert wrong <= 8


@pytest.mark.parametrize("count", [0, 3, 13])
def test_few_days_are_not_enough(count: int) -> None:
    found = trend(*days(count, 0.1))
    assert (found.direction, found.per_week, found.days) == ("not enough data", None, count)


def test_a_shop_without_people_has_no_trend() -> None:
    assert trend(np.arange(30), np.zeros(30)).direction == "not enough data"
