"""Synthetic scenes as recorded detections: the truth's boxes in `mot:` replays, so that measuring takes a moment."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heatmap_gui.vision.synthetic import Truth, load_scene, write_truth
from heatmap_gui.vision.synthetic.demo_site import site_document


@dataclass(frozen=True)
class Replay:
    """A site file whose cameras replay a scene, and what is true of the scene."""

    site: Path
    truth: Truth
    fps: float
    urls: dict[str, str]

    @property
    def person_seconds(self) -> float:
        return len(self.truth.frame) / self.fps

    def changed(self, name: str, **store: Any) -> Path:
        """Another site file beside it, with these values in its `store`, or its lists of zones, lines or cameras."""
        document = json.loads(self.site.read_text())
        for key, value in store.items():
            (document if key in document else document["store"])[key] = value
        path = self.site.with_name(name)
        path.write_text(json.dumps(document))
        return path


def record(folder: Path, scene: str, seed: int, duration_s: float, fps: float) -> Replay:
    """Writes the truth, the replays and the site file into a folder."""
    truth = write_truth(folder / "truth", scene, seed, duration_s, fps)
    document = site_document(load_scene(scene, seed), scene)
    del document["store"]["plan_path"]
    urls = {}
    for camera in document["cameras"]:
        number, (width, height) = camera["camera_id"], camera["frame_size"]
        file = folder / f"det_{number}.txt"
        rows = (line.split(",") for line in (folder / f"truth/gt_camera_{number}.txt").read_text().splitlines())
        file.write_text("".join(f"{row[0]},-1,{','.join(row[2:6])},{row[6]}\n" for row in rows))
        options = f"fps={fps:g}&width={width}&height={height}"
        camera["rtsp_url"] = f"mot:{file.name}?{options}"  # paths in a site file start at the file
        urls[str(number)] = f"mot:{file}?{options}"
    site = folder / f"calibration_{scene}.json"
    site.write_text(json.dumps(document))
    return Replay(site, truth, fps, urls)


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def left_in(folder: Path) -> list[str]:
    """Names of all files and folders below, hidden ones too; none when the folder does not exist."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
