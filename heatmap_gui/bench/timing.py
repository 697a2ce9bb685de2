"""Times of several sides taken in turn, so that a busy moment of the machine hits all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Times = dict[str, list[float]]
"""Seconds of each round by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the result. ours_ms, theirs_ms: medians a unit of work; ratio: median of the rounds' ratios.

    ratio is theirs by ours, except where `at_most`: there it is ours by theirs, and should not exceed the goal.
    note: what was compared. details: more figures, for machines. skipped: why there is nothing else.
    """

    name: str
    goal: float
    at_most: bool = False
    ours_ms: float | None = None
    theirs_ms: float | None = None
    ratio: float | None = None
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    skipped: str | None = None
    worse: bool = False  # faster, but with worse results

    @property
    def ok(self) -> bool | None:
        """None where it was skipped."""
        if self.ratio is None:
            return None
        return not self.worse and (self.ratio <= self.goal if self.at_most else self.ratio >= self.goal)


def in_turn(
    sides: Mapping[str, Callable[[], object]],
    rounds: int,
    *,
    warm_up: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> Times:
    """Calls every side once a round; the first `warm_up` rounds do not count."""
    times: Times = {name: [] for name in sides}
    for number in range(warm_up + rounds):
        for name, call in sides.items():
            begin = clock()
            call()
            if number >= warm_up:
                times[name].append(clock() - begin)
    return times


def ratio(times: Times, slow: str, quick: str) -> float:
    """Median over the rounds of how many times longer one side takes than another."""
    return float(np.median(np.array(times[slow]) / np.array(times[quick])))


def spread(times: Times, slow: str, quick: str) -> dict[str, Any]:
    """How many rounds there were, and the lowest and the highest of their ratios: an entry's details."""
    ratios = np.array(times[slow]) / np.array(times[quick])
    return {"rounds": len(ratios), "ratios": [round(float(ratios.min()), 3), round(float(ratios.max()), 3)]}


def milliseconds(times: Times, side: str, units: int = 1) -> float:
    """Median time of a unit, `units` of which make a round."""
    return float(np.median(times[side])) * 1e3 / units
