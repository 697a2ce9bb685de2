"""`measure` as a person runs it: the files that it promises, held against the truth of synthetic scenes."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import av
import numpy as np
import pytest

from heatmap_gui.cli import main
from heatmap_gui.core.types import F8, Crossing, Visit
from heatmap_gui.services.secrets import Seal
from tests.replays import Replay, left_in, record, table

FILES = [
    "crossings.csv", "detections.json", "floor_tracks.csv", "heatmap.npz", "heatmap.png", "report.html",
    "summary.json", "tracks_1.txt", "tracks_2.txt", "visits.csv",
]  # fmt: skip
SHORTEST_VISIT_S = 1.0


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """Four people about in a hall, two cameras; nobody turns back on the line or comes to it at the very end."""
    return record(tmp_path_factory.mktemp("hall"), "walkers", 2, 30.0, 5.0)


@pytest.fixture(scope="module")
def measured(hall: Replay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("measured")
    assert main(["measure", "--site", str(hall.site), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Replay, Path]:
    """Nearly a minute of the demo store, measured."""
    replay = record(tmp_path_factory.mktemp("store"), "store", 2, 56.0, 5.0)
    out = tmp_path_factory.mktemp("store_out")
    assert main(["measure", "--site", str(replay.site), "--out", str(out)]) == 0
    return replay, out


def summary_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "summary.json").read_text())
    return found


def run(hall: Replay, out: Path, *arguments: str, site: Path | None = None) -> dict[str, Any]:
    assert main(["measure", "--site", str(site or hall.site), "--out", str(out), *arguments]) == 0
    return summary_of(out)


def test_the_folder_holds_what_is_promised_and_nothing_else(measured: Path) -> None:
    assert left_in(measured) == FILES


@pytest.mark.parametrize("folder", [".", "sub", ".."])
def test_a_site_is_found_from_any_working_folder(
    hall: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Paths in it start at the file, however the file itself is named."""
    here = hall.site.parent / folder
    here.mkdir(exist_ok=True)
    monkeypatch.chdir(here)
    run(hall, tmp_path / "out", "--duration", "1", site=Path(os.path.relpath(hall.site)))


def test_floor_positions_are_true(hall: Replay, measured: Path) -> None:
    rows = table(measured / "floor_tracks.csv")
    assert list(rows[0]) == ["t_s", "track_id", "x_m", "y_m", "sigma_m", "class", "cameras"]
    truth = hall.truth
    errors, frames = [], np.rint(truth.at_s * hall.fps)
    for row in rows:
        now = frames == round(float(row["t_s"]) * hall.fps)
        errors.append(np.hypot(truth.x[now] - float(row["x_m"]), truth.y[now] - float(row["y_m"])).min())
    assert float(np.median(errors)) < 0.15
    assert {row["class"] for row in rows} == {"person"}
    assert {row["cameras"] for row in rows} <= {"1", "2", "1+2", ""}
    assert len({(row["t_s"], row["track_id"]) for row in rows}) == len(rows), "one row a person and instant"
    assert [float(row["t_s"]) for row in rows] == sorted(float(row["t_s"]) for row in rows)


def test_people_visits_and_crossings_are_those_of_the_truth(hall: Replay, measured: Path) -> None:
    summary = summary_of(measured)
    assert summary["people"] == len(set(hall.truth.track_id.tolist()))
    assert summary["person_seconds"] == pytest.approx(hall.person_seconds, rel=0.02)
    assert_visits(table(measured / "visits.csv"), hall.truth.visits)
    assert_crossings(table(measured / "crossings.csv"), hall.truth.crossings)
    zone, line = summary["zones"]["east"], summary["lines"]["middle"]
    assert zone["visits"] == len(hall.truth.visits)
    assert zone["dwell_s"] == pytest.approx(sum(v.dwell_s for v in hall.truth.visits), rel=0.03)
    assert [line["in"], line["out"]] == [[c.direction for c in hall.truth.crossings].count(d) for d in ("in", "out")]


