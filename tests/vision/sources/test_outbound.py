"""From where no camera's picture is fetched, however it is written, and whoever leads there."""

from __future__ import annotations

import http.server
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import av
import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.vision.sources import open_source
from tests.outbound_addresses import FINE, LOOPBACK, NEVER, name_server


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What FFmpeg was given; nobody answers. Names are those of `name_server`."""
    found: list[str] = []

    def refuse(url: str, **_: Any) -> None:
        found.append(url)
        raise av.ConnectionRefusedError(111, "refused", url)

    monkeypatch.setattr(socket, "getaddrinfo", name_server)
    monkeypatch.setattr(av, "open", refuse)
    return found


@pytest.mark.parametrize("host", NEVER)
@pytest.mark.parametrize("url", ["rtsp://admin:secret@{}:554/1", "http://{}/video", "https://{}", "rtsps://{}/1"])
def test_nothing_is_fetched_from_there(url: str, host: str, opened: list[str]) -> None:
    with pytest.raises(UnavailableError, match="nothing is fetched from there"):
        open_source("1", url.format(host))
    assert not opened


@pytest.mark.parametrize("host", [*FINE, *LOOPBACK])
def test_cameras_and_programs_on_this_machine_are_opened_by_their_numbers(host: str, opened: list[str]) -> None:
    with pytest.raises(UnavailableError, match="refused"):
        open_source("1", f"rtsp://admin:p@ss:w@{host}:8554/1?a=/@b#c")
    assert opened
    for url in opened:
        assert re.fullmatch(r"rtsp://admin:p@ss:w@([0-9.]+|\[[0-9a-f:.]+\]):8554/1\?a=/@b#c", url)


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://169.254.169.254/@camera.example/",
        "http://169.254.169.254?@camera.example",
        "rtsp://169.254.169.254#@camera.example/",
        "rtsp://camera.example@169.254.169.254/",
    ],
)
def test_the_host_is_what_ffmpeg_takes_for_it(url: str, opened: list[str]) -> None:
    with pytest.raises(UnavailableError, match="nothing is fetched from there"):
        open_source("1", url)
    assert not opened


@pytest.mark.parametrize("url", ["rtsp:///1", "rtsp://[::1/1", "rtsp://a b/1", "rtsp://[]/1", "rtsp://10.0.0.5:x/1"])
def test_what_is_no_address_is_not_opened(url: str, opened: list[str]) -> None:
    with pytest.raises(UnavailableError, match="not a valid address"):
        open_source("1", url)
    assert not opened


def test_a_name_is_looked_up_once(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["10.0.0.5", "169.254.169.254"]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: name_server(answers.pop(0), None))
    with pytest.raises(UnavailableError):
        open_source("1", "http://rebinding.example:81/v")
    assert opened == ["http://10.0.0.5:81/v"]


class Leading(http.server.BaseHTTPRequestHandler):
    """Leads to another place of this server by a redirect or a playlist; it is that place too."""

    asked: list[tuple[str, str]]
    there: str

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        picture = cv2.imencode(".jpg", np.zeros((64, 64, 3), np.uint8))[1].tobytes()
        playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{self.there}\n#EXT-X-ENDLIST\n".encode()
        body = {"/there": picture, "/list.m3u8": playlist}.get(self.path, b"")
        self.send_response(200 if body else 302)
        self.send_header("Location", self.there)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def leading() -> Iterator[http.server.HTTPServer]:
    Leading.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Leading) as server:
        Leading.there = f"http://127.0.0.1:{server.server_port}/there"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/elsewhere", "/list.m3u8"])
def test_nobody_leads_us_on(path: str, leading: http.server.HTTPServer) -> None:
    port = leading.server_port
    with pytest.raises(UnavailableError):
        open_source("1", f"http://localhost:{port}{path}")
    assert Leading.asked == [(path, f"localhost:{port}")]
