"""Files hold what was posted, whatever their form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.core.work import Delivery
from heatmap_gui.services.sinks.file import COLUMNS, File

FOUND = {
    "timestamp": "2025-12-21T14:00:06.123456",
    "camera_id": 1,
    "camera_point": {"x": 320, "y": 480},
    "plan_point": {"x": 150, "y": 280},
    "confidence": 0.87,
    "track_id": 4,
    "class": "person",
}
BODY = json.dumps({"detections": [FOUND, FOUND | {"floor_m": {"x": 1.5, "y": 2.5}}]}).encode()


def delivery(form: str, name: str = "job_1_s") -> Delivery:
    target = {"store": "s", "name": name, "format": form}
    return Delivery(id="d", sink="file", endpoint="exports", target=target, body=BODY, created_at=0.0)


def test_json_is_what_was_posted(tmp_path: Path) -> None:
    File(tmp_path).deliver(delivery("json"))
    assert (tmp_path / "s" / "job_1_s.json").read_bytes() == BODY


def test_csv(tmp_path: Path) -> None:
    File(tmp_path).deliver(delivery("csv"))
    first, second = csv.DictReader(io.StringIO((tmp_path / "s" / "job_1_s.csv").read_text()))
    assert tuple(first) == COLUMNS
    assert (first["camera_x"], first["plan_y"], first["floor_x_m"], first["class"]) == ("320", "280", "", "person")
    assert (second["floor_x_m"], second["floor_y_m"]) == ("1.5", "2.5")


def test_parquet(tmp_path: Path) -> None:
    File(tmp_path).deliver(delivery("parquet"))
    first, second = pq.read_table(tmp_path / "s" / "job_1_s.parquet").to_pylist()
    assert first["confidence"] == 0.87 and first["track_id"] == 4 and first["floor_x_m"] is None
    assert second["floor_y_m"] == 2.5 and second["camera_id"] == "1"


@pytest.mark.parametrize("name", ["../x", "a/b", "..", ""])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        File(tmp_path / "in").deliver(delivery("json", name))
    assert not list(tmp_path.rglob("*.json"))


def test_a_folder_that_cannot_be_made_may_be_one_day(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("in the way")
    with pytest.raises(TryLaterError):
        File(tmp_path).deliver(delivery("json"))
