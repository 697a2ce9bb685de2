"""Sums are there as long as what they add up is as it was, on either database."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from heatmap_gui.core.types import Sparse, Tile
from heatmap_gui.store import retention, sums
from heatmap_gui.store.database import Database
from tests.store.test_history import START, begin, measured, walked, write

DAY_S = 86_400
DAY = START // DAY_S * DAY_S, START // DAY_S * DAY_S + DAY_S
SERIES = sums.Series("s", "plan", "basis")
TILE = Tile(
    int(DAY[0]),
    {"person": Sparse(np.array([3, 4], np.int32), np.array([[60.0, 30], [2, 1], [1, 0], [3, 4], [5, 6]]))},
    Sparse(np.array([3, 4, 5], np.int32), np.array([[600.0, 600, 300]])),
)


def keep(database: Database, span: tuple[float, float] = DAY, series: sums.Series = SERIES) -> None:
    with sums.making(database) as connection:
        sums.keep(connection, series, span, TILE)


def test_a_sum_comes_back_as_it_was_made(database: Database) -> None:
    assert sums.read(database, SERIES, DAY) is None
    keep(database)
    found = sums.read(database, SERIES, DAY)
    assert found is not None
    np.testing.assert_array_equal(found.layers["person"].values, TILE.layers["person"].values)
    np.testing.assert_array_equal(found.exposure.values, TILE.exposure.values)
    assert sums.presence(database, SERIES, *DAY) == {DAY: (90.0, 600.0)}


def test_another_basis_takes_its_place(database: Database) -> None:
    keep(database)
    other = sums.Series("s", "plan", "another grid")
    assert sums.read(database, other, DAY) is None
    keep(database, series=other)
    assert sums.read(database, other, DAY) is not None
    assert sums.read(database, SERIES, DAY) is None


def test_vehicles_are_not_people() -> None:
    tile = Tile(0, {**TILE.layers, "car": TILE.layers["person"]}, TILE.exposure)
    assert sums.presence_of(tile) == (90.0, 600.0)


def _write(database: Database) -> None:
    write(database, begin(database), 0, *measured(walked(minutes=1)))


def _erase(database: Database) -> None:
    retention.erase(database, "s", START, START + 1, "me", START)


def _expire(database: Database) -> None:
    retention.expire(database, 1, DAY[0] + DAY_S + 1)


@pytest.mark.parametrize("change", [_write, _erase, _expire])
def test_whoever_changes_tiles_forgets_the_sums_over_them(
    database: Database, change: Callable[[Database], None]
) -> None:
    _write(database)
    weeks = DAY[0] - 20 * DAY_S, DAY[0] + 8 * DAY_S
    other = sums.Series("other", "plan", "basis")
    later = DAY[1], DAY[1] + DAY_S
    for span in (DAY, weeks, later):
        keep(database, span)
    keep(database, later, other)
    change(database)
    assert sums.read(database, SERIES, DAY) is None
    assert sums.read(database, SERIES, weeks) is None
    assert sums.read(database, SERIES, later) is not None
    assert sums.read(database, other, later) is not None
