"""Annotated videos: every measured frame of a camera with the boxes and ids of its tracks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.stream import VideoStream

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.outlines import draw_boxes
from heatmap_gui.core.types import U1, Observation

_CODEC = "mpeg4"  # in every build of FFmpeg, whatever its licence
_TICKS_A_SECOND = 1000


class AnnotatedVideos:
    """One `annotated_<camera>.mp4` a camera, written as it goes and named so at the end.

    `show` is for one thread; leave the context when that is over. Raises UnavailableError where there is no room.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._videos: dict[str, _Video] = {}

    def show(self, observation: Observation) -> None:
        """Appends a frame. What has no picture (a replay) has no video."""
        frame, live = observation.frame, observation.live
        if frame.image is None:
            return
        if frame.camera not in self._videos:
            self._videos[frame.camera] = _Video(self._folder / f".annotated_{frame.camera}.mp4", frame.size)
        picture = frame.image.copy()
        rows = np.flatnonzero(np.isfinite(live.box).all(axis=1) & live.seen)
        kinds, tracks = live.class_id[rows].tolist(), live.track_id[rows].tolist()
        names = [f"{live.labels[kind]} {track}" for kind, track in zip(kinds, tracks, strict=True)]
        draw_boxes(picture, live.box[rows], names)
        self._videos[frame.camera].append(picture, frame.at)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as stack:
            for video in self._videos.values():
                stack.callback(video.close)


class _Video:
    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        self._path, self._size = path, (size[0] // 2 * 2, size[1] // 2 * 2)
        self._container = av.open(str(path), "w", format="mp4")
        stream = self._container.add_stream(_CODEC, rate=25)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = 4 * self._size[0] * self._size[1]
        stream.codec_context.time_base = Fraction(1, _TICKS_A_SECOND)
        self._stream = stream
        self._first: float | None = None
        self._last = -1

    def append(self, picture: U1, at: float) -> None:
        self._first = at if self._first is None else self._first
        width, height = self._size
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[:height, :width]), format="bgr24")
        frame.pts = self._last = max(self._last + 1, round((at - self._first) * _TICKS_A_SECOND))
        frame.time_base = Fraction(1, _TICKS_A_SECOND)
        with self._told():
            self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Whole, or gone."""
        try:
            with self._told():
                self._container.mux(self._stream.encode(None))
                self._container.close()
            self._path.replace(self._path.with_name(self._path.name[1:]))
        finally:
            self._path.unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except av.FFmpegError as error:
            raise UnavailableError(
                f"{self._path}: the video cannot be written: {error.strerror}: free space, or leave out --annotate"
            ) from None
