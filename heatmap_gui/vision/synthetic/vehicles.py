"""Who drives over the junction: every vehicle's way along its route, with those before it and the lights in its way.

Followers keep Newell's distance (A simplified car-following theory, Transportation Research B 36, 2002): each is where
the one before it was REACTION_S ago, less its length and a gap, if its own wish or the light do not hold it farther
back. Ways are then smoothed in time, which keeps that distance and makes stops and starts as soft as those of drivers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.ndimage import gaussian_filter1d

from heatmap_gui.core.types import F8
from heatmap_gui.vision.synthetic import junction
from heatmap_gui.vision.synthetic.junction import ARM_M, ARMS, BOX_M, HALT_M, WAYS, Route, next_go

STEP_S = 0.05
REACTION_S, GAP_M = 1.0, 2.0
PER_HOUR = 170.0  # on each arm
_SMOOTH_S = 1.1
_ACCELERATION = 2.0  # m/s²
_LEAST_HEADWAY_S = 1.8
_BEFORE_S = 150.0  # it is in full swing at 0
_MARGIN_M = 14.0  # seen beyond the plan's edge: a bus is long
_TURN_SPEED = {"left": 7.0, "straight": np.inf, "right": 5.5}


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of vehicles: length, width, height in m; share of all; speed in m/s that they like."""

    name: str
    length_m: float
    width_m: float
    height_m: float
    share: float
    speed: float


KINDS = (
    Kind("car", 4.5, 1.8, 1.5, 0.62, 11.8),
    Kind("bus", 11.0, 2.5, 3.1, 0.06, 10.5),
    Kind("truck", 8.0, 2.4, 3.0, 0.10, 10.5),
    Kind("bike", 2.0, 0.8, 1.6, 0.14, 8.5),
    Kind("rickshaw", 2.8, 1.4, 1.8, 0.08, 9.0),
)


@dataclass(frozen=True, slots=True, eq=False)
class Vehicle:
    """One vehicle's way over the plan: by definition it moves straight from each place to the next in STEP_S.

    s (n,): metres along its route, the first at start_s. Its place is its middle.
    """

    id: int
    kind: Kind
    route: Route
    colour: int
    start_s: float
    s: F8

    @property
    def end_s(self) -> float:
        return self.start_s + STEP_S * (len(self.s) - 1)

    @property
    def times_s(self) -> F8:
        return np.asarray(self.start_s + STEP_S * np.arange(len(self.s)))

    @property
    def path(self) -> F8:
        """(n, 2) metres."""
        return self.route.place(self.s)[0]


@lru_cache(maxsize=4)
def vehicles(seed: int, duration_s: float) -> tuple[Vehicle, ...]:
    """Everybody who is about from 0 to duration_s, by arm and time; a longer time only adds to them."""
    found: list[Vehicle] = []
    for arm in ARMS:
        found += _on_arm(seed, arm, duration_s)
    return tuple(found)


def _on_arm(seed: int, arm: str, duration_s: float) -> Iterator[Vehicle]:
    rng = np.random.default_rng([seed, ARMS.index(arm), 23])
    wished_s, number = -_BEFORE_S, 0
    leader: tuple[Kind, F8, F8] | None = None
    while True:
        wished_s += _LEAST_HEADWAY_S + rng.exponential(3600 / PER_HOUR - _LEAST_HEADWAY_S)
        kind = KINDS[int(rng.choice(len(KINDS), p=[kind.share for kind in KINDS]))]
        route = Route(arm, WAYS[int(rng.choice(3, p=(0.25, 0.5, 0.25)))])
        speed = kind.speed * float(rng.uniform(0.9, 1.1))
        colour = int(rng.integers(1 << 16))
        if wished_s > duration_s:
            return
        times_s, s = _way(kind, route, speed, wished_s, leader)
        leader = kind, times_s, s
        number += 1
        smooth = gaussian_filter1d(s, _SMOOTH_S / STEP_S, mode="nearest")
        low = ARM_M - junction.PLAN_SIZE_M[0] / 2 - _MARGIN_M
        seen = np.flatnonzero((smooth >= low) & (smooth <= route.length_m - low))
        begin, end = float(times_s[seen[0]]), float(times_s[seen[-1]])
        if end > 0 and begin < duration_s:
            yield Vehicle(len(ARMS) * number + ARMS.index(arm), kind, route, colour, begin, smooth[seen])


def _way(kind: Kind, route: Route, speed: float, begin_s: float, leader: tuple[Kind, F8, F8] | None) -> tuple[F8, F8]:
    """Times (n,), whole steps from before begin_s on, when it would be at s = 0; metres s (n,) along the route."""
    first = np.ceil((begin_s - 5.0) / STEP_S)
    halt = ARM_M - HALT_M - kind.length_m / 2
    free = _drive(route, speed, begin_s)
    hold: tuple[F8, F8] | None = None
    last_s = float(free[0][-1])
    while True:
        times_s = np.asarray(np.arange(first, np.ceil(last_s / STEP_S)) * STEP_S, np.float64)
        s: F8 = np.interp(times_s, *free) + speed * np.minimum(times_s - begin_s, 0.0)
        if leader is not None:
            before, then_s, ahead = leader
            away = (before.length_m + kind.length_m) / 2 + GAP_M
            s = np.minimum(s, np.interp(times_s - REACTION_S, then_s, ahead, right=np.inf) - away)
        if hold is not None:
            s = np.minimum(s, np.interp(times_s, *hold))
        if s[-1] < route.length_m:  # held up: it takes longer
            last_s += 20.0
            continue
        at_line = float(times_s[np.searchsorted(s, halt, "right")])
        go_s = next_go(route.origin, at_line)
        if go_s <= at_line:
            return times_s, s
        hold = _drive(route, speed, go_s + REACTION_S, halt)


def _drive(route: Route, speed: float, begin_s: float, standing_at: float | None = None) -> tuple[F8, F8]:
    """When it is where, both (n,), with nobody before it: as fast as it likes, slower in a bend, from there if it
    stands there.
    """
    start = 0.0 if standing_at is None else standing_at
    s = np.linspace(start, route.length_m + 60.0, 800)
    begin, end = ARM_M - BOX_M, ARM_M - BOX_M + route.inside_m
    from_bend = np.maximum(np.maximum(begin - s, s - end), 0.0)
    limit = np.minimum(speed, np.sqrt(_TURN_SPEED[route.way] ** 2 + 2 * _ACCELERATION * from_bend))
    if standing_at is not None:
        limit = np.minimum(limit, np.sqrt(2 * _ACCELERATION * (s - standing_at)))
    took_s = np.diff(s) / ((limit[1:] + limit[:-1]) / 2)
    return np.concatenate([[begin_s], begin_s + np.cumsum(took_s)]), s
