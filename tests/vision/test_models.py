"""Model cards are complete, and models are found by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.vision.models import COCO_LABELS, find_default, find_model, find_weights, read_card, read_cards


def test_the_known_models_have_a_card_each() -> None:
    assert set(read_cards()) == {"yolo26n", "yolo11n", "yolov8n", "yolox_tiny", "yolox_nano"}


def test_cards_say_where_what_and_under_which_licence() -> None:
    for name, card in read_cards().items():
        assert card.url.startswith("https://") and card.url.endswith(f"/{card.file}") and card.file == f"{name}.onnx"
        assert re.fullmatch(r"[0-9a-f]{64}", card.sha256) and card.bytes > 1_000_000
        assert card.licence in ("AGPL-3.0", "Apache-2.0") and card.licence_url.startswith("https://")
        assert card.format in ("channels", "selected", "offsets") and card.labels == COCO_LABELS
        assert all(side % 32 == 0 for side in card.input_px)


def test_the_most_accurate_comes_first() -> None:
    accuracy = [card.coco_map for card in read_cards().values()]
    assert accuracy == sorted(accuracy, reverse=True)


def test_there_are_80_different_coco_labels() -> None:
    assert len(set(COCO_LABELS)) == 80
    assert [COCO_LABELS[n] for n in (0, 2, 9, 39, 79)] == ["person", "car", "traffic light", "bottle", "toothbrush"]
    assert all(label == label.strip() for label in COCO_LABELS)


@pytest.mark.parametrize("text", ["", "title = ", 'title = "x"\ninput_px = [1, 2]\nlabels = ["a"]\nextra = 1'])
def test_a_wrong_card_is_refused_by_name(text: str, tmp_path: Path) -> None:
    card = tmp_path / "wrong.toml"
    card.write_text(text)
    with pytest.raises(InputError, match=r"wrong\.toml is not a model card"):
        read_card(card)


def test_forms_that_need_no_extra_are_preferred(tmp_path: Path) -> None:
    folder = tmp_path / "yolo11n_openvino_model"
    folder.mkdir()
    expected = None
    for path in (tmp_path / "yolo11n.pt", folder / "yolo11n.xml", tmp_path / "yolo11n.xml", tmp_path / "yolo11n.onnx"):
        assert find_weights("yolo11n", tmp_path) == expected
        path.write_bytes(b"")
        expected = path
    assert find_model("yolo11n", tmp_path) == expected


def test_a_pickle_is_never_taken_unasked(tmp_path: Path) -> None:
    for name in ("yolo26n.pt", "other.pt"):
        (tmp_path / name).write_bytes(b"")
    assert find_default(tmp_path) is None
    assert find_model("yolo26n", tmp_path).suffix == ".pt"


def test_the_default_is_the_best_known_model_then_any(tmp_path: Path) -> None:
    assert find_default(tmp_path / "nowhere") is None
    for name in ("a.onnx", "yolox_nano.onnx", "yolov8n.onnx"):
        (tmp_path / name).write_bytes(b"")
        found = find_default(tmp_path)
        assert found is not None and found.name == name


def test_a_named_model_that_is_missing_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="run heatmap models fetch yolov8n"):
        find_model("yolov8n", tmp_path)
    with pytest.raises(InputError, match="there is no model 'yolo3'"):
        find_model("yolo3", tmp_path)
    with pytest.raises(InputError, match=r"there is no model file .*x\.onnx"):
        find_model(str(tmp_path / "x.onnx"), tmp_path)
