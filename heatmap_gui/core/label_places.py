"""Where texts go that lie on a picture, so that none hides another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_GAP_PX = 2.0
_FARTHEST = 3.0  # heights of a text: farther away nobody knows what it belongs to


class Box(NamedTuple):
    """A rectangle in px, y down."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def place_labels(
    wanted: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    room: Box,
    taken: Sequence[Box] = (),
) -> list[Box | None]:
    """Boxes of texts of these sizes, each in the room, up or down from the middle that is wanted for it as little as
    needed, so that none meets another, or what is taken. The first goes first. None: there is no place near enough.
    """
    full = list(taken)
    found: list[Box | None] = []
    for (x, y), (width, height) in zip(wanted, sizes, strict=True):
        box = _near(x, y, width, height, room, full)
        found.append(box)
        full += [] if box is None else [box]
    return found


def _near(x: float, y: float, width: float, height: float, room: Box, full: Sequence[Box]) -> Box | None:
    if width > room.right - room.left or height > room.bottom - room.top:
        return None
    left = min(max(x - width / 2, room.left), room.right - width)
    first = min(max(y - height / 2, room.top), room.bottom - height)
    beside = [top for box in full for top in (box.top - _GAP_PX - height, box.bottom + _GAP_PX)]
    for top in sorted([first, *beside], key=lambda top: abs(top - first)):
        box = Box(left, top, left + width, top + height)
        inside = room.top <= top and box.bottom <= room.bottom and abs(top - first) <= _FARTHEST * height
        if inside and not any(box.meets(other) for other in full):
            return box
    return None
