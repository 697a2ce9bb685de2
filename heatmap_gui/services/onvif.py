"""Cameras that say who and where they are: found by WS-Discovery, asked for their streams by ONVIF's media service."""

from __future__ import annotations

import re
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit, urlunsplit
from uuid import uuid4
from xml.etree.ElementTree import Element

import requests
from requests.auth import HTTPDigestAuth

from heatmap_gui.core.errors import DeniedError, HeatmapError, InputError, UnavailableError
from heatmap_gui.logs import register_secret
from heatmap_gui.services import onvif_messages as messages

GROUP = ("239.255.255.250", 3702)
SEARCH_S = 3.0
_ANSWER_S = 5.0
_LARGEST = 1 << 20  # bytes of an answer
_MOST_DEVICES = 256
_MOST_PROFILES = 32
_TURN_S = 0.2


@dataclass(frozen=True, slots=True)
class Device:
    """A camera or recorder. address: of its device service (http…)."""

    address: str
    name: str
    hardware: str

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True, slots=True)
class Stream:
    """One of a device's streams. url: without user and password; width, height: px, 0 where it does not say."""

    name: str
    url: str
    width: int
    height: int


def find_devices(
    search_s: float = SEARCH_S, group: tuple[str, int] = GROUP, given_up: Callable[[], bool] = lambda: False
) -> list[Device]:
    """Who answers within so many seconds, by address. Raises UnavailableError where nothing can be sent."""
    found: dict[str, Device] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        asker.bind(("", 0))
        if not _ask_all(asker, group):
            raise UnavailableError("the network cannot be searched: check that this computer is connected to it")
        until = time.monotonic() + search_s
        while (left := until - time.monotonic()) > 0 and len(found) < _MOST_DEVICES and not given_up():
            asker.settimeout(min(left, _TURN_S))
            with suppress(OSError, InputError):
                answer, (host, *_) = asker.recvfrom(65_535)
                for device in _devices(answer, host):
                    found.setdefault(device.address, device)
    return sorted(found.values(), key=lambda device: device.address)


def _ask_all(asker: socket.socket, group: tuple[str, int]) -> bool:
    """On the default way and on each of this computer's addresses: cameras often have a network of their own."""
    own: set[str] = set()
    with suppress(OSError):
        own = {address for address in socket.gethostbyname_ex(socket.gethostname())[2] if address[:4] != "127."}
    message, sent = messages.probe(uuid4()), False
    for address in ("", *sorted(own)):
        with suppress(OSError):
            if address:
                asker.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
            asker.sendto(message, group)
            sent = True
    return sent


def _devices(answer: bytes, host: str) -> Iterable[Device]:
    root = messages.parse_xml(answer)
    for match in root.iter(f"{{{messages.DISCOVERY}}}ProbeMatch"):
        addresses = [a for a in messages.words(match, messages.DISCOVERY, "XAddrs").split() if _is_web(a)]
        if not addresses:
            continue
        scopes = messages.words(match, messages.DISCOVERY, "Scopes").split()
        nearest = next((a for a in addresses if urlsplit(a).hostname == host), addresses[0])
        name = _scope(scopes, "name")
        yield Device(nearest, name or urlsplit(nearest).hostname or "", _scope(scopes, "hardware"))


def _is_web(address: str) -> bool:
    with suppress(ValueError):
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    return False


def _scope(scopes: Iterable[str], kind: str) -> str:
    found = (re.fullmatch(rf"onvif://www\.onvif\.org/{kind}/(.+)", scope) for scope in scopes)
    said = next((match[1] for match in found if match), "")
    return "".join(letter for letter in unquote(said) if letter.isprintable())[:80]


def device_address(text: str) -> str:
    """The device service of a host, or the address of one as it is."""
    return text if _is_web(text) else f"http://{text.strip()}/onvif/device_service"


def find_streams(address: str, user: str = "", password: str = "") -> Sequence[Stream]:
    """The streams of a device, the largest first. address: of its device service.

    Raises InputError for what is no address, DeniedError where user and password are refused, UnavailableError where
    it does not answer as it should.
    """
    if not _is_web(address):
        raise InputError(f"{address}: not an address of a camera: write a host such as 192.168.1.64")
    register_secret(password)
    talk = _Talk(address, user, password)
    with talk.web:
        talk.set_clock()
        capabilities = talk.ask(address, messages.ask_media_address())
        said = capabilities.findtext(f".//{{{messages.SCHEMA}}}Media/{{{messages.SCHEMA}}}XAddr", "").strip()
        media = _at(urlsplit(address).netloc, said) if _is_web(said) else address
        profiles = talk.ask(media, messages.ask_profiles())
        found = [
            _stream(talk, media, profile)
            for profile in list(profiles.iter(f"{{{messages.MEDIA}}}Profiles"))[:_MOST_PROFILES]
        ]
    streams = {stream.url: stream for stream in found if stream.url}
    if not streams:
        raise UnavailableError(f"{talk.host}: it has no video stream: set one up on the camera's own page")
    return sorted(streams.values(), key=lambda stream: -stream.width * stream.height)


