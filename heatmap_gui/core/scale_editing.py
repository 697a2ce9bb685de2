"""The scale of a floor plan by two clicks, without a window."""

from __future__ import annotations

import math

Point = tuple[float, float]
_CLICK_PX = 1.0  # how far a click may be from where it was meant


class ScaleEditor:
    """Two clicks on the ends of one length that somebody knows. Places in plan px. Mutable, owned by one thread."""

    def __init__(self) -> None:
        self.ends: list[Point] = []
        self.held: int | None = None

    @property
    def length_px(self) -> float:
        """0 before there are two ends."""
        return math.dist(*self.ends) if len(self.ends) == 2 else 0.0

    def press(self, at: Point, reach_px: float) -> None:
        """Takes hold of an end within reach, or sets one; of two the nearer comes here."""
        near = [number for number, end in enumerate(self.ends) if math.dist(end, at) <= reach_px]
        if near:
            self.held = near[0]
            return
        if len(self.ends) < 2:
            self.ends.append(at)
            self.held = len(self.ends) - 1
            return
        self.held = min((0, 1), key=lambda number: math.dist(self.ends[number], at))
        self.ends[self.held] = at

    def move(self, to: Point) -> None:
        """Drags the end that is held."""
        if self.held is not None:
            self.ends[self.held] = to

    def release(self) -> None:
        self.held = None

    def take_back(self) -> bool:
        """The last click was none -> whether there was one."""
        self.held = None
        return bool(self.ends) and self.ends.pop() is not None

    def metres_per_pixel(self, length_m: float) -> float | None:
        """None before both ends are apart and the length is above 0."""
        return length_m / self.length_px if self.length_px > _CLICK_PX and length_m > 0 else None

    @property
    def relative_error(self) -> float:
        """How exact that is (1 sigma, of 1): each click is a pixel off in the direction of the length."""
        return math.sqrt(2) * _CLICK_PX / self.length_px if self.length_px else math.inf
