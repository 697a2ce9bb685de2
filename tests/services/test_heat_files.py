"""Files of a heat map out of the history have the numbers and the pixels that a measurement's own folder has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.difference import compare
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.heat_values import Kind, Scale
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.palette import DARK, LIGHT, bgr
from heatmap_gui.core.render import Layer, draw_heatmap
from heatmap_gui.core.types import U1
from heatmap_gui.services import heat_files
from heatmap_gui.services.heat_picture import picture_of, picture_of_difference
from heatmap_gui.services.heat_query import HeatQuery, Range
from heatmap_gui.store.database import open_database
from tests.services.histories import DAY_S, MONDAY, grid, measured, site, standing, write_run

AT = MONDAY + 36_000


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Heatmap, Heatmap]]:
    """The heat map of a run as it was measured, and out of the history."""
    random = np.random.default_rng(4)
    stays = [(AT + round(t), 90.0, x, y) for t, x, y in zip(*random.uniform(1, 7, (3, 40)), strict=True)]
    bucket = measured(standing(stays), [(AT, AT + 3600)])
    headless = Heatmap(grid())
    for tile in bucket.tiles:
        headless.add_tile(tile)
    database = open_database("", tmp_path)
    write_run(database, bucket)
    yield headless, HeatQuery(database, site()).heat(Range(MONDAY, MONDAY + DAY_S), MONDAY + 9 * DAY_S)
    database.close()


def drawn(path: Path) -> U1:
    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(image, np.uint8)


def test_arrays_are_those_of_the_measurement(both: tuple[Heatmap, Heatmap], tmp_path: Path) -> None:
    headless, heat = both
    heat_files.save_arrays(tmp_path / "heatmap.npz", heat)
    with np.load(tmp_path / "heatmap.npz") as found:
        assert set(found) == set(headless.arrays())
        for name, layer in headless.arrays().items():
            np.testing.assert_array_equal(found[name], layer, err_msg=name)


def test_the_picture_has_the_pixels_of_the_measurements(both: tuple[Heatmap, Heatmap], tmp_path: Path) -> None:
    headless, heat = both
    shop = site()
    path = tmp_path / "heatmap.png"
    picture = picture_of(heat, shop.floor, "presence", None, "linear", None, light=False)
    heat_files.save_picture(path, replace(picture, lines=()), shop, title="t", note="")
    unseen = headless.walkable & (headless.exposure_s <= 0)
    values = np.where(unseen, np.nan, headless.presence())
    expected = draw_heatmap(Layer(headless.grid, values, "person·s/m²", unseen), shop.floor, title="t")
    np.testing.assert_array_equal(cv2.imread(str(path)), expected)


@pytest.mark.parametrize("kind", ["dwell", "visits"])
@pytest.mark.parametrize("scale", ["log", "percentile"])
def test_every_kind_and_scale_has_a_picture(
    both: tuple[Heatmap, Heatmap], tmp_path: Path, kind: Kind, scale: Scale
) -> None:
    shop, path = site(), tmp_path / "heatmap.png"
    linear = picture_of(both[1], shop.floor, kind, None, "linear", None, light=True)
    heat_files.save_picture(path, linear, shop, title="t", note="")
    before = drawn(path)
    heat_files.save_picture(
        path, picture_of(both[1], shop.floor, kind, None, scale, None, light=True), shop, title="t", note=""
    )
    after = drawn(path)
    assert after.shape == before.shape
    assert (after[:, :1000] != before[:, :1000]).any(), "the colours"
    assert (after[:, -136:] != before[:, -136:]).any(), "the legend"


@pytest.mark.parametrize("light", [False, True])
def test_a_difference_has_a_picture_where_only_what_is_significant_is_coloured(light: bool, tmp_path: Path) -> None:
    own, shop, path = grid(), site(), tmp_path / "difference.png"
    rng = np.random.default_rng(1)
    a = rng.uniform(0.9, 1.1, (12, *own.shape))
    b = rng.uniform(0.9, 1.1, (12, *own.shape))
    b[:, :16, :20] += 5  # the upper left quarter has more
    seen = np.full((12, *own.shape), 60.0)
    walkable = np.ones(own.shape, np.bool_)
    found, heat = compare(a, b, seen, seen, walkable), Heatmap(own)
    picture = picture_of_difference(found, heat, shop.floor, "presence", None, light=light, sure=True)
    heat_files.save_picture(path, picture, shop, title="t", note="")
    picture_of_it = drawn(path)
    more, same = picture_of_it[72 + 200, 24 + 250], picture_of_it[72 + 700, 24 + 900]
    assert tuple(same) == bgr((LIGHT if light else DARK).floor)
    assert int(more[2]) - int(more[0]) > 60, "more is warm"


def test_the_table_has_a_row_a_cell_that_adds_up(both: tuple[Heatmap, Heatmap], tmp_path: Path) -> None:
    headless, heat = both
    heat_files.save_table(tmp_path / "heatmap.csv", heat)
    head, *lines = (tmp_path / "heatmap.csv").read_text().splitlines()
    assert head == "x_m,y_m,presence_s,visits,stops,vx,vy,exposure_s"
    assert len(lines) == headless.grid.size
    columns = [line.split(",") for line in lines]
    assert sum(float(row[2]) for row in columns) == pytest.approx(40 * 90)
    assert {row[5] for row in columns if row[2] == "0"} == {""}, "no velocity where nobody was"


@pytest.mark.parametrize("form", ["npz", "csv"])
def test_a_difference_is_written_with_what_is_significant(form: str, tmp_path: Path) -> None:
    own = grid()
    a, seen = np.ones((8, *own.shape)), np.full((8, *own.shape), 60.0)
    found = compare(a, 2 * a, seen, seen, np.ones(own.shape, np.bool_))
    path = tmp_path / f"difference.{form}"
    heat_files.save_difference(path, own, found)
    if form == "npz":
        with np.load(path) as arrays:
            np.testing.assert_array_equal(arrays["b"] - arrays["a"], 8)
    else:
        assert path.read_text().splitlines()[0] == "x_m,y_m,a,b,half_width_95,significant"


def test_a_folder_that_is_not_there_is_refused_in_words(both: tuple[Heatmap, Heatmap], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        heat_files.save_arrays(tmp_path / "nowhere" / "heatmap.npz", both[1])
