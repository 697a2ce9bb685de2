"""Writes the demo store's site file and floor plan: python -m heatmap_gui.vision.synthetic [project folder]."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2

from heatmap_gui.vision.synthetic.demo_site import site_document
from heatmap_gui.vision.synthetic.plan import draw_plan
from heatmap_gui.vision.synthetic.scenes import load_scene
from heatmap_gui.vision.synthetic.store import LABELS


def main(project: Path) -> None:
    """Writes calibration_data/calibration_demo.json and resources/demo/plan.png below `project`."""
    scene = load_scene("store", 1)
    site, plan = project / "calibration_data/calibration_demo.json", project / "resources/demo/plan.png"
    for path in (site, plan):
        path.parent.mkdir(parents=True, exist_ok=True)
    site.write_text(json.dumps(site_document(scene, "demo"), indent=1) + "\n", encoding="utf-8")
    plan.write_bytes(cv2.imencode(".png", draw_plan(scene, LABELS), [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
