"""How well a machine counts: its figures against a person's, of the same minutes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from heatmap_gui.core.types import F8, I8

_Z = 1.959963984540054  # of 95 %


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of a line. accuracy: 1 less all differences of single minutes, as a share of what the person counted.

    ratio: the machine's total over the person's, with its 95 % interval (exact conditional, which takes the two counts
    for independent, so it is rather too wide). exact_minutes: those in which both are the same; their share's interval
    is Wilson's (1927). None: nothing was counted.
    """

    minutes: int
    counted: int
    measured: int
    accuracy: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    exact_minutes: int
    exact_low: float
    exact_high: float


def agreement(counted: I8, measured: I8) -> Agreement:
    """counted, measured (n, 2): in and out of each minute, by the person and by the machine."""
    people, machine = int(counted.sum()), int(measured.sum())
    wrong = int(np.abs(counted - measured).sum())
    exact = int((counted == measured).all(axis=1).sum())
    low, high = ratio_interval(machine, people)
    known = people > 0
    return Agreement(
        len(counted),
        people,
        machine,
        max(1 - wrong / people, 0.0) if known else None,
        machine / people if known else None,
        low if known else None,
        high if known else None,
        exact,
        *wilson(exact, len(counted)),
    )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of a share."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, _Z * _Z / of
    middle = share + square / 2
    reach = _Z * np.sqrt(share * (1 - share) / of + square / (4 * of))
    low, high = (middle - reach) / (1 + square), (middle + reach) / (1 + square)
    return max(float(low), 0.0), min(float(high), 1.0)


def ratio_interval(above: int, below: int) -> tuple[float, float | None]:
    """95 % interval of the ratio of the means of two Poisson counts, by the binomial that their sum leaves (Clopper &
    Pearson 1934); high None: without a bound.
    """
    of = above + below
    low = 0.0 if above == 0 else float(beta.ppf(0.025, above, below + 1))
    high = 1.0 if below == 0 else float(beta.ppf(0.975, above + 1, below))
    return low / (1 - low) if of else 0.0, high / (1 - high) if high < 1 else None


def minutes_to_count(start_s: F8, exposed: F8, number: int, seed: int) -> F8:
    """So many minutes to look at, all alike likely, of those (n,) that were watched; fewer where there are no more.

    exposed (n,): whether each was watched. The same seed gives the same minutes.
    """
    known = start_s[exposed > 0]
    chosen = np.random.default_rng(seed).choice(known, min(number, len(known)), replace=False)
    return np.sort(chosen)
