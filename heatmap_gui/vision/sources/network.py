"""Cameras and videos in the network: RTSP over TCP and HTTP, with deadlines. Connecting again is the caller's."""

from __future__ import annotations

import re
import socket
import time

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from heatmap_gui.core.errors import DeniedError, UnavailableError
from heatmap_gui.core.outbound import refusal
from heatmap_gui.vision.sources.address import Address
from heatmap_gui.vision.sources.clock import StreamClock
from heatmap_gui.vision.sources.files import FileSource
from heatmap_gui.vision.sources.video import OPEN_OPTIONS, VideoSource, upright_size, video_stream

OPEN_DEADLINE_S = 3.0
READ_DEADLINE_S = 4.0  # for a packet, and for a picture once there were some
PICTURE_DEADLINE_S = 30.0  # for a picture where a key frame has to come first: some cameras send few of them
PROBE_S = 0.5  # of video that is looked at for its size before the first frame is delivered
MADE_UP_TIMES = "mpjpeg"  # a camera's pictures over HTTP: FFmpeg numbers them as if they were 25 a second

PLAIN_FORMATS = (  # that hold their pictures themselves: no playlists, which would name other addresses
    "mpjpeg,mjpeg,jpeg_pipe,png_pipe,bmp_pipe,webp_pipe,image2,image2pipe,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,"
    "mpeg,mpegvideo,avi,flv,asf,h264,hevc,m4v,ogg,gif"
)
_TLS = ("https", "rtsps")
_AUTHORITY = re.compile(  # as FFmpeg's av_url_split divides it
    r"(?P<scheme>[A-Za-z]+)://(?P<login>(?:[^/?#]*@)?)(?P<host>\[(?P<ipv6>[^/?#@\]\s]+)\]|(?P<name>[^/?#@:\[\]\s]+))"
    r"(?P<port>(?::\d*)?)(?P<rest>[/?#].*|)",
    re.DOTALL,
)

REASONS: tuple[tuple[type[Exception], str], ...] = (
    (av.HTTPUnauthorizedError, "user or password refused (401); check the credentials"),
    (av.HTTPForbiddenError, "access forbidden (403); check the user's rights"),
    (av.HTTPNotFoundError, "no such stream (404); check the path"),
    (av.ConnectionRefusedError, "connection refused; check that the camera is on, and the port"),
    (av.TimeoutError, "no answer in time; check that the camera is on, and the network"),
    (av.ExitError, "no answer in time; check that the camera is on, and the network"),
    (av.ArgumentError, "not a valid address (write the special characters of a password as %XX), or a playlist"),
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
    container = _opened(address)
    kind = FileSource if container.duration else NetworkSource
    try:
        return kind(address.camera, container, address.shown, address.keyframes_only)
    except BaseException:
        container.close()
        raise


def _opened(address: Address) -> InputContainer:
    """By the first of its addresses that takes a connection."""
    begun = time.monotonic()
    host, urls = checked_ways(address)
    for url in urls:
        try:
            return av.open(url, options=_options(url, host), timeout=(OPEN_DEADLINE_S, READ_DEADLINE_S))
        except av.FFmpegError as error:
            if time.monotonic() - begun >= OPEN_DEADLINE_S:
                reason = f"no answer within {OPEN_DEADLINE_S:.0f} s; check that it is on, and the network"
                raise UnavailableError(f"{address.shown}: {reason}") from None
            failure = _error(address.shown, error)
            if not isinstance(error, av.ConnectionRefusedError):
                break
    raise failure


def _options(url: str, host: str) -> dict[str, str]:
    """FFmpeg's, which neither follows where it is led nor opens what a playlist names."""
    options = OPEN_OPTIONS | {"analyzeduration": f"{PROBE_S * 1e6:.0f}", "fpsprobesize": "0"}
    if url.lower().startswith("rtsp"):
        # "timeout" bounds what the interrupt callback behind av's own does not reach, in µs
        return options | {
            "rtsp_transport": "tcp",
            "allowed_media_types": "video",
            "timeout": f"{READ_DEADLINE_S * 1e6:.0f}",
        }
    return options | {
        "max_redirects": "0",
        "protocol_whitelist": "http,https,tcp,tls",
        "format_whitelist": PLAIN_FORMATS,
        "headers": f"Host: {host}\r\n",
        "http_proxy": "",
    }


def checked_ways(address: Address) -> tuple[str, list[str]]:
    """The host as it is written, with its port; and the URL with each of its addresses that may be asked in its place.

    Over TLS, which needs the name, the URL stays, and all addresses of the name have to be such. What is the host, is
    what FFmpeg takes for it. Raises UnavailableError where there is none.
    """
    found = _AUTHORITY.fullmatch(address.url)
    if found is None:
        raise UnavailableError(f"{address.shown}: not a valid address; check its host, and the brackets of an IPv6 one")
    host = found["name"] or found["ipv6"]
    try:
        known = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        reason = f"nobody knows the name {host}; check the address, and the name server (DNS)"
        raise UnavailableError(f"{address.shown}: {reason}") from None
    places = list(dict.fromkeys(str(target[0]) for *_, target in known))
    refused = {place: why for place in places if (why := refusal(place, loopback=True))}
    allowed = [place for place in places if place not in refused]
    by_name = found["scheme"].lower() in _TLS
    if not allowed or (refused and by_name):
        place, why = next(iter(refused.items()))
        raise UnavailableError(f"{address.shown}: nothing is fetched from there: {place} is {why}")
    written = f"{found['host']}{found['port']}"
    if by_name:
        return written, [address.url]
    shown = (f"[{place}]" if ":" in place else place for place in allowed)
    return written, [f"{found['scheme']}://{found['login']}{one}{found['port']}{found['rest']}" for one in shown]


def _error(name: str, error: av.FFmpegError) -> UnavailableError:
    """Why, and what to do. Never the error's own text, which holds the URL with its password."""
    denied = isinstance(error, av.HTTPUnauthorizedError | av.HTTPForbiddenError)
    unknown = f"{(error.strerror or 'cannot be opened').lower()}; check the address and the network"
    reason = next((reason for kind, reason in REASONS if isinstance(error, kind)), unknown)
    return (DeniedError if denied else UnavailableError)(f"{name}: {reason}")
