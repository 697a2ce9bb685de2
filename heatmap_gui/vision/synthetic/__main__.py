"""Writes a demo's site file and floor plan: python -m heatmap_gui.vision.synthetic [FOLDER [store|junction]]."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import cv2

from heatmap_gui.core.types import U1
from heatmap_gui.vision.synthetic import junction_pictures
from heatmap_gui.vision.synthetic.demo_site import site_document
from heatmap_gui.vision.synthetic.junction import NAME as JUNCTION
from heatmap_gui.vision.synthetic.junction_site import junction_document
from heatmap_gui.vision.synthetic.plan import draw_plan
from heatmap_gui.vision.synthetic.scenes import load_scene
from heatmap_gui.vision.synthetic.store import LABELS


def main(project: Path, name: str = "store") -> None:
    """Writes a site file into calibration_data/ and its plan into resources/demo/, below `project`."""
    if name == JUNCTION:
        _write(project, name, "junction.png", junction_document(name, 1), junction_pictures.plan())
    else:
        scene = load_scene(name, 1)
        _write(project, "demo", "plan.png", site_document(scene, "demo"), draw_plan(scene, LABELS))


def _write(project: Path, name: str, picture: str, document: dict[str, Any], drawn: U1) -> None:
    site, plan = project / f"calibration_data/calibration_{name}.json", project / "resources/demo" / picture
    for path in (site, plan):
        path.parent.mkdir(parents=True, exist_ok=True)
    site.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    plan.write_bytes(cv2.imencode(".png", drawn, [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."), *sys.argv[2:3])
