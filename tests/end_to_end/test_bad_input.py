"""Bad input of every kind: one line on standard error, the right exit status, and nothing left behind."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.cli import main
from tests.replays import Replay, left_in, record
from tests.vision.networks import fixed_answer
from tests.vision.sources.clips import cut, noise, write_clip

SQUARE = [[100, 100], [300, 100], [300, 300], [100, 300]]
SITES: dict[str, dict[str, Any]] = {  # what is put in place of what the good site file has
    "two_points": {"zones": [{"id": "z", "polygon": SQUARE[:2]}]},
    "nan": {"zones": [{"id": "z", "polygon": [*SQUARE, [float("nan"), 0]]}]},
    "crossing": {"zones": [{"id": "z", "polygon": [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]}]},
    "zone_type": {"zones": [{"id": "z", "polygon": SQUARE, "type": "lawn"}]},
    "no_cameras": {"cameras": []},
}
SITE, SOURCE = ("--site", "{d}/calibration_walkers.json"), ("--source", "{d}/clip.mkv")
MOT = "mot:{d}/det_1.txt"
SIZE = "fps=5&width=640&height=360"

CASES: list[tuple[str, tuple[str, ...], int, str]] = [
    ("missing_video", ("--source", "{d}/none.mp4"), 2, "{d}/none.mp4: no such file"),
    ("empty_video", ("--source", "{d}/empty.mp4"), 2, "{d}/empty.mp4: the file is empty"),
    ("no_video", ("--source", "{d}/text.mp4"), 2, "{d}/text.mp4: not a video"),
    ("no_index", ("--source", "{d}/cut_clip.mp4"), 2, "cut off, its index (moov) is missing"),
    ("no_images", ("--source", "{d}/nothing"), 2, "{d}/nothing: no images in this folder"),
    ("torn_image", ("--source", "{d}/torn"), 2, "not an image that can be read"),
    ("other_size", (*SITE, "--source", "1={d}/clip.mkv"), 2, "96x64, but the site file's geometry is for 640x360"),
    ("unknown_scheme", ("--source", "gopher://x/y"), 2, "unknown kind of source"),
    ("unknown_scene", ("--source", "synthetic:moon"), 2, "no synthetic scene 'moon'"),
    ("mot_without_fps", ("--source", f"{MOT}?width=640&height=360"), 2, "fps missing; write mot:det.txt?fps=25"),
    ("mot_missing", ("--source", f"mot:{{d}}/none.txt?{SIZE}"), 2, "none.txt: "),
    ("mot_is_text", ("--source", f"mot:{{d}}/text.mp4?{SIZE}"), 2, "not MOT text"),
    ("camera_off", ("--source", "rtsp://me:secret@127.0.0.1:9/cam"), 3, "rtsp://127.0.0.1:9/cam: connection refused"),
    ("camera_unknown", (*SITE, "--source", "9={d}/clip.mkv"), 2, "calibration_walkers.json has cameras 1, 2"),
    ("camera_twice", ("--source", "1={d}/a.mp4", "--source", "1={d}/b.mp4"), 2, "names a camera twice"),
    ("site_missing", ("--site", "{d}/none.json"), 2, "{d}/none.json: no such file"),
    ("site_is_video", ("--site", "{d}/clip.mkv"), 2, "not a text in UTF-8"),
    ("site_is_text", ("--site", "{d}/text.mp4"), 2, "text.mp4: not JSON"),
    ("site_two_points", ("--site", "{d}/two_points.json"), 2, "zones[0].polygon is [[100, 100], [300, 100]]"),
    ("site_nan", ("--site", "{d}/nan.json"), 2, "nan.json: "),
    ("site_crossing", ("--site", "{d}/crossing.json"), 2, "allowed: a polygon that does not cross itself"),
    ("site_zone_type", ("--site", "{d}/zone_type.json"), 2, "entry, queue, shelf, checkout, general, forbidden"),
    ("site_camera_twice", ("--site", "{d}/camera_twice.json"), 2, 'cameras[1].camera_id is "1": allowed: each id once'),
    ("site_no_cameras", ("--site", "{d}/no_cameras.json"), 2, "cameras is missing or empty"),
    ("nothing_to_measure", (), 2, "give --site SITE.json, --source URL, or both"),
    ("model_unknown", (*SOURCE, "--model", "yolo99"), 2, "there is no model 'yolo99': known are motion, "),
    ("model_missing", (*SOURCE, "--model", "{d}/none.onnx"), 2, "there is no model file {d}/none.onnx"),
    ("model_no_onnx", (*SOURCE, "--model", "{d}/text.onnx"), 2, "text.onnx cannot be read as an ONNX model"),
    ("model_other_outputs", (*SOURCE, "--model", "{d}/other.onnx"), 2, "understood are (1, 4+classes, cells)"),
    ("model_pt", (*SOURCE, "--model", "{d}/some.pt"), 3, "make gpu"),
    ("device_unknown", (*SOURCE, "--device", "tpu", "--model", "{d}/other.onnx"), 2, "no device 'tpu'"),
    ("class_unknown", (*SOURCE, "--model", "motion", "--classes", "unicorn"), 2, "no class 'unicorn' is to be found"),
    ("class_unknown_replayed", ("--source", f"{MOT}?{SIZE}", "--classes", "car"), 2, "no class 'car' is to be found"),
    ("duration_0", (*SOURCE, "--duration", "0"), 2, "--duration: 0 is not a number above 0"),
    ("duration_nan", (*SOURCE, "--duration", "nan"), 2, "--duration: nan is not a number above 0"),
    ("confidence_2", (*SOURCE, "--confidence", "2"), 2, "--confidence: 2 is not a number above 0, at most 1"),
    ("start", (*SOURCE, "--start", "noon"), 2, "--start: 'noon' is no time"),
    ("frame_skip", (*SOURCE, "--frame-skip", "-1"), 2, "--frame-skip: '-1' is not a whole number"),
    ("unknown_flag", (*SOURCE, "--fast"), 2, "unrecognized arguments: --fast"),
    ("nothing_left", ("--site", "{d}/late.json", "--duration", "2"), 2, "no frame was measured"),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good and bad files."""
    folder = tmp_path_factory.mktemp("desk")
    replay = record(folder, "walkers", 2, 4.0, 5.0)
    _write_sites(replay)
    for name in ("clip.mkv", "clip.mp4"):
        write_clip(folder / name, [noise(i) for i in range(60)])
        cut(folder / name, 0.5)
    (folder / "empty.mp4").touch()
    for name in ("text.mp4", "text.onnx", "some.pt"):
        (folder / name).write_text("this is a text\n" * 40)
    (folder / "nothing").mkdir()
    (folder / "torn").mkdir()
    (folder / "torn/0.png").write_bytes(b"\x89PNG\r\n")
    fixed_answer(folder / "other.onnx", np.zeros((1, 7), np.float32))
    return folder


