"""cameras.yaml and rois.yaml from the file to the alert: whose box's centre enters a ROI, of which class, and when."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.cli import main
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.services.alerting import AlertLines
from heatmap_gui.services.measurement import Measurement
from heatmap_gui.services.measuring import measure
from heatmap_gui.store.site_files import load_site
from tests.core import roi_documents
from tests.replays import table
from tests.vision.sources.clips import write_clip

CAMERA = "cam_nave3_hornos"
SIZE = (640, 480)
FPS, LAST_S = 10, 8.0
ENTERS_S = 3.0  # the ROI's left edge is x = 100
CLASSES = ("pine", "worker", "object")


def box(t_s: float, foot_y: float, height: float = 120) -> list[float]:
    """Left, top, right, bottom of somebody who walks to the right and crosses x = 100 at ENTERS_S."""
    x = 100 + 20 * (t_s - ENTERS_S)
    return [x - 25, foot_y - height, x + 25, foot_y]


CENTRE_INSIDE, FOOT_INSIDE = 440, 150  # foot_y where only the centre, or only the foot, is between y 100 and 400


def replay(folder: Path, foot_y: float) -> str:
    """The address of recorded detections in which one person walks there."""
    rows = []
    for frame in range(int(FPS * LAST_S)):
        left, top, right, bottom = box(frame / FPS, foot_y)
        rows.append(f"{frame + 1},-1,{left:g},{top:g},{right - left:g},{bottom - top:g},0.9,-1,-1,-1\n")
    (folder / "det.txt").write_text("".join(rows))
    return f"mot:det.txt?fps={FPS}&width={SIZE[0]}&height={SIZE[1]}"


class Sawmill:
    """Sees one of each class walk into the ROI, the first frame of each at t = 0."""

    name, device, precision, batch = "sawmill", "cpu", "-", 1
    labels: tuple[str, ...] = CLASSES

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        scores, class_ids = np.full(3, 0.9, np.float32), np.arange(3, dtype=np.int16)
        return [
            Detections(np.array([box(f.at, y, 60) for y in (160, 250, 340)], np.float32), scores, class_ids, CLASSES)
            for f in frames
        ]

    def close(self) -> None:
        pass


def alerts_of(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_of_all_that_enters_only_the_alert_classes_are_told(tmp_path: Path) -> None:
    """The two files word for word, measured from pictures at the 5 frames a second that they want."""
    site = load_site(roi_documents.write(tmp_path))
    clip = write_clip(tmp_path / "hall.mp4", [np.zeros((SIZE[1], SIZE[0], 3), np.uint8)] * int(FPS * LAST_S))
    site = replace(site, cameras=(replace(site.cameras[0], url=str(clip)),))
    told = io.StringIO()
    order = Measurement(site=site, out=tmp_path / "out", models_dir=tmp_path)
    summary = measure(order, show=AlertLines(site, told).show, detector=Sawmill())
    [alert] = alerts_of(told.getvalue())
    assert (alert["class"], alert["camera_id"], alert["kind"]) == ("object", CAMERA, "forbidden_zone")
    assert alert["zone_id"] == f"{CAMERA}-loading_zone"
    assert alert["reason"].endswith("entered the forbidden zone loading_zone")
    assert entered_s(alert) == pytest.approx(ENTERS_S, abs=0.5)
    assert summary["cameras"][CAMERA]["processed"] == 5 * LAST_S


def entered_s(alert: dict[str, Any]) -> float:
    """Seconds after the epoch, where files begin."""
    minute, second = alert["timestamp"].removeprefix("1970-01-01T00:").removesuffix("+00:00").split(":")
    return 60 * int(minute) + float(second)


@pytest.mark.parametrize(("foot_y", "count"), [(CENTRE_INSIDE, 1), (FOOT_INSIDE, 0)])
def test_the_box_s_centre_decides_for_alerts_and_visits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], foot_y: float, count: int
) -> None:
    address, own = replay(tmp_path, foot_y), "rtsp://admin:password@192.168.1.10:554/Streaming/Channels/101"
    path = roi_documents.write(
        tmp_path,
        cameras_yaml=roi_documents.CAMERAS_YAML.replace(own, address),
        rois_yaml=roi_documents.ROIS_YAML.replace("[object]", "[person]"),
    )
    assert main(["measure", "--site", str(path), "--alerts", "--out", str(tmp_path / "out")]) == 0
    alerts = alerts_of(capsys.readouterr().out)
    visits = table(tmp_path / "out" / "visits.csv")
    assert [alert["zone_id"] for alert in alerts] == [f"{CAMERA}-loading_zone"] * count
    assert [visit["zone_id"] for visit in visits] == [f"{CAMERA}-loading_zone"] * count
    if count:
        assert entered_s(alerts[0]) == pytest.approx(ENTERS_S, abs=0.5)
        assert float(visits[0]["enter_s"]) == pytest.approx(ENTERS_S, abs=0.3)


def test_classes_that_are_no_alert_classes_are_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person is neither an object nor allowed there: only alert classes are told where there are any."""
    path, source = roi_documents.write(tmp_path), replay(tmp_path, CENTRE_INSIDE).replace("mot:", f"mot:{tmp_path}/")
    arguments = ["measure", "--site", str(path), "--source", f"{CAMERA}={source}", "--alerts"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    assert alerts_of(capsys.readouterr().out) == []


def test_check_takes_the_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = roi_documents.write(
        tmp_path, cameras_yaml=roi_documents.CAMERAS_YAML.replace("enabled: true", "enabled: no")
    )
    assert main(["check", "--site", str(path)]) == 0
    told = capsys.readouterr().out
    assert "cameras: 1 camera, 1 zone" in told
    assert f"zone {CAMERA}-loading_zone: 100% seen" in told
    (tmp_path / "rois.yaml").write_text(roi_documents.ROIS_YAML.replace(CAMERA, "cam_9"))
    assert main(["check", "--site", str(path)]) == 2
    told = capsys.readouterr().out
    assert f'rois.yaml: cameras[0].camera_id is "cam_9": allowed: an id that cameras.yaml has: {CAMERA}' in told


def test_the_password_of_a_camera_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seed's address is another network's; here it is one where nobody answers."""
    path = roi_documents.write(
        tmp_path, cameras_yaml=roi_documents.CAMERAS_YAML.replace("192.168.1.10:554", "127.0.0.1:9")
    )
    assert main(["check", "--site", str(path)]) == 2
    told = capsys.readouterr()
    assert "connection refused" in told.out
    assert "password" not in told.out + told.err
