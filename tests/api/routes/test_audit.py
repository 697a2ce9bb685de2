"""The audit as an admin reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from heatmap_gui.core.who import Role, Who
from tests.api.conftest import Api


def test_by_pages_who_action_and_time(api: Api) -> None:
    for number in range(5):
        api.app.audit(Who("vera" if number % 2 else "otto", Role.VIEWER), f"act {number % 3}", f"subject {number}")
    asked = "/api/v1/audit?who=vera"
    assert [entry["subject"] for entry in api.admin.get(asked).json()["items"]] == ["subject 3", "subject 1"]
    assert [e["subject"] for e in api.admin.get(f"{asked}&action=act 1").json()["items"]] == ["subject 1"]
    first = api.admin.get("/api/v1/audit?limit=2").json()
    second = api.admin.get(f"/api/v1/audit?limit=2&cursor={first['next']}").json()
    assert [e["subject"] for e in first["items"] + second["items"]] == [f"subject {n}" for n in (4, 3, 2, 1)]
    now = datetime.now(UTC)
    for since, until, found in ((-1, 1, True), (1, 2, False), (-2, -1, False)):
        times = {"from": now + timedelta(hours=since), "to": now + timedelta(hours=until)}
        answer = api.admin.get("/api/v1/audit", params={k: v.isoformat() for k, v in times.items()})
        assert bool(answer.json()["items"]) == found


def test_bad_questions_are_4xx(api: Api) -> None:
    for wrong, status in (
        ("from=yesterday", 422), ("from=2026-01-01", 422), ("from=2026-01-01T00:00:00", 422), ("limit=0", 422),
        ("limit=1001", 422), ("cursor=x", 404), ("cursor=WyJhIl0", 404), ("who=", 422), ("who=a%00b", 422),
        ("cursor=WzEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMF0", 404), ("from=9999-12-31T23:59:59-23:59", 200),
    ):  # fmt: skip
        assert (wrong, api.admin.get(f"/api/v1/audit?{wrong}").status_code) == (wrong, status)
