"""Vehicles in images: answers, what is kept of them, and for whom."""

from __future__ import annotations

import hashlib
from datetime import datetime

import numpy as np

from heatmap_gui.vision.models import read_cards
from tests.api.conftest import Api
from tests.api.routes.looking import detector, looking
from tests.api.routes.test_inference import form
from tests.services.test_inference import RedFinder, picture

assert detector and looking  # fixtures
URL = "/api/vehicle/classify"
CAR = picture(640, 480, (100, 50, 300, 250))


def test_a_vehicle_its_box_and_every_class(looking: Api) -> None:
    answer = looking.operator.post(URL, files=form(CAR))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    edges = [found["box"][edge] for edge in ("left", "top", "right", "bottom")]
    assert np.abs(np.array(edges) - (100, 50, 300, 250)).max() <= 2
    assert (found["vehicle_class"], found["confidence"], found["scores"]) == ("car", 0.9, {"car": 0.9})
    assert found["image_sha256"] == hashlib.sha256(CAR).hexdigest() and found["cached"] is False
    assert found["image"] == {"width": 640, "height": 480} and found["model"] == "red-finder"


def test_an_image_without_one_is_an_answer_as_well(looking: Api) -> None:
    found = looking.operator.post(URL, files=form(picture(64, 64, None))).json()
    assert (found["vehicle_class"], found["confidence"], found["box"]) == (None, 0.0, None)


def test_the_same_image_again_comes_from_the_cache_and_is_counted(looking: Api, detector: RedFinder) -> None:
    first, again = (looking.operator.post(URL, files=form(CAR)).json() for _ in range(2))
    assert (first["cached"], again["cached"]) == (False, True)
    assert {k: v for k, v in first.items() if k not in ("cached", "duration_ms")} == {
        k: v for k, v in again.items() if k not in ("cached", "duration_ms")
    }
    assert sum(detector.batches) == 1
    figures = looking.admin.get("/metrics").text
    assert "vehicle_api_cache_hits_total 1\n" in figures and "vehicle_api_cache_misses_total 1\n" in figures
    assert "vehicle_api_classification_latency_ms_count 2\n" in figures


def test_everybody_sees_their_own_and_administrators_all(looking: Api) -> None:
    for client in (looking.operator, looking.admin, looking.operator):
        client.post(URL, files=form(CAR))
    history = "/api/v1/classifications"
    mine = looking.operator.get(history).json()["items"]
    assert [one["user"] for one in mine] == ["otto", "otto"]
    assert datetime.fromisoformat(mine[0]["created_at"]).utcoffset() is not None
    assert (mine[0]["image_bytes"], mine[0]["vehicle_class"], mine[0]["cached"]) == (len(CAR), "car", True)
    everybody = looking.admin.get(history).json()["items"]
    assert [one["user"] for one in everybody] == ["otto", "ada", "otto"]
    assert [one["user"] for one in looking.admin.get(history, params={"user": "ada"}).json()["items"]] == ["ada"]
    assert looking.viewer.get(history).json() == {"items": [], "next": None}
    assert looking.viewer.get(history, params={"user": "otto"}).status_code == 403
    notes = [(one["who"], one["subject"]) for one in looking.admin.get("/api/v1/audit").json()["items"]]
    assert notes.count(("ada", "all users")) == 1 and ("otto", "otto") not in notes


def test_pages(looking: Api) -> None:
    for _ in range(5):
        looking.operator.post(URL, files=form(CAR))
    ids: list[int] = []
    asked: dict[str, str | int] = {"limit": 2}
    while True:
        found = looking.operator.get("/api/v1/classifications", params=asked).json()
        ids += [one["id"] for one in found["items"]]
        if found["next"] is None:
            break
        asked["cursor"] = found["next"]
    assert ids == sorted(ids, reverse=True) and len(ids) == 5
    assert looking.operator.get("/api/v1/classifications", params={"cursor": "WyJhIl0"}).status_code == 404


def test_statistics_of_ones_own_and_of_all(looking: Api) -> None:
    for client, content in ((looking.operator, CAR), (looking.admin, CAR), (looking.admin, picture(64, 64, None))):
        client.post(URL, files=form(content))
    mine, whole = (client.get("/api/v1/statistics").json() for client in (looking.operator, looking.admin))
    assert (mine["total_classifications"], mine["cache_hits"], mine["database_bytes"]) == (1, 0, None)
    assert (whole["total_classifications"], whole["cache_hits"], whole["average_confidence"]) == (3, 1, 0.9)
    assert whole["by_class"] == [
        {"vehicle_class": "car", "count": 2, "confidence": 0.9},
        {"vehicle_class": None, "count": 1, "confidence": 0.0},
    ]
    assert whole["database_bytes"] > 4096 and whole["first_at"] <= mine["last_at"] <= whole["last_at"]
    nothing = looking.viewer.get("/api/v1/statistics").json()
    assert (nothing["total_classifications"], nothing["first_at"]) == (0, None)


def test_models_with_their_licences(looking: Api) -> None:
    looking.operator.post(URL, files=form(CAR))
    models = looking.app.settings.home / "models"
    models.mkdir()
    (models / "yolox_nano.onnx").write_bytes(b"x")
    (models / "ours.onnx").write_bytes(b"x")
    found = looking.viewer.get("/api/v1/models").json()
    assert found["configured"] == "motion" and found["loaded"]["name"] == "red-finder"
    by_name = {one["name"]: one for one in found["items"]}
    assert set(by_name) == {*read_cards(), "ours"}
    assert (by_name["yolox_nano"]["fetched"], by_name["yolox_nano"]["licence"]) == (True, "Apache-2.0")
    assert (by_name["yolo11n"]["fetched"], by_name["ours"]["licence"]) == (False, None)
