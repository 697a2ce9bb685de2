"""What an event changed: its days against matched ones, the same weekdays in the weeks before, with an interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8, I8

WEEKS = 4  # before and after an event, of which days are matched
METHOD = "same weekdays of the weeks before; 95 % interval by bootstrap of days about their weekday's mean, seed 0"
_LEAST_FREEDOM = 3  # days before, beyond one a weekday
_DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class Impact:
    """Daily figures: mean of the event's days, of the matched days before, their difference and its 95 % interval.

    share: the difference as a share of `before`. days, matched: how many of each there were.
    """

    during: float
    before: float
    difference: float
    low: float
    high: float
    share: float | None
    days: int
    matched: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out that nothing changed."""
        return self.low > 0 or self.high < 0


def impact(weekday: I8, value: F8, weekday_before: I8, value_before: F8) -> Impact | None:
    """Of days (n,) and days before (m,), both with their weekday; None: there is not enough data.

    That is so when a weekday of the event was never seen before, or hardly any of them was seen twice. How far days
    spread about the mean of their weekday is taken from the days before, all weekdays together.
    """
    wanted = np.isin(weekday_before, weekday)
    weekday_before, value_before = weekday_before[wanted], value_before[wanted]
    kinds, of = np.unique(weekday_before, return_inverse=True)
    freedom = len(value_before) - len(kinds)
    if len(value) == 0 or freedom < _LEAST_FREEDOM or not np.isin(weekday, kinds).all():
        return None
    count = np.bincount(of)
    means = np.bincount(of, value_before) / count
    weights = np.bincount(np.searchsorted(kinds, weekday), minlength=len(kinds)) / len(weekday)
    during, before = float(value.mean()), float(means @ weights)
    spread = (value_before - means[of]) * np.sqrt(len(value_before) / freedom)  # as means were fitted to the same days
    dice = np.random.default_rng(0)
    event = dice.choice(spread, (_DRAWS, len(value))).mean(axis=1)
    base = dice.choice(spread, (_DRAWS, len(spread))) @ (weights[of] / count[of])
    difference = during - before
    low, high = (float(bound) for bound in difference - np.quantile(event - base, [0.975, 0.025]))
    share = difference / before if before > 0 else None
    return Impact(during, before, difference, low, high, share, len(value), len(value_before))
