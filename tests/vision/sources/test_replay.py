"""Recorded detections: frames, times, boxes, and what is no recording."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.vision.sources import open_source
from heatmap_gui.vision.sources.replay import ReplaySource

OPTIONS = "?fps=2&width=640&height=480"


def replayed(folder: Path, text: str) -> ReplaySource:
    (folder / "det.txt").write_text(text)
    source = open_source("7", f"mot:{folder}/det.txt{OPTIONS}")
    assert isinstance(source, ReplaySource)
    return source


def frames(source: ReplaySource) -> list[Frame]:
    found = []
    while (grabbed := source.grab()) is not None:
        found.append(source.retrieve())
        assert (found[-1].index, found[-1].at) == grabbed
    source.close()
    return found


def seen(frame: Frame) -> Detections:
    assert frame.detections is not None
    return frame.detections


def test_frames_count_from_one_and_gaps_are_empty(tmp_path: Path) -> None:
    source = replayed(tmp_path, "4,-1,10,20,30,40,0.5,-1,-1,-1\n2,-1,1,2,3,4,0.9,-1,-1,-1\n4,-1,5,5,5,5,7.5,-1,-1,-1\n")
    found = frames(source)

    assert (source.frames, source.fps, source.size, source.live) == (4, 2, (640, 480), False)
    assert [(f.index, f.at) for f in found] == [(0, 0), (1, 0.5), (2, 1), (3, 1.5)]
    assert [len(seen(f)) for f in found] == [0, 1, 0, 2]
    assert all(f.image is None and f.camera == "7" and f.size == (640, 480) for f in found)
    assert seen(found[3]).boxes.tolist() == [[10, 20, 40, 60], [5, 5, 10, 10]]
    assert seen(found[3]).scores.tolist() == [0.5, 1]
    assert seen(found[3]).labels == ("person",)


def test_mot_classes_become_labels_and_distractors_nothing(tmp_path: Path) -> None:
    rows = [f"1,-1,{left},0,10,10,1,{number},1" for left, number in [(0, 1), (10, 3), (20, 8), (30, 7), (40, 4)]]
    found = seen(frames(replayed(tmp_path, "\n".join(rows)))[0])

    assert [found.labels[i] for i in found.class_ids] == ["person", "car", "person", "bicycle"]
    assert found.boxes[:, 0].tolist() == [0, 10, 30, 40]


def test_metres_in_the_class_column_are_no_classes(tmp_path: Path) -> None:
    found = seen(frames(replayed(tmp_path, "1,1,0,0,5,5,1,4.4852,5.5016,0\n1,2,9,0,5,5,1,-3.1,5,0"))[0])

    assert (found.labels, len(found)) == (("person",), 2)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("", "no detections"),
        ("1,-1,0,0\n", "4 columns"),
        ("1,-1,0,0,ten,5,1\n", "not MOT text"),
        ("1,-1,0,0,5,5,1\n1,-1,0,0,5\n", "not MOT text"),
        ("1,-1,0,0,5,5,1\n0,-1,0,0,5,5,1\n", "row 2"),
        ("1,-1,0,0,nan,5,1\n", "row 1"),
        ("1,-1,0,0,5,0,1\n", "row 1"),
        ("\0\1\2\xff", "not MOT text"),
    ],
)
def test_what_is_no_recording_is_said_in_one_line(tmp_path: Path, text: str, fragment: str) -> None:
    with pytest.raises(InputError, match=r"det\.txt") as caught:
        replayed(tmp_path, text)

    assert fragment in caught.value.message


@pytest.mark.parametrize(
    ("options", "fragment"),
    [
        ("", "fps, height, width missing"),
        ("?fps=2&width=640", "height missing"),
        ("?fps=0&width=640&height=480", "fps='0'"),
        ("?fps=x&width=640&height=480", "fps='x'"),
        ("?fps=2&width=640&hight=480", "unknown option 'hight'"),
    ],
)
def test_wrong_options_are_named(tmp_path: Path, options: str, fragment: str) -> None:
    (tmp_path / "det.txt").write_text("1,-1,0,0,5,5,1\n")
    with pytest.raises(InputError, match=fragment):
        open_source("1", f"mot:{tmp_path}/det.txt{options}")


def test_a_missing_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.txt"):
        open_source("1", f"mot:{tmp_path}/gone.txt{OPTIONS}")


def test_a_real_recording_keeps_every_row(test_data: Path) -> None:
    path = test_data / "data" / "mot15" / "ADL-Rundle-6" / "det.txt"
    source = open_source("1", f"mot:{path}?fps=30&width=1920&height=1080")
    assert isinstance(source, ReplaySource)
    rows = np.loadtxt(path, delimiter=",")
    found = frames(source)

    assert sum(len(seen(f)) for f in found) == len(rows)
    assert len(found) == 525
    first = seen(found[0])
    assert first.boxes[0].tolist() == pytest.approx([1691.97, 381.048, 1844.2, 733.665], abs=0.01)
