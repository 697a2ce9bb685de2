"""How the whole is: in the words that other systems look for."""

from __future__ import annotations

from datetime import datetime

from tests.api.conftest import Api


def test_health_is_for_everybody(api: Api) -> None:
    answer = api.nobody.get("/health")
    assert answer.status_code == 200
    found = answer.json()
    assert datetime.fromisoformat(found.pop("timestamp")).utcoffset() is not None
    assert found == {
        "status": "healthy",
        "redis_connected": False,
        "database_healthy": True,
        "models_loaded": False,
    }


def test_health_is_503_when_the_work_is_not_done(api: Api) -> None:
    api.app.health.report("database", "gone", fatal=True)
    answer = api.nobody.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unhealthy")
    assert answer.json()["database_healthy"] is False


def test_what_is_degraded_still_answers(api: Api) -> None:
    api.app.health.report("redis", "away")
    assert api.nobody.get("/health").status_code == 200


def test_system_info_says_what_runs(api: Api) -> None:
    found = api.viewer.get("/system/info").json()
    assert found["database"] == {"kind": "sqlite", "healthy": True, "open_connections": 0}
    assert found["roles"] == ["api"]
    assert api.nobody.get("/system/info").status_code == 401


def test_metrics_are_for_admins_and_for_machines_with_that_scope(api: Api) -> None:
    for client in (api.admin, api.machine):
        answer = client.get("/metrics")
        assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert "heatmap_healthy 1\n" in answer.text
    assert [c.get("/metrics").status_code for c in (api.nobody, api.viewer, api.operator)] == [401, 403, 403]


def test_a_machine_does_nothing_else(api: Api) -> None:
    assert api.machine.get("/system/info").status_code == 403
