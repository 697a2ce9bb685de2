"""One contract for every network detector, on a real square with people whose places are known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.types import F4, F8, U1, Detections, Frame
from heatmap_gui.vision.detectors import open_detector
from heatmap_gui.vision.detectors.network import NetworkDetector
from heatmap_gui.vision.detectors.yolo import SCORE_MIN
from tests.vision.networks import fixed_answer, frame

TRUTH_TO_CLIP = 0.625  # pixels of the annotated video -> pixels of this clip
EVERY = 40
FRAMES = 10


@pytest.fixture(scope="session")
def square(test_data: Path) -> list[Frame]:
    """Every 40th of the first frames of PETS 2009 S2.L1."""
    video = cv2.VideoCapture(str(test_data / "data/pets09-s2l1/view001.mp4"))
    images = [video.read()[1] for _ in range(EVERY * (FRAMES - 1) + 1)]
    video.release()
    return [as_frame(np.asarray(image, np.uint8), number * EVERY) for number, image in enumerate(images[::EVERY])]


@pytest.fixture(scope="session")
def people(test_data: Path) -> dict[int, F8]:
    """Annotated boxes (n, 4) left, top, right, bottom by frame index."""
    rows = np.loadtxt(test_data / "data/pets09-s2l1/gt_frames_1-400.txt", delimiter=",")
    boxes = rows[:, 2:6] * TRUTH_TO_CLIP
    boxes[:, 2:] += boxes[:, :2]
    return {index: boxes[rows[:, 0] == index + 1] for index in range(0, EVERY * FRAMES, EVERY)}


@pytest.fixture(
    scope="module",
    params=[
        "onnx",
        "openvino",
        "openvino in batches of 4",
        "auto",
        pytest.param("ultralytics", marks=pytest.mark.gpu_extra),
    ],
)
def detector(
    request: pytest.FixtureRequest, test_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Detector]:
    model = test_data / "models/yolov8n_int8.onnx"
    if "batches" in request.param:
        from heatmap_gui.vision.detectors.openvino import OpenVinoRuntime

        runtime = OpenVinoRuntime(model, "CPU")
        runtime.batch = 4
        opened: Detector = NetworkDetector(model.stem, runtime)
    else:
        opened = open_detector(str(model), request.param, models_dir=tmp_path_factory.mktemp("models"))
    yield opened
    opened.close()


def as_frame(image: U1, index: int = 0) -> Frame:
    return Frame("1", index, 0.0, image, (image.shape[1], image.shape[0]))


def overlaps(a: F4 | F8, b: F4 | F8) -> F8:
    """IoU (n, m) of two sets of boxes."""
    sides = np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2])
    shared = np.clip(sides, 0, None).prod(axis=2)
    areas = [(boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (a, b)]
    union: F8 = areas[0][:, None] + areas[1] - shared
    return np.asarray(shared / union, np.float64)


def confident_people(found: Detections, least: float = 0.25) -> Detections:
    return found.take((found.scores >= least) & (found.class_ids == found.labels.index("person")))


def test_it_finds_the_people(detector: Detector, square: list[Frame], people: dict[int, F8]) -> None:
    seen = found = true = 0
    for frame_, detections in zip(square, detector.detect(square), strict=True):
        boxes, truth = confident_people(detections).boxes, people[frame_.index]
        seen += int((overlaps(truth, boxes).max(axis=1, initial=0) >= 0.5).sum())
        found, true = found + len(boxes), true + len(truth)
    assert seen / true > 0.85
    assert seen / found > 0.75


def test_it_says_what_it_is(detector: Detector) -> None:
    assert isinstance(detector, Detector)
    assert detector.name == "yolov8n_int8" and detector.device.partition(":")[0] in ("onnx", "openvino", "ultralytics")
    assert detector.precision in ("fp32", "bf16", "fp16") and detector.batch >= 1
    assert len(detector.labels) == 80 and detector.labels[0] == "person"


def test_boxes_lie_in_the_frame_and_scores_are_not_too_weak(detector: Detector, square: list[Frame]) -> None:
    cut = [as_frame(np.ascontiguousarray(f.image[60:240, 100:390]), f.index) for f in square if f.image is not None]
    for frame_, found in zip(cut, detector.detect(cut), strict=True):
        assert found.boxes.dtype == np.float32 and found.class_ids.dtype == np.int16
        assert (found.boxes >= 0).all() and (found.boxes[:, 2:] <= frame_.size).all()
        assert (found.boxes[:, 2:] > found.boxes[:, :2]).all()
        assert (found.scores >= SCORE_MIN).all() and (found.scores <= 1).all()


def test_a_batch_of_mixed_sizes_gives_what_each_frame_gives_alone(detector: Detector, square: list[Frame]) -> None:
    images = [f.image for f in square[:5] if f.image is not None]
    mixed = [
        as_frame(images[0]),
        as_frame(np.ascontiguousarray(images[1][:, 120:360])),
        as_frame(images[2]),
        as_frame(np.asarray(cv2.resize(images[3], (960, 540)), np.uint8)),
        as_frame(images[4]),
    ]  # fmt: skip
    together = detector.detect(mixed)
    alone = [detector.detect([one])[0] for one in mixed]
    for a, b in zip(together, alone, strict=True):
        np.testing.assert_allclose(a.boxes, b.boxes, atol=0.05)
        np.testing.assert_allclose(a.scores, b.scores, atol=0.002)


def test_nothing_is_seen_in_an_empty_picture_or_in_none(detector: Detector) -> None:
    assert detector.detect([]) == []
    (found,) = detector.detect([frame(480, 360, (114, 114, 114))])
    assert len(found) == 0 and found.boxes.shape == (0, 4) and found.labels == detector.labels


def test_reduced_precision_moves_boxes_by_less_than_two_pixels(test_data: Path, square: list[Frame]) -> None:
    model = str(test_data / "models/yolov8n_int8.onnx")
    exact, fast = (open_detector(model, device, models_dir=test_data).detect(square) for device in ("onnx", "openvino"))
    for a, b in zip(exact, fast, strict=True):
        sure = confident_people(a)
        nearest = overlaps(sure.boxes, b.boxes).argmax(axis=1)
        np.testing.assert_allclose(sure.boxes, b.boxes[nearest], atol=2)


def test_yolox_finds_the_people_too(test_data: Path, square: list[Frame], people: dict[int, F8]) -> None:
    detector = open_detector(str(test_data / "models/yolox_nano.onnx"), "openvino", models_dir=test_data)
    pairs = zip(square, detector.detect(square), strict=True)
    hits = [overlaps(people[f.index], confident_people(d).boxes).max(axis=1, initial=0) >= 0.5 for f, d in pairs]
    assert np.concatenate(hits).mean() > 0.85


def test_without_a_model_there_is_motion(tmp_path: Path) -> None:
    for model in (None, "auto", "motion"):
        assert open_detector(model, models_dir=tmp_path).name == "motion"


def test_a_model_that_is_there_is_the_default(tmp_path: Path) -> None:
    fixed_answer(tmp_path / "mine.onnx", np.zeros((1, 5, 84), np.float32))
    assert open_detector(None, "onnx", models_dir=tmp_path).name == "mine"
    fixed_answer(tmp_path / "yolox_nano.onnx", np.zeros((1, 84, 85), np.float32))
    assert open_detector("auto", "onnx", models_dir=tmp_path).name == "yolox_nano"


@pytest.mark.parametrize(
    ("model", "device", "error", "fragment"),
    [
        ("m.onnx", "gpu", InputError, "it is one of auto, cpu, cuda:N"),
        ("m.onnx", "onnx:gpu", UnavailableError, "take onnx:cpu"),
        ("m.onnx", "openvino:GPU.9", UnavailableError, "OpenVINO finds no device GPU.9 here"),
        ("m.xml", "onnx", InputError, "openvino does"),
        ("m.txt", "auto", InputError, "one ends in .onnx, .xml"),
        ("nothing.onnx", "auto", InputError, "there is no model file"),
        ("yolo26n", "auto", UnavailableError, "models fetch yolo26n"),
        ("yolo99", "auto", InputError, "known are motion, yolo26n"),
    ],
)
def test_what_is_not_to_be_had_is_said(
    model: str, device: str, error: type[Exception], fragment: str, tmp_path: Path
) -> None:
    fixed_answer(tmp_path / "m.onnx", np.zeros((1, 5, 84), np.float32))
    for other in ("m.xml", "m.txt"):
        (tmp_path / other).write_text("")
    named = str(tmp_path / model) if "." in model else model
    with pytest.raises(error, match=fragment):
        open_detector(named, device, models_dir=tmp_path)
