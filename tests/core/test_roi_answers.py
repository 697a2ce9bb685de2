"""Who stands in which forbidden zone in one picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.roi_answers import in_forbidden_zones
from heatmap_gui.core.site import Camera, Floor, Site, Zone
from heatmap_gui.core.types import Detections
from heatmap_gui.store.site_files import load_yaml_site
from tests.core.roi_documents import write

LABELS = ("pine", "worker", "object")
SQUARE = np.array([[100.0, 100.0], [500.0, 100.0], [500.0, 400.0], [100.0, 400.0]])
NOON, NIGHT = 43_200.0, 3600.0
EMPTY = np.zeros((0, 2))


def found(*rows: tuple[str, tuple[float, float, float, float]]) -> Detections:
    boxes = np.array([box for _, box in rows], np.float32).reshape(-1, 4)
    return Detections(boxes, np.ones(len(rows), np.float32), np.array([LABELS.index(n) for n, _ in rows]), LABELS)


def site(calibration: Calibration | None = None, **zone: Any) -> Site:
    camera = Camera("1", "Hall", "", 1, calibration=calibration, frame_size=(800, 600))
    place = Zone("z", "Loading", "forbidden", SQUARE, on="1", anchor="centre")
    return Site("works", Floor(None, 800, 600), (camera,), (replace(place, **zone),))


INSIDE, BELOW, OUTSIDE = (200.0, 200.0, 300.0, 300.0), (200.0, 300.0, 300.0, 480.0), (600.0, 200.0, 700.0, 300.0)


def told(where: Site, seen: Detections, size: tuple[int, int] = (800, 600), at: float = NOON) -> list[tuple[int, str]]:
    return [(one.detection, one.spared or "") for one in in_forbidden_zones(where, "1", seen, size, at)]


def test_the_files_of_people_alert_for_their_classes(tmp_path: Path) -> None:
    cameras = write(tmp_path)
    hall = load_yaml_site(cameras, tmp_path / "rois.yaml")
    seen = found(("object", INSIDE), ("worker", INSIDE), ("object", OUTSIDE), ("pine", BELOW))
    answers = list(in_forbidden_zones(hall, "cam_nave3_hornos", seen, (800, 600), NOON))
    assert [(one.detection, one.zone.name, one.spared) for one in answers] == [
        (0, "loading_zone", None),
        (1, "loading_zone", "worker is none of the classes that alert there: object"),
        (3, "loading_zone", "pine is none of the classes that alert there: object"),
    ]


@pytest.mark.parametrize(("anchor", "inside"), [("centre", [(0, ""), (1, "")]), ("foot", [(0, "")])])
def test_the_anchor_says_which_point_counts(anchor: str, inside: list[tuple[int, str]]) -> None:
    assert told(site(anchor=anchor), found(("object", INSIDE), ("object", BELOW))) == inside


def test_a_picture_of_half_the_size_is_scaled_and_of_another_shape_refused() -> None:
    half = tuple(side / 2 for side in INSIDE)
    assert told(site(), found(("object", half)), (400, 300)) == [(0, "")]  # type: ignore[arg-type]  # four of them
    with pytest.raises(InputError):
        told(site(), found(("object", INSIDE)), (800, 450))


def test_hours_and_allowed_classes() -> None:
    where = site(active_hours=(("09:00", "17:00"),), allowed_classes=("worker",))
    seen = found(("object", INSIDE), ("worker", INSIDE))
    assert told(where, seen) == [(0, ""), (1, "worker is allowed there")]
    assert told(where, seen, at=NIGHT)[0] == (0, "outside the active hours: 09:00-17:00")


def test_zones_on_the_plan_concern_calibrated_cameras_by_the_feet() -> None:
    twice = Calibration(np.diag([2.0, 2.0, 1.0]), EMPTY, EMPTY, None)  # 1 px of the picture is 2 px of the plan
    seen = found(("object", (60.0, 40.0, 140.0, 120.0)), ("object", INSIDE))
    assert told(site(twice, on="plan"), seen) == [(0, "")]
    assert told(site(None, on="plan"), seen) == []
    assert told(site(None, type="queue"), seen) == []
