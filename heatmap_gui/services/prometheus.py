"""Figures for Prometheus: which there are, and how its text format (version 0.0.4) writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Literal, NamedTuple

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = tuple[tuple[str, str], ...]


class Metric(NamedTuple):
    """kind: a counter only rises, a gauge does as it likes, a histogram counts by upper bounds, its `buckets`."""

    kind: Literal["counter", "gauge", "histogram"]
    help: str
    buckets: tuple[float, ...] = ()


class Histogram(NamedTuple):
    """counts: of values in each of the metric's buckets, and above the last one. total: of all values."""

    counts: tuple[int, ...]
    total: float


Values = Mapping[tuple[str, Labels], float | Histogram]
"""By metric and labels."""


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
    "vehicle_api_classification_latency_ms": Metric(
        "histogram",
        "From a picture to its answer.",
        (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000),
    ),
    "vehicle_api_requests_total": Metric("counter", "Requests, by endpoint, method and status."),
    "vehicle_api_request_duration_seconds": Metric(
        "histogram", "How long requests took, by endpoint.", (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
    ),
    "vehicle_api_errors_total": Metric("counter", "Requests that ended with a problem, by type."),
    "vehicle_api_redis_connections": Metric("gauge", "Connections to Redis that are open."),
    "vehicle_api_cache_hits_total": Metric("counter", "Pictures that were answered out of the cache."),
    "vehicle_api_cache_misses_total": Metric("counter", "Pictures that the cache did not know."),
}
FROM_THE_START = ("vehicle_api_redis_connections", "vehicle_api_cache_hits_total", "vehicle_api_cache_misses_total")
"""Those that are shown before anything was counted."""


def exposition(values: Values) -> str:
    """All values as text; metrics in the order of METRICS."""
    by_name: dict[str, list[str]] = {}
    for name, labels in sorted(values):
        by_name.setdefault(name, []).extend(_samples(name, labels, values[name, labels]))
    return "".join(f"{line}\n" for name in METRICS if name in by_name for line in _family(name, by_name[name]))


def _family(name: str, samples: Iterable[str]) -> Iterable[str]:
    kind, said, _ = METRICS[name]
    escaped = said.replace("\\", r"\\").replace("\n", r"\n")
    return (f"# HELP {name} {escaped}", f"# TYPE {name} {kind}", *samples)


def _samples(name: str, labels: Labels, value: float | Histogram) -> Iterable[str]:
    if not isinstance(value, Histogram):
        yield f"{name}{_labels(labels)} {_number(value)}"
        return
    counts = list(accumulate(value.counts))
    for bound, count in zip((*METRICS[name].buckets, math.inf), counts, strict=True):
        yield f"{name}_bucket{_labels((*labels, ('le', _number(bound))))} {count}"
    yield f"{name}_sum{_labels(labels)} {_number(value.total)}"
    yield f"{name}_count{_labels(labels)} {counts[-1]}"


def _labels(labels: Labels) -> str:
    def quoted(text: str) -> str:
        return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

    return "{" + ",".join(f'{key}="{quoted(text)}"' for key, text in labels) + "}" if labels else ""


def _number(value: float) -> str:
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return "NaN" if math.isnan(value) else repr(float(value)).removesuffix(".0")
