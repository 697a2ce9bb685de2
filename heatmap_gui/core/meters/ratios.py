"""Means that are weighted by vehicles, and how far two of them are apart, with an interval.

Records of one simulation follow each other and resemble each other: taken as independent, they make an interval far too
narrow. So the unit is a part of the time (batch means: Law, Simulation Modeling and Analysis, ch. 9) or a whole
simulation; the variance of a weighted mean over units is that of a ratio (Cochran, Sampling Techniques, 1977, 6.4); two
means are compared by Welch's interval with the degrees of freedom of Satterthwaite.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from heatmap_gui.core.types import F8

LEAST_UNITS = 5
METHOD = (
    "Welch's interval of the difference of two weighted means; each side's error is that of a ratio over its units: "
    "equal parts of its time (batch means), or simulations where there are many"
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Sum by weight, and its standard error; None where there are too few units to tell it."""

    value: float
    standard_error: float | None
    units: int


@dataclass(frozen=True, slots=True)
class Gap:
    """One mean less another, and where the true difference lies with the confidence that was asked for."""

    value: float
    low: float
    high: float


def ratio(sums: F8, weights: F8) -> Ratio | None:
    """Of units (n,): the sum of all by the weight of all. None where there is no weight."""
    used = weights > 0
    sums, weights = sums[used], weights[used]
    units = len(weights)
    if units == 0:
        return None
    value = float(sums.sum() / weights.sum())
    if units < LEAST_UNITS:
        return Ratio(value, None, units)
    residuals = (sums - value * weights) / weights.mean()
    return Ratio(value, float(np.sqrt((residuals**2).sum() / (units * (units - 1)))), units)


def gap(one: Ratio | None, other: Ratio | None, confidence: float) -> Gap | None:
    """one less other; None where either has too few units."""
    if one is None or other is None or one.standard_error is None or other.standard_error is None:
        return None
    value = one.value - other.value
    squares = one.standard_error**2, other.standard_error**2
    total = sum(squares)
    if total == 0:
        return Gap(value, value, value)
    degrees = total**2 / (squares[0] ** 2 / (one.units - 1) + squares[1] ** 2 / (other.units - 1))
    reach = float(t.ppf((1 + confidence) / 2, degrees)) * float(np.sqrt(total))
    return Gap(value, value - reach, value + reach)
