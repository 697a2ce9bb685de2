"""The faster runtime is found once and remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.vision.detectors.choice import open_fastest


class Paced:
    """A detector that takes its time."""

    device, precision, batch = "cpu", "fp32", 1
    labels: tuple[str, ...] = ("person",)

    def __init__(self, name: str, seconds: float) -> None:
        self.name, self._seconds, self.closed = name, seconds, False

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        time.sleep(self._seconds)
        return [Detections.empty() for _ in frames]

    def close(self) -> None:
        self.closed = True


class Bench:
    """Openers under the names of two packages that are installed; `opened` in order."""

    def __init__(self, tmp_path: Path) -> None:
        self.opened: list[Paced] = []
        self.model, self.memory = tmp_path / "m.onnx", tmp_path / "models" / "fastest.json"
        self.model.write_bytes(b"one")

    def open(self, **seconds: float) -> str:
        openers = {name: self._opener(name, pace) for name, pace in seconds.items()}
        return open_fastest(openers, self.model, self.memory).name

    def _opener(self, name: str, seconds: float) -> Callable[[], Paced]:
        def opener() -> Paced:
            if seconds < 0:
                raise InputError(f"{name} cannot")
            self.opened.append(Paced(name, seconds))
            return self.opened[-1]

        return opener


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_the_faster_wins_and_the_other_is_closed(bench: Bench) -> None:
    assert bench.open(numpy=0.02, onnx=0.0) == "onnx"
    assert [d.closed for d in bench.opened] == [True, False]


def test_it_is_measured_once_for_a_model(bench: Bench) -> None:
    bench.open(numpy=0.02, onnx=0.0)
    assert bench.open(numpy=0.0, onnx=0.02) == "onnx"
    assert len(bench.opened) == 3
    bench.model.write_bytes(b"another")
    assert bench.open(numpy=0.0, onnx=0.02) == "numpy"


@pytest.mark.parametrize("content", ["", "[]", '{"x'])
def test_a_spoilt_memory_is_measured_again(bench: Bench, content: str) -> None:
    bench.memory.parent.mkdir()
    bench.memory.write_text(content)
    assert bench.open(numpy=0.02, onnx=0.0) == "onnx"


def test_a_memory_that_cannot_be_written_is_done_without(bench: Bench) -> None:
    bench.memory.parent.write_text("a file where the folder should be")
    assert bench.open(numpy=0.0, onnx=0.02) == "numpy"


def test_a_runtime_that_cannot_is_left_out(bench: Bench) -> None:
    assert bench.open(numpy=-1, onnx=0.01) == "onnx"
    with pytest.raises(InputError, match="numpy cannot"):
        Bench(bench.model.parent).open(numpy=-1, pytest=-1)
