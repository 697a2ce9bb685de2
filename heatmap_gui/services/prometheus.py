"""Figures for Prometheus: which there are, and how its text format (version 0.0.4) writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = tuple[tuple[str, str], ...]


class Metric(NamedTuple):
    """kind: a counter only rises, a gauge does as it likes."""

    kind: Literal["counter", "gauge"]
    help: str


METRICS = {
    "heatmap_healthy": Metric("gauge", "1 healthy, 0.5 degraded, 0 unhealthy."),
    "heatmap_loop_age_seconds": Metric("gauge", "Since a loop last made progress."),
    "heatmap_redis_up": Metric("gauge", "Whether Redis answers; 0 as well when none is configured."),
    "heatmap_database_up": Metric("gauge", "Whether the database answers."),
    "heatmap_jobs_waiting": Metric("gauge", "Jobs that are due and that nobody has taken."),
    "heatmap_jobs_waiting_seconds": Metric("gauge", "How long the oldest of them has waited."),
    "heatmap_jobs_total": Metric("counter", "Jobs that ended in this process, by status."),
    "heatmap_deliveries_waiting": Metric("gauge", "Deliveries that are due and not delivered."),
    "heatmap_deliveries_waiting_seconds": Metric("gauge", "How long the oldest of them has waited."),
    "heatmap_deliveries_total": Metric("counter", "Tries to deliver in this process, by sink and outcome."),
    "heatmap_alerts_total": Metric("counter", "Alerts of this process, by kind."),
    "heatmap_detections_total": Metric("counter", "Detections of this process, by store and camera."),
    "heatmap_frames_total": Metric("counter", "Frames looked at in this process, by store and camera."),
    "heatmap_camera_up": Metric("gauge", "Whether a camera's pictures are to be trusted."),
    "heatmap_camera_fps": Metric("gauge", "Frames a second that a camera gives."),
    "heatmap_disk_free_bytes": Metric("gauge", "Free space where the data folder lies."),
    "heatmap_disk_pressure": Metric("gauge", "0 enough space, 1 snapshots stop, 2 tracks are thinned as well."),
    "heatmap_clock_difference_seconds": Metric("gauge", "To the clock that differs most among the hosts."),
    "heatmap_uptime_seconds": Metric("gauge", "Since this process began."),
}


def exposition(values: Mapping[tuple[str, Labels], float]) -> str:
    """All values, by metric and labels, as text; metrics in the order of METRICS."""
    by_name: dict[str, list[str]] = {}
    for (name, labels), value in sorted(values.items()):
        by_name.setdefault(name, []).append(f"{name}{_labels(labels)} {_number(value)}")
    return "".join(f"{line}\n" for name in METRICS if name in by_name for line in _family(name, by_name[name]))


def _family(name: str, samples: Iterable[str]) -> Iterable[str]:
    kind, said = METRICS[name]
    escaped = said.replace("\\", r"\\").replace("\n", r"\n")
    return (f"# HELP {name} {escaped}", f"# TYPE {name} {kind}", *samples)


def _labels(labels: Labels) -> str:
    def quoted(text: str) -> str:
        return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

    return "{" + ",".join(f'{key}="{quoted(text)}"' for key, text in labels) + "}" if labels else ""


def _number(value: float) -> str:
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return "NaN" if math.isnan(value) else repr(float(value)).removesuffix(".0")
