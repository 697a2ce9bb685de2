"""What the cameras of the failure bench show: one drawn scene, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from heatmap_gui.core.types import U1

SIZE = (320, 180)
FPS, FASTER_FPS = 10, 25
SHIFT_PX = 6  # 36 px of a full HD picture
_SECONDS = 12
_GOP_S = 1
_NOISE = 2.0  # of the sensor, in grey levels
_MARGIN = 40


def _scene() -> U1:
    """(height + 2 margins, width + 2 margins) grey: shelves, that is blots and boxes of all sizes."""
    rng = np.random.default_rng(7)
    height, width = SIZE[1] + 2 * _MARGIN, SIZE[0] + 2 * _MARGIN
    grey = np.full((height, width), 120.0, np.float32)
    for blot_px in (1, 3, 8):
        noise = rng.normal(0, 30 * blot_px, (height, width)).astype(np.float32)
        grey += cv2.GaussianBlur(noise, (0, 0), blot_px)
    for _ in range(40):
        x, y, w, h = rng.integers((0, 0, 8, 8), (width, height, 60, 50)).tolist()
        cv2.rectangle(grey, (x, y), (x + w, y + h), float(rng.integers(40, 200)), -1)
    return np.clip(grey, 0, 255).astype(np.uint8)


def walk(count: int, shift_px: int = 0) -> Iterator[U1]:
    """Somebody walks through the scene, and the sensor is noisy."""
    scene, rng = _scene(), np.random.default_rng(8)
    left = _MARGIN + shift_px
    for number in range(count):
        picture = scene[_MARGIN : _MARGIN + SIZE[1], left : left + SIZE[0]].astype(np.float64)
        x = 3 * number % SIZE[0]
        picture[60:140, x : x + 24] = 40
        picture += rng.normal(0, _NOISE, picture.shape)
        yield np.repeat(np.clip(picture, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def _flat(level: int) -> Iterator[U1]:
    rng = np.random.default_rng(9)
    for _ in range(_SECONDS * FPS):
        noisy = rng.normal(level, _NOISE, (SIZE[1], SIZE[0], 1))
        yield np.repeat(np.clip(noisy, 0, 255).astype(np.uint8), 3, axis=2)


def _still() -> Iterator[U1]:
    picture = next(walk(1))
    return (picture for _ in range(_SECONDS * FPS))


def _grey() -> Iterator[U1]:
    """What a decoder shows that has nothing to show."""
    picture: U1 = np.full((SIZE[1], SIZE[0], 3), 128, np.uint8)
    return (picture for _ in range(_SECONDS * FPS))


def _larger() -> Iterator[U1]:
    return (cv2.resize(picture, None, fx=2, fy=2).astype(np.uint8) for picture in walk(_SECONDS * FPS))


MOUNTS: dict[str, tuple[int, Callable[[], Iterator[U1]]]] = {
    "good": (FPS, lambda: walk(_SECONDS * FPS)),
    "frozen": (FPS, _still),
    "grey": (FPS, _grey),
    "covered": (FPS, lambda: _flat(20)),
    "moved": (FPS, lambda: walk(_SECONDS * FPS, SHIFT_PX)),
    "larger": (FPS, _larger),
    "faster": (FASTER_FPS, lambda: walk(_SECONDS * FASTER_FPS)),
}
"""Frames a second and pictures by mount."""


def write_clips(folder: Path) -> list[str]:
    """Writes a clip a mount -> the server's arguments."""
    arguments = []
    for mount, (fps, pictures) in MOUNTS.items():
        path = folder / f"{mount}.h264"
        _write(path, pictures(), fps, "libx264", _x264(fps))
        arguments.append(f"{mount}={path}@{fps}")
    return arguments


def write_h265(folder: Path) -> Path:
    """The good scene in another codec."""
    path = folder / "good.h265"
    gop = FPS * _GOP_S
    params = f"aud=1:scenecut=0:bframes=0:keyint={gop}:min-keyint={gop}:repeat-headers=1:log-level=none:pools=1"
    _write(path, walk(_SECONDS * FPS), FPS, "libx265", {"preset": "ultrafast", "x265-params": params})
    return path


def _x264(fps: int) -> dict[str, str]:
    """Access units are delimited, as the server wants them."""
    gop = str(fps * _GOP_S)
    return {"preset": "ultrafast", "bf": "0", "g": gop, "x264-params": "aud=1:scenecut=0", "crf": "26"}


def _write(path: Path, pictures: Iterator[U1], fps: int, codec: str, options: dict[str, str]) -> None:
    first = next(pictures)

    def settled(packet: av.Packet[VideoStream]) -> bool:
        """A camera has been on for long; an encoder that has just begun polishes its first pictures."""
        return packet.pts is not None and packet.pts >= fps * _GOP_S

    with av.open(str(path), "w", format=path.suffix[1:].replace("h265", "hevc")) as made:
        stream = made.add_stream(codec, rate=fps, options=options)
        assert isinstance(stream, VideoStream)
        stream.height, stream.width, stream.pix_fmt = first.shape[0], first.shape[1], "yuv420p"
        for number, picture in enumerate([first, *pictures]):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            made.mux([packet for packet in stream.encode(frame) if settled(packet)])
        made.mux([packet for packet in stream.encode(None) if settled(packet)])
