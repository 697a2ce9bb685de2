"""Areas, sides and crossings, at every angle and on every edge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core import geometry
from heatmap_gui.core.types import F8

SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
L_SHAPE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 1.0], [1.0, 1.0], [1.0, 4.0], [0.0, 4.0]])


def test_inside_is_half_open() -> None:
    points = np.array([[0.0, 0.0], [2.0, 2.0], [4.0, 2.0], [2.0, 4.0], [4.0, 4.0], [0.0, 2.0], [np.nan, 2.0]])
    assert geometry.inside(SQUARE, points).tolist() == [True, True, False, False, False, True, False]


@given(st.integers(0, 15), st.integers(0, 15))
def test_zones_that_tile_a_floor_count_each_point_once(x: int, y: int) -> None:
    tiles = [SQUARE / 2 + np.array([i, j]) for i in range(0, 8, 2) for j in range(0, 8, 2)]
    point = np.array([[x / 2, y / 2]])
    assert sum(bool(geometry.inside(tile, point)[0]) for tile in tiles) == 1


def test_inside_follows_a_concave_outline() -> None:
    points = np.array([[0.5, 3.0], [3.0, 0.5], [3.0, 3.0], [0.5, 0.5]])
    assert geometry.inside(L_SHAPE, points).tolist() == [True, True, False, True]


@pytest.mark.parametrize("shift", [0.0, 1e7])
def test_area_is_signed_and_exact_far_from_the_origin(shift: float) -> None:
    assert geometry.area(L_SHAPE + shift) == 7.0
    assert geometry.area(L_SHAPE[::-1] + shift) == -7.0


@pytest.mark.parametrize("degrees", range(0, 360, 30))
def test_a_walk_over_a_line_crosses_it_once_at_every_angle(degrees: int) -> None:
    turn = np.radians(degrees)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    a, b = np.array([[-2.0, 0.0], [2.0, 0.0]]) @ rotation
    walk = np.column_stack([np.full(9, 0.5), np.linspace(-2, 2, 9)]) @ rotation  # its fifth step is on the line
    assert geometry.crosses(a, b, walk[:-1], walk[1:]).sum() == 1
    assert not geometry.crosses(a, b, walk[:-1] + (b - a), walk[1:] + (b - a)).any()


def test_the_right_hand_of_a_walk_is_positive() -> None:
    east = np.array([0.0, 0.0]), np.array([2.0, 0.0])
    assert geometry.side(*east, np.array([[1.0, 3.0], [1.0, -3.0], [9.0, 0.0]])).tolist() == [3.0, -3.0, 0.0]


@pytest.mark.parametrize(
    ("polygon", "crossing"),
    [
        (SQUARE, None),
        (L_SHAPE, None),
        (SQUARE[[0, 2, 1, 3]], (0, 2)),
        (np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [2.0, 0.0], [0.0, 4.0]]), (0, 2)),
        (SQUARE[:3], None),
    ],
)
def test_self_crossing_names_the_edges(polygon: F8, crossing: tuple[int, int] | None) -> None:
    assert geometry.self_crossing(polygon) == crossing


def test_clip_keeps_the_asked_side() -> None:
    half = geometry.clip(SQUARE, np.array([1.0, 0.0]), 3.0)
    assert geometry.area(half) == 4.0
    assert half[:, 0].min() == 3.0
    assert geometry.clip(SQUARE, np.array([1.0, 0.0]), 9.0).shape == (0, 2)
    assert geometry.area(geometry.clip(SQUARE, np.array([0.0, 1.0]), -1.0)) == 16.0


@given(
    st.lists(st.tuples(st.integers(-3, 12), st.integers(-3, 12)), min_size=3, max_size=8),
    st.floats(0.3, 1.5),
)
def test_a_mask_is_the_test_of_its_cell_centres(corners: list[tuple[int, int]], cell: float) -> None:
    polygon = np.array(corners, dtype=np.float64)
    rows, columns = 9, 11
    y, x = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    centres: F8 = np.column_stack([x.ravel(), y.ravel()]) * cell + cell / 2 + np.array([-1.0, 0.5])
    mask = geometry.rasterise((polygon,), (rows, columns), cell, (-1.0, 0.5))
    differ = mask.ravel() != geometry.inside(polygon, centres)
    # Only a centre on an edge, to rounding, may differ.
    assert not differ.any() or _edge_distance(polygon, centres[differ]).max() < 1e-9


def _edge_distance(polygon: F8, points: F8) -> F8:
    start, along = polygon, np.roll(polygon, -1, axis=0) - polygon
    length2 = np.maximum((along**2).sum(axis=1), 1e-30)
    t = np.clip(((points[:, None] - start) * along).sum(axis=2) / length2, 0, 1)
    return np.asarray(np.linalg.norm(points[:, None] - start - t[..., None] * along, axis=2).min(axis=1))


def test_masks_of_several_polygons_join() -> None:
    mask = geometry.rasterise((SQUARE, SQUARE + np.array([2, 0])), (5, 8), 1.0, (0.0, 0.0))
    assert mask.sum() == 24
    assert mask[:4, :6].all()


def test_distance_is_to_the_nearest_edge_from_both_sides() -> None:
    points = np.array([[2.0, 1.0], [2.0, -1.0], [7.0, 8.0], [4.0, 2.0], [np.nan, 0.0]])
    np.testing.assert_allclose(geometry.distance(SQUARE, points), [1, 1, 5, 0, np.nan])
    np.testing.assert_allclose(geometry.distance(L_SHAPE, np.array([[2.0, 2.0], [0.5, 0.5]])), [1, 0.5])
