"""Pictures that requests bring, through one detector: those that come at the same time share its batches."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from heatmap_gui.core.device import AUTO
from heatmap_gui.core.errors import HeatmapError, TryLaterError, UnavailableError
from heatmap_gui.core.image_bytes import decode, read_header
from heatmap_gui.core.protocols import Broker, Detector
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.services.device import DeviceLoop
from heatmap_gui.services.shared_detector import SharedDetector
from heatmap_gui.vision.detectors import MOTION, open_detector
from heatmap_gui.vision.detectors.letterbox import Letterbox
from heatmap_gui.vision.models import find_default, read_cards

METADATA, METADATA_S = "model:metadata", 86_400.0
SIDE_PX = 640  # every picture is fitted into a square of it: one shape for all, so that all share batches
_PLACES, _PLACES_EACH = 16, 4  # pictures that are being sent, wait or are looked at: of all, and of one who asks
_DEADLINE_S = 10.0
_WAIT_S = 0.1
_STOPPED = "the loop that looks at images is not running: send it again soon"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """detections: in px of the picture as it was sent, upright. size: width, height px. model, device: what found them.

    took_s: from the question to the answer.
    """

    detections: Detections
    size: tuple[int, int]
    model: str
    device: str
    took_s: float


class _Question:
    """A picture that somebody waits to hear about."""

    def __init__(self, content: bytes, asked_at: float) -> None:
        self.content, self.header, self.asked_at = content, read_header(content), asked_at
        self._settled = threading.Event()
        self._said: Found | Exception | None = None

    def settle(self, said: Found | Exception) -> None:
        self._said = said
        self._settled.set()

    def wait(self, longest_s: float) -> Found | Exception | None:
        """None: nothing was said in time."""
        self._settled.wait(longest_s)
        return self._said


def open_network(model: str, device: str, models_dir: Path, cameras: DeviceLoop | None = None) -> Detector:
    """The network that the settings mean; that of the cameras, in its turns, where they have one in this process.

    Raises UnavailableError where the settings mean none, or it is not to be had.
    """
    if model == MOTION or (model in ("", AUTO) and find_default(models_dir) is None):
        known = next(iter(read_cards()))
        raise UnavailableError(
            f"there is no model that looks at single images: run `heatmap models fetch {known}`, and set `model` to it"
        )
    if cameras is not None and cameras.detector.labels:
        return SharedDetector(cameras, "images")
    return open_detector(model, device, models_dir=models_dir)


def about(detector: Detector) -> dict[str, Any]:
    """A detector in words, for the key METADATA."""
    return {
        "name": detector.name,
        "device": detector.device,
        "precision": detector.precision,
        "labels": list(detector.labels),
    }


class Inference:
    """A loop that owns the detector, and the questions that wait for it.

    opener: makes the detector; raises UnavailableError where there is none. It is called when the loop begins, and
    again at each question until it succeeds. most: pictures a batch; 0: as many as the detector likes.
    deadline_s: how long a question may take. clock: monotonic seconds.
    """

    def __init__(
        self,
        opener: Callable[[], Detector],
        broker: Broker,
        *,
        most: int = 0,
        deadline_s: float = _DEADLINE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opener, self._broker, self._most = opener, broker, most
        self._deadline_s, self._clock = deadline_s, clock
        self._questions: queue.SimpleQueue[_Question] = queue.SimpleQueue()
        self.running = False
        self._detector: Detector | None = None
        self._places: Counter[str] = Counter()
        self._door = threading.Lock()

    def model(self) -> Mapping[str, Any] | None:
        """What is known of the model that is used here, or by another process of this deployment; None: there is none.

        It is kept under METADATA for a day.
        """
        if self._detector is not None:
            said = about(self._detector)
            if self._broker.cached(METADATA) is None:
                self._broker.cache(METADATA, json.dumps(said), METADATA_S)
            return said
        kept = self._broker.cached(METADATA)
        return None if kept is None else dict(json.loads(kept))

    @contextmanager
    def place(self, who: str) -> Iterator[None]:
        """Room for one picture, from before it is sent until it is answered. Raises TryLaterError when all is taken."""
        with self._door:
            if self._places.total() >= _PLACES:
                raise TryLaterError(f"{_PLACES} images are being looked at: send it again soon", retry_after_s=1)
            if self._places[who] >= _PLACES_EACH:
                raise TryLaterError(
                    f"{_PLACES_EACH} images of yours are being looked at: wait for an answer", retry_after_s=1
                )
            self._places[who] += 1
        try:
            yield
        finally:
            with self._door:
                self._places[who] -= 1

    def look(self, content: bytes) -> Found:
        """What is in a picture; waits for it. Raises InputError where it is none, is damaged or too large;
        UnavailableError where there is no model; TryLaterError when nobody came to look at it in time.
        """
        question = _Question(content, self._clock())
        if not self.running:
            raise TryLaterError(_STOPPED, retry_after_s=5)
        self._questions.put(question)
        said = question.wait(self._deadline_s)
        if said is None:
            raise TryLaterError(f"nobody looked at it within {self._deadline_s:g} s: send it again", retry_after_s=5)
        if isinstance(said, Exception):
            raise said
        return said

    def __call__(self, stopping: threading.Event, beat: Callable[[], object] = lambda: None) -> None:
        """The loop. beat: called at each round."""
        self.running = True
        try:
            self._open()
            while not stopping.is_set():
                self.step()
                beat()
        finally:
            self.running = False
            for question in self._waiting(0.0, self._questions.qsize()):
                question.settle(TryLaterError(_STOPPED, retry_after_s=5))
            if self._detector is not None:
                self._detector.close()

    def step(self) -> int:
        """Waits a moment for questions, and answers a batch of them -> how many."""
        questions = self._waiting(_WAIT_S, self._most or (self._detector.batch if self._detector else 1))
        if questions and (missing := self._open()) is not None:
            for question in questions:
                question.settle(UnavailableError(missing))
        elif questions:
            self._answer(questions)
        return len(questions)

    def _open(self) -> str | None:
        """Makes the detector where there is none yet -> why it cannot be made."""
        if self._detector is None:
            try:
                self._detector = self._opener()
            except HeatmapError as error:
                return error.message
            self._broker.cache(METADATA, json.dumps(about(self._detector)), METADATA_S)
        return None

    def _waiting(self, wait_s: float, most: int) -> list[_Question]:
        """The questions that came first, without those whose time is over."""
        found: list[_Question] = []
        while len(found) < most:
            try:
                question = self._questions.get(timeout=0.0 if found else wait_s)
            except queue.Empty:
                break
            if self._clock() - question.asked_at < self._deadline_s:
                found.append(question)
        return found

    def _answer(self, questions: Sequence[_Question]) -> None:
        detector = self._detector
        assert detector is not None
        shown: list[tuple[_Question, tuple[int, int], Letterbox]] = []
        for question in questions:
            try:
                picture = decode(question.content, question.header, SIDE_PX)
            except HeatmapError as error:
                question.settle(error)
                continue
            letterbox = Letterbox(picture.size, (SIDE_PX, SIDE_PX), 1, centred=True)
            letterbox.put(0, picture.image)
            shown.append((question, picture.size, letterbox))
        frames = [Frame("", 0, 0.0, letterbox.slots[0], (SIDE_PX, SIDE_PX)) for *_, letterbox in shown]
        try:
            found = detector.detect(frames) if frames else []
        except Exception as error:  # of a runtime: the next picture may go well
            for question, *_ in shown:
                question.settle(error)
            return
        for (question, size, letterbox), seen in zip(shown, found, strict=True):
            detections = _in_picture(seen, letterbox)
            took_s = self._clock() - question.asked_at
            question.settle(Found(detections, size, detector.name, detector.device, took_s))


def _in_picture(seen: Detections, letterbox: Letterbox) -> Detections:
    """In px of the picture; what lies beside it in the grey is left out."""
    boxes = letterbox.restore(seen.boxes)
    within = np.flatnonzero((boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1]))
    return replace(seen, boxes=boxes).take(within)
