"""A folder with a configuration that is spoilt, and what the program says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.app import App
from heatmap_gui.cli import main
from tests.core import roi_documents
from tests.core.production_documents import PRINTED
from tests.core.site_documents import version_1
from tests.replays import left_in

CONFIG = "production_config.json"
Change = Mapping[str, Any]
NONE: Change = {}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a good configuration with two YAML files in configs/, and a data folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(App, "loops", lambda _: pytest.fail("the service would have run"))
    for name in ("REDIS_URL", "REDIS_HOST", "DATABASE_URL", "SECRET_KEY", "LOG_LEVEL", "INFERENCE_MODEL_PATH"):
        monkeypatch.delenv(name, raising=False)
    write({})
    (tmp_path / "configs").mkdir()
    write_yaml()
    site = version_1()
    site["cameras"][0]["rtsp_url"] = "rtsp://127.0.0.1:9/1"
    (tmp_path / "calibration_data").mkdir()
    (tmp_path / "calibration_data/calibration_store_1.json").write_text(json.dumps(site))
    return tmp_path


def write(changes: Change, of_schedule: Change = NONE) -> None:
    """The printed configuration with changes; None takes a key away."""
    config = json.loads(PRINTED)
    schedule = config["schedules"]["store_1"]
    config["schedules"]["store_1"] = kept(schedule | of_schedule)
    Path(CONFIG).write_text(json.dumps(kept(config | {"log_file": "production.log"} | changes)))


def kept(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def write_yaml(camera: Change = NONE, region: Change = NONE, roi: Change = NONE) -> None:
    """cameras.yaml and rois.yaml with changes: JSON is YAML too."""
    cameras, rois = roi_documents.cameras(), roi_documents.rois()
    cameras["cameras"] = [kept(cameras["cameras"][0] | {"rtsp_url": "rtsp://127.0.0.1:9/1"} | camera)]
    zones = rois["cameras"][0]["forbidden_rois"]
    rois["cameras"] = [kept(rois["cameras"][0] | {"forbidden_rois": [kept(zones[0] | roi)]} | region)]
    for name, document in (("cameras", cameras), ("rois", rois)):
        (Path("configs") / f"{name}.yaml").write_text(json.dumps(document))


def checked(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit status and all that `check` prints; that it leaves everything as it was."""
    before = left_in(Path())
    status = main(["check", "--config", CONFIG])
    printed = capsys.readouterr()
    assert left_in(Path()) == before
    assert "Traceback" not in printed.err + printed.out
    return status, printed.out + printed.err


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status and the one line of a service that does not start."""
    status = main(["--service", *(arguments or ("scheduler", "--config", CONFIG))])
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = (line for line in printed.err.splitlines() if line.startswith("heatmap: error: "))
    assert "Traceback" not in printed.err
    assert printed.err.endswith(f"{line}\n")
    return status, line.removeprefix("heatmap: error: ")


def refused_and_checked(capsys: pytest.CaptureFixture[str]) -> str:
    """Why a service does not start, `check` saying the same; nothing is made."""
    before = left_in(Path())
    status, why = refused(capsys)
    assert status == 2, why
    assert left_in(Path()) == before
    status, said = checked(capsys)
    assert status == 2
    assert why in said
    return why
