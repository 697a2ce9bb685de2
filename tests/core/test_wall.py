"""The grid of a wall: tiles as large as they can be, none over another, in the order that was wanted."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.wall import lay_out, moved, ordered

GAP, HEAD = 8, 24


@given(st.integers(1, 36), st.integers(400, 4000), st.integers(400, 3000))
def test_all_lie_within_and_none_over_another(tiles: int, width: int, height: int) -> None:
    cells = lay_out(tiles, width, height, gap=GAP, head=HEAD)
    assert len(cells) == tiles
    for cell in cells:
        assert cell.left >= 0
        assert cell.top >= 0
        assert cell.left + cell.width <= width
        assert cell.top + cell.height <= height
    for a, b in combinations(cells, 2):
        apart = a.left + a.width + GAP <= b.left or b.left + b.width + GAP <= a.left
        assert apart or a.top + a.height + GAP <= b.top or b.top + b.height + GAP <= a.top


@pytest.mark.parametrize(("tiles", "size", "columns"), [(4, (1600, 950), 2), (6, (780, 750), 2), (3, (1800, 300), 3)])
def test_pictures_are_as_large_as_they_can_be(tiles: int, size: tuple[int, int], columns: int) -> None:
    cells = lay_out(tiles, *size, gap=GAP, head=HEAD)
    assert sum(cell.top == 0 for cell in cells) == columns


def test_the_last_px_are_used() -> None:
    cells = lay_out(9, 1001, 703, gap=GAP, head=HEAD)
    assert max(cell.left + cell.width for cell in cells) == 1001
    assert max(cell.top + cell.height for cell in cells) == 703


def test_without_room_there_is_nothing() -> None:
    assert lay_out(4, 0, 100, gap=GAP, head=HEAD) == []
    assert lay_out(0, 100, 100, gap=GAP, head=HEAD) == []


def test_cameras_that_are_new_come_last_and_those_that_are_gone_do_not() -> None:
    assert ordered(["1", "2", "3"], ["3", "9", "1"]) == ["3", "1", "2"]


def test_a_tile_that_is_moved_pushes_the_others() -> None:
    assert moved(["a", "b", "c", "d"], "a", 2) == ["b", "c", "a", "d"]
    assert moved(["a", "b", "c", "d"], "d", 0) == ["d", "a", "b", "c"]
