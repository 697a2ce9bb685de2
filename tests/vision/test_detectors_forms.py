"""Every output form is read right, by every runtime of the base install: small networks with known answers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.types import F4
from heatmap_gui.vision.detectors import open_detector
from tests.vision.networks import fixed_answer, frame

CELLS = 84
NAMES = "{0: 'person', 1: 'car', 2: 'kite'}"


class Case(NamedTuple):
    """A form: its answer, how the class score of row 0 follows the first plane, and which colour that plane is."""

    answer: F4
    first_plane: F4
    first_is_red: bool
    box_in_128x96: tuple[float, float, float, float]


def channels() -> Case:
    answer, plane = np.zeros((1, 7, CELLS), np.float32), np.zeros((1, 7, CELLS), np.float32)
    answer[0, :4, 10] = 24, 32, 16, 16
    plane[0, 4, 10] = 1
    return Case(answer, plane, True, (32, 32, 64, 64))  # input 16..32, 24..40; 8 px grey above


def selected() -> Case:
    answer, plane = np.zeros((1, 5, 6), np.float32), np.zeros((1, 5, 6), np.float32)
    answer[0, 0, :4] = 16, 24, 32, 40
    plane[0, 0, 4] = 1
    return Case(answer, plane, True, (32, 32, 64, 64))


def offsets() -> Case:
    answer, plane = np.zeros((1, CELLS, 8), np.float32), np.zeros((1, CELLS, 8), np.float32)
    cell = 2 * 8 + 3  # of stride 8: column 3, row 2
    answer[0, cell, :5] = 0.5, 0.5, np.log(2), np.log(2), 1
    plane[0, cell, 5] = 1 / 255
    return Case(answer, plane, False, (40, 24, 72, 56))  # input 20..36, 12..28; no grey above


FORMS = {"channels": channels, "selected": selected, "offsets": offsets}


def open_with(runtime: str, path: Path, classes: tuple[str, ...] | None = None) -> Detector:
    return open_detector(str(path), f"{runtime}:cpu", models_dir=path.parent, classes=classes)


@pytest.fixture(params=["onnx", "openvino"])
def runtime(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("form", FORMS)
def test_the_box_lands_where_it_is_in_the_frame(form: str, runtime: str, tmp_path: Path) -> None:
    case = FORMS[form]()
    path = fixed_answer(tmp_path / "m.onnx", case.answer, case.first_plane, metadata={"names": NAMES})
    (found,) = open_with(runtime, path).detect([frame(128, 96, (255, 255, 255))])
    np.testing.assert_allclose(found.boxes, [case.box_in_128x96], atol=0.3)
    assert [found.labels[number] for number in found.class_ids] == ["person"]
    assert found.boxes.dtype == np.float32 and found.class_ids.dtype == np.int16


@pytest.mark.parametrize("form", FORMS)
def test_the_network_sees_its_channel_order_and_range(form: str, runtime: str, tmp_path: Path) -> None:
    case = FORMS[form]()
    path = fixed_answer(tmp_path / "m.onnx", case.answer, case.first_plane, metadata={"names": NAMES})
    detector = open_with(runtime, path)
    blue, red = detector.detect([frame(64, 64, (204, 0, 0)), frame(64, 64, (0, 0, 204))])
    first, other = (red, blue) if case.first_is_red else (blue, red)
    np.testing.assert_allclose(first.scores, [0.8], atol=0.01)
    assert len(other) == 0


def test_weak_overlapping_and_unwanted_boxes_are_dropped_class_by_class(runtime: str, tmp_path: Path) -> None:
    answer = np.zeros((1, 7, CELLS), np.float32)
    rows = [  # centre x, y, width, height, person, car, kite
        (20, 20, 16, 16, 0.9, 0, 0),
        (21, 20, 16, 16, 0.8, 0, 0),  # overlaps the first
        (20, 20, 16, 16, 0, 0.7, 0),  # does too, but is a car
        (48, 48, 8, 8, 0.09, 0, 0),  # too weak
        (48, 20, 8, 8, 0, 0, 0.9),  # not asked for
        (48, 40, 8, 8, 0.2, 0, 0.3),  # a kite, not a weak person
        (62, 20, 8, 8, 0.5, 0, 0),  # hangs out of the frame
        (80, 20, 8, 8, 0.5, 0, 0),  # wholly outside
    ]
    answer[0, :, : len(rows)] = np.array(rows, np.float32).T
    path = fixed_answer(tmp_path / "m.onnx", answer, metadata={"names": NAMES})
    (found,) = open_with(runtime, path).detect([frame(64, 64)])
    assert sorted(np.round(found.scores, 2).tolist()) == pytest.approx([0.5, 0.7, 0.9])
    assert found.boxes[:, 2].max() == 64
    (kites,) = open_with(runtime, path, ("kite",)).detect([frame(64, 64)])
    assert [kites.labels[number] for number in kites.class_ids] == ["kite", "kite"]


def test_a_model_without_people_or_vehicles_reports_all_that_it_knows(tmp_path: Path) -> None:
    answer = np.zeros((1, 5, CELLS), np.float32)
    answer[0, :, 0] = 20, 20, 8, 8, 0.9
    path = fixed_answer(tmp_path / "m.onnx", answer)
    (found,) = open_with("onnx", path).detect([frame(64, 64)])
    assert found.labels == ("class_0",) and len(found) == 1


@pytest.mark.parametrize(
    ("shape", "metadata", "fragment"),
    [
        ((1, 1000), {}, "outputs (1, 1000) at input 64x64"),
        ((1, 85, 20), {}, "understood are (1, 4+classes, cells)"),
        ((1, 7, CELLS), {"names": "{0: 'person'}"}, "knows 3 classes, but 1 names"),
        ((1, 7, CELLS), {"names": "people"}, "'names' is not a list"),
        ((1, 7, CELLS), {"names": NAMES, "task": "pose"}, "for the task 'pose'"),
    ],
)
def test_other_networks_are_refused_in_words(
    shape: tuple[int, ...], metadata: dict[str, str], fragment: str, tmp_path: Path
) -> None:
    path = fixed_answer(tmp_path / "m.onnx", np.zeros(shape, np.float32), metadata=metadata)
    with pytest.raises(InputError) as refused:
        open_with("onnx", path)
    assert fragment in refused.value.message and "m" in refused.value.message


def test_an_unknown_class_is_refused_in_words(tmp_path: Path) -> None:
    path = fixed_answer(tmp_path / "m.onnx", np.zeros((1, 7, CELLS), np.float32), metadata={"names": NAMES})
    with pytest.raises(InputError, match="does not know the class 'dog': it knows person, car, kite"):
        open_with("onnx", path, ("dog",))


@pytest.mark.parametrize("content", [b"", b"not a network"])
@pytest.mark.parametrize("suffix", [".onnx", ".xml"])
def test_a_broken_file_is_refused_in_words(content: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"m{suffix}"
    path.write_bytes(content)
    with pytest.raises(InputError, match="fetch or export it again"):
        open_detector(str(path), models_dir=tmp_path)
