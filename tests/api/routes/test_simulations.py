"""Every printed question about simulations has an answer, of which the figures are the service's own."""

from __future__ import annotations

import pytest

from heatmap_gui.services.traffic_ingest import ingest
from tests.api.conftest import Api
from tests.signal_records import records

QUESTIONS = (
    "/api/v1/analytics/simulation/a/summary",
    "/api/v1/analytics/wait-times",
    "/api/v1/analytics/speeds",
    "/api/v1/analytics/environmental-impact",
    "/api/v1/analytics/comparison/baseline-vs-ai",
    "/api/v1/analytics/emergency-report",
    "/api/v1/analytics/time-series/a",
    "/api/v1/dashboard/live-metrics",
    "/api/v1/dashboard/performance-comparison",
    "/api/v1/charts/wait-time-trend",
    "/api/v1/charts/performance-scatter",
)
OF_ONE = ("/api/v1/analytics/simulation/a/summary", "/api/v1/analytics/time-series/a")


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_is_answered_with_and_without_records(api: Api, question: str) -> None:
    empty = api.viewer.get(question)
    assert empty.status_code == (404 if question in OF_ONE else 200), empty.text
    ingest(api.app.database, [*records("a", 60), *records("baseline", 60, seed=2)])
    assert api.viewer.get(question).status_code == 200
    assert api.nobody.get(question).status_code == 401


def test_what_was_chosen_is_what_is_answered(api: Api) -> None:
    ingest(api.app.database, [*records("a", 60, intersections=2), *records("b", 30)])
    span = {"from": "2025-09-10T08:01:00Z", "to": "2025-09-10T09:03:00+01:00"}
    chosen = {"simulation_id": "a", "intersection_id": "INT_002", "direction": "west", "group_by": "simulation_id"}
    answer = api.viewer.get(QUESTIONS[1], params=chosen | span).json()
    assert (answer["overall"]["records"], answer["groups"][0]["of"]) == (12, "a")
    assert len(api.viewer.get(QUESTIONS[6], params={"bucket_s": 100}).json()["points"]) == 6
    sides = {"baseline_simulation_id": "b", "ai_simulation_id": "a", "confidence": 0.9}
    found = api.viewer.get(QUESTIONS[4], params=sides).json()
    assert found["baseline"]["simulation_ids"] == ["b"] and found["metrics"]["avg_speed"]["low"] is not None
    assert "Welch" in found["method"]


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("/api/v1/analytics/simulation/nobody/summary", 404),
        ("/api/v1/analytics/time-series/nobody", 404),
        ("/api/v1/dashboard/live-metrics?simulation_id=nobody", 404),
        ("/api/v1/dashboard/performance-comparison?simulation_id=nobody", 404),
        ("/api/v1/analytics/comparison/baseline-vs-ai?baseline_simulation_id=nobody&ai_simulation_id=a", 404),
        ("/api/v1/charts/performance-scatter?simulation_id=nobody", 404),
        ("/api/v1/analytics/time-series/a?bucket_s=0.1", 422),
        ("/api/v1/analytics/time-series/a?bucket_s=nan", 422),
        ("/api/v1/analytics/speeds?direction=north", 422),
        ("/api/v1/analytics/speeds?group_by=direction", 422),
        ("/api/v1/analytics/wait-times?from=yesterday", 422),
        ("/api/v1/analytics/wait-times?from=1925-01-01T00:00:00Z", 409),
        ("/api/v1/analytics/wait-times?from=1970-01-01T00:00:00Z&to=2070-01-01T00:00:00Z", 409),
        ("/api/v1/analytics/comparison/baseline-vs-ai?confidence=1", 422),
        ("/api/v1/charts/performance-scatter?x=colour", 422),
        ("/api/v1/dashboard/live-metrics?window_s=inf", 422),
    ],
)
def test_what_cannot_be_answered_is_said(api: Api, question: str, status: int) -> None:
    ingest(api.app.database, records("a", 100))
    answer = api.viewer.get(question)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json" and answer.json()["detail"]
