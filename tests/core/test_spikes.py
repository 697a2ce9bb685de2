"""Unusual hours: made-up ones are found, usual ones are not, and one bad week in the past does not hide them."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.spikes import usual

EIGHT = np.array([40.0, 44, 38, 41, 39, 43, 42, 40])


@pytest.mark.parametrize(
    ("value", "how"),
    [(41, "as usual"), (60, "as usual"), (70, "unusually many"), (400, "extremely many"), (15, "unusually few")],
)
def test_how_unusual(value: float, how: str) -> None:
    found = usual(value, EIGHT)
    assert found.how == how
    assert found.usual == 40.5
    assert found.unusual == (how != "as usual")


def test_a_bad_week_does_not_hide_a_spike() -> None:
    assert usual(90.0, np.array([*EIGHT[:7], 900.0])).unusual
    assert not usual(41.0, np.array([*EIGHT[:7], 900.0])).unusual


def test_few_weeks_are_not_enough() -> None:
    found = usual(900.0, EIGHT[:3])
    assert (found.how, found.score, found.weeks) == ("not enough data", None, 3)
    assert not found.unusual


def test_an_empty_hour_of_an_empty_shop_is_usual() -> None:
    assert usual(0.0, np.zeros(8)).how == "as usual"
    assert usual(3.0, np.zeros(8)).how == "as usual"
    assert usual(9.0, np.zeros(8)).how == "extremely many"


def test_counts_by_chance_are_seldom_unusual() -> None:
    random = np.random.default_rng(1)
    false = sum(usual(float(one[0]), one[1:].astype(float)).unusual for one in random.poisson(30, (2000, 9)))
    assert false < 30
