"""A measurement's ends: done, told to stop, a part that fails; live cameras that come and go; what is on its way."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.cli import main
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.services import conditions, inputs, measuring
from heatmap_gui.services.measurement import Measurement, Progress, bare_site
from heatmap_gui.services.measuring import measure
from heatmap_gui.services.results import Results
from tests.replays import left_in
from tests.services.live import Camera, Standing
from tests.vision.sources.clips import noise, write_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", [noise(i) for i in range(80)])


def order(out: Path, *urls: Path | str, **more: object) -> Measurement:
    site = bare_site({str(number): str(url) for number, url in enumerate(urls, start=1)})
    return Measurement(site=site, out=out, models_dir=out / "models", **more)  # type: ignore[arg-type]


def test_one_who_stands_for_eight_seconds_leaves_eight_person_seconds(clip: Path, tmp_path: Path) -> None:
    detector, shares = Standing(), list[Progress]()
    summary = measure(order(tmp_path / "out", clip), shares.append, detector=detector)
    assert (summary["people"], summary["partial"], summary["model"]) == (1, False, "standing")
    assert summary["person_seconds"] == pytest.approx(8.0, abs=0.01)
    last = shares[-1]
    assert (last.share, last.frames, last.states["1"].processed) == (1.0, 80, 80)
    assert detector.closed


def test_a_bug_in_the_detector_keeps_what_was_measured(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(inputs, "open_detector", lambda *_, **__: Standing(fails_after=50))
    assert main(["measure", "--source", str(clip), "--out", str(tmp_path)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("heatmap: error: RuntimeError: the network fell over. This is a bug: ")
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["partial"] is True
    assert summary["person_seconds"] == pytest.approx(5.0, abs=0.01)
    assert not [name for name in left_in(tmp_path) if name.startswith(".")]


def test_a_bug_at_the_first_frame_leaves_nothing(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="fell over"):
        measure(order(tmp_path / "out", clip), detector=Standing(fails_after=0))
    assert left_in(tmp_path) == []


def test_a_source_that_breaks_off_keeps_what_was_measured(tmp_path: Path) -> None:
    """The third image of the folder has another size."""
    (tmp_path / "images").mkdir()
    for i in range(3):
        write_png(tmp_path / f"images/{i}.png", 96 + 32 * (i == 2))
    with pytest.raises(InputError, match="frame 3 is 128x64, the first was 96x64"):
        measure(order(tmp_path / "out", f"{tmp_path}/images?fps=5"), detector=Standing())
    assert json.loads((tmp_path / "out/summary.json").read_text())["partial"] is True


def write_png(path: Path, width: int) -> None:
    assert cv2.imwrite(str(path), np.zeros((64, width, 3), np.uint8))


def test_a_view_that_fails_ends_the_measurement(clip: Path, tmp_path: Path) -> None:
    def show(_: object) -> None:
        raise OSError("the pipe is closed")

    with pytest.raises(OSError, match="pipe"):
        measure(order(tmp_path / "out", clip), show=show, detector=Standing())
    assert json.loads((tmp_path / "out/summary.json").read_text())["partial"] is True


def test_it_saves_meanwhile(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time a whole folder, marked partial; the last one is not."""
    monkeypatch.setattr(measuring, "SAVE_EVERY_S", 0.0)
    saved: list[bool] = []
    save = Results.save

    def noted(results: Results, now: float, *, partial: bool, ended: float) -> dict[str, object]:
        saved.append(partial)
        return save(results, now, partial=partial, ended=ended)

    monkeypatch.setattr(Results, "save", noted)
    measure(order(tmp_path, clip, realtime=True, duration_s=1.0), detector=Standing())
    assert len(saved) > 1
    assert saved == [True] * (len(saved) - 1) + [False]


def test_another_thread_may_measure(clip: Path, tmp_path: Path) -> None:
    """Signals belong to the main thread: elsewhere they are left alone."""
    found: list[dict[str, object]] = []
    thread = threading.Thread(target=lambda: found.append(measure(order(tmp_path, clip), detector=Standing())))
    thread.start()
    thread.join(60)
    assert found[0]["partial"] is False


def live(monkeypatch: pytest.MonkeyPatch, *turns: Source | Exception) -> None:
    """The camera as it is found each time that it is opened."""
    left = iter(turns)

    def open_source(*_: object) -> Source:
        turn = next(left, UnavailableError("camera 1: gone for good"))
        if isinstance(turn, Exception):
            raise turn
        return turn

    monkeypatch.setattr(inputs, "open_source", open_source)
    monkeypatch.setattr(conditions, "_RETRY_S", (0.05, 0.1))


def test_a_live_camera_that_is_lost_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live(monkeypatch, Camera(10, pause_s=0.1), UnavailableError("camera 1: off"), Camera(10, pause_s=0.02))
    summary = measure(order(tmp_path, "rtsp://camera", duration_s=2.0), detector=Standing())
    camera = summary["cameras"]["1"]
    assert camera["read"] == 20
    assert camera["processed"] + camera["skipped"] == 20
    assert camera["error"] == "camera 1: gone for good"
    assert summary["people"] == 1


def test_a_live_camera_that_never_delivers_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live(monkeypatch, Camera(0))
    with pytest.raises(UnavailableError, match="camera 1: gone"):
        measure(order(tmp_path / "out", "rtsp://camera", duration_s=0.3), detector=Standing())
    assert left_in(tmp_path) == []


def test_live_pictures_have_their_own_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live(monkeypatch, Camera(9))
    with pytest.raises(InputError, match="a start is for files"):
        measure(order(tmp_path / "out", "rtsp://camera", start=0.0), detector=Standing())
    assert left_in(tmp_path) == []
