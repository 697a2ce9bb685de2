"""How the tiles of a wall of cameras lie: which grid, which rectangle each, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

GRIDS = (1, 4, 6, 9, 16, 25, 36)
_SHAPE = 16 / 9  # of a usual camera's picture


class Cell(NamedTuple):
    """A rectangle in px of the window."""

    left: int
    top: int
    width: int
    height: int

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


def lay_out(tiles: int, width: int, height: int, *, gap: int, head: int) -> list[Cell]:
    """The cells of so many tiles, row by row, in the grid in which their pictures are largest.

    gap: px between two of them; head: px of each that are no picture.
    """
    if tiles < 1 or width < 1 or height < 1:
        return []
    columns = max(range(1, tiles + 1), key=lambda n: (_picture_width(n, -(-tiles // n), width, height, gap, head), -n))
    rows = -(-tiles // columns)
    lefts, tops = _edges(columns, width, gap), _edges(rows, height, gap)
    return [
        Cell(lefts[n % columns][0], tops[n // columns][0], lefts[n % columns][1], tops[n // columns][1])
        for n in range(tiles)
    ]


def ordered(cameras: Iterable[str], wanted: Sequence[str]) -> list[str]:
    """Cameras in the wanted order; those that it does not name come last, those that are gone are left out."""
    place = {camera: number for number, camera in enumerate(wanted)}
    return sorted(cameras, key=lambda camera: place.get(camera, len(place)))


def moved(order: Sequence[str], camera: str, to: int) -> list[str]:
    """The order with one camera at another place; the ones between move up."""
    rest = [other for other in order if other != camera]
    rest.insert(to, camera)
    return rest


def _picture_width(columns: int, rows: int, width: int, height: int, gap: int, head: int) -> float:
    across = (width - gap * (columns - 1)) / columns
    down = (height - gap * (rows - 1)) / rows - head
    return min(across, down * _SHAPE)


def _edges(count: int, length: int, gap: int) -> list[tuple[int, int]]:
    """Start and length of each of so many parts, which fill a length to the last px."""
    room = length + gap
    starts = [number * room // count for number in range(count + 1)]
    return [(start, max(1, end - start - gap)) for start, end in pairwise(starts)]
