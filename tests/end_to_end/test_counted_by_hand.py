"""Line crossings in a real clip equal a person's count of them, which is older than the first measurement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from heatmap_gui.core.site import Line
from heatmap_gui.services.measurement import Measurement, bare_site
from heatmap_gui.services.measuring import measure
from tests.replays import table

pytestmark = pytest.mark.soak
COUNTED = Path(__file__).parents[1] / "data" / "one_by_one_crossings.csv"
FPS = 10.0
NEAR_S = 0.35  # the hand's two frames, and one of the measurement


def test_six_people_cross_two_lines_once_each(test_data: Path, tmp_path: Path) -> None:
    rows = table(COUNTED)
    drawn = {row["line_id"]: _line(row) for row in rows}
    clip = test_data / "data" / "clips" / "one-by-one-person-detection.mp4"
    site = replace(bare_site({"1": str(clip)}), lines=tuple(drawn.values()))
    model = str(test_data / "models" / "yolov8n_int8.onnx")
    measure(Measurement(site=site, out=tmp_path, model=model, models_dir=tmp_path))
    by_hand: dict[tuple[str, str], list[float]] = defaultdict(list)
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        by_hand[row["line_id"], row["direction"]].append(float(row["frame"]) / FPS)
    for row in table(tmp_path / "crossings.csv"):
        found[row["line_id"], row["direction"]].append(float(row["t_s"]))
    assert {key: len(times) for key, times in found.items()} == {key: len(times) for key, times in by_hand.items()}
    for key, times in by_hand.items():
        assert np.abs(np.subtract(sorted(found[key]), times)).max() <= NEAR_S, key


def _line(row: dict[str, str]) -> Line:
    a, b = (np.array([float(row[f"{end}_x"]), float(row[f"{end}_y"])]) for end in "ab")
    side: Literal["left", "right"] = "left" if row["in_side"] == "left" else "right"
    return Line(row["line_id"], row["line_id"], a, b, on="1", in_side=side)
