"""What happens to pictures before the network sees them, measured: letterboxes, and cameras that nobody looks at."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import PictureType
from av.video.stream import VideoStream

from heatmap_gui.bench import plain
from heatmap_gui.bench.timing import Entry, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.types import U1
from heatmap_gui.vision.detectors.letterbox import Letterbox
from heatmap_gui.vision.sources import open_source

_SIDE = 640
_PICTURES = {"full HD": (1920, 1080), "a small camera": (480, 360)}
_LETTERBOX_ROUNDS = 15
_REPEATS = 10
_GOP_S = 2.0
_LOOK_S = 10.0
_IDLE_ROUNDS = 5
_USUAL_FPS = Fraction(25)


def letterbox(goal: float) -> Iterator[Entry]:
    """A frame into a square of 640 px, 8 bits, ready for the network: both sides give the same picture."""
    rng = np.random.default_rng(0)
    for name, size in _PICTURES.items():
        image: U1 = rng.integers(0, 255, (size[1], size[0], 3), np.uint8)
        box = Letterbox(size, (_SIDE, _SIDE), 1, centred=True)
        times = in_turn(
            {
                "ours": lambda box=box, image=image: [box.put(0, image) for _ in range(_REPEATS)],  # type: ignore[misc]
                "plain": lambda image=image: plain.letterbox(image, _SIDE),  # type: ignore[misc]
            },
            _LETTERBOX_ROUNDS,
        )
        yield Entry(
            name=f"letterbox-{size[0]}",
            goal=goal,
            ours_ms=milliseconds(times, "ours", _REPEATS),
            theirs_ms=milliseconds(times, "plain"),
            ratio=ratio(times, "plain", "ours") * _REPEATS,
            note=f"{name} into {_SIDE} x {_SIDE}; bilinear in numpy",
            details={"rounds": _LETTERBOX_ROUNDS},
        )


def idle(clip: Path, goal: float) -> Iterator[Entry]:
    """Processor time of a camera of which only key frames are looked at, against every frame of it.

    At the clip's own frame rate, and as if the same frames came at a usual camera's. A look decodes a key frame, which
    is most of the work: so once with a look at each of them, and once with one every ten seconds.
    """
    with av.open(str(clip)) as given:
        own = given.streams.video[0].average_rate or _USUAL_FPS
    for fps in dict.fromkeys((own, _USUAL_FPS)):
        yield from _idle_at(clip, fps, goal)


def _idle_at(clip: Path, fps: Fraction, goal: float) -> Iterator[Entry]:
    with tempfile.TemporaryDirectory() as folder:
        camera = Path(folder) / "camera.mp4"
        _encode(clip, camera, fps)
        sides = {
            "": lambda: _watch(camera, 0.0),
            "-seldom": lambda: _watch(camera, _LOOK_S),
            "plain": lambda: plain.watch(camera),
        }
        times = in_turn(sides, _IDLE_ROUNDS, clock=time.process_time)
        frames = plain.watch(camera)
    looks = {"": f"a look at every key frame, every {_GOP_S:g} s", "-seldom": f"a look every {_LOOK_S:g} s"}
    for side, look in looks.items():
        yield Entry(
            name=f"idle-decode-{float(fps):g}fps{side}",
            goal=goal,
            ours_ms=milliseconds(times, side, frames),
            theirs_ms=milliseconds(times, "plain", frames),
            ratio=ratio(times, "plain", side),
            note=f"processor time a frame, {look}; cv2.VideoCapture",
            details={**spread(times, "plain", side), "frames": frames, "gop_frames": _gop(fps)},
        )


def _watch(clip: Path, look_s: float) -> int:
    """Key frames alone, the picture of one taken as often as look_s -> how many were taken."""
    source = open_source("1", str(clip), keyframes_only=True)
    looks, due_s = 0, 0.0
    while (grabbed := source.grab()) is not None:
        if grabbed[1] >= due_s:
            source.retrieve()
            looks, due_s = looks + 1, grabbed[1] + look_s
    source.close()
    return looks


def _gop(fps: Fraction) -> int:
    return round(float(fps) * _GOP_S)


def _encode(clip: Path, target: Path, fps: Fraction) -> None:
    """The clip's frames as a camera of this rate would send them."""
    with av.open(str(clip)) as given, av.open(str(target), "w") as made:
        source = given.streams.video[0]
        stream = made.add_stream("libx264", rate=fps)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = source.width, source.height, "yuv420p"
        gop = str(_gop(fps))
        stream.options = {"preset": "fast", "g": gop, "keyint_min": gop, "sc_threshold": "0"}
        for number, frame in enumerate(given.decode(source)):
            frame.pts, frame.time_base, frame.pict_type = number, 1 / fps, PictureType.NONE
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
