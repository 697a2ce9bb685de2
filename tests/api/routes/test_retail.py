"""Retail over HTTP: cameras and zones land in the site file, figures are those of the facts, events come and go."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import pytest

from heatmap_gui.core.types import Crossing, Visit
from heatmap_gui.core.week_hours import midnight
from tests.api.conftest import Api
from tests.services.shops import watch, write_people

NOW = time.time()
TODAY = midnight(NOW, ZoneInfo("Europe/London"))
CAMERA = {"name": "Entrance Camera", "rtsp_url": "rtsp://username:hush-hush@camera-ip:554/stream", "enabled": True}
EVENT = {"name": "Weekend Sale", "event_type": "promotion", "start_date": "2024-01-15", "end_date": "2024-01-17",
         "description": "Special weekend promotion"}  # fmt: skip


def site_file(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (api.app.settings.calibration_dir / "calibration_demo.json").read_text(encoding="utf-8")
    )
    return found


def screenshot(width: int, height: int) -> bytes:
    return bytes(cv2.imencode(".png", np.zeros((height, width, 3), np.uint8))[1])


def shoppers(api: Api, day: int = 1, people: int = 3) -> None:
    """Came in at noon, so many days ago, and waited for two minutes."""
    noon = midnight(NOW, ZoneInfo("Europe/London"), -day) + 43_200
    everybody = [
        (
            [
                Visit("entrance", n, "person", noon + n, noon + n + 20, 20.0),
                Visit("queue", n, "person", noon + 60, noon + 180, 120.0),
            ],
            [Crossing("entrance", n, "person", noon + n + 3, "in")],
        )
        for n in range(people)
    ]
    write_people(api.app.database, everybody, "demo")
    watch(api.app.database, noon - 43_200, noon + 43_200, "demo", ("1", "2", "3"))


def test_a_camera_and_its_zone_land_in_the_site_file(api: Api) -> None:
    made = api.operator.post("/api/cameras", json=CAMERA)
    assert (made.status_code, made.json()["id"]) == (201, "4")
    listed = api.viewer.get("/api/cameras")
    assert [camera["id"] for camera in listed.json()] == ["1", "2", "3", "4"]
    assert "hush-hush" not in made.text + listed.text + json.dumps(site_file(api))
    assert "camera-ip:554/stream" in made.json()["rtsp_url"]
    form = {"camera_id": "4", "img_width": "960", "img_height": "540"}
    sent = api.operator.post("/api/zones/screenshot", data=form, files={"file": ("x.txt", screenshot(960, 540))})
    assert (sent.status_code, sent.json()["frame_size"], sent.json()["format"]) == (200, [960, 540], "png")
    zone = {"camera_id": "4", "name": "Entrance Zone", "ztype": "entry",
            "polygon_json": "[[100,100],[400,100],[400,300],[100,300]]"}  # fmt: skip
    added = api.operator.post("/api/zones", data=zone)
    assert (added.status_code, added.json()["camera_id"], added.json()["ztype"]) == (201, "4", "entry")
    kept = site_file(api)["zones"][-1]
    assert (kept["on"], kept["type"], kept["anchor"], kept["polygon"][2]) == ("4", "entry", "centre", [400, 300])
    assert added.json() in api.viewer.get("/api/zones?camera_id=4").json()
    actions = [entry["action"] for entry in api.admin.get("/api/v1/audit").json()["items"]]
    assert {"camera added", "screenshot size", "zone added"} <= set(actions)


@pytest.mark.parametrize(
    "change",
    [{"ztype": "kitchen"}, {"camera_id": "9"}, {"polygon_json": "[[1,2]]"}, {"polygon_json": "nothing"},
     {"polygon_json": "[[0,0],[9,9],[9,0],[0,9]]"}, {"polygon_json": "[[0,0],[1e11,0],[0,9]]"}, {"name": ""},
     {"polygon_json": "[" * 20_000}, {"polygon_json": "[[NaN,0],[9,0],[9,9]]"}],
)  # fmt: skip
def test_a_wrong_zone_is_refused_in_words(api: Api, change: dict[str, str]) -> None:
    before = site_file(api)
    zone = {"camera_id": "1", "name": "Z", "ztype": "entry", "polygon_json": "[[0,0],[9,0],[9,9]]"}
    answer = api.operator.post("/api/zones", data=zone | change)
    assert answer.status_code in (404, 422)
    assert answer.json()["detail"]
    assert site_file(api) == before


def test_a_screenshot_is_a_picture_and_is_not_kept(api: Api, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    large = bytes(cv2.imencode(".bmp", np.zeros((1080, 1920, 3), np.uint8))[1])
    sent = api.operator.post("/api/zones/screenshot", data={"camera_id": "1"}, files={"file": large})
    assert sent.status_code == 200
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert all(path.suffix not in (".bmp", ".png") and path.stat().st_size < 1e6 for path in new)
    for files, data in (({"file": b"<svg/>"}, {"camera_id": "1"}), ({"file": large}, {}), ({}, {"camera_id": "1"}),
                        ({"file": large}, {"camera_id": "1", "img_width": "12"})):  # fmt: skip
        assert api.operator.post("/api/zones/screenshot", data=data, files=files).status_code in (415, 422)


def test_figures_are_those_of_the_facts(api: Api) -> None:
    shoppers(api)
    found = api.viewer.post("/api/analytics/comprehensive", json={"days": 7, "include_zones": True}).json()
    assert (found["total"]["footfall"], found["days"], len(found["daily"])) == (3, 7, 7)
    zones = {zone["zone_id"]: zone for zone in found["total"]["zones"]}
    assert zones["queue"]["queue"]["mean_wait_s"] == 120.0
    assert zones["queue"]["queue"]["abandoned"] == 3
    assert found["total"]["lines"][0] == {"line_id": "entrance", "name": "Entrance", "inwards": 3, "outwards": 0}
    assert (found["daily"][-1]["quality"]["share"], found["daily"][0]["quality"]["share"]) == (1.0, 0.0)
    assert found["daily"][0]["quality"]["cameras_down"] == ["1", "2", "3"]
    assert found["insights"]
    assert found["summary"] is None
    bare = api.viewer.post("/api/analytics/comprehensive", json={"include_zones": False}).json()
    assert (bare["days"], bare["total"]["zones"]) == (30, [])
    yesterday = found["daily"][-1]["start"][:10]
    hours = api.viewer.get(f"/api/analytics/hourly?day={yesterday}").json()
    assert [hour["footfall"] for hour in hours if hour["footfall"]] == [3]
    (day,) = api.viewer.get(f"/api/analytics/daily?day={yesterday}").json()
    assert day["footfall"] == 3
    stores = api.viewer.get("/api/analytics/stores?days=7").json()
    assert [(store["store_name"], store["footfall"]) for store in stores] == [("demo", 3)]
    spikes = api.viewer.get(f"/api/analytics/spikes?date={yesterday}").json()
    assert (spikes["date"], spikes["spikes"]) == (yesterday, [])
    assert spikes["without_comparison"] == spikes["judged"] > 0


def test_now_is_what_the_watch_says(api: Api) -> None:
    quiet = api.viewer.get("/api/analytics/realtime").json()
    assert (quiet["people"], quiet["today"]["footfall"], quiet["timezone"]) == (None, 0, "Europe/London")
    told = {"at": str(time.time()), "people": "7", "cameras": '{"1": {"status": "live", "reason": ""}}'}
    api.app.broker.live("demo", told)
    lively = api.viewer.get("/api/analytics/realtime").json()
    assert (lively["people"], [camera["status"] for camera in lively["cameras"]]) == (7, ["live", "unknown", "unknown"])


def test_an_event_is_made_analyzed_and_removed(api: Api) -> None:
    made = api.operator.post("/api/events", json=EVENT)
    assert (made.status_code, {name: made.json()[name] for name in EVENT}) == (201, EVENT)
    path = f"/api/events/{made.json()['id']}"
    found = api.viewer.post(f"{path}/analyze").json()
    assert (found["during"], found["after"], found["measure"]) == (None, None, "footfall")
    assert found["said"][0] == "Weekend Sale: not enough data to tell whether footfall changed."
    changed = api.operator.put(path, json=EVENT | {"name": "Sale"}).json()
    assert changed == api.viewer.get(path).json()
    assert api.viewer.get("/api/events").json() == {"items": [changed], "next": None}
    assert api.operator.delete(path).status_code == 204
    assert api.viewer.get(path).status_code == api.operator.delete(path).status_code == 404


def test_events_by_pages(api: Api) -> None:
    for day in ("01", "02", "03"):
        assert api.operator.post("/api/events", json=EVENT | {"start_date": f"2024-01-{day}"}).status_code == 201
    first = api.viewer.get("/api/events?limit=2").json()
    second = api.viewer.get(f"/api/events?limit=2&cursor={first['next']}").json()
    assert [event["start_date"][-2:] for event in first["items"] + second["items"]] == ["03", "02", "01"]
    assert second["next"] is None


def test_other_zones_and_counts_by_hand(api: Api) -> None:
    shoppers(api)
    square = {"id": "new", "type": "queue", "polygon": [[0, 0], [100, 0], [100, 100]]}
    gate = {"id": "gate", "a": [0, 0], "b": [100, 0]}
    found = api.viewer.post("/api/analytics/what-if", json={"days": 2, "zones": [square], "lines": [gate]}).json()
    assert (found["tracks"], found["total"]["zones"][0]["zone_id"], len(found["daily"])) == (0, "new", 3)
    wrong = api.viewer.post("/api/analytics/what-if", json={"zones": [square, square]})
    assert (wrong.status_code, "each id once" in wrong.json()["detail"]) == (422, True)
    yesterday = f"?day={api.viewer.get('/api/analytics/spikes').json()['date']}"
    counts = f"/api/analytics/counts{yesterday}"
    chosen = api.operator.post(counts, json={"line_id": "entrance", "minutes": 5, "seed": 3})
    assert (chosen.status_code, len(chosen.json())) == (201, 5)
    for one in chosen.json():
        path = f"/api/analytics/counts/{one['id']}"
        assert api.operator.put(path, json={"inwards": 0, "outwards": 0}).status_code == 204
    assert {one["counted_by"] for one in api.viewer.get("/api/analytics/counts").json()} == {"otto"}
    ((line,),) = [api.viewer.get("/api/analytics/accuracy").json()]
    assert (line["line_id"], line["agreement"]["minutes"]) == ("entrance", 5)
    assert api.operator.put("/api/analytics/counts/999", json={"inwards": 0, "outwards": 0}).status_code == 404


def test_who_was_seen_by_whom_is_noted_in_the_audit(api: Api) -> None:
    found = api.viewer.get("/api/analytics/identity?day=2024-01-15").json()
    assert found == {
        "summary": {
            "people": 0, "by_camera": {}, "by_number_of_cameras": {}, "counted_by_camera": 0,
            "double_counts_removed": 0, "person_seconds": 0.0, "person_seconds_by_camera": {},
            "double_person_seconds_removed": 0.0,
        },
        "people": [],
    }  # fmt: skip
    assert api.admin.get("/api/v1/audit").json()["items"][0]["action"] == "tracks read"


@pytest.mark.parametrize(
    ("path", "status"),
    [("spikes?date=2024-02-30", 422), ("spikes?date=0001-01-01", 422), ("spikes?date=today", 422),
     ("hourly?from=2024-01-01T00:00:00Z&to=2024-12-01T00:00:00Z", 409), ("daily?from=1800-01-01T00:00:00Z", 409),
     ("identity?from=2024-01-01T00:00:00Z&to=2024-01-09T00:00:00Z", 409), ("realtime?store_name=nowhere", 404),
     ("stores?days=9999", 422)],
)  # fmt: skip
def test_what_is_wrong_is_said(api: Api, path: str, status: int) -> None:
    answer = api.viewer.get(f"/api/analytics/{path}")
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
