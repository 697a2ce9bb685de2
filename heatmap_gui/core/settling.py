"""From filtered states to settled rows: fixed-lag smoothing, and bridging of gaps.

A row is settled when nothing that is still to come may change it: `lag_s` after its instant, or when a track that was
out of sight is seen again (then the gap is filled by a straight line and flagged). A track that is never seen again
leaves no rows behind its last sighting.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core import kalman
from heatmap_gui.core.types import F8, I8, U8

_PASS_S = 0.5  # a pass costs the same for one instant as for many: wait for some
SILENT = -1  # number of an instant that helps the smoothing but leaves no rows


@dataclass(frozen=True, slots=True, eq=False)
class Instant:
    """The filtered states of all tracks at one instant, ids ascending. number: 0, 1, … of those that leave rows.

    mean (d, ..., n), cov (d, d, n), q (n,) acceleration density: see kalman; seen (n,): by which cameras, as bits;
    score (n,).
    """

    number: int
    at: float
    id: I8
    mean: F8
    cov: F8
    q: F8
    seen: U8
    score: F8


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Rows that will not change any more: parallel arrays; mean (d, ..., n), sigma (n,) of one position.

    number: of the instant; seen: 0 where the row bridges a gap.
    """

    number: I8
    at: F8
    id: I8
    mean: F8
    sigma: F8
    seen: U8
    score: F8

    @staticmethod
    def join(parts: list[Settled]) -> Settled:
        """All rows of at least one part."""
        if len(parts) == 1:
            return parts[0]
        return Settled(*(np.concatenate([getattr(p, name) for p in parts], axis=-1) for name in Settled.__slots__))


class Settler:
    """Keeps the last `lag_s` of filtered states and gives them out smoothed. Owned by one thread.

    shape: of one state's mean, (d, ...). fade_s: of its motion (see kalman). bridge_s: the longest gap that is filled.
    """

    def __init__(self, shape: tuple[int, ...], fade_s: float, lag_s: float, bridge_s: float) -> None:
        self._shape, self._fade_s, self._lag_s, self._bridge_s = shape, fade_s, lag_s, bridge_s
        self._ring: list[Instant] = []
        self._times: deque[float] = deque()  # of the numbered instants that a gap may still reach back to
        self._first_time = 0  # number of the instant at _times[0]
        self._last: dict[int, tuple[int, F8]] = {}  # per track: number and mean of its last settled row

    def push(self, at: float, ids: I8, mean: F8, cov: F8, q: F8, seen: U8, score: F8, *, silent: bool = False) -> None:
        """Appends an instant. Silent ones leave no rows."""
        number = SILENT if silent else self._first_time + len(self._times)
        self._ring.append(Instant(number, at, ids, mean, cov, q, seen, score))
        if silent:
            return
        self._times.append(at)
        for row, track in enumerate(ids.tolist()):
            if track not in self._last:
                # One that is confirmed late is settled from its first sighting on, like one that was out of sight.
                self._last[track] = number - 1, mean[..., row]
        while self._times[0] < at - self._bridge_s - 2 * self._lag_s - 1:
            self._times.popleft()
            self._first_time += 1

    def due(self) -> bool:
        """Is enough settled that giving it out is worth a pass over all that is kept?"""
        return bool(self._ring) and self._ring[-1].at - self._ring[0].at >= max(1.5 * self._lag_s, _PASS_S)

    def settle(self, confirmed_until: Mapping[int, float], horizon: float) -> Settled:
        """Gives out the instants up to the horizon.

        confirmed_until: the tracks that count, and when each was seen last.
        """
        rows = [self._rows(*state, confirmed_until) for state in self._smoothed(horizon)]
        self._ring = [e for e in self._ring if e.at > horizon]
        return Settled.join([self._none(), *(part for parts in rows for part in parts)])

    def forget(self, ids: Collection[int]) -> None:
        """These tracks are over."""
        for track in ids:
            self._last.pop(track, None)

    def _smoothed(self, horizon: float) -> list[tuple[Instant, F8, F8]]:
        """The numbered instants up to the horizon, each with its smoothed means and covariances."""
        out: list[tuple[Instant, F8, F8]] = []
        later: tuple[Instant, F8, F8] | None = None
        for e in reversed(self._ring):
            mean, cov = e.mean, e.cov
            if later is not None and len(later[0].id):
                mean, cov = self._back(e, *later)
            later = e, mean, cov
            if e.at <= horizon and e.number != SILENT:
                out.append(later)
        return out[::-1]

    def _back(self, e: Instant, later: Instant, later_mean: F8, later_cov: F8) -> tuple[F8, F8]:
        """One step back in time, for the tracks that were there at both instants."""
        at = np.minimum(np.searchsorted(later.id, e.id), len(later.id) - 1)
        both = later.id[at] == e.id
        at = at[both]
        past = kalman.smooth(
            e.mean[..., both],
            e.cov[..., both],
            later.at - e.at,
            self._fade_s,
            e.q[both],
            later_mean.take(at, axis=-1),
            later_cov.take(at, axis=-1),
        )
        if len(at) == len(both):
            return past
        mean, cov = e.mean.copy(), e.cov.copy()
        mean[..., both], cov[..., both] = past
        return mean, cov

    def _rows(self, e: Instant, mean: F8, cov: F8, confirmed_until: Mapping[int, float]) -> list[Settled]:
        """The rows of one instant, and those of the gaps that end here."""
        until = np.array([confirmed_until.get(track, -np.inf) for track in e.id.tolist()])
        rows = np.flatnonzero(until >= e.at)
        half = self._shape[0] // 2
        sigma = np.sqrt(np.maximum(np.trace(cov[:half, :half]) / half, 0))
        parts = []
        for row in rows.tolist():
            track = int(e.id[row])
            here = mean[..., row]
            last = self._last.get(track, (e.number - 1, here))
            if last[0] < e.number - 1:
                parts.append(self._bridge(track, last, e, here, float(sigma[row]), float(e.score[row])))
            self._last[track] = e.number, here
        n = np.full(len(rows), e.number), np.full(len(rows), e.at)
        parts.append(Settled(*n, e.id[rows], mean[..., rows], sigma[rows], e.seen[rows], e.score[rows]))
        return parts

    def _bridge(self, track: int, last: tuple[int, F8], e: Instant, mean: F8, sigma: float, score: float) -> Settled:
        """Rows for the instants between the last settled one and this one, on a straight line."""
        numbers = np.arange(max(last[0] + 1, self._first_time), e.number)
        at = np.array([self._times[number - self._first_time] for number in numbers.tolist()])
        begin = self._times[max(last[0] - self._first_time, 0)]
        share = (at - begin) / max(e.at - begin, 1e-9)
        n = len(numbers)
        line = last[1][..., None] + (mean - last[1])[..., None] * share
        seen = np.zeros(n, np.uint64)
        return Settled(numbers, at, np.full(n, track), line, np.full(n, 2 * sigma), seen, np.full(n, score))

    def _none(self) -> Settled:
        z, i = np.zeros(0), np.zeros(0, np.int64)
        return Settled(i, z, i, np.zeros((*self._shape, 0)), z, z.astype(np.uint64), z)
