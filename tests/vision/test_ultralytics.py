"""ultralytics, for real: a `.pt` of our own, and the same boxes as our own path finds."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.types import Frame
from heatmap_gui.vision.detectors import graph, open_detector
from heatmap_gui.vision.detectors.network import NetworkDetector, Runtime
from heatmap_gui.vision.detectors.onnx import OnnxRuntime
from heatmap_gui.vision.detectors.openvino import OpenVinoRuntime
from tests.vision.networks import frame
from tests.vision.test_detectors import as_frame, confident_people, overlaps

needs_extra = pytest.mark.gpu_extra


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ultralytics", None)
    (tmp_path / "m.pt").write_bytes(b"")
    with pytest.raises(UnavailableError, match=r"a \.pt model needs the gpu extra: run make gpu") as refused:
        open_detector(str(tmp_path / "m.pt"), models_dir=tmp_path)
    assert refused.value.exit_status == 3


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network built from its yaml, with weights of chance, saved."""
    ultralytics = pytest.importorskip("ultralytics")
    path = tmp_path_factory.mktemp("weights") / "ours.pt"
    ultralytics.YOLO("yolo11n.yaml").save(path)
    return path


@needs_extra
def test_a_saved_model_is_loaded_and_runs(weights: Path) -> None:
    detector = open_detector(str(weights), "ultralytics:cpu", models_dir=weights.parent)
    assert (detector.name, detector.device, detector.precision) == ("ours", "ultralytics:cpu", "fp32")
    assert [len(found) for found in detector.detect([frame(128, 96), frame(64, 64)])] == [0, 0]
    detector.close()


@needs_extra
@pytest.mark.parametrize("form", ["onnx", "openvino"])
def test_an_exported_model_runs_without_the_extra(weights: Path, form: str) -> None:
    from heatmap_gui.vision.detectors.ultralytics import export_weights

    written = export_weights(weights, form)
    model = written if written.suffix else written / "ours.xml"
    detector = open_detector(str(model), models_dir=weights.parent)
    assert detector.device.partition(":")[0] in ("onnx", "openvino")
    detector.detect([frame(128, 96)])


@needs_extra
def test_an_exported_graph_computes_the_same_at_another_size(weights: Path, tmp_path: Path) -> None:
    """The resized graph against torch itself, attention and all."""
    import onnxruntime
    import torch

    from heatmap_gui.vision.detectors.ultralytics import export_weights

    resized = graph.resized(graph.read(export_weights(weights, "onnx")), 640, 384, 1)
    assert resized is not None
    picture = np.random.default_rng(5).random((1, 3, 384, 640), np.float32)
    session = onnxruntime.InferenceSession(resized.SerializeToString(), providers=["CPUExecutionProvider"])
    ours = session.run(None, {"images": picture})[0]
    network = torch.load(weights, weights_only=False)["model"].float().eval()
    with torch.no_grad():
        theirs = network(torch.from_numpy(picture))
    while not isinstance(theirs, torch.Tensor):
        theirs = theirs[0]
    np.testing.assert_allclose(ours, theirs.numpy(), atol=0.02)


@needs_extra
def test_what_is_no_model_or_no_device_is_refused(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "m.pt").write_bytes(b"not a network")
    with pytest.raises(InputError, match="cannot load"):
        open_detector(str(tmp_path / "m.pt"), models_dir=tmp_path)
    with pytest.raises(UnavailableError, match="torch finds no device cuda:99"):
        open_detector(str(weights), "cuda:99", models_dir=tmp_path)


def _as_exported(model: Path, name: str) -> Runtime:
    """A runtime that takes the size in the file alone."""
    runtime: Runtime = OnnxRuntime(model, "cpu") if name == "onnx" else OpenVinoRuntime(model, "auto")
    runtime.description = replace(runtime.description, resizable=False)
    return runtime


@needs_extra
@pytest.mark.parametrize("runtime", ["onnx", "openvino"])
def test_boxes_are_the_same_as_our_own_within_two_pixels(runtime: str, test_data: Path) -> None:
    """On square frames, enlarged to one size by both: by default ours would stay smaller, which is another input."""
    video = cv2.VideoCapture(str(test_data / "data/pets09-s2l1/view001.mp4"))
    images = [np.asarray(video.read()[1], np.uint8)[:, 60:420] for _ in range(200)]
    video.release()
    frames: list[Frame] = [as_frame(np.ascontiguousarray(image)) for image in images[::20]]
    model = str(test_data / "models/yolov8n_int8.onnx")
    theirs = open_detector(model, "ultralytics:cpu", models_dir=test_data).detect(frames)
    ours = NetworkDetector("same", _as_exported(Path(model), runtime)).detect(frames)
    for a, b in ((theirs, ours), (ours, theirs)):
        compared = 0
        for one, other in zip(a, b, strict=True):
            sure = confident_people(one)
            nearest = overlaps(sure.boxes, other.boxes).argmax(axis=1)
            np.testing.assert_allclose(sure.boxes, other.boxes[nearest], atol=2)
            compared += len(sure)
        assert compared > 20
