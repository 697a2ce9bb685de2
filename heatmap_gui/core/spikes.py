"""What is unusual: an hour against the same hour of the same weekday in the weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from heatmap_gui.core.types import F8

WEEKS = 8  # that are looked back
LEAST_WEEKS = 4
_CONSISTENT = 1.4826  # makes the median absolute deviation of normal values their standard deviation
_UNUSUAL = 3.5  # Iglewicz & Hoaglin (1993)
_EXTREME = 7.0

HowUnusual = Literal[
    "extremely many", "unusually many", "as usual", "unusually few", "extremely few", "not enough data"
]


@dataclass(frozen=True, slots=True)
class Usual:
    """An hour's value against those of earlier weeks. score: robust standard deviations from their median.

    usual, low, high: their median, and between which values an hour is as usual.
    """

    value: float
    how: HowUnusual
    score: float | None
    usual: float | None
    low: float | None
    high: float | None
    weeks: int

    @property
    def unusual(self) -> bool:
        return self.how not in ("as usual", "not enough data")


def usual(value: float, earlier: F8) -> Usual:
    """earlier (n,): counts of the same hour in earlier weeks, of which only those that were seen.

    The spread is 1.4826 times the median absolute deviation, and at least the square root of the median, since counts
    of people who come by themselves spread so far (Poisson), or 1.
    """
    if len(earlier) < LEAST_WEEKS:
        return Usual(value, "not enough data", None, None, None, None, len(earlier))
    middle = float(np.median(earlier))
    spread = max(_CONSISTENT * float(np.median(np.abs(earlier - middle))), np.sqrt(middle), 1.0)
    score = (value - middle) / spread
    reach = _UNUSUAL * spread
    return Usual(value, _how(score), score, middle, max(middle - reach, 0.0), middle + reach, len(earlier))


def _how(score: float) -> HowUnusual:
    if abs(score) < _UNUSUAL:
        return "as usual"
    if score > 0:
        return "extremely many" if score >= _EXTREME else "unusually many"
    return "extremely few" if score <= -_EXTREME else "unusually few"
