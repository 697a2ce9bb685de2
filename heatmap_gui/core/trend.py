"""Where daily figures are going: a slope that no single day decides, and whether it is more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import theilslopes

from heatmap_gui.core.types import F8, I8

LEAST_DAYS = 14
_WEEK = 7

Direction = Literal["rising", "falling", "steady", "not enough data"]


@dataclass(frozen=True, slots=True)
class Trend:
    """per_week, low, high: change in a week, as a share of a typical day's figure, with its 95 % interval; None where
    `direction` says that there is not enough data. days: that were looked at.
    """

    direction: Direction
    per_week: float | None
    low: float | None
    high: float | None
    days: int


def trend(day: I8, value: F8) -> Trend:
    """Of values (n,) of days (n,), which are numbers of days; days that were not seen whole are left out beforehand.

    Days of one weekday are compared first, which gives what each weekday has more or less than others; without that,
    the slope is the median of those between all pairs of days (Theil 1950, Sen 1968).
    """
    kinds, weekday = np.unique(day % _WEEK, return_inverse=True)
    typical = float(np.median(value)) if len(value) else 0.0
    if len(value) < LEAST_DAYS or typical <= 0 or np.bincount(weekday).min() < 2:
        return Trend("not enough data", None, None, None, len(value))
    first, second = np.triu_indices(len(day), 1)
    alike = weekday[first] == weekday[second]
    first, second = first[alike], second[alike]
    rough = np.median((value[second] - value[first]) / (day[second] - day[first]))
    level = np.array([np.median((value - rough * day)[weekday == kind]) for kind in range(len(kinds))])
    slope, _, low, high = (float(one) * _WEEK / typical for one in theilslopes(value - level[weekday], day, 0.95))
    return Trend("rising" if low > 0 else "falling" if high < 0 else "steady", slope, low, high, len(value))