def assert_visits(rows: list[dict[str, str]], truth: tuple[Visit, ...]) -> None:
    found = sorted((row["zone_id"], float(row["enter_s"]), float(row["leave_s"])) for row in rows)
    expected = sorted((v.zone_id, v.enter_at, v.leave_at) for v in truth)
    assert [row[0] for row in found] == [row[0] for row in expected]
    np.testing.assert_allclose([row[1:] for row in found], [row[1:] for row in expected], atol=0.5)
    for row in rows:
        assert float(row["dwell_s"]) == pytest.approx(float(row["leave_s"]) - float(row["enter_s"]), abs=0.3)


def assert_crossings(rows: list[dict[str, str]], truth: tuple[Crossing, ...]) -> None:
    found = sorted((row["line_id"], row["direction"], float(row["t_s"])) for row in rows)
    expected = sorted((c.line_id, c.direction, c.at) for c in truth)
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    np.testing.assert_allclose([row[2] for row in found], [row[2] for row in expected], atol=0.5)


def test_the_demo_store_is_measured_as_it_was(store: tuple[Replay, Path]) -> None:
    """Crossings one by one; dwell by zone, for one who leaves as another enters may be taken for one.

    Somebody stands for half a minute where two shelves' zones meet, so those two are one here.
    """
    replay, out = store
    assert_crossings(table(out / "crossings.csv"), replay.truth.crossings)
    summary = summary_of(out)
    assert summary["person_seconds"] == pytest.approx(replay.person_seconds, rel=0.02)
    for zones in (["entrance"], ["queue"], ["checkout"], ["fresh"], ["offers"], ["groceries", "household"]):
        expected = sum(v.dwell_s for v in replay.truth.visits if v.zone_id in zones)
        found = sum(summary["zones"][zone]["dwell_s"] for zone in zones)
        assert found == pytest.approx(expected, rel=0.08), zones
    assert summary["zones"]["staff"] == {
        "name": "Staff only", "type": "forbidden", "visits": 0, "people": 0, "dwell_s": 0, "mean_dwell_s": None,
    }  # fmt: skip


def test_detections_are_the_webhooks_payload(hall: Replay, tmp_path: Path) -> None:
    """One a track, camera and second; naive times in the store's zone; plan pixels and metres."""
    site = hall.changed("new_york.json", timezone="America/New_York")
    run(hall, tmp_path, "--start", "2026-07-01T12:00:00Z", site=site)
    found = json.loads((tmp_path / "detections.json").read_text())
    assert list(found) == [
        "job_id", "store_name", "timestamp", "duration_minutes", "metadata", "camera_statistics", "detections",
        "execution",
    ]  # fmt: skip
    start = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert found["job_id"] == f"job_{int(start.timestamp())}_walkers"
    assert found["timestamp"] == "2026-07-01T08:00:00.000000"
    assert found["duration_minutes"] == pytest.approx(0.5, abs=0.01)
    detections, metadata = found["detections"], found["metadata"]
    assert (
        metadata["total_detections"] == len(detections) == sum(c["count"] for c in found["camera_statistics"].values())
    )
    assert (metadata["cameras_count"], metadata["timezone"]) == (2, "America/New_York")
    assert (metadata["confidence_threshold"], metadata["average_confidence"]) == (0.5, 1.0)
    assert set(found["execution"]) == {"started_at", "completed_at", "elapsed_seconds"}
    assert set(found["camera_statistics"]) == {"1", "2"}
    seconds = [(d["track_id"], d["camera_id"], d["timestamp"][:19]) for d in detections]
    assert len(set(seconds)) == len(seconds)
    assert [d["timestamp"] for d in detections] == sorted(d["timestamp"] for d in detections)
    for d in detections:
        assert list(d) == [
            "timestamp", "camera_id", "camera_point", "plan_point", "confidence", "track_id", "class", "floor_m",
        ]  # fmt: skip
        at = datetime.fromisoformat(d["timestamp"])
        assert at.tzinfo is None
        assert 0 <= (at.replace(tzinfo=ZoneInfo("America/New_York")) - start).total_seconds() < 30
        for axis in "xy":
            assert d["plan_point"][axis] * 0.02 == pytest.approx(d["floor_m"][axis], abs=0.002)


