"""Pairs of a camera that is known exactly: errors of each, held-out ones too, and how they stand in a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.grading import grade
from heatmap_gui.core.pair_editing import Pairs
from heatmap_gui.core.pair_fit import fit_pairs, read_pairs, write_pairs
from heatmap_gui.core.site_file import read_site
from tests.core.pinhole import Pinhole

MPP = 0.02
PLAN_M = np.array(
    [[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0], [9.0, 12.0], [12.0, 13.0], [7.9, 4.2]]
)


def _pairs(n: int = 8, off_m: tuple[int, float] | None = None) -> Pairs:
    plan = PLAN_M[:n].copy()
    clicks = Pinhole().project(plan)
    if off_m is not None:
        plan[off_m[0], 0] += off_m[1]
    return Pairs.of(clicks, plan / MPP)


def _document(camera: dict[str, Any]) -> dict[str, Any]:
    return {
        "metadata": {"version": "2.0"},
        "store": {"plan_width": 1000, "plan_height": 800, "metres_per_pixel": MPP},
        "cameras": [camera],
    }


def test_a_held_out_pair_is_compared_but_not_believed() -> None:
    found = fit_pairs(_pairs(off_m=(4, 0.5)).taken(4, False), MPP)
    assert found.left_out[4] == pytest.approx(0.5, abs=1e-3)
    assert np.isnan(found.in_fit[4])
    assert np.nanmax(np.delete(found.left_out, 4)) < 1e-3
    assert found.worst_first()[0] == 4


def test_a_wrong_pair_is_named_by_its_own_number() -> None:
    found = fit_pairs(_pairs(off_m=(6, 1.0)).taken(0, False), MPP)
    assert found.suspects == (6,)
    assert found.worst_first()[0] == 6


def test_three_pairs_or_those_on_a_line_have_no_fit() -> None:
    assert fit_pairs(_pairs(3), MPP).fit is None
    assert fit_pairs(Pairs.none(), MPP).worst_first() == []
    line = Pairs.of(np.array([[x, 100.0] for x in range(100, 600, 100)]), PLAN_M[:5] / MPP)
    found = fit_pairs(line, MPP)
    assert found.fit is None and "one line" in found.problem


def test_what_is_written_is_read_again_and_held_out_pairs_are_no_part_of_the_site() -> None:
    camera: dict[str, Any] = {"camera_id": 1, "calibration": None}
    pairs = _pairs().taken(3, False)
    write_pairs(camera, fit_pairs(pairs, MPP), (800, 600))
    assert camera["calibration"]["held_out"] == [3]
    assert read_pairs(camera).used.tolist() == pairs.used.tolist()
    np.testing.assert_allclose(read_pairs(camera).image, pairs.image, atol=0.005)
    site = read_site(_document(camera), Path("calibration_shop.json"))
    calibration = site.cameras[0].calibration
    assert calibration is not None and len(calibration.camera_points) == 7
    assert site.cameras[0].frame_size == (800, 600)
    assert site.warnings == ()


@pytest.mark.parametrize("held", [8, -1, 0.5, "3"])
def test_a_held_out_pair_that_there_is_not_is_refused(held: object) -> None:
    camera: dict[str, Any] = {"camera_id": 1}
    write_pairs(camera, fit_pairs(_pairs(), MPP), None)
    camera["calibration"]["held_out"] = [held]
    with pytest.raises(InputError, match=r"cameras\[0\].calibration.held_out\[0\]"):
        read_site(_document(camera), Path("calibration_shop.json"))


def test_names_are_written_where_there_are_any() -> None:
    camera: dict[str, Any] = {"camera_id": 1}
    write_pairs(camera, fit_pairs(_pairs(), MPP), None)
    assert "names" not in camera["calibration"]
    write_pairs(camera, fit_pairs(_pairs().named(2, "till"), MPP), None)
    assert read_pairs(camera).names[2] == "till"
    assert read_site(_document(camera), Path("calibration_shop.json")).warnings == ()
    camera["calibration"]["names"] = ["till"]
    with pytest.raises(InputError, match="as many names"):
        read_site(_document(camera), Path("calibration_shop.json"))


def test_begun_pairs_are_kept_without_a_calibration() -> None:
    camera: dict[str, Any] = {"camera_id": 1}
    write_pairs(camera, fit_pairs(_pairs(2), MPP), None)
    assert camera["calibration"]["is_calibrated"] is False
    assert read_site(_document(camera), Path("calibration_shop.json")).cameras[0].calibration is None


def test_an_imported_matrix_holds_until_pairs_make_another() -> None:
    matrix = Pinhole().homography().tolist()
    camera: dict[str, Any] = {"camera_id": 1, "calibration": {"homography_matrix": matrix, "is_calibrated": True}}
    write_pairs(camera, fit_pairs(_pairs(3), MPP), None)
    assert camera["calibration"]["homography_matrix"] == matrix
    assert camera["calibration"]["is_calibrated"]
    write_pairs(camera, fit_pairs(_pairs(4), MPP), None)
    assert camera["calibration"]["homography_matrix"] != matrix
    write_pairs(camera, fit_pairs(_pairs(3), MPP), None)
    assert "homography_matrix" not in camera["calibration"]
    assert not camera["calibration"]["is_calibrated"]


def test_grades_say_why() -> None:
    best = grade(fit_pairs(_pairs(), MPP), loose=0.0)
    assert (best.letter, best.reason) == ("A", None)
    wrong = grade(fit_pairs(_pairs(off_m=(6, 1.0)), MPP), loose=0.0)
    assert wrong.letter not in ("A", "") and wrong.reason is not None
    assert (wrong.reason.matter, wrong.reason.kind, wrong.reason.value) == ("suspect", "error", 6)
    assert wrong.worst is not None and wrong.worst > 0.9
    few = grade(fit_pairs(_pairs(4), MPP), loose=0.0)
    assert (few.letter, few.typical) == ("", None), "four pairs fit whatever they are"
    assert grade(fit_pairs(_pairs(), None), loose=None).letter == "", "without a scale nothing is known in metres"
    assert grade(fit_pairs(_pairs(), MPP), loose=0.5).letter == "B"
