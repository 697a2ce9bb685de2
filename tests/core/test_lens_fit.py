"""A camera whose lens is known: its coefficient comes back from its pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.lens_fit import best_k1, start_lens, write_k1
from heatmap_gui.core.pair_editing import Pairs
from heatmap_gui.core.pair_fit import fit_pairs, lens_of, write_pairs
from tests.core.pinhole import Pinhole

MPP = 0.02
SIZE = (800, 600)
PLAN_M = np.array(
    [[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0], [9.0, 12.0], [12.0, 13.0], [7.9, 4.2]]
)


def _pairs(k1: float) -> Pairs:
    pinhole = Pinhole()
    lens = Lens(pinhole.focal, pinhole.focal, SIZE[0] / 2, SIZE[1] / 2, k1=k1)
    return Pairs.of(lens.distort(pinhole.project(PLAN_M)), PLAN_M / MPP)


def test_the_focal_length_comes_from_the_pairs() -> None:
    assert start_lens(_pairs(0.0), SIZE).fx == pytest.approx(Pinhole().focal, rel=0.01)
    assert start_lens(Pairs.none(), SIZE).fx == 800.0


@pytest.mark.parametrize("k1", [-0.2, 0.0])
def test_the_coefficient_comes_back(k1: float) -> None:
    lens = replace(start_lens(_pairs(0.0), SIZE))
    assert best_k1(_pairs(k1), lens, SIZE) == pytest.approx(k1, abs=0.03)


def test_few_pairs_do_not_tell() -> None:
    few = _pairs(0.0).taken(0, False).taken(1, False)
    with pytest.raises(InputError, match="7 pairs"):
        best_k1(few, start_lens(few, SIZE), SIZE)


def test_it_is_written_with_a_new_fit_and_taken_away_by_0() -> None:
    camera: dict[str, Any] = {"camera_id": 1}
    write_pairs(camera, fit_pairs(_pairs(-0.2), MPP), SIZE)
    before = camera["calibration"]["error_m"]
    camera["lens"] = {"fx": Pinhole().focal, "fy": Pinhole().focal, "cx": 400.0, "cy": 300.0}
    write_k1(camera, -0.2, MPP, SIZE)
    lens = lens_of(camera)
    assert lens is not None and lens.k1 == -0.2
    assert camera["calibration"]["error_m"] < 0.1 * before
    write_k1(camera, 0.0, MPP, SIZE)
    assert "lens" not in camera
    assert camera["calibration"]["error_m"] == pytest.approx(before, rel=1e-3)