def test_boxes_are_mot_text(hall: Replay, measured: Path) -> None:
    rows = np.loadtxt(measured / "tracks_1.txt", delimiter=",")
    assert rows.shape[1] == 10
    assert (rows[:, 0] >= 1).all() and (rows[:, 0] <= 150).all() and (np.diff(rows[:, 0]) >= 0).all()
    assert (rows[:, 7] == 1).all() and (rows[:, 8:] == -1).all()
    truth = np.loadtxt(hall.site.parent / "truth/gt_camera_1.txt", delimiter=",")
    apart_px = {shift: float(np.median([_apart_px(row, truth, shift) for row in rows[40:400]])) for shift in (-1, 0, 1)}
    assert min(apart_px, key=apart_px.__getitem__) == 0, "frame 40 of the replay is frame 40 of the tracks"
    assert apart_px[0] < 6
    floor_ids = {row["track_id"] for row in table(measured / "floor_tracks.csv")}
    assert set(rows[:, 1].astype(int).astype(str)) == floor_ids, "the site's ids"


def _apart_px(row: F8, truth: F8, shift: int) -> float:
    """How far the truth's nearest box is, so many frames later."""
    boxes = truth[truth[:, 0] == row[0] + shift, 2:6]
    return float(np.abs(boxes - row[2:6]).max(axis=1).min())


def test_the_heat_map_holds_every_person_second(measured: Path) -> None:
    with np.load(measured / "heatmap.npz") as arrays:
        assert set(arrays) == {"presence_s", "visits", "stops", "vx", "vy", "exposure_s", "cell_m", "origin_m"}
        assert arrays["presence_s"].sum() == pytest.approx(summary_of(measured)["person_seconds"], rel=1e-4)
        assert arrays["exposure_s"].max() == pytest.approx(30.0, abs=0.3)
        assert arrays["presence_s"].shape == arrays["exposure_s"].shape
    assert (measured / "heatmap.png").read_bytes().startswith(b"\x89PNG")


def test_the_report_stands_alone(measured: Path) -> None:
    page = (measured / "report.html").read_text()
    assert not re.search(r"""(src|href)=["'](?!data:|#)|@import|url\((?!data:)|<script[^>]+src""", page)
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page
    assert "Middle" in page and "East half" in page


def test_the_summary_says_what_was_measured_by_what(hall: Replay, measured: Path) -> None:
    summary = summary_of(measured)
    assert summary.keys() >= {
        "people", "person_seconds", "partial", "zones", "lines", "cameras", "model", "device", "precision", "versions",
        "site_hash", "warnings", "unit",
    }  # fmt: skip
    assert summary["partial"] is False
    assert len(summary["site_hash"]) == 64
    assert summary["versions"].keys() >= {"heatmap", "python", "numpy"}
    for camera in summary["cameras"].values():
        assert (camera["read"], camera["processed"], camera["skipped"]) == (150, 150, 0)
        assert camera["fps"] == pytest.approx(5.0, abs=0.01)
        assert camera["exposed_s"] == pytest.approx(30.0, abs=0.3)


def test_two_runs_differ_in_nothing_but_the_clock(hall: Replay, measured: Path, tmp_path: Path) -> None:
    run(hall, tmp_path)
    for name in FILES:
        once, again = (folder / name for folder in (measured, tmp_path))
        if name != "detections.json":
            assert once.read_bytes() == again.read_bytes(), name
    payloads = [json.loads((folder / "detections.json").read_text()) for folder in (measured, tmp_path)]
    for payload in payloads:
        del payload["execution"], payload["metadata"]["export_timestamp"]
    assert payloads[0] == payloads[1]


def test_frames_are_left_out_as_told(hall: Replay, tmp_path: Path) -> None:
    third = run(hall, tmp_path / "third", "--frame-skip", "3")["cameras"]["1"]
    assert (third["read"], third["processed"], third["skipped"]) == (150, 50, 100)
    document = json.loads(hall.site.read_text())
    slow = [camera | {"fps_target": 2.5} for camera in document["cameras"]]
    both = run(hall, tmp_path / "both", "--frame-skip", "2", site=hall.changed("slow.json", cameras=slow))
    assert (both["cameras"]["2"]["processed"], both["cameras"]["2"]["fps"]) == (38, 1.25)
    assert both["person_seconds"] == pytest.approx(hall.person_seconds, rel=0.05)
    none = run(hall, tmp_path / "none", "--frame-skip", "0", "--duration", "2")["cameras"]["1"]
    assert none["processed"] == 10


