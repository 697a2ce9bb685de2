"""What the outputs of YOLO networks mean: the three forms that are in use, told apart by their shapes.

A network looks at n cells (see `graph.grid`) and knows c classes. The forms:
channels   (1, 4 + c, n): centre, size in px, class scores. YOLOv8, YOLO11, YOLO26 exported without its own selection.
selected   (1, m, 6): left, top, right, bottom in px, score, class; overlaps are already gone. YOLO26, YOLOv10.
offsets    (1, n, 5 + c): centre and log size in cells, objectness, class scores. YOLOX (arXiv:2107.08430).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import F4, I8
from heatmap_gui.vision.detectors.graph import Shape, grid
from heatmap_gui.vision.models import COCO_LABELS

SCORE_MIN = 0.1
OVERLAP_MAX = 0.6
UNDERSTOOD = (
    "understood are (1, 4+classes, cells) of YOLOv8/11/26, (1, boxes, 6) of YOLO26/YOLOv10 and "
    "(1, cells, 5+classes) of YOLOX"
)
Boxes = tuple[F4, F4, I8]


@dataclass(frozen=True, slots=True)
class Form:
    """How to feed a network and read it.

    read: (output of one picture, input width, height) -> boxes (n, 4) left, top, right, bottom in px of the input,
    scores (n,), class ids (n,), all of score >= SCORE_MIN. classes: how many, None where the shape does not say.
    rgb01: fed RGB 0..1, else BGR 0..255. centred: see Letterbox. selected: overlaps are already gone.
    """

    name: str
    read: Callable[[F4, int, int], Boxes]
    classes: int | None
    rgb01: bool = True
    centred: bool = True
    selected: bool = False


def find_form(outputs: Sequence[Shape], size: tuple[int, int], where: str) -> Form:
    """The form of a network from its outputs' shapes at this input size. Raises InputError naming what was found."""
    shape = outputs[0] if len(outputs) == 1 else ()
    if len(shape) == 3:
        cells = grid(*size)[1].size
        _, rows, columns = shape
        if rows == cells and columns is not None and columns > 5:
            return Form("offsets", _read_offsets, columns - 5, rgb01=False, centred=False)
        if columns == cells and rows is not None and rows > 4:
            return Form("channels", _read_channels, rows - 4)
        if columns == 6 and rows is not None:
            return Form("selected", _read_selected, None, selected=True)
    found = ", ".join(str(shape).replace("None", "?") for shape in outputs)
    raise InputError(f"{where}: outputs {found} at input {size[0]}x{size[1]} are not a known detector's; {UNDERSTOOD}")


def find_labels(form: Form, described: Mapping[str, str], labels: Sequence[str], where: str) -> tuple[str, ...]:
    """Class names: the file's own, else `labels`, else COCO's where there are 80.

    described: the exporter's metadata; ultralytics writes `names` as a dict and `task`. Raises InputError when their
    number is not the network's, or when its task is not to detect.
    """
    task = described.get("task", "detect")
    if task != "detect":
        raise InputError(f"{where} is a network for the task {task!r}: one for 'detect' is needed")
    names = tuple(labels)
    if "names" in described:
        try:
            given = dict(ast.literal_eval(described["names"]))
            names = tuple(str(given[number]) for number in range(len(given)))
        except (ValueError, SyntaxError, KeyError, TypeError):
            raise InputError(f"{where}: its metadata 'names' is not a list of class names: export it again") from None
    if not names:
        names = (
            COCO_LABELS
            if form.classes in (None, len(COCO_LABELS))
            else tuple(f"class_{n}" for n in range(form.classes or 0))
        )
    if form.classes not in (None, len(names)):
        raise InputError(f"{where} knows {form.classes} classes, but {len(names)} names are given for them")
    return names


def _read_channels(output: F4, width: int, height: int) -> Boxes:
    scores = output[4:].max(axis=0)
    kept = np.flatnonzero(scores >= SCORE_MIN)
    centre, half = output[:2, kept].T, output[2:4, kept].T / 2
    return np.hstack([centre - half, centre + half]), scores[kept], output[4:, kept].argmax(axis=0)


def _read_selected(output: F4, width: int, height: int) -> Boxes:
    rows = output[output[:, 4] >= SCORE_MIN]
    return rows[:, :4], rows[:, 4], rows[:, 5].astype(np.int64)


def _read_offsets(output: F4, width: int, height: int) -> Boxes:
    kept = np.flatnonzero(output[:, 4] >= SCORE_MIN)  # class scores are at most 1
    scores = output[kept, 4] * output[kept, 5:].max(axis=1)
    kept, scores = kept[scores >= SCORE_MIN], scores[scores >= SCORE_MIN]
    centres, strides = grid(width, height)
    rows, stride = output[kept], strides[kept, None]
    corner = centres[:, kept].T - 0.5  # YOLOX counts from a cell's corner
    centre, half = (rows[:, :2] + corner) * stride, np.exp(rows[:, 2:4]) * stride / 2
    return np.hstack([centre - half, centre + half]), scores, rows[:, 5:].argmax(axis=1)


def without_overlaps(boxes: F4, scores: F4, class_ids: I8) -> I8:
    """Rows that stay when, class by class, what overlaps a better box by more than OVERLAP_MAX (IoU) is dropped."""
    sized = np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]])
    kept = cv2.dnn.NMSBoxesBatched(sized.tolist(), scores.tolist(), class_ids.tolist(), 0.0, OVERLAP_MAX)
    return np.asarray(kept, np.int64)
