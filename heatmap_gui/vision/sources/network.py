"""Cameras and videos in the network: RTSP over TCP and HTTP, with deadlines. Connecting again is the caller's."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from heatmap_gui.core.errors import DeniedError, UnavailableError
from heatmap_gui.vision.sources.address import Address
from heatmap_gui.vision.sources.clock import StreamClock
from heatmap_gui.vision.sources.files import FileSource
from heatmap_gui.vision.sources.video import OPEN_OPTIONS, VideoSource, upright_size, video_stream

OPEN_DEADLINE_S = 3.0
READ_DEADLINE_S = 4.0  # for a packet, and for a picture once there were some
PICTURE_DEADLINE_S = 30.0  # for a picture where a key frame has to come first: some cameras send few of them
PROBE_S = 0.5  # of video that is looked at for its size before the first frame is delivered
MADE_UP_TIMES = "mpjpeg"  # a camera's pictures over HTTP: FFmpeg numbers them as if they were 25 a second

REASONS: tuple[tuple[type[Exception], str], ...] = (
    (av.HTTPUnauthorizedError, "user or password refused (401); check the credentials"),
    (av.HTTPForbiddenError, "access forbidden (403); check the user's rights"),
    (av.HTTPNotFoundError, "no such stream (404); check the path"),
    (av.ConnectionRefusedError, "connection refused; check that the camera is on, and the port"),
    (av.TimeoutError, "no answer in time; check that the camera is on, and the network"),
    (av.ExitError, "no answer in time; check that the camera is on, and the network"),
    (av.ArgumentError, "not a valid address; write the special characters of a password as %XX"),
    (av.InvalidDataError, "the answer is no video; check the address"),
    (av.EOFError, "the camera closed the connection; check the address, and how many viewers it allows"),
)


class NetworkSource(VideoSource):
    """A live camera. name: its URL without credentials. Raises UnavailableError once it is lost, within a deadline."""

    live = True
    labels: tuple[str, ...] = ()
    truncated = False

    def __init__(self, camera: str, container: InputContainer, name: str, keyframes_only: bool = False) -> None:
        stream = video_stream(container)
        if stream is None:
            raise UnavailableError(f"{name}: no video in this stream; check the path")
        super().__init__(camera, container, stream, keyframes_only)
        self._name = name
        self._clock = StreamClock()
        self._timed = container.format.name != MADE_UP_TIMES
        if not self._timed:
            self.fps = None
        if not all(self.size):  # not said in the session's description: the first picture tells
            self._read_on()
            self.size = upright_size(self._picture(self._ready[0][1]))

    def grab(self) -> tuple[int, float]:
        arrival = self._read_on()
        index, grabbed = self._ready.popleft()
        at = self._clock.stamp(self._own_s(grabbed) if self._timed else None, arrival)
        self._grabbed = index, at, grabbed
        return index, at

    def _read_on(self) -> float:
        """Decodes until a frame is ready; the Unix time by which it had arrived."""
        begun = time.monotonic()
        while not self._ready:
            packet = self._receive()
            own_s = self._own_s(packet)
            if own_s is not None:
                self._clock.observe(own_s, time.time())
            try:
                self._ready.extend(self._decoder.take(packet))
            except av.FFmpegError:
                continue  # damaged on the way, or it refers to what was sent before we came
            if not self._ready:
                self._check_patience(time.monotonic() - begun)
        return time.time()

    def _check_patience(self, waited_s: float) -> None:
        """Raises UnavailableError where data comes, but for too long nothing that can be shown."""
        waiting = self._grabbed is None or self._decoder.awaits_key_frame
        most_s = PICTURE_DEADLINE_S if waiting else READ_DEADLINE_S
        if waited_s > most_s:
            cure = "set a shorter key frame interval" if waiting else "check the network, or restart the camera"
            raise UnavailableError(f"{self._name}: no picture to show for {most_s:.0f} s; {cure}")

    def _receive(self) -> av.Packet[VideoStream]:
        begun = time.monotonic()
        try:
            packet = next(self._packets, None)
        except av.FFmpegError as error:
            raise _error(self._name, error) from None  # its text has the credentials
        if time.monotonic() - begun >= READ_DEADLINE_S:  # FFmpeg hands over what it still held when it gave up
            raise UnavailableError(f"{self._name}: no picture for {READ_DEADLINE_S:.0f} s; check camera and network")
        if packet is None or not packet.size:
            raise UnavailableError(f"{self._name}: the camera ended the stream; check that it is on")
        return packet


def open_network(address: Address) -> FileSource | NetworkSource:
    """A live source, or for a video file on a web server (its length is known) one that reads it as a file."""
    _check_name(address)
    options = OPEN_OPTIONS | {"analyzeduration": f"{PROBE_S * 1e6:.0f}", "fpsprobesize": "0"}
    if address.url.lower().startswith("rtsp"):
        # "timeout" bounds what the interrupt callback behind av's own does not reach, in µs
        options |= {
            "rtsp_transport": "tcp",
            "allowed_media_types": "video",
            "timeout": f"{READ_DEADLINE_S * 1e6:.0f}",
        }
    begun = time.monotonic()
    try:
        container = av.open(address.url, options=options, timeout=(OPEN_DEADLINE_S, READ_DEADLINE_S))
    except av.FFmpegError as error:
        if time.monotonic() - begun >= OPEN_DEADLINE_S:
            reason = f"no answer within {OPEN_DEADLINE_S:.0f} s; check that it is on, and the network"
            raise UnavailableError(f"{address.shown}: {reason}") from None
        raise _error(address.shown, error) from None
    kind = FileSource if container.duration else NetworkSource
    try:
        return kind(address.camera, container, address.shown, address.keyframes_only)
    except BaseException:
        container.close()
        raise


def _check_name(address: Address) -> None:
    """Raises UnavailableError where the host's name is not known: FFmpeg would only say that something went wrong."""
    try:
        host = urlsplit(f"//{address.shown.partition('://')[2]}").hostname
    except ValueError:
        raise UnavailableError(f"{address.shown}: not a valid address; check its brackets") from None
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        reason = f"nobody knows the name {host}; check the address, and the name server (DNS)"
        raise UnavailableError(f"{address.shown}: {reason}") from None


def _error(name: str, error: av.FFmpegError) -> UnavailableError:
    """Why, and what to do. Never the error's own text, which holds the URL with its password."""
    denied = isinstance(error, av.HTTPUnauthorizedError | av.HTTPForbiddenError)
    unknown = f"{(error.strerror or 'cannot be opened').lower()}; check the address and the network"
    reason = next((reason for kind, reason in REASONS if isinstance(error, kind)), unknown)
    return (DeniedError if denied else UnavailableError)(f"{name}: {reason}")
