"""Images of requests, as people send them: what they show, and what is refused."""

from __future__ import annotations

import json
import os
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.app import App
from heatmap_gui.core.image_bytes import MOST_BYTES
from heatmap_gui.core.who import Role, Scope
from tests.api.conftest import Api, home_with_demo, machine
from tests.api.routes.looking import detector, looking
from tests.core.roi_documents import write
from tests.core.test_image_bytes import bombs
from tests.services.test_inference import LABELS, RedFinder, picture, running
from tests.vision.networks import fixed_answer

assert detector and looking  # fixtures
BOX = (100, 50, 300, 250)
PHOTO = picture(640, 480, BOX)


def form(content: bytes, name: str = "file") -> dict[str, Any]:
    return {name: ("photo.png", content, "application/octet-stream")}


def test_a_form_with_a_file_as_curl_sends_it(looking: Api) -> None:
    answer = looking.operator.post("/infer", files=form(PHOTO))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    took_ms = found.pop("inference_ms")
    box = found["detections"][0].pop("box")
    assert took_ms > 0 and np.abs(np.array([box[k] for k in ("left", "top", "right", "bottom")]) - BOX).max() <= 2
    assert found == {
        "model": "red-finder",
        "device": "cpu",
        "image": {"width": 640, "height": 480},
        "detections": [{"class": "car", "class_id": LABELS.index("car"), "confidence": 0.9}],
        "camera_id": None,
        "rois": [],
        "alert": False,
    }


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "application/octet-stream", "IMAGE/WEBP; q=1"])
def test_the_image_itself_whatever_it_calls_itself(looking: Api, kind: str) -> None:
    answer = looking.operator.post("/infer", content=PHOTO, headers={"Content-Type": kind})
    assert [one["class"] for one in answer.json()["detections"]] == ["car"]


def test_forbidden_rois_of_a_camera_answer(tmp_path: Path, detector: RedFinder) -> None:
    write(tmp_path, rois_yaml=ROIS)
    home = home_with_demo(tmp_path, cameras_file="cameras.yaml", rois_file="rois.yaml", watch=[])
    with closing(App(home, ("api",), "", {"HEATMAP_HOME": str(tmp_path / "home")})) as app, running(app.inference):
        client = Api(app).operator
        asked = {"camera_id": "cam_nave3_hornos", "store_name": "cameras"}
        inside = client.post("/infer", params=asked, files=form(picture(1280, 720, (200, 200, 300, 300)))).json()
        outside = client.post("/infer", params=asked, files=form(picture(1280, 720, (700, 200, 800, 300)))).json()
        several = client.post("/infer", params={"camera_id": "cam_nave3_hornos"}, files=form(PHOTO))
        unknown = client.post("/infer", params=asked | {"camera_id": "elsewhere"}, files=form(PHOTO))
    assert inside["alert"] and [(one["roi"], one["detection"]) for one in inside["rois"]] == [("loading_zone", 0)]
    assert not outside["alert"] and outside["rois"] == [] and len(outside["detections"]) == 1
    assert several.status_code == 409 and "several stores" in several.json()["detail"]
    assert unknown.status_code == 404 and "no such camera" in unknown.json()["detail"]


ROIS = """\
cameras:
  - camera_id: cam_nave3_hornos
    forbidden_rois:
      - name: loading_zone
        points: [[100, 100], [500, 100], [500, 400], [100, 400]]
    allowed_classes: [person]
    alert_classes: [car]
"""


