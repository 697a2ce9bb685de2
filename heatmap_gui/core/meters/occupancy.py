"""How many are in a zone at once, exactly, from when each of them came and went: over the whole of each piece of time.

A stay has its beginning and not its end: who leaves when another comes was not there with him.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8, I8


@dataclass(frozen=True, slots=True, eq=False)
class Occupancy:
    """Of each piece (k,): people there on average, the most at once, and for how long there was anybody (s)."""

    mean: F8
    peak: I8
    busy_s: F8


def occupancy(enter_at: F8, leave_at: F8, edges: F8) -> Occupancy:
    """Of stays (n,) in pieces of time; edges (k + 1,) ascend."""
    mean = _seconds(enter_at, leave_at, edges) / np.diff(edges)
    return Occupancy(mean, _peak(enter_at, leave_at, edges), _seconds(*_union(enter_at, leave_at), edges))


def _seconds(enter_at: F8, leave_at: F8, edges: F8) -> F8:
    """Seconds of all stays that fall into each piece."""
    spent = _spent(enter_at, edges) - _spent(leave_at, edges)
    return np.asarray(spent[1:] - spent[:-1])


def _spent(since: F8, edges: F8) -> F8:
    """At each edge: how long it is since each of these times, those to come left out, all together."""
    since = np.sort(since - edges[0])  # small numbers: sums stay exact
    before = np.searchsorted(since, edges - edges[0])
    return np.asarray(before * (edges - edges[0]) - np.append(0.0, np.cumsum(since))[before])


def _peak(enter_at: F8, leave_at: F8, edges: F8) -> I8:
    at = np.concatenate([leave_at, enter_at])
    order = np.argsort(at, kind="stable")  # at the same time, leaving comes first
    change = np.repeat([-1, 1], [len(leave_at), len(enter_at)])[order]
    level = np.concatenate([[0], np.cumsum(change), [-1]])  # after so many changes; and one more, to end the last piece
    at = at[order]
    first = np.searchsorted(at, edges[:-1], side="right")
    last = np.searchsorted(at, edges[1:], side="left")
    peaks = np.maximum.reduceat(level, np.stack([first, last + 1], axis=1).ravel())[::2]
    return np.asarray(peaks, np.int64)


def _union(enter_at: F8, leave_at: F8) -> tuple[F8, F8]:
    """When there was anybody: stays that overlap as one."""
    order = np.argsort(enter_at, kind="stable")
    enter_at, until = enter_at[order], np.maximum.accumulate(leave_at[order])
    begins = np.append(True, enter_at[1:] > until[:-1])[: len(enter_at)]
    return enter_at[begins], until[np.append(begins[1:], True)[: len(enter_at)]]
