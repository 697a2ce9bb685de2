"""Points that surely determine a floor, whichever is left out: never said of those that do not."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.pairs import general_position, well_spread

WHOLE = st.integers(0, 40)


@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=5, max_size=9))
@settings(max_examples=300, deadline=None)
def test_what_is_well_spread_stays_in_general_position_without_any_one(places: list[tuple[int, int]]) -> None:
    points = np.array(places, np.float64)
    if well_spread(points):
        for i in range(len(points)):
            assert general_position(points[np.arange(len(points)) != i])


def test_a_spread_set_is_and_a_line_with_two_others_is_not() -> None:
    spread = np.array([[0.0, 0], [10, 1], [9, 8], [1, 9], [5, 4], [3, 7]])
    line = np.array([[0.0, 0], [10, 0], [20, 0], [30, 0], [5, 9], [25, 9]])
    assert well_spread(spread)
    assert not well_spread(line), "without one of the two others, all but one are on a line"
    assert not well_spread(spread[:4])
