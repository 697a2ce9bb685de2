"""Pictures of concurrent requests through one detector."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import InputError, TryLaterError, UnavailableError
from heatmap_gui.core.types import U1, Detections, Frame
from heatmap_gui.loops import Loops
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.inference import METADATA, SIDE_PX, Inference

LABELS = ("person", "car")


class RedFinder:
    """Finds the red rectangle in a picture, and says it is a car; keeps how many pictures came at once."""

    name, device, precision, batch = "red-finder", "cpu", "fp32", 4
    labels: tuple[str, ...] = LABELS

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.sizes: set[tuple[int, ...]] = set()
        self.closed = False
        self.open = threading.Event()
        self.open.set()

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        self.open.wait(10)
        self.batches.append(len(frames))
        self.sizes |= {frame.size for frame in frames}
        return [self._find(frame) for frame in frames]

    def _find(self, frame: Frame) -> Detections:
        assert frame.image is not None
        red = (frame.image[..., 2] > 150) & (frame.image[..., 0] < 80)
        if not red.any():
            return Detections.empty(LABELS)
        left, top, width, height = cv2.boundingRect(red.astype(np.uint8))
        box = np.array([[left, top, left + width, top + height]], np.float32)
        return Detections(box, np.array([0.9], np.float32), np.array([1], np.int16), LABELS)

    def close(self) -> None:
        self.closed = True


def picture(width: int, height: int, box: tuple[int, int, int, int] | None, suffix: str = ".png") -> bytes:
    """Blue, with a red rectangle (left, top, right, bottom)."""
    image: U1 = np.full((height, width, 3), (200, 20, 20), np.uint8)
    if box is not None:
        image[box[1] : box[3], box[0] : box[2]] = (20, 20, 200)
    return cv2.imencode(suffix, image)[1].tobytes()


@contextmanager
def running(inference: Inference) -> Iterator[None]:
    with Loops() as loops:
        loops.start("inference", inference)
        until = time.monotonic() + 10
        while not inference.running and time.monotonic() < until:
            time.sleep(0.001)
        yield


@pytest.mark.parametrize(
    ("size", "box"),
    [((640, 480), (100, 50, 300, 250)), ((3000, 1000), (2400, 600, 2900, 950)), ((200, 900), (20, 40, 180, 400))],
)
def test_boxes_are_in_pixels_of_the_picture_as_it_was_sent(
    size: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    detector = RedFinder()
    inference = Inference(lambda: detector, LocalBroker())
    with running(inference):
        found = inference.look(picture(*size, box))
    assert (found.size, found.model, found.device) == (size, "red-finder", "cpu")
    assert found.detections.labels[found.detections.class_ids[0]] == "car"
    pixel = max(size) / SIDE_PX
    assert np.abs(found.detections.boxes[0] - box).max() <= 2 * pixel
    assert detector.sizes == {(SIDE_PX, SIDE_PX)}  # one network, whatever is sent
    assert detector.closed


def test_what_lies_in_the_grey_beside_the_picture_is_nothing() -> None:
    class Everywhere(RedFinder):
        def _find(self, frame: Frame) -> Detections:
            box = np.array([[0, 0, SIDE_PX, 100], [0, 0, SIDE_PX, SIDE_PX]], np.float32)
            return Detections(box, np.array([0.9, 0.8], np.float32), np.array([1, 1], np.int16), LABELS)

    inference = Inference(Everywhere, LocalBroker())
    with running(inference):
        found = inference.look(picture(640, 240, None))  # 200 rows of grey above and below
    assert found.detections.boxes.tolist() == [[0, 0, 640, 240]]


def test_those_that_wait_share_a_batch() -> None:
    detector = RedFinder()
    detector.open.clear()
    inference = Inference(lambda: detector, LocalBroker())
    boxes = [(10 * n, 10 * n, 10 * n + 200, 10 * n + 150) for n in range(9)]
    with running(inference), ThreadPoolExecutor(9) as pool:
        asked = [pool.submit(inference.look, picture(640, 480, box)) for box in boxes]
        time.sleep(0.3)
        detector.open.set()
        found = [one.result().detections.boxes[0] for one in asked]
    assert np.abs(np.array(found) - boxes).max() <= 2  # everybody gets their own answer
    assert sum(detector.batches) == 9 and max(detector.batches) == 4


def test_batch_size_is_the_most() -> None:
    detector = RedFinder()
    inference = Inference(lambda: detector, LocalBroker(), most=1)
    with running(inference), ThreadPoolExecutor(5) as pool:
        list(pool.map(inference.look, [picture(64, 64, None)] * 5))
    assert detector.batches == [1] * 5


def test_a_bad_picture_hurts_nobody_else() -> None:
    good, bad = picture(640, 480, (10, 10, 90, 90)), picture(640, 480, None)[:200]
    inference = Inference(RedFinder, LocalBroker())
    with running(inference), ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(inference.look, one) for one in (good, bad, good, bad)]
        assert [len(asked[n].result().detections) for n in (0, 2)] == [1, 1]
        for n in (1, 3):
            with pytest.raises(InputError, match="damaged"):
                asked[n].result()
        with pytest.raises(InputError, match="no image"):
            inference.look(b"<html>")


def test_a_detector_that_breaks_may_work_the_next_time() -> None:
    class Moody(RedFinder):
        def detect(self, frames: Sequence[Frame]) -> list[Detections]:
            if not self.batches:
                self.batches.append(0)
                raise ZeroDivisionError
            return super().detect(frames)

    inference = Inference(Moody, LocalBroker())
    with running(inference):
        with pytest.raises(ZeroDivisionError):
            inference.look(picture(64, 64, None))
        assert len(inference.look(picture(64, 64, (1, 1, 60, 60))).detections) == 1


def test_without_a_model_it_says_what_to_do_and_takes_one_that_comes_later() -> None:
    there: list[RedFinder] = []

    def opener() -> RedFinder:
        if not there:
            raise UnavailableError("there is no model: run heatmap models fetch yolo11n")
        return there[0]

    broker = LocalBroker()
    inference = Inference(opener, broker)
    with running(inference):
        with pytest.raises(UnavailableError, match="models fetch"):
            inference.look(picture(64, 64, None))
        assert inference.model() is None
        there.append(RedFinder())
        inference.look(picture(64, 64, None))
        said = {"name": "red-finder", "device": "cpu", "precision": "fp32", "labels": ["person", "car"]}
        assert inference.model() == json.loads(broker.cached(METADATA) or "") == said
    assert Inference(opener, broker).model() == said  # another process of the deployment


def test_nobody_waits_for_ever() -> None:
    detector = RedFinder()
    inference = Inference(lambda: detector, LocalBroker(), deadline_s=0.2)
    with pytest.raises(TryLaterError, match="not running"):
        inference.look(picture(64, 64, None))
    detector.open.clear()
    with running(inference), ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(inference.look, picture(64, 64, None)) for _ in range(6)]
        for one in asked:
            with pytest.raises(TryLaterError, match=r"within 0\.2 s"):
                one.result()
        detector.open.set()
    assert sum(detector.batches) < 6  # what nobody waits for any more is not looked at


def test_places_are_bounded_for_each_and_for_all() -> None:
    inference = Inference(RedFinder, LocalBroker())
    with ExitStack() as stack:
        for who in ("ann", "bob", "eve", "joe"):
            for _ in range(4):
                stack.enter_context(inference.place(who))
            if who == "ann":
                with pytest.raises(TryLaterError, match="4 images of yours"), inference.place("ann"):
                    pass
        with pytest.raises(TryLaterError, match="16 images"), inference.place("zoe"):
            pass
    with inference.place("ann"):
        pass
