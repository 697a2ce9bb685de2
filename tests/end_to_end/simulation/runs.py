"""Worlds by their numbers: what a test ran, anybody can run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.end_to_end.simulation.faults import PLACES, Choice, Fault, many, one
from tests.end_to_end.simulation.invariants import WrongError
from tests.end_to_end.simulation.world import Ground, World

_SHARE = 0.015  # of all points, where many fail


def run(
    ground: Ground,
    seed: int,
    point: int | None = None,
    fault: Fault | None = None,
    *,
    told: Callable[[str], object] = len,
) -> World:
    """A world where many things fail, or just one, at one point. Raises WrongError, which says how to see it again."""
    choice: Choice = many(seed, _SHARE)
    again = f"python -m tests.end_to_end.simulation {seed}"
    if point is not None:
        choice = (lambda *_: None) if fault is None else one(point, fault)
        again += f" --point {point}" + (f" --fault {fault}" if fault else "")
    world = World(ground, seed, choice, small=point is not None, told=told)
    try:
        world.run()
    except Exception as error:
        raise WrongError(f"{type(error).__name__}: {error}\nto see it again: {again}") from error
    return world


def failures(ground: Ground, seed: int, *wanted: Fault) -> Iterator[tuple[int, Fault]]:
    """All points of a small world, and each of the wanted ways (all, if none is named) to fail there."""
    for point, place in enumerate(run(ground, seed, 0).faults.points):
        for fault in PLACES[place]:
            if not wanted or fault in wanted:
                yield point, fault
