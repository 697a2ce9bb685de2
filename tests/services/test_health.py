"""Health: what is reported comes out in words and figures, and a loop that stands still is noticed."""

from __future__ import annotations

import json
import re

import pytest

from heatmap_gui.services.health import Health
from heatmap_gui.services.prometheus import METRICS


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def health(clock: Clock) -> Health:
    return Health("detector", clock)


def test_nothing_wrong_is_healthy(health: Health) -> None:
    health.loop("jobs", 5.0)
    document = health.document()
    assert document["status"] == "healthy" and document["reasons"] == []
    assert document["role"] == "detector" and document["redis_connected"] is False and document["database_healthy"]
    assert json.loads(json.dumps(document)) == document


def test_a_loop_that_stands_still_is_unhealthy_until_it_beats(health: Health, clock: Clock) -> None:
    health.loop("jobs", 5.0)
    beat = health.loop("exporter", 1.0)
    clock.now += 1.5
    assert health.document()["status"] == "unhealthy" and not health.progressing()
    assert health.document()["reasons"] == ["loop exporter: no progress for 2 s: restart the service"]
    beat()
    assert health.document()["status"] == "healthy" and health.progressing()
    clock.now += 1.5
    health.forget_loop("exporter")
    assert health.progressing(), "the one has ended as it should, the other's time is not over"
    clock.now += 2.5
    assert not health.progressing()


def test_troubles_degrade_and_go_away(health: Health) -> None:
    health.camera("main", "1", 12.5, None)
    health.camera("main", "2", 0.0, "no frame for 7 s from rtsp://ann:hush@cam/2")
    document = health.document()
    assert document["status"] == "degraded" and health.progressing()
    assert document["reasons"] == ["camera main/2: no frame for 7 s from rtsp://ann:***@cam/2"]
    assert document["cameras"] == {"main/1": True, "main/2": False}
    health.report("database", "gone", fatal=True)
    assert health.document()["status"] == "unhealthy" and health.document()["database_healthy"] is False
    health.report("database", None)
    health.camera("main", "2", 10.0, None)
    assert health.document()["status"] == "healthy"


def test_metrics_are_prometheus_text(health: Health, clock: Clock) -> None:
    health.loop("jobs", 5.0)
    clock.now += 1.25
    health.add("heatmap_jobs_total", status="completed")
    health.add("heatmap_jobs_total", 2, status="completed")
    health.set("heatmap_camera_fps", float("nan"), store='a"b\\c\nd', camera="1")
    lines = health.metrics().splitlines()
    assert 'heatmap_loop_age_seconds{loop="jobs"} 1.25' in lines
    assert 'heatmap_jobs_total{status="completed"} 3' in lines
    assert 'heatmap_camera_fps{camera="1",store="a\\"b\\\\c\\nd"} NaN' in lines
    assert "heatmap_healthy 1" in lines and "heatmap_uptime_seconds 1.25" in lines
    name = ""
    for line in lines:
        if line.startswith("# HELP "):
            assert name != (name := line.split()[2])
        elif line.startswith("# TYPE "):
            assert line == f"# TYPE {name} {METRICS[name].kind}"
        else:
            assert re.fullmatch(rf"{name}(\{{.*\}})? \S+", line)


def test_a_figure_that_is_not_described_is_a_bug(health: Health) -> None:
    with pytest.raises(KeyError):
        health.add("heatmap_surprises_total")


@pytest.mark.parametrize(("name", "metric"), METRICS.items())
def test_names_follow_the_conventions(name: str, metric: tuple[str, str]) -> None:
    assert re.fullmatch(r"(heatmap|vehicle_api)_[a-z_]+", name)
    assert name.endswith("_total") == (metric[0] == "counter")


def test_a_histogram_counts_by_upper_bounds(health: Health) -> None:
    for value in (5.0, 5.1, 99.0, 7000.0):
        health.observe("vehicle_api_classification_latency_ms", value)
    lines = health.metrics().splitlines()
    name = "vehicle_api_classification_latency_ms"
    assert f"# TYPE {name} histogram" in lines
    found = {line.split()[0]: float(line.split()[1]) for line in lines if line.startswith(name)}
    bounds = {"5": 1, "10": 2, "50": 2, "100": 3, "5000": 3, "+Inf": 4}
    assert {bound: found[f'{name}_bucket{{le="{bound}"}}'] for bound in bounds} == bounds
    assert found[f"{name}_count"] == 4 and found[f"{name}_sum"] == pytest.approx(7109.1)
