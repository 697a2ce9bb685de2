"""A detector around a neural network: pictures in, boxes out, the same for every runtime."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import F4, PERSON, U1, VEHICLES, Detections, Frame
from heatmap_gui.vision.detectors.graph import Description
from heatmap_gui.vision.detectors.letterbox import Letterbox, input_size
from heatmap_gui.vision.detectors.yolo import Form, find_form, find_labels, without_overlaps

MOST_ENLARGED = 1.2  # a small picture blown up further costs time and shows nothing more
Network = Callable[[U1], F4]
"""(n, height, width, 3) uint8 BGR, n being one to `streams` whole batches -> the output, one row a picture."""


class Runtime(Protocol):
    """One model file in one inference library.

    device, precision: as the Detector's. batch: how many pictures at once suit it; streams: how many such batches it
    computes side by side.
    """

    device: str
    precision: str
    batch: int
    streams: int
    description: Description

    def compile(self, size: tuple[int, int], batch: int, form: Form) -> Network:
        """The network for `batch` pictures of this size (width, height) px."""
        ...


def wanted_ids(labels: Sequence[str], classes: Collection[str] | None, where: str) -> list[int]:
    """Ids of the classes to keep; None: people and vehicles, or all where the model knows neither."""
    unknown = sorted(set(classes or ()) - set(labels))
    if unknown:
        raise InputError(f"{where} does not know the class {unknown[0]!r}: it knows {', '.join(labels)}")
    wanted = set(classes) if classes is not None else {PERSON, *VEHICLES}
    return [number for number, label in enumerate(labels) if label in wanted] or list(range(len(labels)))


def in_batches(
    frames: Sequence[Frame], batch: int, detect: Callable[[Sequence[Frame]], list[Detections]]
) -> list[Detections]:
    """What `detect` finds, in the order of the frames; it is given at most `batch` frames of one size at a time."""
    found: dict[int, Detections] = {}
    for size in dict.fromkeys(frame.size for frame in frames):
        rows = [row for row, frame in enumerate(frames) if frame.size == size]
        for start in range(0, len(rows), batch):
            chunk = rows[start : start + batch]
            found.update(zip(chunk, detect([frames[row] for row in chunk]), strict=True))
    return [found[row] for row in range(len(frames))]


class NetworkDetector:
    """A Detector (core/protocols.py). One network is compiled for each shape of frame that comes."""

    def __init__(
        self, name: str, runtime: Runtime, labels: Sequence[str] = (), classes: Collection[str] | None = None
    ) -> None:
        self.name, self.device, self.precision = name, runtime.device, runtime.precision
        self._runtime, self._description = runtime, runtime.description
        self._at_once = self._description.batch or runtime.batch
        self.batch = self._at_once * runtime.streams
        self._form = find_form(self._description.outputs, self._description.size, name)
        self.labels = find_labels(self._form, self._description.metadata, labels, name)
        self._wanted = np.zeros(len(self.labels), np.bool_)
        self._wanted[wanted_ids(self.labels, classes, name)] = True
        self._networks: dict[tuple[int, int], Network] = {}
        self._letterboxes: dict[tuple[int, int], Letterbox] = {}

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        """See Detector.detect: frames of any sizes, in order; boxes lie within their frames."""
        return in_batches(frames, self.batch, self._detect_batch)

    def _detect_batch(self, frames: Sequence[Frame]) -> list[Detections]:
        """Frames of one size, at most a batch."""
        letterbox = self._letterbox(frames[0].size)
        for slot, frame in enumerate(frames):
            assert frame.image is not None, "a frame without a picture brings its own detections"
            letterbox.put(slot, frame.image)
        _, height, width, _ = letterbox.slots.shape
        used = -(-len(frames) // self._at_once) * self._at_once
        outputs = self._networks[width, height](letterbox.slots[:used])
        return [self._read(output, letterbox, width, height) for output in outputs[: len(frames)]]

    def _read(self, output: F4, letterbox: Letterbox, width: int, height: int) -> Detections:
        boxes, scores, class_ids = self._form.read(output, width, height)
        kept = np.flatnonzero(self._wanted[class_ids])
        if not self._form.selected:
            kept = kept[without_overlaps(boxes[kept], scores[kept], class_ids[kept])]
        boxes = letterbox.restore(boxes[kept])
        visible = (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
        kept = kept[visible]
        return Detections(
            boxes[visible], scores[kept].astype(np.float32), class_ids[kept].astype(np.int16), self.labels
        )

    def _letterbox(self, frame_size: tuple[int, int]) -> Letterbox:
        if frame_size not in self._letterboxes:
            own = self._description.size
            longest = min(max(own), round(MOST_ENLARGED * max(frame_size)))
            size = input_size(frame_size, longest) if self._description.resizable else own
            self._letterboxes[frame_size] = Letterbox(frame_size, size, self.batch, centred=self._form.centred)
            if size not in self._networks:
                self._networks[size] = self._runtime.compile(size, self._at_once, self._form)
        return self._letterboxes[frame_size]

    def close(self) -> None:
        self._networks.clear()
        self._letterboxes.clear()