def _stream(talk: _Talk, media: str, profile: Element) -> Stream:
    answer = talk.ask(media, messages.ask_stream(profile.get("token", "")))
    uri = messages.words(answer, messages.SCHEMA, "Uri")
    size = profile.find(f".//{{{messages.SCHEMA}}}VideoEncoderConfiguration/{{{messages.SCHEMA}}}Resolution")
    width, height = (_whole(size, side) for side in ("Width", "Height"))
    name = messages.words(profile, messages.SCHEMA, "Name") or profile.get("token", "")
    host = urlsplit(media).hostname or ""
    url = _named(uri, host) if uri.startswith(("rtsp://", "rtsps://", "http://", "https://")) else ""
    return Stream("".join(c for c in name if c.isprintable())[:80], url, width, height)


def _whole(size: Element | None, side: str) -> int:
    said = "" if size is None else messages.words(size, messages.SCHEMA, side)
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _at(place: str, address: str) -> str:
    """The address at the host and port that answered: behind a router a device knows itself by another one."""
    return urlunsplit(urlsplit(address)._replace(netloc=place))


def _named(uri: str, host: str) -> str:
    """A stream at the host that answered, its own port kept, without a login."""
    try:
        parts = urlsplit(uri)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    shown = f"[{host}]" if ":" in host else host
    return urlunsplit(parts._replace(netloc=shown + port))


class _Talk:
    """Questions to one device, by its own clock. web: to be closed."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.host = urlsplit(address).hostname or address
        self.web = requests.Session()
        self.web.trust_env = False  # a camera is in this network: no proxy, and no login out of a .netrc
        self._address, self._user, self._password = address, user, password
        self._ahead = timedelta(0)

    def set_clock(self) -> None:
        """Tokens are dated by the device's clock, which is often wrong; one that does not tell it has ours."""
        try:
            at = messages.device_time(self._post(self._address, messages.request(messages.ask_time())))
        except DeniedError:
            return
        if at is not None:
            self._ahead = at - datetime.now(UTC)

    def ask(self, address: str, body: str) -> Element:
        header = ""
        if self._user:
            now = datetime.now(UTC) + self._ahead
            header = messages.user_token(self._user, self._password, secrets.token_bytes(16), now)
        return self._post(address, messages.request(body, header))

    def _post(self, address: str, content: bytes) -> Element:
        auth = HTTPDigestAuth(self._user, self._password) if self._user else None
        kind = {"Content-Type": "application/soap+xml; charset=utf-8"}
        try:
            with self.web.post(
                address, content, headers=kind, auth=auth, timeout=_ANSWER_S, allow_redirects=False, stream=True,
                verify=False,  # cameras sign their certificates themselves; the password is not sent
            ) as answer:  # fmt: skip
                status, said = answer.status_code, self._read(answer)
        except requests.Timeout:
            raise self._error(f"no answer within {_ANSWER_S:.0f} s: check that it is on, and the address") from None
        except requests.RequestException:
            raise self._error("cannot be reached: check that it is on, the address, and the network") from None
        denied = status in (401, 403) or (status >= 400 and b"NotAuthorized" in said)
        if denied:
            raise DeniedError(
                f"{self.host}: user or password refused: check both; many cameras have a user of their own for ONVIF"
            )
        if status != 200:
            raise self._error(f"it answers {status}: switch ONVIF on in the camera, or give the stream's address")
        try:
            return messages.parse_xml(said)
        except HeatmapError:
            raise self._error("what answers is no ONVIF device: check the address") from None

    def _read(self, answer: requests.Response) -> bytes:
        """At most so much, and not for ever: a device may answer a byte at a time."""
        until, parts, size = time.monotonic() + _ANSWER_S, [], 0
        for part in answer.iter_content(16_384):
            parts.append(part)
            size += len(part)
            if size > _LARGEST or time.monotonic() > until:
                raise self._error("its answer does not end: check the address")
        return b"".join(parts)

    def _error(self, words: str) -> UnavailableError:
        return UnavailableError(f"{self.host}: {words}")
