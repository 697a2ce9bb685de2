"""The picture of a heat map: colours in even steps, round numbers, right places, nothing where nobody looked."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.lettering import draw_text, text_width
from heatmap_gui.core.outlines import draw_boxes, draw_line, draw_zone
from heatmap_gui.core.palette import COLORMAPS, DARK, LIGHT, bgr, colourise, lookup, theme_of
from heatmap_gui.core.render import Layer, draw_heatmap, full_scale, number, round_up
from heatmap_gui.core.site import Floor, Zone
from heatmap_gui.core.types import F8, U1

FLOOR = Floor(None, 1200, 860, 0.01)  # drawn one to one
GRID = Grid.of(FLOOR)
MAP = np.s_[72 : 72 + 860, 24 : 24 + 1200]


def one_hot_cell(row: int, column: int) -> F8:
    values = np.zeros(GRID.shape)
    values[row, column] = 80.0
    return values


def draw(values: F8, colormap: str = "ember") -> U1:
    return draw_heatmap(Layer(GRID, values, "person·s/m²"), FLOOR, colormap=colormap)


@pytest.mark.parametrize("name", COLORMAPS)
def test_colour_maps_run_evenly_in_lightness(name: str) -> None:
    table = lookup(name).astype(float)
    assert table.shape == (256, 3)
    lightness = table @ [0.0722, 0.7152, 0.2126]
    steps = np.diff(lightness) * (1 if lightness[-1] > lightness[0] else -1)
    assert steps.min() > -2.0  # never back by more than rounding
    assert abs(lightness[-1] - lightness[0]) > 110


def test_anchors_are_met() -> None:
    assert tuple(lookup("ember")[0]) == bgr("14112E")
    assert tuple(lookup("ember")[255]) == bgr("FBF7BC")
    assert tuple(lookup("paper")[0]) == bgr("FDFBEA")


def test_opacity_rises_over_the_first_twentieth_and_unknown_is_clear() -> None:
    alpha = colourise(np.array([[np.nan, 0.0, 0.025, 0.05, 1.0, 7.0]]), "ember", 1.0)[0, :, 3]
    assert alpha.tolist() == [0, 0, 128, 255, 255, 255]


def test_heat_is_where_the_cell_is_and_nowhere_else() -> None:
    picture = draw(one_hot_cell(10, 20))[MAP]
    x, y = int(20.5 * 25), int(10.5 * 25)
    hot, cold = picture[y, x].astype(int), picture[y, x + 60].astype(int)
    assert hot.sum() > 400
    assert tuple(cold) == bgr(DARK.floor)
    warm = np.argwhere(np.abs(picture.astype(int) - bgr(DARK.floor)).sum(axis=2) > 30)
    np.testing.assert_allclose(warm.mean(axis=0), (y, x), atol=1.5)


def test_unseen_is_hatched_and_unknown_is_bare_floor() -> None:
    values, unseen = np.zeros(GRID.shape), np.zeros(GRID.shape, np.bool_)
    values[:, :10] = np.nan
    unseen[:, :5] = True
    picture = draw_heatmap(Layer(GRID, values, "person·s/m²", unseen), FLOOR)[MAP]
    assert 0.08 < (picture[:, :125] == bgr(DARK.hatch)).all(axis=2).mean() < 0.2
    assert (picture[:, 126:] == bgr(DARK.floor)).all()


@pytest.mark.parametrize("colormap", ["ember", "paper"])
def test_empty_one_cell_and_saturated_maps_can_be_drawn(colormap: str) -> None:
    empty, one = draw(np.zeros(GRID.shape), colormap=colormap), draw(one_hot_cell(0, 0), colormap=colormap)
    assert empty.shape == one.shape
    assert tuple(empty[0, 0]) == bgr(theme_of(colormap).background)
    nothing = draw(np.full(GRID.shape, np.nan), colormap=colormap)
    assert (nothing[MAP] == empty[MAP]).all()
    over = draw_heatmap(Layer(GRID, one_hot_cell(3, 3), "person·s/m²", full=5.0), FLOOR, colormap=colormap)
    assert (over != empty).any()


def test_full_scale_is_round_and_above_all_but_the_hottest() -> None:
    values = np.concatenate([np.linspace(0, 37, 1000), [4000.0, np.nan]])
    assert full_scale(values) == 50.0
    assert full_scale(np.zeros(4)) == 1.0
    assert [round_up(v) for v in (0.031, 1.0, 2.2, 60.0, 4001.0)] == [0.05, 1.0, 2.5, 100.0, 5000.0]
    assert [number(v) for v in (0.25, 40.0, 1500.0, 0.6000000001)] == ["0.25", "40", "1,500", "0.6"]


def test_plan_of_any_size_and_polarity_shows_in_the_ink_of_the_theme() -> None:
    for paper, ink in ((250, 0), (5, 255)):
        plan = np.full((215, 300, 3), paper, np.uint8)
        plan[100:110] = ink
        for colormap, theme in (("ember", DARK), ("paper", LIGHT)):
            picture = draw_heatmap(Layer(GRID, np.zeros(GRID.shape), "u"), FLOOR, plan, colormap=colormap)[MAP]
            assert np.abs(picture[420, 600].astype(int) - bgr(theme.ink)).max() < 6
            assert tuple(picture[100, 600]) == bgr(theme.floor)


def test_zones_on_the_plan_are_outlined_and_those_of_cameras_are_not() -> None:
    square = np.array([[300.0, 300.0], [600.0, 300.0], [600.0, 600.0], [300.0, 600.0]])
    bare = draw(np.zeros(GRID.shape))
    zones = [Zone("z", "Till", "checkout", square, on) for on in ("plan", "1")]
    layer = Layer(GRID, np.zeros(GRID.shape), "person·s/m²")
    assert tuple(draw_heatmap(layer, FLOOR, zones=zones[:1])[MAP][450, 300]) == bgr(DARK.zone("checkout"))
    assert (draw_heatmap(layer, FLOOR, zones=zones[1:]) == bare).all()


def test_boxes_lines_and_text_stay_within_the_picture() -> None:
    image = np.zeros((60, 80, 3), np.uint8)
    draw_boxes(image, np.array([[-20.0, -5.0, 30.0, 200.0], [70.0, 50.0, 90.0, 70.0]]), ["7 person", ""])
    draw_zone(image, np.array([[-50.0, 10.0], [500.0, 10.0], [40.0, 500.0]]), "a long name that does not fit", "3FA37C")
    draw_line(image, np.array([40.0, 0.0]), np.array([40.0, 59.0]), "left", "Door")
    draw_text(image, "é ≥ 1 m²", (-5, 3), 9, "FFFFFF")
    draw_text(image, "far away", (500, 300), 9, "FFFFFF")
    assert image.any()


def test_arrow_points_to_the_in_side() -> None:
    image = np.zeros((100, 100, 3), np.uint8)
    draw_line(image, np.array([20.0, 50.0]), np.array([80.0, 50.0]), "left", "")
    assert image[30:45].any()
    assert not image[60:].any()


def test_text_is_as_wide_as_said() -> None:
    image = np.zeros((40, 400, 3), np.uint8)
    draw_text(image, "person·s/m² ≥ 4,000", (10, 25), 12, "FFFFFF")
    columns = np.flatnonzero(image.any(axis=(0, 2)))
    assert columns[0] >= 9
    assert columns[-1] == pytest.approx(10 + text_width("person·s/m² ≥ 4,000", 12), abs=4)
