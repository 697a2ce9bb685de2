"""The customers of the demo store: they enter, browse, queue, pay and leave."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.sparse.csgraph import shortest_path

from heatmap_gui.core.types import F8, Bool
from heatmap_gui.vision.synthetic import store
from heatmap_gui.vision.synthetic.clothes import dress
from heatmap_gui.vision.synthetic.people import CLEARANCE_M, Itinerary, Walker, keep_apart

OPENED_S = -240.0
MEAN_GAP_S = 9.0
BROWSERS = 0.15
SETTLED_S = 6.0
SERVICE_S = (12.0, 30.0)
TOWARDS_TILL = np.pi / 2

_STREET = ((0.9, 14.9), (6.2, 14.9))
_DOORSTEP = (3.4, 13.6)
Place = tuple[float, float]


@dataclass(slots=True)
class _Customer:
    """A shopper while he is planned; `rng` is his own, so nobody's plan changes another's dice."""

    number: int
    rng: np.random.Generator
    way: Itinerary
    right_m: float
    height_m: float
    buys: bool


@lru_cache(maxsize=1)
def _spots() -> tuple[tuple[float, float, float], ...]:
    """Where one may stand and look at goods: (x, y, facing), half a metre in front of the shelves."""
    found = []
    room = store.ROOM
    for b in store.BLOCKS:
        if b.kind not in ("goods", "produce"):
            continue
        sides = [(x, y, a) for x in np.arange(b.x0 + 0.4, b.x1 - 0.3, 0.7)
                 for y, a in ((b.y0 - 0.5, np.pi / 2), (b.y1 + 0.5, -np.pi / 2))]  # fmt: skip
        sides += [(x, y, a) for y in np.arange(b.y0 + 0.4, b.y1 - 0.3, 0.7)
                  for x, a in ((b.x0 - 0.5, 0.0), (b.x1 + 0.5, np.pi))]  # fmt: skip
        found += [s for s in sides if room.x0 + 0.4 < s[0] < room.x1 - 0.4 and room.y0 + 0.4 < s[1] < room.y1 - 0.4]
    places = np.array(found)
    free = ~_blocked(places[:, :2], places[:, :2]).diagonal()
    return tuple((float(x), float(y), float(a)) for x, y, a in places[free])


def _blocked(starts: F8, ends: F8) -> Bool:
    """(n, m): whether the straight way from start i to end j comes nearer than CLEARANCE_M to a fixture."""
    blocked = np.zeros((len(starts), len(ends)), np.bool_)
    way = ends[None] - starts[:, None]
    way = np.where(np.abs(way) < 1e-9, 1e-9, way)
    for x0, y0, x1, y1 in store.OBSTACLES:
        low, high = np.array([x0, y0]) - CLEARANCE_M, np.array([x1, y1]) + CLEARANCE_M
        t0, t1 = (low - starts)[:, None] / way, (high - starts)[:, None] / way
        enter = np.maximum(*np.moveaxis(np.minimum(t0, t1), 2, 0))  # quicker than .max(axis=2)
        leave = np.minimum(*np.moveaxis(np.maximum(t0, t1), 2, 0))
        blocked |= (enter < leave) & (leave > 0.0) & (enter < 1.0)
    return blocked


class _Routes:
    """Shortest ways along the crossroads between all the places where people have something to do."""

    def __init__(self) -> None:
        ends = [(x, y) for x, y, _ in _spots()] + [p for till in store.TILLS for p in till.slots] + [_DOORSTEP]
        self._places = [*store.CROSSROADS, *ends]
        points = np.array(self._places)
        length = np.linalg.norm(points[:, None] - points[None], axis=2)
        stops_over = np.arange(len(points)) >= len(store.CROSSROADS)
        cost = length + 20.0 * stops_over[:, None] + 20.0 * stops_over[None]
        cost[_blocked(points, points)] = 0.0
        np.fill_diagonal(cost, 0.0)
        self._before = shortest_path(cost, directed=False, return_predecessors=True)[1]
        self._index = {place: i for i, place in enumerate(self._places)}

    def between(self, start: Place, end: Place, right_m: float) -> list[Place]:
        """The corners of the way, without the start; those on the way are passed `right_m` to the right."""
        i, chain = self._index[start], [self._index[end]]
        while chain[-1] != i:
            chain.append(int(self._before[i, chain[-1]]))
        way = np.array([self._places[k] for k in reversed(chain)])
        step = np.diff(way, axis=0)
        step /= np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9)
        mean = step[:-1] + step[1:]
        way[1:-1] += right_m * np.stack([-mean[:, 1], mean[:, 0]], axis=1) / 2.0
        return [(float(x), float(y)) for x, y in way[1:]]


@lru_cache(maxsize=1)
def _routes() -> _Routes:
    return _Routes()


def _browse(customer: _Customer, taken: list[tuple[int, float, float]]) -> Place:
    """From the street to the last shelf; `taken` is who stands where and when. Returns where he is then."""
    rng, way = customer.rng, customer.way
    way.walk([_DOORSTEP])
    spots, here = _spots(), _DOORSTEP
    chosen = rng.permutation(len(spots))
    wanted = int(rng.integers(2, 7))
    region = np.array([spots[k][:2] for k in chosen[:wanted]])
    order = [int(chosen[i]) for i in np.argsort(region[:, 0] + rng.normal(0.0, 2.0, wanted))]
    for spot in order:
        place = spots[spot][:2]
        corners = _routes().between(here, place, customer.right_m)
        arrival = way.at_s + 15.0
        if any(_near(spot, other) and begin < arrival + 30.0 and arrival - 30.0 < end for other, begin, end in taken):
            continue
        way.walk(corners)
        leave = way.at_s + float(np.clip(rng.lognormal(2.5, 0.6), 3.0, 45.0))
        taken.append((spot, way.at_s, leave))
        way.stand(leave, spots[spot][2], reaching=True)
        here = place
    return here


def _near(one: int, other: int) -> bool:
    a, b = _spots()[one], _spots()[other]
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) < 1.2


def _pay(customer: _Customer, here: Place, departures: list[list[float]]) -> Place:
    """Joins the shortest queue, moves up as those ahead leave, is served. Returns where he is then."""
    rng, way = customer.rng, customer.way
    waiting = [[d for d in till if d > way.at_s] for till in departures]
    number = min(range(len(waiting)), key=lambda k: (len(waiting[k]), customer.number + k & 1, k))
    slots, ahead = store.TILLS[number].slots, waiting[number]
    at = min(len(ahead), len(slots) - 1)
    way.walk(_routes().between(here, slots[at], customer.right_m))
    for gone, departure in enumerate(ahead, start=1):
        slot = min(len(ahead) - gone, len(slots) - 1)
        way.stand(departure + 0.5 + 0.4 * slot, TOWARDS_TILL)
        way.walk([slots[slot]], speed=0.7)
    way.stand(way.at_s + float(rng.uniform(*SERVICE_S)), np.pi, reaching=True)
    departures[number].append(way.at_s)
    return slots[0]


def _arrivals(seed: int, until_s: float) -> list[_Customer]:
    gaps, at_s = np.random.default_rng([seed, 0]), OPENED_S
    customers: list[_Customer] = []
    while at_s < until_s:
        number = len(customers) + 1
        rng = np.random.default_rng([seed, number])
        street = _STREET[int(rng.integers(2))]
        way = Itinerary(at_s, street, float(rng.uniform(0.85, 1.35)))
        right_m, height_m = float(rng.uniform(0.15, 0.4)), float(np.clip(rng.normal(1.72, 0.09), 1.55, 1.9))
        customers.append(_Customer(number, rng, way, right_m, height_m, bool(rng.random() > BROWSERS)))
        at_s += float(gaps.exponential(MEAN_GAP_S - 3.0)) + 3.0
    return customers


@lru_cache(maxsize=4)
def shoppers(seed: int, duration_s: float) -> tuple[Walker, ...]:
    """Everybody who is in the store between 0 and duration_s; a longer duration changes nobody's earlier steps.

    First come, first served at each till, and one at a time.
    """
    customers = _arrivals(seed, duration_s + SETTLED_S)
    taken: list[tuple[int, float, float]] = []
    last = [(customer, _browse(customer, taken)) for customer in customers]
    departures: list[list[float]] = [[] for _ in store.TILLS]
    walkers = []
    for customer, place in sorted(last, key=lambda pair: pair[0].way.at_s):
        here = _pay(customer, place, departures) if customer.buys else place
        customer.way.walk(_routes().between(here, _DOORSTEP, customer.right_m))
        customer.way.walk([_STREET[int(customer.rng.integers(2))]])
        if customer.way.at_s > -2.0:
            walkers.append(customer.way.walker(customer.number, customer.height_m, dress(customer.rng)))
    return keep_apart(sorted(walkers, key=lambda w: w.id), store.OBSTACLES)
