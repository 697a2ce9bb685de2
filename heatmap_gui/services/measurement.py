"""What is to be measured, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from heatmap_gui.core.site import Camera, Floor, Site
from heatmap_gui.services.cameras import CameraState


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What is to be measured. start: Unix time of the first frame, None: the epoch for files, now for cameras.

    duration_s None: until the end. classes None: people and vehicles.
    """

    site: Site
    out: Path
    start: float | None = None
    duration_s: float | None = None
    model: str | None = None
    device: str = "auto"
    models_dir: Path
    confidence: float = 0.5
    frame_skip: int = 1
    classes: tuple[str, ...] | None = None
    realtime: bool = False
    annotate: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: share of the work (None: unknown), frames measured so far, how each camera does."""

    share: float | None
    frames: int
    states: Mapping[str, CameraState]


def bare_site(urls: dict[str, str]) -> Site:
    """Uncalibrated cameras, each on the floor of its own picture."""
    cameras = tuple(Camera(c, f"Camera {c}", url, int(c) if c.isdecimal() else c) for c, url in urls.items())
    return Site("measurement", Floor(None, 1, 1), cameras)
