"""Other people's programs for the same work, as their documentation says to use them; imported when they are there."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import F4, F8
from heatmap_gui.quiet import silence_ultralytics

_NO_ULTRALYTICS = "needs the gpu extra: make gpu"
_NO_TRACKERS = "needs the package trackers: make bench installs it"


class UltralyticsTrack:
    """ultralytics' `track` with its default tracker, on people only."""

    def __init__(self, model: Path) -> None:
        """Raises UnavailableError where ultralytics is not installed."""
        os.environ["YOLO_VERBOSE"] = "false"  # it reads this at import, and talks on standard output
        try:
            import ultralytics
        except ModuleNotFoundError:
            raise UnavailableError(_NO_ULTRALYTICS) from None
        silence_ultralytics(ultralytics)
        self._yolo = ultralytics.YOLO
        self._path = model

    def frames(self, clip: Path) -> Iterator[F8]:
        """Opens the model and the clip; rows (n, 6) of each frame: track id, left, top, width, height px, score."""
        model = self._yolo(self._path, task="detect")
        for result in model.track(clip, stream=True, classes=[0], verbose=False):
            yield _rows(result.boxes)


def _rows(boxes: Any) -> F8:
    if boxes.id is None:
        return np.zeros((0, 6))
    corners = boxes.xyxy.numpy()
    sizes = corners[:, 2:] - corners[:, :2]
    return np.column_stack([boxes.id.numpy(), corners[:, :2], sizes, boxes.conf.numpy()]).astype(np.float64)


class ByteTrack:
    """ByteTrack of the `trackers` library, with its defaults."""

    def __init__(self, fps: float) -> None:
        """Raises UnavailableError where trackers is not installed."""
        try:
            import supervision
            import trackers
        except ModuleNotFoundError:
            raise UnavailableError(_NO_TRACKERS) from None
        self._detections = supervision.Detections
        self._tracker = trackers.ByteTrackTracker(frame_rate=fps)

    def detections(self, boxes: F4, scores: F4) -> Any:
        """What `update` takes, made beforehand: boxes (n, 4) left, top, right, bottom px, scores (n,)."""
        return self._detections(xyxy=boxes, confidence=scores, class_id=np.zeros(len(boxes), np.int64))

    def update(self, detections: Any) -> None:
        self._tracker.update(detections)


def tracking_scores(truth: F8, tracks: F8) -> dict[str, float]:
    """HOTA and IDF1 in percent by the `trackers` library's evaluation.

    truth, tracks (n, 6): frame from 1, id, left, top, width, height px. Raises UnavailableError without trackers.
    """
    try:
        from trackers.eval.evaluate import evaluate_mot_sequence
    except ModuleNotFoundError:
        raise UnavailableError(_NO_TRACKERS) from None
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, rows in (("truth", truth), ("tracks", tracks)):
            marked = np.column_stack([rows, np.ones((len(rows), 3))])
            np.savetxt(Path(folder, name), marked, delimiter=",", fmt=["%d", "%d", *["%.2f"] * 4, *["%d"] * 3])
        found: Any = evaluate_mot_sequence(f"{folder}/truth", f"{folder}/tracks", ["HOTA", "Identity"])
    return {"HOTA": round(100 * float(found.HOTA.HOTA), 1), "IDF1": round(100 * float(found.Identity.IDF1), 1)}
