"""What is live now, made ready to be drawn: pictures in the size they are shown at, people with their trails.

The device's thread writes; whoever draws takes the newest of each camera when it wants to, and never waits long.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import cv2
import numpy as np

from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.site_file import ground_hash
from heatmap_gui.core.types import F8, I8, U1, Bool, Frame, Observation

TRAIL_S = 6.0
_FORGET_S = 3.0  # who was not seen for so long is not drawn any more
_STEP_S = 0.2  # between two points of a trail
_BLUR_ACROSS = 4  # squares across a person: neither a face nor a print on a shirt is left
_BLUR_MARGIN = 0.08  # of a box's height


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The newest of one camera. image: (height, width, 4) uint8 BGRX in the wanted size; None without a picture.

    size: of the frame, px, in which boxes (n, 4) are. track_id, seen (n,): seen by it at this instant, else the box is
    where the person should be. looked: people were looked for in it.
    """

    camera: str
    at: float
    size: tuple[int, int]
    image: U1 | None
    boxes: F8
    track_id: I8
    seen: Bool
    labels: tuple[str, ...]
    looked: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Somebody on a floor: where (floor units), when seen last (Unix time), by which cameras, the way there (k, 2).

    trail: the same array as long as it has not grown.
    """

    track_id: int
    label: str
    place: tuple[float, float]
    seen_at: float
    cameras: frozenset[str]
    trail: F8


@dataclass(slots=True, eq=False)
class _Known:
    label: str
    place: tuple[float, float]
    seen_at: float
    cameras: dict[str, float] = field(default_factory=dict)
    trail: F8 = field(default_factory=lambda: np.zeros((0, 2)))
    times: list[float] = field(default_factory=list)  # of the trail's points


class Board:
    """Of one store. `glimpse` and `show` are for the device's thread, the rest for anybody.

    wanted: the size (width, height) in which a camera's pictures are wanted; one that is not in it costs nothing.
    before: the store's board before it was edited: what it showed of cameras that are still there stays, and so do
    people where only what is drawn was edited.
    """

    def __init__(self, site: Site, before: Board | None = None) -> None:
        self.wanted: Mapping[str, tuple[int, int]] = MappingProxyType({})
        self._floors = {camera.id: PLAN if camera.calibration else camera.id for camera in site.cameras}
        self._ground = ground_hash(site)
        self._lock = threading.Lock()
        self._shown: dict[str, Shown] = {}
        self._people: dict[str, dict[int, _Known]] = {}
        self._blurs = False
        if before is not None:
            self.wanted, self._blurs = before.wanted, before._blurs
            self._shown = {camera: shown for camera, shown in before.newest().items() if camera in self._floors}
            if self._ground == before._ground:
                with before._lock:
                    self._people = deepcopy(before._people)

    def blur(self, on: bool) -> None:
        """From now on no picture is given out on which people who were found can be told apart; or they may be again.

        A picture is blurred before it is put on the board; those that are there already are taken off it.
        """
        with self._lock:
            if on and not self._blurs:
                self._shown = {camera: replace(shown, image=None) for camera, shown in self._shown.items()}
            self._blurs = on

    def glimpse(self, frame: Frame) -> None:
        """Takes in a picture in which nobody was looked for yet; not while those who would be found are blurred."""
        wanted = self.wanted.get(frame.camera)
        if frame.image is None or wanted is None or self._blurs:
            return
        nobody, image = np.zeros(0, np.int64), _ready(frame.image, wanted)
        shown = Shown(
            frame.camera, frame.at, frame.size, image, np.zeros((0, 4)), nobody, nobody > 0, (), looked=False
        )  # fmt: skip
        with self._lock:
            if not self._blurs:
                self._shown[frame.camera] = shown

    def show(self, observation: Observation) -> None:
        """Takes in what one camera saw at one instant."""
        frame, live = observation.frame, observation.live
        wanted = self.wanted.get(frame.camera)
        blurs, image = self._blurs, None
        if frame.image is not None and wanted is not None:
            image = _ready(frame.image, wanted)
            if blurs:
                boxes = np.concatenate([live.box.reshape(-1, 4), observation.detections.boxes.reshape(-1, 4)])
                _blur(image, boxes * (image.shape[1] / frame.size[0]))
        labels = tuple(live.labels[number] for number in live.class_id.tolist())
        known = np.isfinite(live.box).all(axis=1) if len(live.box) else np.zeros(0, np.bool_)
        rows = np.flatnonzero(known)
        shown = Shown(
            frame.camera, frame.at, frame.size, image, live.box[rows], live.track_id[rows], live.seen[rows],
            tuple(labels[row] for row in rows),
        )  # fmt: skip
        with self._lock:
            self._shown[frame.camera] = shown if blurs or not self._blurs else replace(shown, image=None)
            self._follow(frame.camera, frame.at, observation, labels)

    def newest(self) -> dict[str, Shown]:
        """By camera."""
        with self._lock:
            return self._shown.copy()

    def people(self, floor: str = PLAN) -> list[Person]:
        """Who is on the floor now, or was a moment ago; times are of the cameras."""
        with self._lock:
            known = self._people.get(floor, {})
            return [
                Person(number, one.label, one.place, one.seen_at, frozenset(one.cameras), one.trail)
                for number, one in known.items()
            ]

    def _follow(self, camera: str, at: float, observation: Observation, labels: tuple[str, ...]) -> None:
        live = observation.live
        people = self._people.setdefault(self._floors.get(camera, camera), {})
        columns = (live.track_id.tolist(), live.x.tolist(), live.y.tolist(), live.seen.tolist(), labels)
        for number, x, y, seen, label in zip(*columns, strict=True):
            one = people.setdefault(number, _Known(label, (x, y), at))
            one.label, one.place = label, (x, y)
            if seen:
                one.seen_at, one.cameras[camera] = at, at
            if not one.times or at - one.times[-1] >= _STEP_S:
                old = bisect_left(one.times, at - TRAIL_S)
                one.times = [*one.times[old:], at]
                one.trail = np.vstack([one.trail[old:], (x, y)])
        for number, one in list(people.items()):
            if at - one.seen_at > _FORGET_S:
                del people[number]
            else:
                one.cameras = {name: then for name, then in one.cameras.items() if at - then <= 1.0}


def _ready(image: U1, wanted: tuple[int, int]) -> U1:
    """BGRX, our own, as large as fits into the wanted size, in the picture's own shape."""
    height, width = image.shape[:2]
    scale = min(wanted[0] / width, wanted[1] / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    while image.shape[1] >= 2 * size[0] and image.shape[0] >= 2 * size[1]:  # by halves: four times as fast as at once
        image = np.asarray(cv2.resize(image, (image.shape[1] // 2, image.shape[0] // 2), interpolation=cv2.INTER_AREA))
    if size != (image.shape[1], image.shape[0]):
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR))
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2BGRA))


def _blur(image: U1, boxes: F8) -> None:
    """Leaves a few squares of each box (n, 4), px of the image, and of a margin around it."""
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    margin = _BLUR_MARGIN * (boxes[:, 3:] - boxes[:, 1:2])
    boxes = (boxes + margin * [-1, -1, 1, 1]).clip(0, (image.shape[1::-1] * 2))
    for left, top, right, bottom in boxes.round().astype(int).tolist():
        width, height = right - left, bottom - top
        if width > 0 and height > 0:
            part = image[top:bottom, left:right]
            coarse = (min(width, _BLUR_ACROSS), max(1, min(height, _BLUR_ACROSS * height // width)))
            few = cv2.resize(part, coarse, interpolation=cv2.INTER_AREA)
            part[:] = cv2.resize(few, (width, height), interpolation=cv2.INTER_NEAREST)
