"""Recorded detections in the MOTChallenge text form, replayed without a picture."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import F8, PERSON, Detections, Frame
from heatmap_gui.vision.sources.address import Address

OPTIONS = frozenset({"fps", "width", "height"})
LABELS = (PERSON, "car", "bicycle", "motorcycle", "vehicle")
# MOT16/17 class numbers (Milan et al. 2016, arXiv:1603.00831, table 3) that are people and vehicles, as rows of LABELS;
# the others (distractors, occluders, reflections) are no detections.
CLASS_ROWS = {-1: 0, 1: 0, 2: 0, 3: 1, 4: 2, 5: 3, 6: 4, 7: 0}
CLASS_NUMBERS = frozenset({-1, *range(1, 14)})


class ReplaySource:
    """Frames 1 to the last one recorded, at (frame - 1) / fps seconds; those without a row are delivered empty."""

    live = False
    codec = ""
    truncated = False

    def __init__(self, camera: str, detections: dict[int, Detections], size: tuple[int, int], fps: float) -> None:
        """detections: by 0-based frame index."""
        self.camera = camera
        self.size = size
        self.fps: float | None = fps
        self.frames: int | None = max(detections) + 1
        self.labels = next(iter(detections.values())).labels
        self._detections = detections
        self._rate = fps
        self._index = -1

    def grab(self) -> tuple[int, float] | None:
        if self._index + 1 == self.frames:
            return None
        self._index += 1
        return self._index, self._index / self._rate

    def retrieve(self) -> Frame:
        found = self._detections.get(self._index)
        seen = Detections.empty(self.labels) if found is None else found
        return Frame(self.camera, self._index, self._index / self._rate, None, self.size, seen)

    def close(self) -> None:
        pass


def open_replay(address: Address) -> ReplaySource:
    """`mot:det.txt?fps=25&width=1920&height=1080`, rows of frame, id, left, top, width, height, score, class, …"""
    text, _, query = address.url.partition(":")[2].partition("?")
    options = address.numbers(query, OPTIONS)
    if missing := OPTIONS - options.keys():
        raise InputError(
            f"{address.url}: {', '.join(sorted(missing))} missing; write mot:det.txt?fps=25&width=1920&height=1080"
        )
    detections = _by_frame(_read(Path(text)))
    size = round(options["width"]), round(options["height"])
    return ReplaySource(address.camera, detections, size, options["fps"])


def _read(path: Path) -> F8:
    """(n, >= 7) rows, checked."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; give a file of recorded detections")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # an empty file is an error below
            rows = np.loadtxt(path, delimiter=",", ndmin=2)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'cannot be read'}; give a file of recorded detections") from error
    except ValueError as error:
        raise InputError(f"{path}: not MOT text ({error}); rows are frame,id,left,top,width,height,score") from error
    if not rows.size:
        raise InputError(f"{path}: no detections in it; give a file with rows frame,id,left,top,width,height,score")
    if rows.shape[1] < 7:
        raise InputError(f"{path}: {rows.shape[1]} columns; rows are frame,id,left,top,width,height,score")
    frame, box = rows[:, 0], rows[:, 2:6]
    wrong = ~np.isfinite(rows[:, :7]).all(1) | (frame < 1) | (frame % 1 != 0) | (box[:, 2:] <= 0).any(1)
    if wrong.any():
        raise InputError(
            f"{path}: row {int(wrong.argmax()) + 1} is wrong; frames count from 1, width and height are above 0"
        )
    return rows


def _by_frame(rows: F8) -> dict[int, Detections]:
    class_rows, labels = _classes(rows)
    rows, class_rows = rows[class_rows >= 0], class_rows[class_rows >= 0]
    order = np.argsort(rows[:, 0], kind="stable")
    rows, class_rows = rows[order], class_rows[order]
    boxes = np.concatenate([rows[:, 2:4], rows[:, 2:4] + rows[:, 4:6]], axis=1).astype(np.float32)
    scores = np.clip(rows[:, 6], 0, 1).astype(np.float32)
    frames, starts = np.unique(rows[:, 0].astype(int), return_index=True)
    spans = zip(frames, starts, [*starts[1:], len(rows)], strict=True)
    return {int(f) - 1: Detections(boxes[a:b], scores[a:b], class_rows[a:b], labels) for f, a, b in spans}


def _classes(rows: F8) -> tuple[np.ndarray[tuple[int], np.dtype[np.int16]], tuple[str, ...]]:
    """Each row's index into the labels, -1 where it is no object. MOT15 keeps world metres in the class column."""
    numbers = rows[:, 7] if rows.shape[1] > 7 else np.full(len(rows), -1.0)
    if not np.isin(numbers, list(CLASS_NUMBERS)).all() or (numbers <= 1).all():
        return np.zeros(len(rows), np.int16), (PERSON,)
    return np.array([CLASS_ROWS.get(int(n), -1) for n in numbers], np.int16), LABELS
