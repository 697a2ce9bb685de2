"""Sides are taken in turn, and one busy moment does not change what is said."""

from __future__ import annotations

from itertools import count

import pytest

from heatmap_gui.bench.timing import Entry, in_turn, milliseconds, ratio, spread


def test_sides_take_turns_and_the_warm_up_does_not_count() -> None:
    calls: list[str] = []
    ticks = count()
    times = in_turn(
        {"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3, warm_up=2, clock=lambda: float(next(ticks))
    )
    assert calls == ["a", "b"] * 5
    assert times == {"a": [1.0] * 3, "b": [1.0] * 3}


def test_ratio_is_the_median_of_the_rounds() -> None:
    busy = {"ours": [1.0, 1.0, 10.0], "theirs": [4.0, 4.0, 40.0]}
    assert ratio(busy, "theirs", "ours") == 4.0
    assert ratio({"ours": [1.0, 1.0, 9.0], "theirs": [4.0, 4.0, 4.0]}, "theirs", "ours") == 4.0
    assert milliseconds(busy, "ours", 10) == 100.0


def test_spread_tells_how_far_the_rounds_are_apart() -> None:
    times = {"ours": [1.0, 2.0, 1.0], "theirs": [4.0, 4.0, 3.0]}
    assert spread(times, "theirs", "ours") == {"rounds": 3, "ratios": [2.0, 4.0]}


@pytest.mark.parametrize(
    ("entry", "ok"),
    [
        (Entry(name="x", goal=4.0, ratio=4.0), True),
        (Entry(name="x", goal=4.0, ratio=3.9), False),
        (Entry(name="x", goal=4.0, ratio=9.0, worse=True), False),
        (Entry(name="x", goal=1.1, ratio=1.05, at_most=True), True),
        (Entry(name="x", goal=1.1, ratio=1.2, at_most=True), False),
        (Entry(name="x", goal=4.0, skipped="needs something"), None),
    ],
)
def test_ok_means_the_goal_is_reached_without_worse_results(entry: Entry, ok: bool | None) -> None:
    assert entry.ok is ok
