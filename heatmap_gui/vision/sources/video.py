"""What files and network streams share: packets in, numbered frames out, converted only when somebody will look."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

import av
import numpy as np
from av.container import InputContainer
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import U1, Frame

OPEN_OPTIONS = {"fflags": "-genpts"}  # PyAV's default makes up presentation times from the order of decoding
HIGHEST_FPS = 1000  # more is a clock's frequency that a container gives for want of a rate

Grabbed: TypeAlias = "av.VideoFrame | av.Packet[VideoStream]"
"""A decoded frame, or the packet of a key frame that is decoded when somebody looks at it."""


def video_stream(container: InputContainer) -> VideoStream | None:
    """The container's main video. None: there is none that can be decoded, or it is text."""
    stream = container.streams.best("video")
    text_art = container.format.name == "tty"  # FFmpeg draws any .txt file as characters on a terminal
    return stream if isinstance(stream, VideoStream) and stream.codec_context and not text_art else None


class Decoder:
    """Decodes one stream on the caller's thread: a detector wants the other cores, and frame threads add delay.

    keyframes_only: everything but key frames is left out before decoding, yet counted, and a key frame, which needs no
    other, is handed over as it came. So a camera costs its packets, plus a key frame's decoding (many times that of
    another frame) whenever somebody looks; the price is that nothing shows between two key frames. It may be switched
    at any time. Back to False takes effect at the next key frame: what comes before refers to what was left out.
    """

    def __init__(self, stream: VideoStream, keyframes_only: bool) -> None:
        stream.codec_context.thread_count = 1
        self.keyframes_only = keyframes_only
        self._stream = stream
        self._index = 0
        self._gap = False

    @property
    def awaits_key_frame(self) -> bool:
        """Nothing comes before the next key frame, however far away that is."""
        return self.keyframes_only or self._gap

    def take(self, packet: av.Packet[VideoStream]) -> Iterator[tuple[int, Grabbed]]:
        """(index, picture) in the order of presentation; raises av.FFmpegError where the packet is damaged."""
        if not packet.size:
            yield from self._drain()
            return
        if self.keyframes_only or (self._gap and not packet.is_keyframe):
            if not self._gap:
                yield from self._drain()  # what the decoder still holds comes before the gap
            self._gap = True
            if packet.is_keyframe:
                yield self._index, packet
            self._index += 1
            return
        self._gap = False
        yield from self._number(self._stream.decode(packet))

    def picture(self, grabbed: Grabbed) -> av.VideoFrame | None:
        """What `take` gave last, decoded; None where it is damaged."""
        if isinstance(grabbed, av.VideoFrame):
            return grabbed
        try:
            frames = self._stream.decode(grabbed) + self._stream.decode(None)
        except av.FFmpegError:
            return None
        finally:
            self._stream.codec_context.flush_buffers()
        return frames[0] if frames else None

    def _drain(self) -> Iterator[tuple[int, av.VideoFrame]]:
        yield from self._number(self._stream.decode(None))
        self._stream.codec_context.flush_buffers()

    def _number(self, frames: list[av.VideoFrame]) -> Iterator[tuple[int, av.VideoFrame]]:
        for frame in frames:
            yield self._index, frame
            self._index += 1


class VideoSource:
    """Base of the sources that PyAV reads: all but `grab`. The container was opened with OPEN_OPTIONS."""

    def __init__(self, camera: str, container: InputContainer, stream: VideoStream, keyframes_only: bool) -> None:
        rate = stream.average_rate or stream.guessed_rate
        self.camera = camera
        self.size = (stream.codec_context.width, stream.codec_context.height)
        self.fps: float | None = float(rate) if rate and rate <= HIGHEST_FPS else None
        self.frames: int | None = None
        self.codec = stream.codec_context.name
        self._container = container
        self._decoder = Decoder(stream, keyframes_only)
        self._packets = container.demux(stream)
        self._tick = stream.time_base or Fraction(1, av.time_base)
        self._ready: deque[tuple[int, Grabbed]] = deque()
        self._grabbed: tuple[int, float, Grabbed] | None = None
        self._reformatter = VideoReformatter()

    @property
    def keyframes_only(self) -> bool:
        """Deliver key frames alone, decoded by `retrieve`: for a camera that is looked at now and then, if at all.

        May be switched at any time; all frames are back from the next key frame on.
        """
        return self._decoder.keyframes_only

    @keyframes_only.setter
    def keyframes_only(self, value: bool) -> None:
        self._decoder.keyframes_only = value

    def retrieve(self) -> Frame:
        """The frame grabbed last: (height, width, 3) BGR, upright. UnavailableError: a key frame alone, and damaged."""
        assert self._grabbed is not None, "grab comes first"
        index, at, grabbed = self._grabbed
        frame = self._picture(grabbed)
        self._grabbed = index, at, frame
        # swscale's threads would cost more than they give: this takes 0.2 ms at 480x360
        picture = self._reformatter.reformat(frame, format="bgr24", threads=1).to_ndarray()
        image: U1 = np.ascontiguousarray(np.rot90(picture, _quarter_turns(frame)), dtype=np.uint8)
        return Frame(self.camera, index, at, image, upright_size(frame), damaged=frame.is_corrupt)

    def close(self) -> None:
        self._ready.clear()
        self._container.close()

    def _picture(self, grabbed: Grabbed) -> av.VideoFrame:
        frame = self._decoder.picture(grabbed)
        if frame is None:
            raise UnavailableError(f"camera {self.camera}: a damaged key frame; check the network, or copy the file")
        return frame

    def _own_s(self, timed: Grabbed) -> float | None:
        """The stream's own time, from an arbitrary start. AVI and raw streams have decoding times at most."""
        ticks = timed.dts if timed.pts is None else timed.pts
        return None if ticks is None else ticks * self._tick.numerator / self._tick.denominator


def upright_size(frame: av.VideoFrame) -> tuple[int, int]:
    """Width, height in px once the display matrix is followed."""
    size = frame.width, frame.height
    return size[::-1] if _quarter_turns(frame) % 2 else size


def _quarter_turns(frame: av.VideoFrame) -> int:
    """Counter-clockwise, as both FFmpeg's display matrix and numpy count."""
    return round(frame.rotation / 90) % 4
