"""Video files and GIFs: every frame at its own time, read as far as the file goes."""

from __future__ import annotations

import math
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from heatmap_gui.core.errors import InputError
from heatmap_gui.vision.sources.address import Address
from heatmap_gui.vision.sources.video import OPEN_OPTIONS, Grabbed, VideoSource, upright_size, video_stream

USUAL_FPS = 25.0  # of frames without times in a file that names no rate
SHORTFALL_S = 1.0  # this much less than the container promised (and two frames) is a cut, not rounding
PROMISING_FORMATS = ("mov,", "matroska,", "avi")  # of others FFmpeg estimates the length from what is there


class FileSource(VideoSource):
    """A video of known length. `truncated` is True once it turned out to end early or to be damaged in part.

    name: the path as given, for messages. frames: as the container counts, else from its duration.
    Raises InputError where no frame can be read.
    """

    live = False
    labels: tuple[str, ...] = ()

    def __init__(self, camera: str, container: InputContainer, name: str, keyframes_only: bool = False) -> None:
        stream = video_stream(container)
        if stream is None:
            raise InputError(f"{name}: no video in it; give a video, a GIF or a folder of images")
        super().__init__(camera, container, stream, keyframes_only)
        self.truncated = False
        self._origin_s: float | None = None
        self._interval_s = 1 / (self.fps or USUAL_FPS)
        self._promised_s = _promised_s(container, stream)
        self._first_packet_s, self._last_packet_s = math.inf, -math.inf
        self._read_on()
        if not self._ready:
            raise InputError(f"{name}: no frame of it can be decoded; it is damaged or cut off, copy it again")
        index, grabbed = self._ready.popleft()
        first = self._picture(grabbed)
        self._ready.appendleft((index, first))
        self.size = upright_size(first)
        self.frames = stream.frames or round(self._promised_s / self._interval_s) or None

    def grab(self) -> tuple[int, float] | None:
        self._read_on()
        if not self._ready:
            return None
        index, grabbed = self._ready.popleft()
        t_s = self._media_time_s(index, grabbed)
        self._grabbed = index, t_s, grabbed
        return index, t_s

    def _read_on(self) -> None:
        """Decodes until a frame is ready or the file is over."""
        while not self._ready:
            try:
                packet = next(self._packets, None)
            except av.FFmpegError:
                self.truncated = True
                return
            if packet is None:
                missing_s = self._promised_s - (self._last_packet_s - self._first_packet_s)
                cut = self._promised_s > 0 and missing_s > SHORTFALL_S + 2 * self._interval_s
                self.truncated = self.truncated or cut
                return
            self._decode(packet)

    def _decode(self, packet: av.Packet[VideoStream]) -> None:
        if (start_s := self._own_s(packet)) is not None:
            self._first_packet_s = min(self._first_packet_s, start_s)
            self._last_packet_s = max(self._last_packet_s, start_s + float((packet.duration or 0) * self._tick))
        try:
            self._ready.extend(self._decoder.take(packet))
        except av.FFmpegError:  # before the first frame it is a recording that starts amid a group of pictures
            self.truncated = self.truncated or self._grabbed is not None

    def _media_time_s(self, index: int, grabbed: Grabbed) -> float:
        """Seconds since the first frame; rises even where a recording's own times are missing or jump back."""
        own_s = self._own_s(grabbed)
        if self._grabbed is None:
            nominal_s = index * self._interval_s
        else:
            nominal_s = self._grabbed[1] + (index - self._grabbed[0]) * self._interval_s
        if own_s is None:
            return nominal_s
        behind = self._grabbed is not None and self._origin_s is not None and own_s - self._origin_s <= self._grabbed[1]
        if self._origin_s is None or behind:
            self._origin_s = own_s - nominal_s
        return own_s - self._origin_s


def open_file(address: Address) -> FileSource:
    path = Path(address.url)
    container = _open(path)
    try:
        source = FileSource(address.camera, container, str(path), address.keyframes_only)
        source.truncated |= _unfinished_gif(container, path)
    except BaseException:
        container.close()
        raise
    return source


def _open(path: Path) -> InputContainer:
    try:
        with path.open("rb") as file:
            head = file.read(12)
        if not head:
            raise InputError(f"{path}: the file is empty; copy it again")
        return av.open(str(path), options=OPEN_OPTIONS)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'cannot be read'}; check the file and its permissions") from error
    except av.FFmpegError as error:
        if head[4:8] == b"ftyp":
            raise InputError(f"{path}: cut off, its index (moov) is missing; copy or record it again") from error
        raise InputError(f"{path}: not a video that can be read; give a video, a GIF or a folder of images") from error


def _promised_s(container: InputContainer, stream: VideoStream) -> float:
    """The video's duration as the container's header says it, 0 where it says nothing."""
    if not container.format.name.startswith(PROMISING_FORMATS):
        return 0.0
    counted_s = float(stream.frames / stream.average_rate) if stream.average_rate else 0.0
    if stream.duration and stream.time_base:
        return max(counted_s, float(stream.duration * stream.time_base))
    tag = stream.metadata.get("DURATION", "").split(":")  # Matroska's length of this track: 00:00:20.100000000
    if len(tag) == 3:
        return int(tag[0]) * 3600 + int(tag[1]) * 60 + float(tag[2])
    return max(counted_s, (container.duration or 0) / av.time_base)


def _unfinished_gif(container: InputContainer, path: Path) -> bool:
    """True for a GIF without its trailer, which FFmpeg reads without a word."""
    if container.format.name != "gif":
        return False
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 64))
        return not file.read().rstrip(b"\0\r\n").endswith(b";")
