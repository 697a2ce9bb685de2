"""The named scenes: the demo store, and small ones whose truth a test can know by heart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from heatmap_gui.core.errors import InputError
from heatmap_gui.vision.synthetic import store
from heatmap_gui.vision.synthetic.junction import NAME as JUNCTION
from heatmap_gui.vision.synthetic.layout import Area, Block, Gate, Room, View
from heatmap_gui.vision.synthetic.people import Walker
from heatmap_gui.vision.synthetic.shoppers import shoppers
from heatmap_gui.vision.synthetic.strollers import stander, strollers


@dataclass(frozen=True, eq=False)
class Scene:
    """A seeded scene. people(duration_s): everybody who is about from 0 to duration_s, walked in advance."""

    name: str
    seed: int
    size_m: tuple[float, float]
    metres_per_pixel: float
    room: Room
    blocks: tuple[Block, ...]
    views: tuple[View, ...]
    zones: tuple[Area, ...]
    gates: tuple[Gate, ...]
    duration_s: float
    people: Callable[[float], tuple[Walker, ...]]

    def view(self, number: int) -> View:
        """Camera `number`; raises InputError when the scene has none of that number."""
        for view in self.views:
            if view.id == number:
                return view
        known = ", ".join(str(v.id) for v in self.views)
        raise InputError(f"synthetic:{self.name} has no camera {number}: choose one of {known}.")


def _store(seed: int) -> Scene:
    return Scene(
        "store", seed, store.PLAN_SIZE_M, store.METRES_PER_PIXEL, store.ROOM, store.BLOCKS, store.VIEWS, store.ZONES,
        store.GATES, 300.0, lambda duration_s: shoppers(seed, duration_s),
    )  # fmt: skip


_HALL = Room(0.0, 0.0, 10.0, 8.0, 4.0)
_HALL_VIEWS = (
    View(1, "South", (5.0, 7.9, 3.4), (5.0, 2.6, 0.3), 88.0),
    View(2, "West", (0.1, 0.3, 3.4), (5.6, 4.6, 0.3), 88.0),
)
_HALL_ZONES = (Area("east", "East half", "general", ((5.0, 0.5), (9.5, 0.5), (9.5, 7.5), (5.0, 7.5))),)
_HALL_GATES = (Gate("middle", "Middle", (5.0, 0.5), (5.0, 7.5), "left"),)


def _hall(name: str, seed: int, duration_s: float, people: Callable[[float], tuple[Walker, ...]]) -> Scene:
    return Scene(name, seed, (10.0, 8.0), 0.02, _HALL, (), _HALL_VIEWS, _HALL_ZONES, _HALL_GATES, duration_s, people)


_SCENES: dict[str, Callable[[int], Scene]] = {
    "store": _store,
    "still": lambda seed: _hall("still", seed, 80.0, lambda _: stander(seed)),
    "walkers": lambda seed: _hall("walkers", seed, 120.0, lambda duration_s: strollers(seed, duration_s)),
}


@lru_cache(maxsize=8)
def load_scene(name: str, seed: int = 1) -> Scene:
    """The scene of that name; the same object for the same arguments.

    store: the demo. still: an empty hall where one person stands from 10 s to 70 s. walkers: four people walking
    about in that hall, seen by two cameras. Raises InputError for another name.
    """
    if name not in _SCENES:
        raise InputError(f"There is no synthetic scene {name!r}: choose one of {', '.join((*_SCENES, JUNCTION))}.")
    return _SCENES[name](seed)
