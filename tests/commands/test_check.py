"""`check` as a person runs it: what is fine, what is doubtful, what has to be mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from heatmap_gui.cli import main
from heatmap_gui.services.secrets import KEY_FILE, Seal
from tests.core.pinhole import Pinhole
from tests.servers import RedisServer, free_port

PLAN_M = np.array([[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0], [9.0, 12.0]])


@pytest.fixture(autouse=True)
def _no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("INFERENCE_MODEL_PATH", raising=False)


def _good_site(folder: Path) -> dict[str, Any]:
    cv2.imwrite(str(folder / "plan.png"), np.full((800, 1000), 255, np.uint8))
    (folder / "det.txt").write_text("1,-1,100,300,40,110,0.9,-1,-1,-1\n2,-1,102,300,40,110,0.9,-1,-1,-1\n")
    clicks = Pinhole().project(PLAN_M) + np.random.default_rng(2).normal(0, 0.3, PLAN_M.shape)
    calibration = {
        "camera_points": clicks.tolist(),
        "plan_points": (PLAN_M / 0.02).tolist(),
        "is_calibrated": True,
    }
    return {
        "metadata": {"version": "2.0", "created_at": "2025-01-31T12:00:00"},
        "store": {
            "name": "shop",
            "plan_path": "plan.png",
            "plan_width": 1000,
            "plan_height": 800,
            "metres_per_pixel": 0.02,
            "walkable": [[[300, 100], [700, 100], [700, 700], [300, 700]]],
        },
        "cameras": [
            {
                "camera_id": 1,
                "rtsp_url": "mot:det.txt?fps=2&width=800&height=600",
                "frame_size": [800, 600],
                "calibration": calibration,
            }
        ],
        "zones": [{"id": "till", "polygon": [[450, 200], [550, 200], [550, 400], [450, 400]]}],
        "lines": [{"id": "door", "a": [450, 300], "b": [550, 300]}],
    }


def _check(
    folder: Path, site: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, tuple[str, str]]]:
    path = folder / "calibration_shop.json"
    path.write_text(json.dumps(site))
    status = main(["check", "--site", str(path), "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return status, {finding["subject"]: (finding["level"], finding["message"]) for finding in findings}


def test_a_good_site_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = _check(tmp_path, _good_site(tmp_path), capsys)
    assert status == 0
    assert found.pop("model")[0] == "warn"
    assert {level for level, _ in found.values()} == {"ok"}, found
    assert set(found) == {"site", "plan", "camera 1 source", "camera 1 calibration", "zone till", "line door"}
    assert "6 pairs, error" in found["camera 1 calibration"][1]


Change = Callable[[dict[str, Any]], Any]
CASES: list[tuple[Change, str, str, str]] = [
    (lambda s: s["store"].update(plan_path="none.png"), "plan", "error", "No such file"),
    (lambda s: s["store"].update(plan_width=999), "plan", "error", "is 1000x800, but"),
    (lambda s: s["store"].pop("plan_path"), "plan", "warn", "no picture"),
    (lambda s: s["store"].pop("metres_per_pixel"), "scale", "warn", "plan px"),
    (lambda s: s["cameras"][0].update(rtsp_url="gone.mp4"), "camera 1 source", "error", "gone.mp4"),
    (lambda s: s["cameras"][0].update(frame_size=[800, 800]), "camera 1 calibration", "error", "another shape"),
    (lambda s: s["cameras"][0].pop("calibration"), "camera 1 calibration", "warn", "calibrate it"),
    (
        lambda s: s["cameras"][0]["calibration"].update(homography_matrix=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        "camera 1 calibration", "warn", "misses its own pairs",
    ),
    (
        lambda s: s["cameras"][0]["calibration"].update({k: s["cameras"][0]["calibration"][k][:4] for k in
                                                         ("camera_points", "plan_points")}),
        "camera 1 calibration", "warn", "error unknown",
    ),
    (lambda s: s["zones"][0].update(polygon=[[2000, 0], [2100, 0], [2100, 90]]), "zone till", "error", "outside the"),
    (lambda s: s["zones"][0].update(polygon=[[900, 0], [1100, 0], [1100, 90], [900, 90]]), "zone till", "warn", "50%"),
    (lambda s: s["zones"][0].update(polygon=[[0, 0], [50, 0], [50, 50]]), "zone till", "error", "no camera sees it"),
    (lambda s: s["lines"][0].update(a=[10, 10], b=[90, 10]), "line door", "error", "outside the walkable area"),
    (lambda s: s["lines"][0].update(on=1, a=[0, 900], b=[50, 900]), "line door", "error", "the picture of camera 1"),
    (lambda s: s["zones"][0].update(type="till"), "site", "error", "zones[0].type"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "subject", "level", "fragment"), CASES)
def test_what_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Change, subject: str, level: str, fragment: str
) -> None:
    site = _good_site(tmp_path)
    change(site)
    status, found = _check(tmp_path, site, capsys)
    assert found[subject][0] == level, found
    assert fragment in found[subject][1]
    assert status == (2 if "error" in {said for said, _ in found.values()} else 0)


def test_lines_for_people_hold_no_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = _good_site(tmp_path)
    site["cameras"][0]["rtsp_url"] = "rtsp://admin:hunter2@127.0.0.1:9/stream"
    path = tmp_path / "calibration_shop.json"
    path.write_text(json.dumps(site))
    assert main(["check", "--site", str(path)]) == 2
    said = capsys.readouterr()
    assert "hunter2" not in said.out + said.err
    assert "error camera 1 source" in said.out
    assert said.out.splitlines()[-1].startswith("1 error")


def test_one_of_the_two_is_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 2
    assert "--config production_config.json or --site" in capsys.readouterr().err


Config = dict[str, Any]


def _check_config(
    folder: Path, config: Config, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, tuple[str, str]]]:
    (folder / "calibration_data").mkdir()
    site = _good_site(folder / "calibration_data")
    (folder / "calibration_data/calibration_shop.json").write_text(json.dumps(site))
    path = folder / "production_config.json"
    path.write_text(json.dumps(config))
    status = main(["check", "--config", str(path), "--json"])
    said = capsys.readouterr()
    assert "canary" not in said.out + said.err
    findings = json.loads(said.out)["findings"]
    return status, {finding["subject"]: (finding["level"], finding["message"]) for finding in findings}


def test_a_good_configuration_is_fine_and_its_sites_are_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schedules = {"shop": {"end_time": "12:00"}, "late": {"store_name": "shop", "start_time": "12:00"}}
    status, found = _check_config(tmp_path, {"schedules": schedules, "log_file": "logs/production.log"}, capsys)
    assert status == 0, found
    assert found.pop("model")[0] == "warn"
    assert {level for level, _ in found.values()} == {"ok"}, found
    assert {"config", "database", "redis", "disk", "secret_key", "shop: site", "shop: camera 1 source"} <= found.keys()
    assert found["log_file"][1] == str(tmp_path / "logs/production.log")
    assert not (tmp_path / "home").exists()
    assert not (tmp_path / "logs").exists()


HOOK = {"webhook_url": "http://127.0.0.1:9/canary", "api_token": "canary-token"}
CONFIGS: list[tuple[Config, str, str, str]] = [
    ({"schedules": {"shop": {"enabled": 1}}}, "config", "error", "schedules.shop.enabled is 1"),
    ({"schedules": {}, "colour": "red"}, "config", "warn", "colour is not a key"),
    ({"schedules": {"kiosk": {}}}, "kiosk: site", "error", "calibration_kiosk.json"),
    ({"schedules": {"shop": HOOK}}, "schedule shop webhook", "error", "webhook_allow_hosts"),
    ({"schedules": {"shop": HOOK}, "webhook_allow_hosts": ["127.0.0.1"]}, "schedule shop webhook", "warn", "https://"),
    ({"schedules": {"shop": {**HOOK, "api_token": "env:NONE"}}}, "schedule shop webhook", "error", "env:NONE"),
    ({"schedules": {"shop": {**HOOK, "api_token": "your_api_token_here"}}}, "schedule shop webhook", "warn", "still"),
    (
        {"schedules": {"shop": {**HOOK, "webhook_url": "http://169.254.169.254/"}}},
        "schedule shop webhook",
        "error",
        "is",
    ),
    ({"redis_url": "redis://:canary@127.0.0.1:1/0"}, "redis", "error", "check that it runs"),
    ({"redis_url": "env:NONE"}, "redis", "error", "env:NONE"),
    ({"database_url": "mysql://a:canary@h/d"}, "database", "error", "sqlite:/// or postgresql://"),
    ({"database_url": "postgresql://a:canary@127.0.0.1:1/d"}, "database", "error", "check that it runs"),
    ({"webhook_secret": "canary!"}, "webhook_secret", "error", "whsec_"),
    ({"webhook_secret": "whsec_MDEyMzQ1Njc4OQ=="}, "webhook_secret", "ok", "signed"),
    ({"alerting_protocol": "hikvision"}, "alerting_protocol", "error", "needs nvr_url"),
    ({"alert_email": "a@example.com"}, "alert_email", "warn", "smtp_url"),
    ({"alert_email": "a@b.example", "alerting_protocol": "mail"}, "alert_email", "error", "smtp_url"),
    ({"smtp_url": "smtp://a:canary@h:99999"}, "smtp_url", "error", "not an address"),
    ({"nvr_url": "http://a:canary@10.0.0.5"}, "nvr_url", "ok", "not asked"),
    ({"rois_file": "rois.yaml"}, "rois_file", "warn", "cameras_file"),
    ({"cameras_file": "none.yaml"}, "watch", "error", "none.yaml: no such file"),
    ({"log_file": "calibration_data"}, "log_file", "error", "is in its place"),
    ({"log_file": "production_config.json/x/y.log"}, "log_file", "error", "production_config.json is in its place"),
    (
        {"schedules": {"shop": {}, "late": {"store_name": "shop", "start_time": "23:00", "end_time": "01:00"}}},
        "schedule late",
        "warn",
        "overlaps schedule shop",
    ),
    ({"watch": ["kiosk"]}, "kiosk: site", "error", "calibration_kiosk.json"),
]


@pytest.mark.parametrize(("config", "subject", "level", "fragment"), CONFIGS)
def test_what_is_wrong_with_a_configuration_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], config: Config, subject: str, level: str, fragment: str
) -> None:
    status, found = _check_config(tmp_path, {"schedules": {}} | config, capsys)
    if subject == "config" and level == "warn":
        assert status == 0
    assert found[subject][0] == level, found
    assert fragment in found[subject][1]
    assert status == (2 if "error" in {said for said, _ in found.values()} else 0)


def test_a_warning_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "production_config.json"
    path.write_text('{"schedules": {}, "colour": "red"}')
    assert main(["check", "--config", str(path)]) == 0
    said = capsys.readouterr()
    assert (said.out + said.err).count("colour is not a key") == 1


def test_redis_says_which_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str], redis: RedisServer) -> None:
    _, found = _check_config(tmp_path, {"schedules": {}, "redis_url": redis.url}, capsys)
    assert found["redis"][0] == "ok"
    assert "answers" in found["redis"][1]


@pytest.mark.parametrize("by", ["--site", "--config"])
def test_a_sealed_address_is_opened_with_the_key_that_it_was_sealed_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """One that can be opened, and one with a password where nobody answers."""
    monkeypatch.chdir(tmp_path)
    document, seal = _good_site(tmp_path), Seal("k" * 40)
    (camera,) = document["cameras"]
    camera["rtsp_url"] = seal.seal(f"mot:{tmp_path / 'det.txt'}?fps=2&width=800&height=600")
    silent = seal.seal(f"rtsp://admin:c4nary@127.0.0.1:{free_port()}/1")
    document["cameras"] = [camera, {"camera_id": 2, "rtsp_url": silent, "frame_size": [800, 600]}]
    (tmp_path / "calibration_data").mkdir()
    site, config = tmp_path / "calibration_data" / "calibration_shop.json", tmp_path / "production_config.json"
    site.write_text(json.dumps(document))
    config.write_text(json.dumps({"schedules": {}, "watch": ["shop"]}))
    path, first = {"--site": (site, ""), "--config": (config, "shop: ")}[by]

    def look() -> tuple[int, dict[str, tuple[str, str]]]:
        status = main(["check", by, str(path), "--json"])
        findings = json.loads(capsys.readouterr().out)["findings"]
        return status, {finding["subject"]: (finding["level"], finding["message"]) for finding in findings}

    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    status, found = look()
    assert status == 2
    assert found[f"{first}camera 1 source"] == ("ok", "gives frames of 800x600")
    assert "connection refused" in found[f"{first}camera 2 source"][1]
    assert "c4nary" not in str(found)
    for other in ("another key" * 4, ""):
        monkeypatch.setenv("SECRET_KEY", other)
        status, found = look()
        assert status == 2
        assert any("SECRET_KEY (or the data folder's secret.key)" in message for _, message in found.values()), found
    assert not (tmp_path / "home" / KEY_FILE).exists(), "a look makes no key"
