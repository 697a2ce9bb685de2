"""Small clips whose every frame is known: frame i is grey noise of mean `level(i)`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.types import U1

SIZE = (96, 64)
TICK = Fraction(1, 1000)


def level(index: int) -> int:
    return 40 + 5 * (index % 36)


def noise(index: int) -> U1:
    """(height, width, 3); noisy, so that a clip is large enough to be cut somewhere."""
    grey = np.random.default_rng(index).integers(-30, 31, (SIZE[1], SIZE[0], 1)) + level(index)
    return np.repeat(grey, 3, axis=2).astype(np.uint8)


def plain(*bgr: int) -> U1:
    return np.full((SIZE[1], SIZE[0], 3), bgr, np.uint8)


def write_clip(
    path: Path,
    images: Sequence[NDArray[np.uint8]],
    times_ms: Sequence[int] | None = None,
    *,
    codec: str = "libx264",
    gop: int = 10,
    b_frames: int = 0,
    qp: int = 12,
    form: str | None = None,
    container_options: dict[str, str] | None = None,
) -> Path:
    """times_ms: of each frame; 10 frames a second without. x264 options: access units are delimited."""
    times_ms = times_ms or [100 * i for i in range(len(images))]
    x264: dict[str, str] = {}
    if codec == "libx264":
        x264 = {"preset": "ultrafast", "bf": str(b_frames), "x264-params": "aud=1:scenecut=0", "qp": str(qp)}
    with av.open(str(path), "w", format=form, container_options=container_options) as container:
        stream: Any = container.add_stream(codec, rate=10, options=x264)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = {"gif": "rgb8", "mjpeg": "yuvj420p"}.get(codec, "yuv420p")
        stream.gop_size = gop
        if codec == "libx264":
            stream.codec_context.time_base = TICK
        else:
            stream.bit_rate = 8_000_000
        for image, ms in zip(images, times_ms, strict=True):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = (ms, TICK) if codec == "libx264" else (ms // 100, Fraction(1, 10))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def cut(path: Path, share: float) -> Path:
    """A copy that ends after this share of its bytes."""
    data = path.read_bytes()
    target = path.with_name(f"cut_{path.name}")
    target.write_bytes(data[: int(len(data) * share)])
    return target
