"""Packets in, frames out: what files and network streams share, with the frame's number in its stream."""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
from av.container import InputContainer
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from heatmap_gui.core.types import U1


def video_stream(container: InputContainer) -> VideoStream | None:
    """The container's main video. None: there is none that can be decoded (cover art and text are no video)."""
    stream = container.streams.best("video")
    text_art = container.format.name == "tty"  # FFmpeg draws any .txt file as characters on a terminal
    return stream if isinstance(stream, VideoStream) and stream.codec_context and not text_art else None


class Decoder:
    """Decodes one stream on the caller's thread: a detector wants the other cores, and frame threads add delay.

    keyframes_only: everything but key frames is left out before decoding, yet counted; it may be switched at any time.
    Back to False takes effect at the next key frame, because what comes before refers to frames that were left out.
    """

    def __init__(self, stream: VideoStream, keyframes_only: bool) -> None:
        stream.codec_context.thread_count = 1
        self.keyframes_only = keyframes_only
        self._stream = stream
        self._index = 0
        self._gap = False
        self._reformatter = VideoReformatter()

    def take(self, packet: av.Packet[VideoStream]) -> Iterator[tuple[int, av.VideoFrame]]:
        """(index, frame) in the order of presentation; raises av.FFmpegError where the packet is damaged."""
        if not packet.size:
            yield from self._drain()
            return
        if not packet.is_keyframe and (self.keyframes_only or self._gap):
            if not self._gap:
                yield from self._drain()  # what the decoder still holds comes before the gap
            self._gap = True
            self._index += 1
            return
        self._gap = False
        yield from self._number(self._stream.decode(packet))
        if self.keyframes_only:
            yield from self._drain()  # now, not when the decoder has seen enough to reorder

    def _drain(self) -> Iterator[tuple[int, av.VideoFrame]]:
        yield from self._number(self._stream.decode(None))
        self._stream.codec_context.flush_buffers()

    def _number(self, frames: list[av.VideoFrame]) -> Iterator[tuple[int, av.VideoFrame]]:
        for frame in frames:
            yield self._index, frame
            self._index += 1

    def seconds(self, frame: av.VideoFrame) -> float | None:
        """The frame's own time, from an arbitrary start."""
        base = self._stream.time_base
        return None if frame.pts is None or base is None else float(frame.pts * base)

    def bgr(self, frame: av.VideoFrame) -> U1:
        """(height, width, 3), upright. Threads would cost more than they give: this takes 0.2 ms at 480x360."""
        picture = self._reformatter.reformat(frame, format="bgr24", threads=1).to_ndarray()
        turns = _quarter_turns(frame)
        return np.ascontiguousarray(np.rot90(picture, turns), dtype=np.uint8)


def upright_size(frame: av.VideoFrame) -> tuple[int, int]:
    """Width, height in px once the display matrix is followed."""
    size = frame.width, frame.height
    return size[::-1] if _quarter_turns(frame) % 2 else size


def _quarter_turns(frame: av.VideoFrame) -> int:
    """Counter-clockwise, as both FFmpeg and numpy count."""
    return round(frame.rotation / 90) % 4
