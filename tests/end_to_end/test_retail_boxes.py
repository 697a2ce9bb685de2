"""The demo store's people as boxes in its three cameras, hidden ones left out: retail figures are the true ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from heatmap_gui.resources import resource
from heatmap_gui.services.measurement import Measurement
from heatmap_gui.services.measuring import measure
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.synthetic import truth, write_truth
from tests.replays import table

DURATION_S, FPS = 300.0, 5.0
SEEN_S = 1.0  # whoever grazes a zone for less may be missed


def replayed(folder: Path) -> Path:
    """A site whose cameras replay what is seen of everybody -> its file."""
    write_truth(folder, "store", 1, DURATION_S, FPS)
    document = json.loads((resource("calibration_data") / "calibration_demo.json").read_text(encoding="utf-8"))
    document["store"]["plan_path"] = str(resource("resources") / "demo" / "plan.png")
    for camera in document["cameras"]:
        width, height = camera["frame_size"]
        rows = (line.split(",") for line in (folder / f"gt_camera_{camera['camera_id']}.txt").read_text().splitlines())
        seen = [",".join([row[0], "-1", *row[2:6], "0.9", "-1", "-1", "-1"]) for row in rows if float(row[6]) > 0]
        boxes = folder / f"det_{camera['camera_id']}.txt"
        boxes.write_text("\n".join(seen) + "\n")
        camera["rtsp_url"] = f"mot:{boxes}?fps={FPS:g}&width={width}&height={height}"
    site = folder / "calibration_demo.json"
    site.write_text(json.dumps(document))
    return site


def test_lines_waits_and_dwell_are_the_true_ones(tmp_path: Path) -> None:
    known = truth("store", 1, DURATION_S, FPS)
    out = tmp_path / "out"
    measure(Measurement(site=load_site(replayed(tmp_path)), out=out, models_dir=tmp_path))
    ways = [row["direction"] for row in table(out / "crossings.csv")]
    true_ways = [crossing.direction for crossing in known.crossings]
    assert [ways.count(way) for way in ("in", "out")] == [true_ways.count(way) for way in ("in", "out")]
    rows = [(row["zone_id"], float(row["dwell_s"])) for row in table(out / "visits.csv")]
    visits = [(visit.zone_id, visit.dwell_s) for visit in known.visits]
    for zone in ("queue", "checkout", "groceries", "household"):
        found, true = _stays(rows, zone), _stays(visits, zone)
        assert abs(len(found) - len(true)) <= max(1, 0.02 * len(true)), zone
        assert sum(found) == pytest.approx(sum(true), rel=0.05), zone


def _stays(visits: Sequence[tuple[str, float]], zone: str) -> list[float]:
    return [dwell_s for of, dwell_s in visits if of == zone and dwell_s >= SEEN_S]
