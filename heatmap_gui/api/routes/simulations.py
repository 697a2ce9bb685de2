"""Analytics, dashboards and charts of intersections' records. They belong to no store: who may read sees them all."""

from __future__ import annotations

import time
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from heatmap_gui.api.chosen import Bucket, Choice, Confidence, Of, Simulation, SimulationPath, Simulations
from heatmap_gui.api.parts import Parts, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.services import traffic_analytics as analytics
from heatmap_gui.services import traffic_comparison, traffic_dashboards
from heatmap_gui.services.traffic_analytics import By

router = APIRouter(prefix="/api/v1", tags=["traffic: simulations"])
Figure = traffic_dashboards.Figure


@router.get("/analytics/simulation/{simulation_id}/summary", responses=saying(404))
def simulation_summary(parts: Parts, who: Viewer, simulation_id: SimulationPath) -> analytics.Summary:
    """One simulation in figures: means weighted by vehicles."""
    return analytics.summary(parts.database, simulation_id)


@router.get("/analytics/wait-times")
def wait_times(parts: Parts, who: Viewer, of: Choice, group_by: By = "direction") -> analytics.WaitTimes:
    """How long those waited who crossed, in s."""
    return analytics.wait_times(parts.database, of, group_by)


@router.get("/analytics/speeds")
def speeds(
    parts: Parts, who: Viewer, of: Choice, group_by: Literal["intersection_id", "simulation_id"] = "intersection_id"
) -> analytics.Speeds:
    """How fast those went who passed, in km/h."""
    return analytics.speeds(parts.database, of, group_by)


@router.get("/analytics/environmental-impact")
def environmental_impact(parts: Parts, who: Viewer, of: Choice) -> analytics.Impact:
    """Fuel (l) and CO2 (kg): saved as it was reported, and used while waiting by factors whose source is said."""
    return analytics.environmental_impact(parts.database, of)


@router.get("/analytics/comparison/baseline-vs-ai", responses=saying(404))
def baseline_vs_ai(
    parts: Parts,
    who: Viewer,
    of: Of,
    baseline_simulation_id: Simulations = None,
    ai_simulation_id: Simulations = None,
    confidence: Confidence = 0.95,
) -> traffic_comparison.Comparison:
    """What is better, by how much, with an interval. A side that is not named: all with, or without, `baseline` in
    their id.
    """
    return traffic_comparison.compare(parts.database, baseline_simulation_id, ai_simulation_id, of, confidence)


@router.get("/analytics/emergency-report")
def emergency_report(parts: Parts, who: Viewer, of: Choice) -> analytics.EmergencyReport:
    """How emergency vehicles fared: when they came, whether it was green, how long the others waited."""
    return analytics.emergency_report(parts.database, of)


@router.get("/analytics/time-series/{simulation_id}", responses=saying(404))
def time_series(
    parts: Parts, who: Viewer, simulation_id: SimulationPath, of: Of, bucket_s: Bucket = None
) -> analytics.Series:
    """One simulation over time."""
    return analytics.time_series(parts.database, simulation_id, of, bucket_s)


@router.get("/dashboard/live-metrics", responses=saying(404))
def live_metrics(
    parts: Parts,
    who: Viewer,
    simulation_id: Simulation = None,
    window_s: Annotated[float, Query(ge=1, le=86_400, description="How much of the newest is added up.")] = 300,
) -> traffic_dashboards.LiveMetrics:
    """What is going on now, or was when the last record came."""
    return traffic_dashboards.live_metrics(parts.database, simulation_id, window_s, time.time())


@router.get("/dashboard/performance-comparison", responses=saying(404))
def dashboard_comparison(
    parts: Parts,
    who: Viewer,
    simulation_id: Annotated[Simulations, Query(max_length=traffic_dashboards.MOST_SIMULATIONS)] = None,
    confidence: Confidence = 0.95,
) -> traffic_dashboards.PerformanceComparison:
    """Simulations side by side: these, or the twenty that were added to last."""
    return traffic_dashboards.performance_comparison(parts.database, simulation_id or [], confidence)


@router.get("/charts/wait-time-trend", responses=saying(404))
def wait_time_trend(
    parts: Parts, who: Viewer, of: Of, simulation_id: Simulation = None, bucket_s: Bucket = None
) -> traffic_dashboards.Trend:
    """Waits over time, a line a direction."""
    return traffic_dashboards.wait_time_trend(parts.database, simulation_id, of, bucket_s)


@router.get("/charts/performance-scatter", responses=saying(404))
def performance_scatter(
    parts: Parts,
    who: Viewer,
    of: Choice,
    x: Figure = "avg_wait_time_all_sides",
    y: Figure = "throughput",
    bucket_s: Bucket = None,
) -> traffic_dashboards.Scatter:
    """Two figures against each other, a dot a part of the time, a group a simulation."""
    return traffic_dashboards.performance_scatter(parts.database, of, x, y, bucket_s)
