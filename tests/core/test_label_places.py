"""Texts on a picture: none hides another, none leaves the picture, each stays near to what it belongs to."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.label_places import Box, place_labels

ROOM = Box(10.0, 20.0, 330.0, 200.0)
SIZE = (80.0, 20.0)


def test_texts_that_are_apart_stay_where_they_are_wanted() -> None:
    assert place_labels([(60, 60), (200, 60)], [SIZE, SIZE], ROOM) == [Box(20, 50, 100, 70), Box(160, 50, 240, 70)]


def test_one_that_would_lie_on_another_moves_up_or_down_as_little_as_needed() -> None:
    first, second, third = place_labels([(60, 100), (70, 95), (60, 105)], [SIZE] * 3, ROOM)
    assert first == Box(20, 90, 100, 110)
    assert second == Box(30, 68, 110, 88)
    assert third == Box(20, 112, 100, 132)


def test_at_the_border_it_stays_in_the_room() -> None:
    assert place_labels([(0, 0), (400, 400)], [SIZE, SIZE], ROOM) == [Box(10, 20, 90, 40), Box(250, 180, 330, 200)]


def test_what_has_no_place_near_is_left_out() -> None:
    found = place_labels([(60, 100)] * 9, [SIZE] * 9, ROOM)
    assert found.count(None) == 4
    assert None not in found[:5], "the first go first"
    assert place_labels([(60, 100)], [(400.0, 20.0)], ROOM) == [None], "it is wider than the room"


def test_what_is_taken_stays_free() -> None:
    (box,) = place_labels([(60, 100)], [SIZE], ROOM, [Box(0, 95, 300, 105)])
    assert box == Box(20, 73, 100, 93) or box == Box(20, 107, 100, 127)


_PLACES = st.lists(st.tuples(st.floats(0, 340), st.floats(0, 220)), max_size=12)
_SIZES = st.tuples(st.floats(10, 200), st.floats(10, 30))


@given(_PLACES, _SIZES)
def test_none_meets_another_whatever_is_wanted(wanted: list[tuple[float, float]], size: tuple[float, float]) -> None:
    found = [box for box in place_labels(wanted, [size] * len(wanted), ROOM) if box is not None]
    assert not any(a.meets(b) for a, b in combinations(found, 2))
    assert all(box.top >= ROOM.top and box.bottom <= ROOM.bottom + 1e-9 for box in found)
