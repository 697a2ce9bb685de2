"""What a heat map shows: values with their units, scales, and where it is hottest."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heat_values import KINDS, Ramp, outlines, summary_of, unit_of, unseen_of, values_of, velocity
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.types import F8, PERSON, Points

GRID = Grid((0.0, 0.0), 0.25, (40, 60))


def rows(at: F8, x: F8, y: F8, vx: float = 0.0, track: int = 1) -> Points:
    n, zeros = len(at), np.zeros(len(at))
    step = float(at[1] - at[0])
    return Points(
        at, np.full(n, track), x, y, np.full(n, vx), zeros, zeros, np.full(n, step), np.zeros(n, np.int16),
        np.ones(n, np.uint64), np.zeros(n, np.bool_), (PERSON,),
    )  # fmt: skip


def heat() -> Heatmap:
    """Somebody stands at (3, 5) for 60 s, somebody else walks along y = 8 at 1 m/s; nobody looks at x > 10."""
    left = np.zeros(GRID.shape, np.bool_)
    left[:, :40] = True
    made = Heatmap(GRID, None, {"1": left})
    at = np.arange(0, 60, 0.25)
    made.add(rows(at, np.full(240, 3.0), np.full(240, 5.0)))
    walk = np.arange(0, 9, 0.1)
    made.add(rows(walk, walk + 0.5, np.full(90, 8.0), 1.0, track=2))
    made.expose(0.0, {"1": 60.0})
    return made


def at(layer: F8, x: float, y: float) -> float:
    return float(layer.ravel()[GRID.cell_of(np.array([x]), np.array([y]))[0]])


def test_values_have_the_meaning_of_their_units() -> None:
    made = heat()
    presence = values_of(made, "presence")
    assert np.nansum(presence) * GRID.cell**2 == pytest.approx(69, rel=1e-3)
    assert np.nansum(values_of(made, "stops")) * GRID.cell**2 == pytest.approx(1)
    assert at(values_of(made, "speed"), 5, 8) == pytest.approx(1, abs=0.02)
    assert at(values_of(made, "speed"), 3, 5) == pytest.approx(0, abs=0.02)
    assert at(values_of(made, "dwell"), 5, 8) == pytest.approx(0.25, rel=0.1)
    assert at(values_of(made, "dwell"), 3, 5) == pytest.approx(60, rel=0.1)
    vx, vy = velocity(made)
    assert at(vx, 5, 8) == pytest.approx(1, abs=0.02)
    assert at(vy, 5, 8) == pytest.approx(0, abs=0.02)


def test_what_nobody_saw_has_no_value_and_where_nobody_came_no_mean() -> None:
    made = heat()
    assert unseen_of(made)[:, 40:].all()
    for kind in KINDS:
        values = values_of(made, kind)
        assert np.isnan(values[:, 40:]).all()
        assert unit_of(kind, "m")
    assert at(values_of(made, "presence"), 8, 1) == 0
    assert np.isnan(at(values_of(made, "speed"), 8, 1))


@pytest.mark.parametrize("scale", ["linear", "log", "percentile"])
def test_a_scale_goes_up_from_nothing_to_all(scale: str) -> None:
    values = np.array([[0.0, 1.0, 10.0], [100.0, 500.0, np.nan]])
    ramp = Ramp.of(values, scale, 100.0)  # type: ignore[arg-type]
    share = ramp.share(values).ravel()[:5]
    assert share[0] == 0
    assert (np.diff(share[:4]) > 0).all()
    assert share.max() == 1
    assert np.isnan(ramp.share(values)[1, 2])
    ticks = ramp.ticks()
    assert [value for value, _ in ticks] == sorted(value for value, _ in ticks)
    np.testing.assert_allclose(
        [ramp.share(np.array(v)) for v, _ in ticks if scale != "percentile"],
        [part for _, part in ticks if scale != "percentile"],
        atol=1e-9,
    )


def test_the_hottest_tenth_is_of_the_floor_that_was_seen_and_is_outlined() -> None:
    made = heat()
    values = values_of(made, "presence")
    found = summary_of(made, values)
    assert found.total == pytest.approx(69)
    assert (found.observed, found.floor) == (100, 150)
    assert found.threshold is not None
    assert found.holds is not None
    seen = values[:, :40]
    assert (seen >= found.threshold).mean() == pytest.approx(0.1, abs=0.01)
    assert found.holds == pytest.approx(seen[seen >= found.threshold].sum() / seen.sum())
    lines = outlines(made, values, found.threshold)
    inside = [line for line in lines if line[:, 0].min() < 3 < line[:, 0].max() and line[:, 1].min() < 5]
    assert inside, "one goes around who stands"


def test_a_cold_floor_has_no_hottest_tenth() -> None:
    cold = Heatmap(GRID)
    cold.expose(0.0, {"1": 10.0})
    found = summary_of(cold, values_of(cold, "presence"))
    assert found.threshold is None
    assert found.holds is None
    assert found.observed == 150
