"""The two YAML files as people have them, and the same written as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CAMERAS_YAML = """\
cameras:
  - id: cam_nave3_hornos
    name: "Nave 3 Hornos B CAM 3"
    rtsp_url: "rtsp://admin:password@192.168.1.10:554/Streaming/Channels/101"
    enabled: true
    fps_target: 5.0
"""
ROIS_YAML = """\
cameras:
  - camera_id: cam_nave3_hornos
    forbidden_rois:
      - name: loading_zone
        points:
          - [100, 100]
          - [500, 100]
          - [500, 400]
          - [100, 400]
    allowed_classes: [pine, worker]
    alert_classes: [object]
"""


def cameras() -> dict[str, Any]:
    address = "rtsp://admin:password@192.168.1.10:554/Streaming/Channels/101"
    hall = {"id": "cam_nave3_hornos", "name": "Nave 3 Hornos B CAM 3", "rtsp_url": address}
    return {"cameras": [{**hall, "enabled": True, "fps_target": 5.0}]}


def rois() -> dict[str, Any]:
    zone = {"name": "loading_zone", "points": [[100, 100], [500, 100], [500, 400], [100, 400]]}
    classes = {"allowed_classes": ["pine", "worker"], "alert_classes": ["object"]}
    return {"cameras": [{"camera_id": "cam_nave3_hornos", "forbidden_rois": [zone], **classes}]}


def write(folder: Path, *, cameras_yaml: str = CAMERAS_YAML, rois_yaml: str | None = ROIS_YAML) -> Path:
    """Both files into a folder; the path of the first."""
    (folder / "cameras.yaml").write_text(cameras_yaml, encoding="utf-8")
    if rois_yaml is not None:
        (folder / "rois.yaml").write_text(rois_yaml, encoding="utf-8")
    return folder / "cameras.yaml"
