"""Cameras are found and asked for their streams, by a device on loopback that checks who asks."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from heatmap_gui.core.errors import DeniedError, InputError, UnavailableError
from heatmap_gui.services import onvif
from heatmap_gui.services import onvif_messages as messages
from tests.servers import free_port

PASSWORD = "s3cret & <more>"
_STREAMS = {"sub": (640, 360), "main": (1920, 1080)}


class FakeCamera:
    """A device of ONVIF's on loopback. behind: the address that it believes to have."""

    def __init__(self, behind: str = "10.9.8.7") -> None:
        self.clock = datetime.now(UTC) - timedelta(days=900)
        self.raw: bytes | None = None
        self.asked: list[bytes] = []
        camera = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                status, content = camera.answer(self.rfile.read(int(self.headers["Content-Length"])), behind)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/onvif/device_service"

    def answer(self, content: bytes, behind: str) -> tuple[int, bytes]:
        self.asked.append(content)
        if self.raw is not None:
            return 200, self.raw
        root = messages.parse_xml(content)
        if b"GetSystemDateAndTime" in content:
            return 200, self._time()
        if not self._knows(root):
            fault = "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code>ter:NotAuthorized</s:Fault>"
            return 400, messages.request(fault)
        if b"GetCapabilities" in content:
            inner = f'<c xmlns="{messages.SCHEMA}"><Media><XAddr>http://{behind}/onvif/media</XAddr></Media></c>'
            return 200, messages.request(inner)
        if b"GetProfiles" in content:
            return 200, messages.request("".join(_profile(name, *size) for name, size in _STREAMS.items()))
        token = messages.words(root, messages.MEDIA, "ProfileToken")
        uri = f'<Uri xmlns="{messages.SCHEMA}">rtsp://me:pw@{behind}:554/{token}?a=1&amp;b=2</Uri>'
        return 200, messages.request(uri)

    def _time(self) -> bytes:
        c = self.clock
        fields = zip(("Year", "Month", "Day", "Hour", "Minute", "Second"), c.timetuple(), strict=False)
        inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields)
        return messages.request(f'<UTCDateTime xmlns="{messages.SCHEMA}">{inner}</UTCDateTime>')

    def _knows(self, root: object) -> bool:
        texts = {e.tag.rpartition("}")[2]: e.text or "" for e in root.iter()}  # type: ignore[attr-defined]
        if texts.get("Username") != "admin":
            return False
        at = datetime.fromisoformat(texts["Created"])
        proof = base64.b64decode(texts["Nonce"]) + texts["Created"].encode() + PASSWORD.encode()
        fresh = abs(at - self.clock) < timedelta(minutes=1)
        return fresh and base64.b64encode(hashlib.sha1(proof).digest()).decode() == texts["Password"]


def _profile(name: str, width: int, height: int) -> str:
    return (
        f'<Profiles token="{name}" xmlns="{messages.MEDIA}"><Name xmlns="{messages.SCHEMA}">{name} stream</Name>'
        f'<VideoEncoderConfiguration xmlns="{messages.SCHEMA}"><Resolution><Width>{width}</Width>'
        f"<Height>{height}</Height></Resolution></VideoEncoderConfiguration></Profiles>"
    )


@contextmanager
def answering() -> Iterator[FakeCamera]:
    """A device that answers."""
    made = FakeCamera()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def camera() -> Iterator[FakeCamera]:
    with answering() as made:
        yield made


def test_streams_come_largest_first_at_the_host_that_answered(camera: FakeCamera) -> None:
    main, sub = onvif.find_streams(camera.address, "admin", PASSWORD)
    assert main == onvif.Stream("main stream", "rtsp://127.0.0.1:554/main?a=1&b=2", 1920, 1080)
    assert (sub.url, sub.width, sub.height) == ("rtsp://127.0.0.1:554/sub?a=1&b=2", 640, 360)
    assert not any(PASSWORD.encode() in asked for asked in camera.asked)


@pytest.mark.parametrize(("user", "password"), [("admin", "wrong"), ("other", PASSWORD), ("", "")])
def test_a_wrong_password_is_said(camera: FakeCamera, user: str, password: str) -> None:
    with pytest.raises(DeniedError, match=r"127\.0\.0\.1: user or password refused: check both"):
        onvif.find_streams(camera.address, user, password)


def test_a_device_that_is_off_is_said() -> None:
    with pytest.raises(UnavailableError, match="cannot be reached: check that it is on"):
        onvif.find_streams(f"http://127.0.0.1:{free_port()}/onvif/device_service", "admin", "x")


@pytest.mark.parametrize("host", ["", "[", "[::1"])
def test_what_is_no_address_is_said(host: str) -> None:
    with pytest.raises(InputError, match="not an address of a camera"):
        onvif.find_streams(onvif.device_address(host))


BILLION = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'


@pytest.mark.parametrize("content", [BILLION, b"<html><p></html>", b"", b"x" * (2 << 20)])
def test_nonsense_is_refused(camera: FakeCamera, content: bytes) -> None:
    camera.raw = content
    with pytest.raises(UnavailableError, match="check the address"):
        onvif.find_streams(camera.address, "admin", PASSWORD)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    with pytest.raises(InputError, match="document type"):
        messages.parse_xml(BILLION.decode().encode(encoding))


def match(address: str, scopes: str = "") -> bytes:
    return messages.request(
        f'<d:ProbeMatches xmlns:d="{messages.DISCOVERY}"><d:ProbeMatch><d:Scopes>{scopes}</d:Scopes>'
        f"<d:XAddrs>{address}</d:XAddrs></d:ProbeMatch></d:ProbeMatches>"
    )


@contextmanager
def neighbours(*answers: bytes) -> Iterator[tuple[str, int]]:
    """Those who answer a probe."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", 0))
        heard.settimeout(5.0)

        def reply() -> None:
            asked, sender = heard.recvfrom(65_535)
            assert b"NetworkVideoTransmitter" in asked
            for answer in answers:
                heard.sendto(answer, sender)

        thread = threading.Thread(target=reply)
        thread.start()
        yield heard.getsockname()
        thread.join()


def test_devices_are_found_once_each_and_nonsense_is_passed_over() -> None:
    door = match(
        "http://169.254.1.1/onvif http://127.0.0.1/onvif/device_service",
        "onvif://www.onvif.org/name/Door%20cam onvif://www.onvif.org/hardware/X-100",
    )
    answers = (b"\xff\xfe nonsense", door, match("gopher://127.0.0.1/"), door, match("http://10.0.0.9:8000/dev"))
    with neighbours(*answers) as group:
        found = onvif.find_devices(0.5, group)
    assert found == [
        onvif.Device("http://10.0.0.9:8000/dev", "10.0.0.9", ""),
        onvif.Device("http://127.0.0.1/onvif/device_service", "Door cam", "X-100"),
    ]


def test_nobody_answers() -> None:
    assert onvif.find_devices(0.1, ("127.0.0.1", free_port())) == []


def test_a_host_becomes_a_device_service() -> None:
    assert onvif.device_address("10.0.0.9") == "http://10.0.0.9/onvif/device_service"
    assert onvif.device_address("https://cam/x") == "https://cam/x"