def test_who_may(looking: Api) -> None:
    for client, status in ((looking.nobody, 401), (looking.viewer, 403), (looking.machine, 403), (looking.admin, 200)):
        assert client.post("/infer", files=form(PHOTO)).status_code == status
    camera = looking.client(machine(looking.app, Scope.INFER, role=Role.OPERATOR))
    assert camera.post("/infer", files=form(PHOTO)).status_code == 200
    assert camera.get("/api/v1/models").status_code == 403


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({}, 415, "of no type"),
        ({"json": {"file": "aGk="}}, 415, "application/json"),
        ({"data": {"file": "text"}}, 415, "x-www-form-urlencoded"),
        ({"files": form(b"")}, 422, "empty"),
        ({"files": form(b"<?php")}, 422, "no image"),
        ({"files": form(PHOTO[:300])}, 422, "damaged"),
        ({"files": form(PHOTO, "image")}, 422, "no file in its field 'file'"),
        ({"files": [("file", ("a", PHOTO)), ("more", ("b", PHOTO))]}, 422, "Too many files"),
        ({"files": form(PHOTO), "data": {str(n): "x" for n in range(20)}}, 422, "Too many fields"),
        ({"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}}, 422, "Missing boundary"),
        (
            {"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
            422,
            "cannot be read",
        ),
        ({"content": b"", "headers": {"Content-Type": "image/png"}}, 422, "empty"),
        ({"content": bytes(MOST_BYTES + 1), "headers": {"Content-Type": "image/png"}}, 422, "more than 16 MiB"),
        ({"files": form(bytes(MOST_BYTES + (1 << 20)))}, 413, "Too Large"),
        ({"files": form(PHOTO), "params": {"camera_id": "a b"}}, 422, "camera_id"),
        ({"files": form(PHOTO), "params": {"camera_id": "unknown"}}, 404, "no such camera"),
        ({"files": form(PHOTO), "params": {"camera_id": "1", "store_name": "nowhere"}}, 404, "no such store"),
    ],
)
@pytest.mark.parametrize("path", ["/infer", "/api/vehicle/classify"])
def test_what_is_refused_and_why(looking: Api, path: str, sent: dict[str, Any], status: int, said: str) -> None:
    if path != "/infer" and "params" in sent:
        pytest.skip("it has no parameters")
    answer = looking.operator.post(path, **sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in json.dumps(answer.json())


def test_bombs_are_refused_and_nothing_is_written(
    looking: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    monkeypatch.setattr("tempfile.TemporaryFile", _not_here)
    large = PHOTO + bytes(5 << 20)  # more than forms are kept in memory for
    assert looking.operator.post("/infer", files=form(large)).status_code == 200
    tracemalloc.start()
    try:
        for content in bombs().values():
            answer = looking.operator.post("/infer", files=form(content))
            assert (answer.status_code, "at most 40 million" in answer.text) == (422, True)
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def _not_here(*_: object, **__: object) -> None:
    raise AssertionError("a temporary file")


def test_without_a_model_it_says_how_to_fetch_one(api: Api) -> None:
    with running(api.app.inference):  # the test's configuration says motion
        answer = api.operator.post("/infer", files=form(PHOTO))
    assert answer.status_code == 503 and "heatmap models fetch" in answer.json()["detail"]
    assert "Retry-After" in answer.headers


def test_a_flood_of_one_is_told_to_wait(looking: Api, detector: RedFinder) -> None:
    places = [looking.app.inference.place("otto") for _ in range(4)]
    for place in places:
        place.__enter__()
    answer = looking.operator.post("/infer", files=form(PHOTO))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert looking.admin.post("/infer", files=form(PHOTO)).status_code == 200
    for place in places:
        place.__exit__(None, None, None)
    assert looking.operator.post("/infer", files=form(PHOTO)).status_code == 200


def test_a_network_in_a_file(tmp_path: Path) -> None:
    """From the request through a real runtime: the network says a car in the middle of all that it is shown."""
    answer = np.zeros((1, 4 + 3, 84), np.float32)
    answer[0, :4, 0] = 32, 32, 20, 10  # centre, size in px of its input, 64 x 64
    answer[0, 4 + 2, 0] = 0.8
    names = {"names": "{0: 'person', 1: 'bicycle', 2: 'car'}"}
    network = fixed_answer(tmp_path / "cars.onnx", answer, metadata=names)
    home = home_with_demo(tmp_path, model=str(network), device="onnx:cpu")
    with closing(App(home, ("api",), "", os.environ | {"HEATMAP_HOME": str(tmp_path / "home")})) as app:
        api = Api(app)
        assert api.viewer.get("/api/v1/models").json()["loaded"] is None  # nothing is imported before it is needed
        with running(app.inference):
            found = api.operator.post("/infer", files=form(picture(1280, 720, None))).json()
            loaded = api.viewer.get("/api/v1/models").json()
    assert found["model"] == "cars" and [one["class"] for one in found["detections"]] == ["car"]
    assert found["detections"][0]["box"] == {"left": 440.0, "top": 260.0, "right": 840.0, "bottom": 460.0}
    assert loaded["loaded"]["name"] == "cars" and loaded["loaded"]["labels"][2] == "car"
