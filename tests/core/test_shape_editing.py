"""Shapes under somebody's hand stay shapes, whatever the hand does."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.shape_editing import (
    LineEditor,
    PolygonEditor,
    ShapeEditor,
    Sketch,
    Snapping,
    refuse_polygon,
    snap,
)
from heatmap_gui.core.types import F8

SQUARE = np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]])
FREE = Snapping()
places = st.tuples(st.floats(-300, 300), st.floats(-300, 300)).map(np.array)


def square(active: int | None = None) -> PolygonEditor:
    return PolygonEditor(SQUARE, 10, active)


def drag(editor: ShapeEditor, start: tuple[float, float], end: tuple[float, float], snapping: Snapping = FREE) -> bool:
    assert editor.press(np.array(start), 8)
    editor.move(np.array(end), snapping)
    return editor.release()


def test_a_corner_is_dragged() -> None:
    editor = square()
    assert drag(editor, (103, 2), (123, 22))
    assert editor.corners.tolist() == [[0, 0], [120, 20], [100, 100], [0, 100]]
    assert editor.active == 1


def test_the_middle_of_an_edge_gives_a_new_corner() -> None:
    editor = square()
    assert drag(editor, (100, 50), (140, 60))
    assert editor.corners.tolist() == [[0, 0], [100, 0], [140, 60], [100, 100], [0, 100]]
    assert editor.active == 2


def test_a_click_on_the_middle_of_an_edge_adds_nothing() -> None:
    editor = square()
    assert editor.press(np.array([50.0, 0.0]), 8) == "edge"
    assert not editor.release()
    assert editor.corners.tolist() == SQUARE.tolist()


def test_the_inside_moves_the_whole() -> None:
    editor = square()
    assert drag(editor, (30, 30), (37, 20))
    assert editor.corners.tolist() == (SQUARE + np.array([7, -10])).tolist()
    assert editor.active is None


def test_beside_it_nothing_is_held() -> None:
    editor = square()
    assert editor.press(np.array([200.0, 50.0]), 8) == ""
    assert not editor.move(np.array([0.0, 0.0]), FREE)
    assert not editor.release()


def test_a_shape_that_crosses_itself_is_shown_and_not_taken() -> None:
    editor = square()
    editor.press(np.array([0.0, 0.0]), 8)
    assert editor.move(np.array([20.0, 10.0]), FREE)
    assert not editor.move(np.array([150.0, 50.0]), FREE)
    assert str(editor.refused) == "crossing"
    assert editor.shown[0].tolist() == [150, 50]
    assert editor.release()
    assert editor.refused == ""
    assert editor.corners[0].tolist() == editor.shown[0].tolist() == [20, 10]


def test_a_tiny_shape_is_refused() -> None:
    editor = PolygonEditor(SQUARE[:3], 10)
    editor.press(SQUARE[0], 8)
    assert not editor.move(np.array([100.0, 99.0]), FREE)
    assert editor.refused == "tiny"


def test_escape_gives_back_what_was() -> None:
    editor = square(active=2)
    editor.press(np.array([50.0, 0.0]), 8)
    editor.move(np.array([50.0, -40.0]), FREE)
    assert len(editor.corners) == 5
    assert editor.cancel()
    assert editor.corners.tolist() == SQUARE.tolist()
    assert editor.active == 2
    assert not editor.cancel()


def test_keys_move_the_active_corner_or_all() -> None:
    editor = square()
    editor.step(1)
    assert editor.active == 0
    editor.step(-1)
    assert editor.active == 3
    assert editor.nudge(np.array([0.5, 0.0]))
    assert editor.corners[3].tolist() == [0.5, 100]
    editor.active = None
    editor.nudge(np.array([0.0, 5.0]))
    assert editor.corners.tolist() == [[0, 5], [100, 5], [100, 105], [0.5, 105]]


def test_a_corner_is_deleted_until_three_are_left() -> None:
    editor = square(active=3)
    assert editor.delete()
    assert editor.corners.tolist() == SQUARE[:3].tolist()
    assert editor.active == 0
    assert not editor.delete()
    assert editor.refused == "few"
    assert len(editor.corners) == 3


def test_numbers_that_make_no_shape_are_refused() -> None:
    editor = square()
    assert not editor.put(0, np.array([150.0, 50.0]))
    assert editor.refused == "crossing"
    assert editor.corners.tolist() == editor.shown.tolist() == SQUARE.tolist()
    assert editor.put(0, np.array([-5.0, -5.0]))


@given(st.integers(0, 3))
def test_what_was_inserted_can_be_deleted(edge: int) -> None:
    editor = square()
    assert editor.insert(edge)
    assert editor.active == edge + 1
    assert editor.delete()
    assert editor.corners.tolist() == SQUARE.tolist()


@given(st.lists(st.tuples(places, places, st.sampled_from(["drag", "nudge", "put", "insert", "delete", "cancel"]))))
def test_whatever_is_done_the_outline_stays_one(deeds: list[tuple[F8, F8, str]]) -> None:
    """Presses are aimed at corners, or nothing would be hit."""
    editor = square()
    for number, (at, to, deed) in enumerate(deeds):
        editor.step(1)
        if deed in ("drag", "cancel"):
            editor.press(editor.corners[number % len(editor.corners)] + at / 100, 8)
            before = editor.corners
            editor.move(to, Snapping(5, 2, SQUARE + 40))
            assert (
                (editor.cancel() and editor.corners is before)
                if deed == "cancel"
                else editor.release() in (True, False)
            )
        elif deed == "nudge":
            editor.nudge(to / 10)
        elif deed == "put":
            editor.put(number % len(editor.corners), to)
        elif deed == "insert":
            editor.insert(number % len(editor.corners))
        else:
            editor.delete()
        assert refuse_polygon(editor.corners, 10) == ""
        assert editor.active is None or editor.active < len(editor.corners)


@given(places, st.floats(1, 20), st.floats(0.5, 10))
def test_snapping_moves_no_farther_than_it_reaches(point: F8, reach: float, step: float) -> None:
    placed, guides = snap(point, SQUARE, Snapping(reach, step, SQUARE + 37))
    assert np.abs(placed - point).max() <= max(reach, step / 2) + 1e-9
    again, _ = snap(placed, SQUARE, Snapping(reach, step, SQUARE + 37))
    assert len(guides) <= 2
    if any(guide.kind == "corner" for guide in guides):
        assert again.tolist() == placed.tolist()


def test_a_corner_snaps_to_corners_lines_and_grid() -> None:
    other = np.array([[200.0, 50.0]])
    placed, (guide,) = snap(np.array([203.0, 52.0]), SQUARE, Snapping(6, 10, other))
    assert (placed.tolist(), guide.kind) == ([200, 50], "corner")
    placed, (guide,) = snap(np.array([103.0, 237.0]), SQUARE, Snapping(6, 10, other))
    assert (placed.tolist(), guide.kind) == ([100, 240], "x")
    placed, guides = snap(np.array([-38.0, 237.0]), SQUARE, Snapping(6, 10, other))
    assert (placed.tolist(), guides) == ([-40, 240], ())
    placed, guides = snap(np.array([203.0, 52.0]), SQUARE, Snapping(0, 0, other))
    assert (placed.tolist(), guides) == ([203, 52], ())


def test_a_moved_shape_snaps_corner_to_corner() -> None:
    editor = square()
    drag(editor, (50, 50), (152, 53), Snapping(6, 10, np.array([[200.0, 0.0]])))
    assert editor.corners.tolist() == (SQUARE + np.array([100, 0])).tolist()


@pytest.mark.parametrize("angle", [0.0, 0.7, 1.6, 3.0])
def test_a_line_is_moved_by_its_ends_and_its_middle(angle: float) -> None:
    way = np.array([math.cos(angle), math.sin(angle)])
    editor = LineEditor(np.stack([-50 * way, 50 * way]), 10)
    assert editor.grip(np.zeros(2), 8) == ("whole", 0)
    assert editor.grip(50 * way + 2, 8) == ("corner", 1)
    editor.press(50 * way, 8)
    assert not editor.move(-49 * way, FREE)
    assert editor.refused == "tiny"
    assert not editor.release()
    editor.active = 0
    assert not editor.delete()
    assert editor.corners == pytest.approx(np.stack([-50 * way, 50 * way]))


def test_a_polygon_is_drawn_by_clicks() -> None:
    sketch = Sketch(line=False, least_px=10)
    for corner in SQUARE:
        assert sketch.add(corner, 8) is None
    assert sketch.add(np.array([50.0, -50.0]), 8) is None
    assert sketch.refused == "crossing"
    assert len(sketch.points) == 4
    finished = sketch.add(np.array([3.0, 3.0]), 8)
    assert finished is not None
    assert finished.tolist() == SQUARE.tolist()


def test_a_drawing_can_go_back_and_is_refused_where_it_is_none() -> None:
    sketch = Sketch(line=False, least_px=10)
    assert sketch.close() is None
    assert str(sketch.refused) == "few"
    sketch.add(SQUARE[0], 8)
    assert sketch.back()
    assert not sketch.back()
    assert sketch.box(np.zeros(2), np.array([3.0, 4.0])) is None
    assert sketch.refused == "tiny"
    box = sketch.box(np.zeros(2), np.array([100.0, 100.0]))
    assert box is not None
    assert box.tolist() == SQUARE.tolist()


def test_a_line_is_drawn_by_two_clicks() -> None:
    sketch = Sketch(line=True, least_px=10)
    assert sketch.add(np.zeros(2), 8) is None
    assert sketch.add(np.array([3.0, 3.0]), 8) is None
    assert sketch.refused == "tiny"
    finished = sketch.add(np.array([30.0, 3.0]), 8)
    assert finished is not None
    assert finished.tolist() == [[0, 0], [30, 3]]
