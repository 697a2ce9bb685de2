"""One measurement of the demo store: three synthetic cameras on one floor, its truth written beside what was found."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import Observation
from heatmap_gui.loops import Spawner, spawn_thread
from heatmap_gui.resources import resource
from heatmap_gui.services.measurement import Measurement, Progress
from heatmap_gui.services.measuring import measure
from heatmap_gui.settings import Settings
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.synthetic import write_truth
from heatmap_gui.vision.synthetic.source import LONGEST_S

DURATION_S = 60.0
FPS = 15.0
_SCENE, _SEED = "store", 1  # as the site file's cameras name them


def demo_order(settings: Settings, duration_s: float | None, out: Path | None, *, every_frame: bool) -> Measurement:
    """What is to be measured. every_frame: else every third, which is enough for people and three times as fast.

    Raises InputError where there is no such duration.
    """
    length_s = DURATION_S if duration_s is None else duration_s
    if not 0 < length_s <= LONGEST_S:
        raise InputError(f"--duration {length_s:g}: choose more than 0 s, at most {LONGEST_S:.0f} s")
    site = load_site(resource("calibration_data") / "calibration_demo.json")
    cameras = tuple(replace(c, url=f"{c.url}&fps={FPS:g}&duration_s={length_s}") for c in site.cameras)
    return Measurement(
        site=replace(site, cameras=cameras),
        out=out or Path("out") / "demo",
        duration_s=length_s,
        model=settings.model,
        device=settings.device,
        models_dir=settings.home / "models",
        confidence=settings.confidence,
        frame_skip=1 if every_frame else 3,
    )


def measure_demo(
    order: Measurement,
    progress: Callable[[Progress], object],
    show: Callable[[Observation], object] | None = None,
    *,
    stopping: threading.Event | None = None,
    spawn: Spawner = spawn_thread,
) -> dict[str, Any]:
    """Measures (see `measure`), writes the truth into the folder too, and returns the summary with the truth's."""
    summary = measure(order, progress, show, stopping=stopping, spawn=spawn)
    assert order.duration_s is not None
    truth = write_truth(order.out / "truth", _SCENE, _SEED, order.duration_s, FPS)
    people, seconds = len(set(truth.track_id.tolist())), len(truth.track_id) / FPS
    return summary | {"truth": {"people": people, "person_seconds": round(seconds, 3)}}
