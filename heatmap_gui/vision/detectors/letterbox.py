"""Fits pictures into a network's input and brings its boxes back."""

from __future__ import annotations

import cv2
import numpy as np

from heatmap_gui.core.types import F4, U1

GREY = 114  # what YOLO networks are trained to see where there is no picture


def input_size(frame_size: tuple[int, int], longest: int, multiple: int = 32) -> tuple[int, int]:
    """The smallest network input (width, height) for frames of this size whose longest side becomes `longest` px."""
    gain = longest / max(frame_size)
    width, height = (max(multiple, -(-round(side * gain) // multiple) * multiple) for side in frame_size)
    return width, height


class Letterbox:
    """Scales frames of one size, keeping their shape, straight into the slots of a batch; the rest stays grey.

    slots: (batch, height, width, 3) uint8 BGR, what the network reads. centred: grey on both sides (ultralytics) or at
    right and bottom only (YOLOX).
    """

    def __init__(self, frame_size: tuple[int, int], size: tuple[int, int], batch: int, *, centred: bool) -> None:
        gain = min(size[0] / frame_size[0], size[1] / frame_size[1])
        width, height = (max(1, round(side * gain)) for side in frame_size)
        left, top = ((size[0] - width) // 2, (size[1] - height) // 2) if centred else (0, 0)
        self.slots: U1 = np.full((batch, size[1], size[0], 3), GREY, np.uint8)
        self._pictures = [slot[top : top + height, left : left + width] for slot in self.slots]
        self._shift = np.array([left, top, left, top], np.float32)
        self._scale = np.tile(np.array(frame_size, np.float32) / (width, height), 2).astype(np.float32)
        self._limit = np.tile(np.array(frame_size, np.float32), 2)

    def put(self, slot: int, image: U1) -> None:
        """Scale an image (height, width, 3) of the frame size into a slot."""
        picture = self._pictures[slot]
        cv2.resize(image, (picture.shape[1], picture.shape[0]), dst=picture, interpolation=cv2.INTER_LINEAR)

    def restore(self, boxes: F4) -> F4:
        """Boxes (n, 4) left, top, right, bottom in px of the input -> px of the frame, cut at its edges."""
        in_frame: F4 = (boxes - self._shift) * self._scale
        return np.clip(in_frame, 0, self._limit, out=in_frame)
