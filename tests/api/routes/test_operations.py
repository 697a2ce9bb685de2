"""What is configured, who is at work and what the logs say: to who may know, without any secret."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from heatmap_gui.app import App
from heatmap_gui.services.log_reading import tail
from heatmap_gui.store import workers
from tests.api.conftest import Api, home_with_demo
from tests.core.roi_documents import write


@pytest.fixture
def configured(tmp_path: Path) -> Iterator[Api]:
    write(tmp_path)
    more = {"cameras_file": "cameras.yaml", "rois_file": "rois.yaml", "log_file": "production.log"}
    more |= {"webhook_secret": "whsec_c2VjcmV0", "smtp_url": "smtp://me:hunter22@mail.example"}
    config = home_with_demo(tmp_path, **more)
    environ = {"HEATMAP_HOME": str(tmp_path / "home"), "STORE_ID": "demo"}
    with closing(App(config, ("api",), "", environ)) as app:
        yield Api(app)


def test_cameras_and_rois_as_the_yaml_files_have_them(configured: Api) -> None:
    (store,) = [name for name in configured.app.catalog.stores() if name != "demo"]
    answer = configured.viewer.get("/config/cameras", params={"store_name": store})
    (camera,) = answer.json()["cameras"]
    assert (camera["id"], camera["enabled"], camera["fps_target"]) == ("cam_nave3_hornos", True, 5.0)
    assert camera["rtsp_url"] == "rtsp://admin:***@192.168.1.10:554/Streaming/Channels/101"
    (rois,) = configured.viewer.get("/config/rois", params={"store_name": store}).json()["cameras"]
    assert rois["camera_id"] == "cam_nave3_hornos"
    (roi,) = rois["forbidden_rois"]
    assert roi == {"name": "loading_zone", "points": [[100, 100], [500, 100], [500, 400], [100, 400]]}
    assert (rois["allowed_classes"], rois["alert_classes"]) == (["pine", "worker"], ["object"])
    assert len(configured.viewer.get("/config/cameras").json()["cameras"]) == 3, "STORE_ID's"


def test_the_configuration_without_its_secrets(configured: Api) -> None:
    answer = configured.admin.get("/api/v1/config")
    assert answer.json()["production"]["model"] == "motion"
    assert "hunter22" not in answer.text and "c2VjcmV0" not in answer.text
    assert configured.operator.get("/api/v1/config").status_code == 403


def test_who_is_at_work(configured: Api) -> None:
    with configured.app.database.write() as transaction:
        workers.beat(transaction, "w-1", "detector", "shop-pc", time.time(), {})
    found = configured.viewer.get("/api/v1/system").json()
    assert [(one["id"], one["role"]) for one in found["processes"]] == [("w-1", "detector")]
    assert found["jobs"] == {"waiting": 0, "oldest_s": 0.0}


def test_the_newest_lines_of_a_log(configured: Api) -> None:
    lines = [
        {"level": level, "message": f"{level} {n} token=hunter22"} for n in range(3) for level in ("INFO", "ERROR")
    ]
    Path(configured.app.settings.log_file or "").write_text("".join(json.dumps(line) + "\n" for line in lines) + "{cut")
    answer = configured.admin.get("/api/v1/logs", params={"limit": 2})
    assert [line["message"][:7] for line in answer.json()["lines"]] == ["ERROR 2", "INFO 2 "]
    assert "hunter22" not in answer.text
    severe = configured.admin.get("/api/v1/logs", params={"level": "ERROR", "contains": "error 1"}).json()["lines"]
    assert [line["message"][:7] for line in severe] == ["ERROR 1"]
    assert configured.admin.get("/api/v1/logs", params={"log": "api"}).status_code == 404
    assert configured.admin.get("/api/v1/logs", params={"log": "../../etc/passwd"}).status_code == 422
    assert configured.operator.get("/api/v1/logs").status_code == 403


def test_long_logs_are_read_from_their_end(tmp_path: Path) -> None:
    path = tmp_path / "long.log"
    path.write_text("".join(json.dumps({"n": n, "text": "x" * 200}) + "\n" for n in range(5000)))
    found = tail(path, 4999, lambda line: line["n"] % 2 == 0)
    assert [line["n"] for line in found] == list(range(4998, -1, -2))
