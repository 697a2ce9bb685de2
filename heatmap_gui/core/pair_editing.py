"""Point pairs as they are clicked: a place of the picture and the same place of the plan. No window, no fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from heatmap_gui.core.types import F8, Bool

Side = Literal["image", "plan"]
Deed = Literal["add", "move", "nudge", "snap", "delete", "hold out", "use", "name"]
_DIGITS = 2  # of px: a hundredth is less than anybody can click
_STEADY = 0.25  # of the reach: a hand that clicks moves no farther


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """image (n, 2) picture px, plan (n, 2) plan px, used (n,): what is not used is held out and only compared.

    names (n): what people call the place; empty: nothing.
    """

    image: F8
    plan: F8
    used: Bool
    names: tuple[str, ...]

    @classmethod
    def of(cls, image: F8, plan: F8) -> Pairs:
        """All used, without names."""
        return cls(image, plan, np.ones(len(image), np.bool_), ("",) * len(image))

    @classmethod
    def none(cls) -> Pairs:
        return cls.of(np.zeros((0, 2)), np.zeros((0, 2)))

    def __len__(self) -> int:
        return len(self.used)

    def points(self, side: Side) -> F8:
        return self.image if side == "image" else self.plan

    def same(self, other: Pairs) -> bool:
        return self.names == other.names and all(
            np.array_equal(mine, its)
            for mine, its in ((self.image, other.image), (self.plan, other.plan), (self.used, other.used))
        )

    def added(self, image: F8, plan: F8, name: str = "") -> Pairs:
        """With one more, which is used."""
        image_points, plan_points = np.vstack([self.image, image]), np.vstack([self.plan, plan])
        used, names = np.append(self.used, True), (*self.names, name)
        return Pairs(image_points.round(_DIGITS), plan_points.round(_DIGITS), used, names)

    def without(self, number: int) -> Pairs:
        return self.only(np.arange(len(self)) != number)

    def only(self, keep: Bool) -> Pairs:
        """Those of which keep (n,) is true."""
        names = tuple(name for name, kept in zip(self.names, keep, strict=True) if kept)
        return Pairs(self.image[keep], self.plan[keep], self.used[keep], names)

    def moved(self, number: int, side: Side, to: F8) -> Pairs:
        points = self.points(side).copy()
        points[number] = np.round(to, _DIGITS)
        return replace(self, image=points) if side == "image" else replace(self, plan=points)

    def taken(self, number: int, used: bool) -> Pairs:
        """With that one used, or held out."""
        changed = self.used.copy()
        changed[number] = used
        return replace(self, used=changed)

    def named(self, number: int, name: str) -> Pairs:
        return replace(self, names=(*self.names[:number], name, *self.names[number + 1 :]))


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """Places (n, 2) of the plan, px, and names (n), that are pairs of other cameras and not of this one yet.

    reach: what is no farther from one, px, is the same place.
    """

    plan: F8
    names: tuple[str, ...]
    reach: float = 0.0

    def __len__(self) -> int:
        return len(self.names)

    def at(self, point: F8, reach: float) -> int | None:
        """The nearest, no farther than reach."""
        if not len(self):
            return None
        far = np.hypot(*(self.plan - point).T)
        nearest = int(far.argmin())
        return nearest if far[nearest] <= reach else None


NO_LANDMARKS = Landmarks(np.zeros((0, 2)), ())


@dataclass(frozen=True, slots=True, eq=False)
class PairEdit:
    """What a gesture makes of the pairs. number: of the pair that it is about, from 0."""

    pairs: Pairs
    deed: Deed
    number: int


class PairEditor:
    """Gestures on two pictures; what comes of one is returned, and taken only when it comes back by `show`.

    A click where nothing is begins a pair, one in the other picture completes it; a point that is pressed is selected
    and follows the pointer. A click on the plan beside a landmark is that landmark. selected: number of a pair, from 0.
    side: of the selected point. begun: the first point of a pair that has no second yet. offering: whether landmarks
    are begun one after the other, so that each is clicked in the picture only. Mutable, owned by one thread.
    """

    def __init__(self) -> None:
        self.pairs = Pairs.none()
        self.selected: int | None = None
        self.side: Side = "image"
        self.begun: tuple[Side, F8] | None = None
        self.landmarks = NO_LANDMARKS
        self.offering = False
        self._skipped: set[tuple[float, ...]] = set()
        self._pressed: F8 | None = None
        self._steady = 0.0

    def show(self, pairs: Pairs, landmarks: Landmarks = NO_LANDMARKS) -> None:
        """The pairs are these now, and these landmarks are left."""
        self.pairs, self.landmarks = pairs, landmarks
        if self.selected is not None and self.selected >= len(pairs):
            self.selected = None

    def clear(self) -> None:
        """Another camera: nothing is selected or begun."""
        self.selected = self.begun = self._pressed = None
        self.offering = False
        self._skipped.clear()

    def at(self, side: Side, x: float, y: float, reach: float) -> int | None:
        """The pair whose point is nearest, no farther than reach (px of that picture)."""
        if not len(self.pairs):
            return None
        far = np.hypot(*(self.pairs.points(side) - (x, y)).T)
        nearest = int(far.argmin())
        return nearest if far[nearest] <= reach else None

    def press(self, side: Side, x: float, y: float, reach: float) -> PairEdit | None:
        here = np.array([x, y])
        self.side, self._pressed, self._steady = side, here, _STEADY * reach
        if self.begun is None or self.begun[0] == side:
            self.offering = False  # somebody goes on by hand
        mark = self.landmarks.at(here, min(reach, self.landmarks.reach)) if side == "plan" else None
        if mark is not None and (self.begun is not None or self.at(side, x, y, reach) is None):
            here = self.landmarks.plan[mark].copy()
            self._steady = reach  # a hand that holds on takes it away from there
        if self.begun is not None and self.begun[0] != side:
            return self._complete(side, here)
        hit = self.at(side, x, y, reach) if self.begun is None else None
        self.selected = hit
        if hit is None:
            self.begun = (side, here)
            self._steady = self._steady if mark is not None else 0.0
        return None

    def _complete(self, side: Side, here: F8) -> PairEdit:
        assert self.begun is not None
        first = self.begun[1]
        image, plan = (here, first) if side == "image" else (first, here)
        mark = self.landmarks.at(plan, 0.0)
        self.begun = None
        self.selected = len(self.pairs)
        name = "" if mark is None else self.landmarks.names[mark]
        return PairEdit(self.pairs.added(image, plan, name), "add", self.selected)

    @property
    def left(self) -> list[int]:
        """The landmarks that were not skipped."""
        return [n for n, place in enumerate(self.landmarks.plan.tolist()) if tuple(place) not in self._skipped]

    def offer(self, number: int) -> None:
        """Begins a pair at that landmark: a click in the picture completes it."""
        self.offering = True
        self.begun = ("plan", self.landmarks.plan[number].copy())

    def skip(self) -> None:
        """The landmark that is begun is not seen in this picture."""
        if self.offering and self.begun is not None:
            self._skipped.add(tuple(self.begun[1].tolist()))
            self.begun = None

    def move(self, side: Side, x: float, y: float) -> PairEdit | None:
        """The pointer, pressed."""
        here = np.array([x, y])
        if self._pressed is None or side != self.side or np.hypot(*(here - self._pressed)) < self._steady:
            return None
        self._steady = 0.0
        if self.begun is not None and self.begun[0] != side:  # the next one is offered already
            return None if self.selected is None else self._moved(here, "move")
        return self.put(here, "move")

    def release(self) -> None:
        self._pressed = None

    def put(self, here: F8, deed: Deed = "move") -> PairEdit | None:
        """The point in hand, begun or selected, is there."""
        if self.begun is not None:
            self.begun = (self.begun[0], here)
            return None
        return None if self.selected is None else self._moved(here, deed)

    def _moved(self, here: F8, deed: Deed) -> PairEdit:
        assert self.selected is not None
        return PairEdit(self.pairs.moved(self.selected, self.side, here), deed, self.selected)

    @property
    def in_hand(self) -> tuple[Side, F8] | None:
        """The point that keys move: the begun one, else the selected one."""
        if self.begun is not None:
            return self.begun
        return None if self.selected is None else (self.side, self.pairs.points(self.side)[self.selected])

    def nudge(self, dx: float, dy: float) -> PairEdit | None:
        held = self.in_hand
        return None if held is None else self.put(held[1] + (dx, dy), "nudge")

    def next(self, by: int) -> None:
        """Selects the pair after (1), before (-1) the selected one."""
        if len(self.pairs):
            first = 0 if by > 0 else len(self.pairs) - 1
            self.selected = first if self.selected is None else (self.selected + by) % len(self.pairs)

    def delete(self) -> PairEdit | None:
        """The selected pair, or the begun point."""
        if self.begun is not None:
            self.begun, self.offering = None, False
            return None
        if self.selected is None:
            return None
        number, self.selected = self.selected, None
        return PairEdit(self.pairs.without(number), "delete", number)

    def hold_out(self, number: int, held: bool) -> PairEdit:
        return PairEdit(self.pairs.taken(number, not held), "hold out" if held else "use", number)

    def name(self, number: int, name: str) -> PairEdit:
        return PairEdit(self.pairs.named(number, name.strip()), "name", number)

    def cancel(self) -> bool:
        """Lets go of what is begun, else of the selection -> whether there was any."""
        there = self.begun is not None or self.selected is not None
        if self.begun is not None:
            self.begun, self.offering = None, False
        else:
            self.selected = None
        return there
