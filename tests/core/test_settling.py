"""Settled rows: smoothed, bridged where a track comes back, and nothing behind its last sighting."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core import kalman
from heatmap_gui.core.settling import Settled, Settler
from heatmap_gui.core.types import F8

FADE_S = 3.0
DT = 0.1


class _Walk:
    """One track along x = t that is filtered at every instant, and seen (bit 1) at those that `seen` says."""

    def __init__(self, settler: Settler, track: int = 7, noise: float = 0.1, seed: int = 0) -> None:
        self.settler, self.track, self.until = settler, track, -np.inf
        self._rng, self._noise = np.random.default_rng(seed), noise
        self._mean, self._cov = np.zeros((2, 1)), np.diag([0.01, 1.0])[..., None]
        self._at: float | None = None

    def push(self, at: float, *, seen: bool = True, silent: bool = False) -> None:
        if self._at is None:
            self._mean[0] = at
        else:
            self._mean, self._cov = kalman.predict(self._mean, self._cov, at - self._at, FADE_S, np.ones(1))
        self._at = at
        if seen:
            z = np.array([[at + self._rng.normal(0, self._noise)]])
            self._mean, self._cov = kalman.update(self._mean, self._cov, z, self._noise**2)
            self.until = at
        bits = np.array([int(seen)], np.uint64)
        self.settler.push(
            at, np.array([self.track]), self._mean, self._cov, np.ones(1), bits, np.array([0.9]), silent=silent
        )


def _settler(lag_s: float = 0.5) -> Settler:
    return Settler((2,), FADE_S, lag_s, 10.0)


def _all(walk: _Walk, *, confirmed: bool = True) -> Settled:
    return walk.settler.settle({walk.track: walk.until} if confirmed else {}, np.inf)


def _errors(rows: Settled) -> F8:
    return np.asarray(np.abs(rows.mean[0] - rows.at))


def test_only_what_lies_behind_the_horizon_is_given_out_and_once() -> None:
    walk = _Walk(_settler())
    for i in range(20):
        walk.push(i * DT)
    first = walk.settler.settle({7: walk.until}, 1.05)
    rest = _all(walk)
    assert first.number.tolist() == list(range(11))
    assert rest.number.tolist() == list(range(11, 20))
    assert len(_all(walk).id) == 0


def test_smoothing_makes_it_better_than_filtering_and_surer() -> None:
    smooth, raw = _Walk(_settler()), _Walk(_settler())
    filtered = []
    for i in range(80):
        smooth.push(i * DT)
        raw.push(i * DT)
        filtered.append(raw.settler.settle({7: raw.until}, np.inf))
    now, later = Settled.join(filtered), _all(smooth)
    assert now.number.tolist() == later.number.tolist()
    assert _errors(later)[5:-5].mean() < 0.8 * _errors(now)[5:-5].mean()
    assert (later.sigma[5:-5] < now.sigma[5:-5]).all()


def test_silent_instants_help_and_leave_no_rows() -> None:
    helped, alone = _Walk(_settler()), _Walk(_settler())
    for i in range(80):
        helped.push(i * DT, silent=i % 2 == 1)
        if i % 2 == 0:
            alone.push(i * DT)
    rows = _all(helped)
    assert rows.number.tolist() == list(range(40))
    np.testing.assert_allclose(rows.at, np.arange(40) * 2 * DT)
    assert rows.sigma[5:-5].mean() < _all(alone).sigma[5:-5].mean()


@pytest.mark.parametrize("lag_s", [0.0, 0.5])
def test_a_gap_is_bridged_when_it_ends_and_flagged(lag_s: float) -> None:
    walk, parts = _Walk(_settler(lag_s)), []
    for i in range(100):
        walk.push(i * DT, seen=not 30 <= i < 80)
        parts.append(walk.settler.settle({7: walk.until}, i * DT - lag_s))
    waiting = Settled.join(parts[:80])
    assert waiting.number.max() <= 29
    rows = Settled.join([*parts, _all(walk)])
    assert sorted(rows.number.tolist()) == list(range(100))
    assert np.flatnonzero(rows.seen == 0).tolist() == list(range(30, 80))
    np.testing.assert_allclose(rows.at, rows.number * DT)
    assert _errors(rows).max() < 0.4  # on a straight line
    assert rows.sigma[rows.seen == 0].min() > rows.sigma[rows.seen > 0].max()


def test_a_trailing_loss_leaves_nothing() -> None:
    walk = _Walk(_settler())
    for i in range(60):
        walk.push(i * DT, seen=i < 40)
    assert _all(walk).number.tolist() == list(range(40))


@pytest.mark.parametrize("lag_s", [0.0, 0.5])
def test_late_confirmation_goes_back_to_the_first_sighting(lag_s: float) -> None:
    walk, parts = _Walk(_settler(lag_s)), []
    for i in range(40):
        walk.push(1.0 + i * DT)
        parts.append(walk.settler.settle({7: walk.until} if i >= 15 else {}, 1.0 + i * DT - lag_s))
    rows = Settled.join([*parts, _all(walk)])
    assert sorted(rows.number.tolist()) == list(range(40))
    assert _errors(rows).max() < 0.4


def test_what_is_never_confirmed_leaves_nothing() -> None:
    walk = _Walk(_settler())
    for i in range(40):
        walk.push(i * DT)
    assert len(_all(walk, confirmed=False).id) == 0


def test_tracks_that_come_and_go_do_not_mix() -> None:
    settler = _settler()
    early, late = _Walk(settler, 3, seed=1), _Walk(_settler(), 5, seed=2)
    for i in range(30):
        if i < 20:
            early.push(i * DT)
        else:
            late.settler = settler
            late.push(i * DT)
    rows = settler.settle({3: early.until, 5: late.until}, np.inf)
    assert rows.number[rows.id == 3].tolist() == list(range(20))
    assert rows.number[rows.id == 5].tolist() == list(range(20, 30))
    assert _errors(rows).max() < 0.5


def test_a_long_outage_or_a_clock_that_stands_still_breaks_nothing() -> None:
    walk = _Walk(_settler(0.0))
    for i in range(10):
        walk.push(i * DT)
    walk.push(100.0)
    rows = _all(walk)
    assert rows.number.tolist() == list(range(11))
    stuck = _Walk(_settler(0.0))
    for _ in range(4):
        stuck.push(1.0)
        stuck.settler.settle({}, np.inf)
    stuck.push(1.0)
    assert np.isfinite(_all(stuck).mean).all()


def test_it_waits_until_a_pass_is_worth_it() -> None:
    walk = _Walk(_settler(2.0))
    due = []
    for i in range(60):
        walk.push(i * DT)
        due.append(walk.settler.due())
        walk.settler.settle({7: walk.until}, i * DT - 2.0 if due[-1] else -np.inf)
    assert not any(due[:30])
    assert 1 <= sum(due[30:]) <= 4
