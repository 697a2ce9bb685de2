"""Queues: who joined when, how long each waited, and whether it was worth it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8, Bool, Visits

REACH_S = 30.0  # from the end of a queue to the checkout


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """Of each stay (n,) in a queue: when it began and ended, and whether a checkout was reached from it.

    served None: there is no checkout zone, so nobody can tell.
    """

    enter_at: F8
    leave_at: F8
    served: Bool | None

    @property
    def wait_s(self) -> F8:
        """From entry to exit."""
        return np.asarray(self.leave_at - self.enter_at)


def waits(visits: Visits, queue: str, checkouts: Collection[str]) -> Waits:
    """Of everybody who stood in the queue.

    Served is who comes into a checkout zone while in the queue or within 30 s after it; who does not has given up.
    """
    stood = visits.of([queue])
    if not checkouts:
        return Waits(stood.enter_at, stood.leave_at, None)
    paid = visits.of(checkouts)
    came = np.lexsort((paid.enter_at, paid.person))
    person, at = paid.person[came], paid.enter_at[came]
    served = np.zeros(len(stood), np.bool_)
    if len(at):
        # one number line for all persons, each on a stretch of its own: the next checkout after joining, if his
        start = min(at.min(), stood.enter_at.min(initial=np.inf))
        stretch = max(at.max(), stood.enter_at.max(initial=-np.inf)) - start + 1.0
        following = np.searchsorted(person * stretch + (at - start), stood.person * stretch + (stood.enter_at - start))
        found = np.minimum(following, len(at) - 1)
        his = (following < len(at)) & (person[found] == stood.person)
        served = his & (at[found] <= stood.leave_at + REACH_S)
    return Waits(stood.enter_at, stood.leave_at, served)
