"""Every field of every file missing, wrong, out of range and unknown; files that are none: through the program.

What a service refuses to start with, `check` says in the same words; nothing is left behind. An edit of a running
service is in tests/services/test_catalog.py.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.core.production_documents import PRINTED
from tests.end_to_end.bad_desk import CONFIG, Change, checked, refused_and_checked, write, write_yaml
from tests.end_to_end.bad_desk import desk as desk

SCHEDULE: dict[str, Any] = json.loads(PRINTED)["schedules"]["store_1"]
TOP: dict[str, Any] = json.loads(PRINTED)
OUT_OF_RANGE: dict[str, tuple[Any, str]] = {
    "store_name": ("a/b", "a store's name"),
    "start_time": ("24:01", "HH:MM"),
    "end_time": ("9:00", "HH:MM"),
    "days_of_week": ([7], "0 (Monday) to 6 (Sunday)"),
    "duration_minutes": (0.01, "1/60 (a second) to 1440"),
    "interval_minutes": (59, "duration_minutes (60) or more"),
    "frame_skip": (-1, "0 or 1 (every frame) to 10000"),
    "confidence_threshold": (1.01, "at most 1"),
    "output_format": ("xml", "json, csv, parquet"),
    "webhook_url": ("ftp://a/b", "http://... or https://"),
    "retry_count": (101, "0 to 100"),
    "timeout_seconds": (0, "above 0"),
    "schedules": ([], "an object"),
    "redis_host": ("a b", "a host's name"),
    "redis_port": (65_536, "1 to 65535"),
    "redis_db": (-1, "0 to 65535"),
    "log_level": ("LOUD", "DEBUG, INFO, WARNING, ERROR"),
    "log_file": ("", "a file"),
    "alert_email": ("nobody", "addresses of mail"),
    "retention_days": (-1, "0 to 36500"),
    "watch": ("store_1", "a list of stores"),
    "database_url": (7, "sqlite:///FILE or postgresql://"),
}


def change_field(field: str, value: Any) -> None:
    """One field, of the schedule or of the file."""
    of_schedule = field in {*SCHEDULE, "interval_minutes"}
    write({} if of_schedule else {field: value}, {field: value} if of_schedule else {})


@pytest.mark.parametrize("field", [*SCHEDULE, *TOP])
def test_a_field_of_the_wrong_type(capsys: pytest.CaptureFixture[str], field: str) -> None:
    change_field(field, {"canary": [7]} if field != "schedules" else {"store_1": 7})
    why = refused_and_checked(capsys)
    assert why.startswith(f"{CONFIG}: ")
    assert field in why
    assert "allowed: " in why
    assert "canary" not in why or field not in ("webhook_url", "api_token")


@pytest.mark.parametrize("field", OUT_OF_RANGE)
def test_a_field_out_of_range(capsys: pytest.CaptureFixture[str], field: str) -> None:
    value, allowed = OUT_OF_RANGE[field]
    change_field(field, value)
    why = refused_and_checked(capsys)
    assert field in why
    assert allowed in why


@pytest.mark.parametrize("field", [*SCHEDULE, *TOP])
def test_a_field_that_is_misspelt_is_missing_and_unknown(capsys: pytest.CaptureFixture[str], field: str) -> None:
    """All have defaults, but for the address of a webhook that is enabled."""
    value = (TOP | SCHEDULE)[field]
    of_schedule = {field: None, f"{field}_": value} if field in SCHEDULE else {}
    write({} if of_schedule else {field: None, f"{field}_": value}, of_schedule)
    if field == "webhook_url":
        assert "webhook_url is missing: allowed: an address http" in refused_and_checked(capsys)
        return
    _, said = checked(capsys)
    assert "error config" not in said
    assert said.count(f"{field}_ is not a key that is known here; it is kept and ignored") == 1


CORNERS = [[0, 0], [9, 0], [9, 9]]
YAML: list[tuple[dict[str, Change], str]] = [  # what is changed where, and what is said
    ({"camera": {"id": None}}, "cameras.yaml: cameras[0].id is missing"),
    ({"camera": {"id": "a b"}}, 'cameras[0].id is "a b": allowed: a whole number or a text of letters'),
    ({"camera": {"id": [1]}}, "cameras[0].id is [1]: allowed"),
    ({"camera": {"id": "other"}}, 'cameras[0].camera_id is "cam_nave3_hornos": allowed: an id that cameras.yaml has'),
    ({"camera": {"name": 7}}, "name is 7: allowed"),
    ({"camera": {"rtsp_url": [7]}}, "rtsp_url is wrong: allowed: an address"),
    ({"camera": {"enabled": "perhaps"}}, 'enabled is "perhaps": allowed: true or false'),
    ({"camera": {"fps_target": "fast"}}, 'fps_target is "fast": allowed: a number above 0'),
    ({"camera": {"fps_target": 0}}, "fps_target is 0: allowed: a number above 0"),
    ({"region": {"camera_id": None}}, "rois.yaml: cameras[0].camera_id is missing"),
    ({"region": {"camera_id": {}}}, "cameras[0].camera_id is {}: allowed"),
    ({"region": {"forbidden_rois": "all"}}, 'forbidden_rois is "all": allowed: a list'),
    ({"region": {"allowed_classes": "pine"}}, 'allowed_classes is "pine": allowed: a list'),
    ({"region": {"alert_classes": [1]}}, "alert_classes[0] is 1: allowed: a class name"),
    ({"roi": {"name": None}}, "forbidden_rois[0].name is missing"),
    ({"roi": {"name": 7}}, "forbidden_rois[0].name is 7: allowed"),
    ({"roi": {"points": None}}, "forbidden_rois[0].points is missing"),
    ({"roi": {"points": "here"}}, 'points is "here": allowed'),
    ({"roi": {"points": CORNERS[:2]}}, "allowed: at least 3 different corners"),
    ({"roi": {"points": [*CORNERS, [1e300, 0]]}}, "allowed: a finite number"),
]


@pytest.mark.parametrize(("changes", "fragment"), YAML)
def test_yaml_that_is_wrong(capsys: pytest.CaptureFixture[str], changes: dict[str, Change], fragment: str) -> None:
    write({"cameras_file": "configs/cameras.yaml"})
    write_yaml(**changes)
    status, said = checked(capsys)
    (line,) = (line for line in said.splitlines() if line.startswith("error watch: "))
    assert (status, fragment in line) == (2, True), line


OPTIONAL = {
    "camera": ("name", "enabled", "fps_target", "colour"),
    "region": ("allowed_classes", "alert_classes", "forbidden_rois", "colour"),
    "roi": ("colour",),
}


@pytest.mark.parametrize("where", OPTIONAL)
def test_yaml_with_keys_that_are_missing_or_unknown(capsys: pytest.CaptureFixture[str], where: str) -> None:
    write({"cameras_file": "configs/cameras.yaml"})
    for key in OPTIONAL[where]:
        write_yaml(**{where: {key: None, f"{key}_": 1}})
        _, said = checked(capsys)
        assert "error watch" not in said
        assert said.count(f"{key}_ is not a key that is known here; it is kept and ignored") == 1


VARIABLES = [
    ("REDIS_URL", "localhost:6379", "redis://HOST:PORT/NUMBER"),
    ("REDIS_PORT", "six", "1 to 65535"),
    ("INFERENCE_DEVICE", "abacus", "openvino:"),
    ("INFERENCE_CONFIDENCE", "high", "at most 1"),
    ("INFERENCE_CONFIDENCE", "25", "at most 1"),
    ("ALERTING_PROTOCOL", "carrier pigeon", "stdout, webhook, hikvision, mail"),
    ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR"),
]


@pytest.mark.parametrize(("name", "value", "allowed"), VARIABLES)
def test_variables_that_are_wrong(capsys: pytest.CaptureFixture[str], name: str, value: str, allowed: str) -> None:
    Path(".env").write_text(f"{name}={value}\n")
    why = refused_and_checked(capsys)
    assert name in why
    assert allowed in why


def test_a_model_that_is_not_there_and_variables_that_are_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_text("INFERENCE_MODEL_PATH=/nowhere/best.pt\nINFERENCE_CONFIDENCES=25\nINFERENCE_DEVICE=\n")
    status, said = checked(capsys)
    assert (status, "error model: there is no model file /nowhere/best.pt" in said) == (2, True), said


BOMB = "a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\ncameras: [*b, *b, *b, *b, *b, *b]\n"
FILES = {  # what a file may hold, and what is said of it
    "huge": (None, "more than the "),
    "not UTF-8": (b"\xff\xfe\x00{", "not a text in UTF-8"),
    "nothing": (b"", "nothing is written in it|not JSON|nothing"),
    "control characters": (b"\x00\x01", "not JSON|control character|expected NAME=value"),
}
SITE = "calibration_data/calibration_store_1.json"
NAMES = (CONFIG, ".env", "configs/services.yaml", "configs/cameras.yaml", "configs/rois.yaml", SITE)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("content", "fragments"), FILES.values(), ids=FILES)
def test_files_that_are_none(
    capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, fragments: str
) -> None:
    write({"cameras_file": "configs/cameras.yaml", "services_file": "configs/services.yaml"})
    Path("configs/services.yaml").write_text("batch_size: 1")
    path = Path(name)
    path.write_bytes(content or b"")
    if content is None:
        os.truncate(path, 200 << 20)  # all of it a hole
    status, said = checked(capsys)
    if name == ".env" and content == b"":
        return  # says nothing, and that is fine
    (line,) = (line for line in said.splitlines() if "error" in line and path.name in line)
    assert status == 2
    assert any(part in line for part in fragments.split("|")), line


TEXTS = [
    ("configs/cameras.yaml", BOMB, "cameras.yaml: anchors and aliases (&, *) are not taken, line 1"),
    ("configs/cameras.yaml", "cameras: " + "[" * 100_000, "nested more than 20 deep"),
    ("configs/cameras.yaml", "cameras: !!python/object/apply:os.system [x]", "tags (!) are not taken"),
    ("configs/rois.yaml", "cameras: []\ncameras: []", "the key cameras is there twice, line 2"),
    (CONFIG, "[" * 100_000, "nested too deeply"),
    (CONFIG, '{"redis_db": ' + "9" * 5000 + "}", "a number too long"),
    (CONFIG, '{"redis_db": 1e999}', "redis_db is Infinity: allowed"),
    (CONFIG, "[]", "the document is []: allowed: an object"),
    (CONFIG, PRINTED[:-20], "not JSON: "),
    (
        CONFIG,
        PRINTED.replace('"enabled"', '"retry_count": 1, "enabled"'),
        "store_1.retry_count is there twice",
    ),
    (CONFIG, '{"schedules": {"store_1": {}, "store_1": {}}}', "schedules.store_1 is there twice"),
    (".env", "REDIS_URL", ".env, line 1: expected NAME=value"),
]


@pytest.mark.parametrize(("name", "text", "fragment"), TEXTS)
def test_texts_that_are_wrong(capsys: pytest.CaptureFixture[str], name: str, text: str, fragment: str) -> None:
    write({"cameras_file": "configs/cameras.yaml"})
    Path(name).write_text(text)
    if "yaml" in name:
        status, said = checked(capsys)
        assert status == 2
    else:
        said = refused_and_checked(capsys)
    assert fragment in said


def test_yaml_without_an_address(capsys: pytest.CaptureFixture[str]) -> None:
    write({"cameras_file": "configs/cameras.yaml"})
    write_yaml(camera={"rtsp_url": None})
    status, said = checked(capsys)
    assert (status, "source: camera cam_nave3_hornos: no source; give a video" in said) == (2, True), said
