"""The demo junction: four arms that cross, a lane in and a lane out each, on the right; who goes when, and which way.

World: metres, x right and y down as on the plan. Arms are named by where they lead: who comes from north heads south.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from heatmap_gui.core.types import F8

NAME = "junction"
PLAN_SIZE_M = (120.0, 120.0)
METRES_PER_PIXEL = 0.1
CENTRE = (60.0, 60.0)
ARM_M = 100.0  # from where vehicles come, measured from the centre
LANE_M = 3.5
BOX_M = 10.0  # half of the square that arms meet in
LINE_M, STOP_M = 11.0, 13.0  # from the centre: an arm's counting line, its stop line
HALT_M = 14.0  # where fronts stop
SPEED_LIMIT_KMH = 50.0

ARMS = ("north", "east", "south", "west")  # in the order in which they have green
_HEADING = {"north": (0.0, 1.0), "east": (-1.0, 0.0), "south": (0.0, -1.0), "west": (1.0, 0.0)}
Way = Literal["left", "straight", "right"]
WAYS: tuple[Way, ...] = ("left", "straight", "right")

GREEN_S, YELLOW_S, ALL_RED_S = 14.0, 3.0, 2.0
PHASE_S = GREEN_S + YELLOW_S + ALL_RED_S
CYCLE_S = PHASE_S * len(ARMS)
GO_S = GREEN_S + 2.0  # who is at the line by then goes


@dataclass(frozen=True)
class Route:
    """From one arm into another: straight to the box, an arc or straight through it, and straight out."""

    origin: str
    way: Way

    @property
    def destination(self) -> str:
        steps = {"left": 1, "straight": 2, "right": 3}[self.way]  # arms stand clockwise, and one heads for the centre
        return ARMS[(ARMS.index(self.origin) + steps) % len(ARMS)]

    @property
    def radius_m(self) -> float:
        return {"left": BOX_M + LANE_M / 2, "straight": np.inf, "right": BOX_M - LANE_M / 2}[self.way]

    @property
    def inside_m(self) -> float:
        """The length of the way through the box."""
        return 2 * BOX_M if self.way == "straight" else float(np.pi / 2 * self.radius_m)

    @property
    def length_m(self) -> float:
        return 2 * (ARM_M - BOX_M) + self.inside_m

    def place(self, s: F8) -> tuple[F8, F8]:
        """Where one is after s metres (n,): places (n, 2), and unit vectors (n, 2) ahead."""
        inside = np.clip(s - (ARM_M - BOX_M), 0.0, self.inside_m)
        after = np.maximum(s - (ARM_M - BOX_M) - self.inside_m, 0.0)
        forward, right = np.minimum(s, ARM_M - BOX_M) - ARM_M, np.full(len(s), LANE_M / 2)
        if self.way == "straight":
            forward = forward + inside + after
            ahead = np.tile([1.0, 0.0], (len(s), 1))
        else:
            hand = 1.0 if self.way == "right" else -1.0
            angle = inside / self.radius_m
            forward = forward + self.radius_m * np.sin(angle)
            right = right + hand * (self.radius_m * (1 - np.cos(angle)) + after)
            ahead = np.stack([np.cos(angle), hand * np.sin(angle)], axis=1)
        return CENTRE + np.stack([forward, right], axis=1) @ self._axes, ahead @ self._axes

    @cached_property
    def _axes(self) -> F8:
        """(2, 2) rows: ahead of who comes, and to the right of them."""
        x, y = _HEADING[self.origin]
        return np.array([[x, y], [-y, x]])


def next_go(arm: str, at_s: float) -> float:
    """When somebody who is at that arm's line at that time may go: at once, or when it next turns green."""
    begin = ARMS.index(arm) * PHASE_S
    since = (at_s - begin) % CYCLE_S
    return at_s if since <= GO_S else at_s - since + CYCLE_S


def light(arm: str, at_s: float) -> str:
    """GREEN, YELLOW or RED."""
    since = (at_s - ARMS.index(arm) * PHASE_S) % CYCLE_S
    return "GREEN" if since < GREEN_S else "YELLOW" if since < GREEN_S + YELLOW_S else "RED"


def across(arm: str, distance_m: float, low_m: float, high_m: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """A line across an arm, so far from the centre, from low to high to the right of who comes. `in` is its left."""
    x, y = _HEADING[arm]
    ends = [(CENTRE[0] - x * distance_m - y * r, CENTRE[1] - y * distance_m + x * r) for r in (low_m, high_m)]
    return ends[0], ends[1]