def test_duration_and_offsets_are_of_the_measurement(hall: Replay, tmp_path: Path) -> None:
    document = json.loads(hall.site.read_text())
    late = [camera | {"offset_s": 4.0 * (camera["camera_id"] - 1)} for camera in document["cameras"]]
    cameras = run(hall, tmp_path, "--duration", "10", site=hall.changed("late.json", cameras=late))["cameras"]
    assert (cameras["1"]["processed"], cameras["2"]["processed"]) == (50, 30)
    assert cameras["2"]["exposed_s"] == pytest.approx(6.0, abs=0.3)
    assert max(float(row["t_s"]) for row in table(tmp_path / "floor_tracks.csv")) == pytest.approx(9.8)
    early = [camera | {"offset_s": -4.0} for camera in document["cameras"]]
    cameras = run(hall, tmp_path, "--duration", "10", site=hall.changed("early.json", cameras=early))["cameras"]
    assert cameras["1"]["processed"] == 50
    assert np.loadtxt(tmp_path / "tracks_1.txt", delimiter=",")[0, 0] >= 21


def test_sources_take_the_place_of_the_sites(hall: Replay, tmp_path: Path) -> None:
    summary = run(hall, tmp_path, "--source", f"2={hall.urls['2']}", "--duration", "4")
    assert list(summary["cameras"]) == ["2"]
    assert "tracks_1.txt" not in left_in(tmp_path)


def test_a_source_alone_is_a_floor_of_its_own(hall: Replay, tmp_path: Path) -> None:
    assert main(["measure", "--source", hall.urls["1"], "--source", hall.urls["2"], "--out", str(tmp_path)]) == 0
    assert {"floor_tracks.csv", "floor_tracks_2.csv", "heatmap_2.npz", "tracks_1.txt"} <= set(left_in(tmp_path))
    assert list(table(tmp_path / "floor_tracks.csv")[0])[2:5] == ["x_px", "y_px", "sigma_px"]
    assert summary_of(tmp_path)["unit"] == "px"
    assert "floor_m" not in json.loads((tmp_path / "detections.json").read_text())["detections"][0]


def test_classes_hold_for_recorded_detections_too(tmp_path: Path) -> None:
    rows = [f"{f},-1,{50 + 2 * f},100,30,80,1,{c}" for f in range(1, 41) for c in (1, 3)]
    (tmp_path / "det.txt").write_text(
        "\n".join(row.replace(",100,", ",220,") if row[-1] == "3" else row for row in rows)
    )
    source = [
        "measure",
        "--source",
        f"mot:{tmp_path}/det.txt?fps=10&width=640&height=360",
        "--out",
        str(tmp_path / "o"),
    ]
    assert main(source) == 0
    both = summary_of(tmp_path / "o")
    assert (both["people"], both["vehicles"], both["person_seconds"]) == (1, 1, 4.0)
    assert main([*source, "--classes", "car"]) == 0
    cars = summary_of(tmp_path / "o")
    assert (cars["people"], cars["vehicles"], cars["person_seconds"]) == (0, 1, 0.0)


