"""Synthetic cameras as a Source: `synthetic:NAME?seed=1&camera=1&fps=15&duration_s=300`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

import cv2
import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import U1, Frame
from heatmap_gui.vision.synthetic.bodies import crowd
from heatmap_gui.vision.synthetic.figures import draw
from heatmap_gui.vision.synthetic.junction import NAME as JUNCTION
from heatmap_gui.vision.synthetic.junction_scene import JunctionScene
from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.scenery import backdrop
from heatmap_gui.vision.synthetic.scenes import Scene, load_scene

FPS = 15.0
NOISE_SIGMA = 2.2
LIGHT_DRIFT, LIGHT_PERIOD_S = 0.02, 140.0
LONGEST_S = 14400.0
_MARGIN_PX = 64
_ONE_BUILDS = Lock()  # cameras of one scene share what is costly to make: the others wait instead of making it again

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class _Address:
    scene: Scene | JunctionScene
    view: View
    fps: float
    duration_s: float


def _address(url: str) -> _Address:
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := set(given) - {"seed", "camera", "fps", "duration_s"}:
        raise InputError(f"{url}: unknown {', '.join(sorted(unknown))}: seed, camera, fps and duration_s are known.")

    def number(name: str, kind: Callable[[str], Number], default: Number, least: Number, most: Number) -> Number:
        try:
            value = kind(given.get(name, str(default)))
        except ValueError:
            value = most + 1
        if not least <= value <= most:
            raise InputError(f"{url}: {name} must be a number from {least} to {most}.")
        return value

    seed = number("seed", int, 1, 0, 2**31)
    scene = JunctionScene(seed) if parts.path == JUNCTION else load_scene(parts.path, seed)
    view = scene.view(number("camera", int, 1, 1, 99))
    return _Address(scene, view, number("fps", float, FPS, 0.1, 240.0),
                    number("duration_s", float, scene.duration_s, 0.1, LONGEST_S))  # fmt: skip


@lru_cache(maxsize=4)
def _noise(size: tuple[int, int]) -> U1:
    """A field of sensor noise around 128, larger than a picture: each frame takes another part of it."""
    width, height = size
    rng = np.random.default_rng(11)
    grey = rng.normal(128.0, NOISE_SIGMA, (height + _MARGIN_PX, width + _MARGIN_PX, 1))
    colour = rng.normal(0.0, NOISE_SIGMA * 0.4, (*grey.shape[:2], 3))
    return np.asarray(np.clip(np.round(grey + colour), 0, 255), dtype=np.uint8)


def picture(scene: Scene | JunctionScene, view: View, index: int, at_s: float, duration_s: float) -> U1:
    """What `view` shows of the scene at that time: (height, width, 3) BGR. `index` seeds the noise."""
    if isinstance(scene, JunctionScene):
        with _ONE_BUILDS:
            image = scene.show(view, at_s, duration_s)
    else:
        with _ONE_BUILDS:
            empty, people = backdrop(scene, view), scene.people(duration_s)
        image = empty.image.copy()
        draw(image, crowd(people, at_s), view, empty)
    rng = np.random.default_rng([scene.seed, view.id, index])
    x, y = rng.integers(0, _MARGIN_PX, 2).tolist()
    noise = _noise(view.size)[y : y + view.size[1], x : x + view.size[0]]
    light = 1.0 + LIGHT_DRIFT * np.sin(2.0 * np.pi * at_s / LIGHT_PERIOD_S + view.id)
    return np.asarray(cv2.addWeighted(image, light, noise, 1.0, -128.0))


class _SyntheticSource:
    """Source over a scene's camera. `grab` only counts; `retrieve` draws."""

    live = False
    labels: tuple[str, ...] = ()
    codec = ""
    truncated = False

    def __init__(self, camera: str, address: _Address) -> None:
        self._address, self._index = address, -1
        self.camera, self.size = camera, address.view.size
        self.fps: float | None = address.fps
        self.frames: int | None = max(round(address.duration_s * address.fps), 1)

    def grab(self) -> tuple[int, float] | None:
        if self._index + 1 >= (self.frames or 0):
            return None
        self._index += 1
        return self._index, self._index / self._address.fps

    def retrieve(self) -> Frame:
        a = self._address
        at_s = self._index / a.fps
        image = picture(a.scene, a.view, self._index, at_s, a.duration_s)
        return Frame(self.camera, self._index, at_s, image, a.view.size)

    def close(self) -> None:
        pass


def open_synthetic(camera_id: str, url: str) -> Source:
    """A synthetic camera, by its URL; `camera` is 1 when the URL names none.

    Frame i is at i / fps seconds, and is the same picture whatever was looked at before. Raises InputError for a scene,
    a camera or a parameter that there is not.
    """
    return _SyntheticSource(camera_id, _address(url))