def _write_sites(replay: Replay) -> None:
    for name, change in SITES.items():
        replay.changed(f"{name}.json", **change)
    cameras = json.loads(replay.site.read_text())["cameras"]
    replay.changed("late.json", cameras=[camera | {"offset_s": 60.0} for camera in cameras])
    replay.changed("camera_twice.json", cameras=[cameras[0], cameras[1] | {"camera_id": "1"}])


def refusal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit status and the one line that was printed."""
    status = main(arguments)
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert len(lines) == 1, printed.err
    assert lines[0].startswith("heatmap: error: ")
    assert "Traceback" not in lines[0] and "secret" not in lines[0]
    return status, lines[0]


@pytest.mark.parametrize(("arguments", "status", "fragment"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_is_refused_in_a_line_and_leaves_nothing(
    desk: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    fragment: str,
) -> None:
    monkeypatch.setitem(sys.modules, "ultralytics", None)  # as without the gpu extra
    before = left_in(desk)
    given = [text.format(d=desk) for text in arguments]
    found, line = refusal(["measure", *given, "--out", str(tmp_path / "new/out")], capsys)
    assert (found, fragment.format(d=desk) in line) == (status, True), line
    assert not (tmp_path / "new").exists()
    assert left_in(desk) == before


def test_out_must_be_a_folder_that_can_be_written(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    source = ["measure", "--source", f"mot:{desk}/det_1.txt?{SIZE}"]
    assert refusal(source, capsys)[0] == 2
    for out in ("file", "file/below"):
        status, line = refusal([*source, "--out", str(tmp_path / out)], capsys)
        assert (status, f"{tmp_path}/{out}" in line) == (2, True), line
    assert left_in(tmp_path) == ["file"]


def test_what_can_be_read_of_a_truncated_video_is_kept(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["measure", "--source", f"{desk}/cut_clip.mkv", "--model", "motion", "--out", str(tmp_path)]
    status, line = refusal(arguments, capsys)
    assert (status, "camera 1: the video is damaged or cut off" in line) == (3, True), line
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["partial"] is True
    assert 10 < summary["cameras"]["1"]["processed"] < 60
    assert {"report.html", "heatmap.png", "floor_tracks.csv"} <= set(left_in(tmp_path))


def no_room(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The disk takes so many files more, and is full."""
    synced: Callable[[int], None] = os.fsync
    files = iter([True] * after)

    def fsync(handle: int) -> None:
        if not next(files, False):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        synced(handle)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_full_disk_is_said_and_leaves_what_was_there(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Full at once, when the results are to be written, or amid them."""
    arguments = ["measure", *(text.format(d=desk) for text in SITE), "--out", str(tmp_path)]
    assert main(arguments) == 0
    capsys.readouterr()
    before = {name: (tmp_path / name).read_bytes() for name in left_in(tmp_path)}
    no_room(monkeypatch, after)
    status, line = refusal([*arguments, "--duration", "2"], capsys)
    assert (status, "no space left on the disk" in line) == (3, True), line
    assert {name: (tmp_path / name).read_bytes() for name in left_in(tmp_path)} == before
