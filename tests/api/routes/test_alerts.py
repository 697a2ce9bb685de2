"""Alerts by HTTP: seen, noted, and where they come from."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from heatmap_gui.app import App
from heatmap_gui.core.rules import Alert
from heatmap_gui.store import alerts
from tests.api.conftest import Api, home_with_demo
from tests.core.roi_documents import write

NOW = 1_766_325_600.0


def told(api: Api, name: str, at: float = NOW, store: str = "demo", suppressed: str | None = None) -> None:
    made = Alert(
        id=name, store_name=store, kind="forbidden_zone", rule="dock", at=at, reason="a person in dock", camera="1",
        zone_id="z", track_id=7, label="person", suppressed=suppressed,
    )  # fmt: skip
    with api.app.database.write() as transaction:
        alerts.add(transaction, [made])


def test_the_latest_first_and_filtered(api: Api) -> None:
    told(api, "a", NOW)
    told(api, "b", NOW + 1, suppressed="debounced")
    told(api, "c", NOW + 2, store="other")
    listed = api.viewer.get("/api/v1/alerts").json()["items"]
    assert [one["id"] for one in listed] == ["c", "b", "a"]
    assert (listed[2]["class"], listed[2]["at"]) == ("person", "2025-12-21T14:00:00Z")
    for params, ids in (
        ({"store_name": "demo"}, ["b", "a"]),
        ({"suppressed": False}, ["c", "a"]),
        ({"limit": 1}, ["c"]),
    ):
        assert [one["id"] for one in api.viewer.get("/api/v1/alerts", params=params).json()["items"]] == ids
    assert api.elsewhere.get("/api/v1/alerts").json()["items"] == []
    assert api.elsewhere.get("/api/v1/alerts/a").status_code == 404


def test_acknowledged_once_and_noted(api: Api) -> None:
    told(api, "a")
    first = api.operator.post("/api/v1/alerts/a/acknowledge").json()["acknowledged_at"]
    assert first is not None
    assert api.operator.post("/api/v1/alerts/a/acknowledge").json()["acknowledged_at"] == first
    answer = api.operator.post("/api/v1/alerts/a/notes", json={"text": "a colleague"})
    assert answer.status_code == 201
    (note,) = api.viewer.get("/api/v1/alerts/a").json()["notes"]
    assert (note["who"], note["text"]) == ("otto", "a colleague")
    for wrong in ({"text": ""}, {"text": "a\nb"}, {"text": 1}, {}, {"text": "a" * 1001}):
        assert api.operator.post("/api/v1/alerts/a/notes", json=wrong).status_code == 422
    assert api.viewer.post("/api/v1/alerts/a/acknowledge").status_code == 403
    assert api.operator.post("/api/v1/alerts/none/acknowledge").status_code == 404


def test_rules_are_those_of_forbidden_zones(tmp_path: Path) -> None:
    write(tmp_path)
    config = home_with_demo(tmp_path, cameras_file="cameras.yaml", rois_file="rois.yaml", watch=[])
    with closing(App(config, ("api",), "", {"HEATMAP_HOME": str(tmp_path / "home")})) as app:
        api = Api(app)
        (store,) = [name for name in app.catalog.stores() if name != "demo"]
        rules = api.viewer.get("/api/v1/rules", params={"store_name": store}).json()
        assert rules and all(rule["debounce_s"] == 30.0 for rule in rules)
        rois = api.viewer.get("/config/rois", params={"store_name": store}).json()
        assert {camera["camera_id"] for camera in rois["cameras"]} == {rule["on"] for rule in rules}
        assert [r["zone_id"] for r in api.viewer.get("/api/v1/rules?store_name=demo").json()] == ["staff"]
        assert api.viewer.get("/config/rois?store_name=demo").json() == {"cameras": []}
        assert api.viewer.get("/api/v1/rules").status_code == 409