def test_json_is_one_object_and_text_names_the_results(
    hall: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(hall, tmp_path, "--json", "--duration", "3")
    printed = json.loads(capsys.readouterr().out)
    assert printed == {**summary_of(tmp_path), "out": str(tmp_path)}
    run(hall, tmp_path, "--duration", "3")
    text = capsys.readouterr().out
    assert f"heat map: {tmp_path}/heatmap.png" in text
    assert "line Middle:" in text


def test_realtime_skips_what_it_cannot_do_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At 240 frames a second of 640 x 360 no machine keeps up; the clip's second takes a second all the same."""
    source = "synthetic:walkers?fps=240&duration_s=1.5"
    arguments = ["measure", "--source", source, "--realtime", "--model", "motion", "--out", str(tmp_path)]
    assert main([*arguments, "--start", "2026-01-01T00:00:00Z"]) == 0
    camera = summary_of(tmp_path)["cameras"]["1"]
    assert camera["skipped"] == camera["read"] - camera["processed"] > 0
    assert f"{camera['skipped']} skipped" in capsys.readouterr().out
    times = [float(row["t_s"]) for row in table(tmp_path / "floor_tracks.csv")]
    assert all(0 <= t < 2.5 for t in times)
    assert json.loads((tmp_path / "detections.json").read_text())["timestamp"] == "2026-01-01T00:00:00.000000"


def test_annotated_videos_have_every_measured_frame(tmp_path: Path) -> None:
    source = "synthetic:walkers?fps=5&duration_s=4"
    assert main(["measure", "--source", source, "--model", "motion", "--annotate", "--out", str(tmp_path)]) == 0
    assert "annotated_1.mp4" in left_in(tmp_path)
    assert not [name for name in left_in(tmp_path) if name.startswith(".")]
    with av.open(str(tmp_path / "annotated_1.mp4")) as video:
        times = [frame.time for frame in video.decode(video=0)]
        assert (video.streams.video[0].width, video.streams.video[0].height) == (640, 360)
    assert len(times) == summary_of(tmp_path)["cameras"]["1"]["processed"] == 20
    assert np.diff([t for t in times if t is not None]) == pytest.approx(0.2, abs=0.002)


def test_alerts_are_json_lines_and_nothing_else_is_on_standard_output(
    hall: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(hall.site.read_text())
    forbidden = [document["zones"][0] | {"type": "forbidden", "debounce_s": 0}]
    run(hall, tmp_path, "--alerts", "--start", "2026-05-01T09:00:00Z", site=hall.changed("no.json", zones=forbidden))
    printed = capsys.readouterr()
    alerts = [json.loads(line) for line in printed.out.splitlines()]
    assert {(alert["kind"], alert["zone_id"], alert["store_name"]) for alert in alerts} == {
        ("forbidden_zone", "east", "walkers")
    }
    start = datetime(2026, 5, 1, 9, tzinfo=UTC)
    at = np.array([(datetime.fromisoformat(alert["timestamp"]) - start).total_seconds() for alert in alerts])
    left = [(visit.track_id, visit.leave_at) for visit in hall.truth.visits]
    entries = [  # who is back at once has not been away
        visit
        for visit in hall.truth.visits
        if not any(track == visit.track_id and 0 <= visit.enter_at - then < 3 for track, then in left)
    ]
    assert len(entries) == 9
    assert all(np.abs(at - visit.enter_at).min() < 1.2 for visit in entries)  # a track is sure after 0.75 s
    assert len(alerts) <= len(entries) + 1, "one who walks along the border may step on it"
    assert "heat map:" in printed.err


def test_a_sealed_address_is_measured(
    hall: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the API leaves it in the site file; with another key it is one line, and nothing is written."""
    cameras = json.loads(hall.site.read_text())["cameras"]
    for camera in cameras:
        camera["rtsp_url"] = Seal("k" * 40).seal(hall.urls[str(camera["camera_id"])])
    site = hall.changed("calibration_sealed.json", cameras=cameras)
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    summary = run(hall, tmp_path / "out", "--duration", "3", site=site)
    assert [camera["processed"] for camera in summary["cameras"].values()] == [15, 15]
    said = capsys.readouterr()
    written = [path.read_bytes().decode(errors="ignore") for path in (tmp_path / "out").iterdir()]
    assert not [text for text in (said.out, said.err, *written) if "mot:" in text or "det_1.txt" in text]
    monkeypatch.setenv("SECRET_KEY", "another key" * 4)
    assert main(["measure", "--site", str(site), "--out", str(tmp_path / "none")]) == 2
    error = capsys.readouterr().err
    assert "a sealed secret does not open: SECRET_KEY" in error and error.count("\n") == 1
    assert not (tmp_path / "none").exists()
