"""Pictures of straight edges through a lens that is known: found, measured, and the lens told from them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.edge_editing import EdgeEditor
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.straight_edges import along_edge, bend, bends, straightest_k1
from tests.core.bent import EDGES, line, picture


@pytest.mark.parametrize("edge", EDGES)
def test_the_edge_between_two_rough_clicks_is_found(edge: tuple[tuple[float, float], tuple[float, float]]) -> None:
    truth = line(*edge)
    found = along_edge(picture(), truth[0] + (1.5, -1.0), truth[-1] + (-1.0, 1.5))
    away = np.hypot(*(found[:, None] - line(*edge, n=2000)[None]).transpose(2, 0, 1)).min(axis=1)
    assert len(found) > 25
    assert np.sqrt(np.mean(away**2)) < 0.5


def test_where_there_is_no_edge_it_is_said() -> None:
    with pytest.raises(InputError, match="no clear edge"):
        along_edge(np.full((360, 640), 128, np.uint8), np.array([100.0, 180.0]), np.array([500.0, 180.0]))
    with pytest.raises(InputError, match="too short"):
        along_edge(picture(), np.array([100.0, 180.0]), np.array([110.0, 180.0]))


def test_the_lens_is_told_from_edges_in_the_picture() -> None:
    shown = picture()
    found = [along_edge(shown, line(*edge)[0], line(*edge)[-1]) for edge in EDGES]
    k1 = straightest_k1(found, Lens(500.0, 500.0, 320.0, 180.0))
    assert k1 == pytest.approx(-0.25, abs=0.04)
    assert bend(found, None) > 8
    assert bend(found, Lens(500.0, 500.0, 320.0, 180.0, k1=k1)) < 2.5


@given(st.integers(-40, 30).map(lambda hundredths: hundredths / 100), st.floats(300.0, 900.0))
@settings(max_examples=40, deadline=None)
def test_the_right_lens_makes_every_line_straight(k1: float, focal: float) -> None:
    lens = Lens(focal, focal, 320.0, 180.0, k1=k1)
    for edge in EDGES:
        points = line(*edge, lens)
        if np.isfinite(points).all():
            assert np.abs(bends(points, lens)).max() < 1e-3


@given(st.floats(-0.3, -0.05))
@settings(max_examples=20, deadline=None)
def test_a_bend_is_in_px_of_the_picture_whatever_the_lens_enlarges(k1: float) -> None:
    """A point that is 1 px beside the line in the picture is so by any lens that fits."""
    lens = Lens(500.0, 500.0, 320.0, 180.0, k1=k1)
    points = line(*EDGES[0], lens)
    points[30] += np.array([0.0, 1.0])
    assert np.abs(bends(points, lens)).max() == pytest.approx(1.0, abs=0.1)


def test_exact_points_tell_the_lens_exactly() -> None:
    assert straightest_k1([line(*edge) for edge in EDGES], Lens(500.0, 500.0, 320.0, 180.0)) == -0.25


def test_an_edge_is_drawn_and_taken_away() -> None:
    editor, shown = EdgeEditor(), picture()
    ends = line(*EDGES[0])[[0, -1]]
    editor.press(*ends[0].tolist())
    assert not editor.release(shown, 1.0), "a click draws nothing"
    editor.press(*(ends[0] / 2).tolist())
    editor.move(*(ends[1] / 2).tolist())
    assert editor.way is not None
    assert editor.release(shown, 2.0), "pairs are in px of a smaller picture"
    assert len(editor.edges) == 1 and editor.edges[0][:, 0].max() < 320
    editor.press(10.0, 10.0)
    editor.move(400.0, 200.0)
    assert editor.delete() and len(editor.edges) == 1, "what is being drawn first"
    assert editor.delete() and not editor.edges and not editor.delete()
