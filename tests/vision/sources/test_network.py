"""Cameras in the network, against real servers on this machine."""

from __future__ import annotations

import http.server
import signal
import socketserver
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import HeatmapError, UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.vision.sources import network, open_source
from heatmap_gui.vision.sources.files import FileSource
from heatmap_gui.vision.sources.network import NetworkSource
from tests.vision.sources.clips import SIZE, level, noise, plain, write_clip
from tests.vision.sources.conftest import FPS, GOP, RtspServer, free_port

DEADLINE_S = 1.0


@pytest.fixture(autouse=True)
def short_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "OPEN_DEADLINE_S", DEADLINE_S)
    monkeypatch.setattr(network, "READ_DEADLINE_S", DEADLINE_S)


def error_of(url: str) -> HeatmapError:
    with pytest.raises(UnavailableError) as caught:
        open_source("1", url)
    return without_secret(caught.value)


def without_secret(error: HeatmapError) -> HeatmapError:
    assert "secret" not in "".join(traceback.format_exception(error))
    assert "\n" not in error.message
    return error


def until_lost(source: Source) -> HeatmapError:
    begun = time.monotonic()
    with pytest.raises(UnavailableError) as caught:
        while time.monotonic() - begun < 10 * DEADLINE_S:
            source.grab()
    return without_secret(caught.value)


def test_frames_come_at_their_times(rtsp_server: RtspServer) -> None:
    source = open_source("gate", rtsp_server.url())
    assert isinstance(source, NetworkSource)
    assert isinstance(source, Source)
    assert (source.size, source.fps, source.frames, source.live) == (SIZE, FPS, None, True)

    grabbed, lags_s, levels = [], [], []
    for _ in range(25):
        index, at = source.grab()
        grabbed.append((index, at))
        lags_s.append(time.time() - at)
        frame = source.retrieve()
        assert (frame.camera, frame.index, frame.at) == ("gate", index, at)
        assert frame.image is not None
        levels.append(float(frame.image.mean()))
    source.close()

    times = np.array([at for _, at in grabbed])
    assert [index for index, _ in grabbed] == list(range(25))
    assert levels == pytest.approx([level(i) for i in range(25)], abs=3)
    assert (np.diff(times) > 0).all()
    assert -0.01 < min(lags_s) <= max(lags_s) < 1
    assert np.median(np.diff(times[10:])) == pytest.approx(1 / FPS, abs=0.02)


def test_key_frames_alone_then_all_again(rtsp_server: RtspServer) -> None:
    source = open_source("1", rtsp_server.url(), keyframes_only=True)
    assert isinstance(source, NetworkSource)
    idle = [source.grab()[0] for _ in range(3)]
    source.keyframes_only = False
    busy = [source.grab()[0] for _ in range(4)]
    frame = source.retrieve()
    source.close()

    assert idle == [0, GOP, 2 * GOP]
    assert busy == [3 * GOP, 3 * GOP + 1, 3 * GOP + 2, 3 * GOP + 3]
    assert frame.image is not None
    assert frame.image.mean() == pytest.approx(level(3 * GOP + 3), abs=3)


def test_a_frozen_camera_is_lost_within_the_deadline(rtsp_server: RtspServer) -> None:
    source = open_source("1", rtsp_server.url())
    source.grab()
    rtsp_server.process.send_signal(signal.SIGSTOP)
    begun = time.monotonic()
    error = until_lost(source)
    lost_s = time.monotonic() - begun
    begun = time.monotonic()
    source.close()
    closed_s = time.monotonic() - begun

    assert f"127.0.0.1:{rtsp_server.port}" in error.message
    assert lost_s < 3 * DEADLINE_S
    assert closed_s < DEADLINE_S
    assert "no answer within" in error_of(rtsp_server.url()).message


def test_a_camera_that_dies_is_lost_and_can_be_opened_no_more(rtsp_server: RtspServer) -> None:
    source = open_source("1", rtsp_server.url())
    source.grab()
    rtsp_server.process.kill()
    rtsp_server.process.wait()

    assert f"127.0.0.1:{rtsp_server.port}" in until_lost(source).message
    source.close()
    assert "refused" in error_of(rtsp_server.url()).message


def test_a_wrong_path_is_said(rtsp_server: RtspServer) -> None:
    assert "404" in error_of(rtsp_server.url("elsewhere")).message


def test_nobody_at_the_port_is_said() -> None:
    port = free_port()
    for scheme in ("rtsp", "http"):
        error = error_of(f"{scheme}://someone:secret@127.0.0.1:{port}/cam")
        assert error.message.startswith(f"{scheme}://127.0.0.1:{port}/cam: connection refused")


@contextmanager
def serving(
    handler: Callable[..., socketserver.BaseRequestHandler],
) -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class Refusing(socketserver.StreamRequestHandler):
    """An RTSP server that knows no user."""

    def handle(self) -> None:
        while line := self.rfile.readline():
            if line.lower().startswith(b"cseq:"):
                answer = (
                    b'RTSP/1.0 401 Unauthorized\r\n%s\r\nWWW-Authenticate: Basic realm="cam"\r\n\r\n' % line.strip()
                )
                self.wfile.write(answer)


class MotionJpeg(http.server.BaseHTTPRequestHandler):
    """12 pictures, 20 a second, as a camera sends them over HTTP."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=part")
        self.end_headers()
        for number in range(12):
            data = cv2.imencode(".jpg", plain(*[20 * number] * 3))[1].tobytes()
            self.wfile.write(b"--part\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(data) + data)
            self.wfile.write(b"\r\n")
            time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        pass


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_refused_password_is_said() -> None:
    with serving(Refusing) as port:
        assert "401" in error_of(f"rtsp://someone:secret@127.0.0.1:{port}/cam").message


def test_a_video_on_a_web_server_is_a_file(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.mp4", [noise(i) for i in range(15)], container_options={"movflags": "faststart"})
    with serving(partial(QuietFiles, directory=str(tmp_path))) as port:
        source = open_source("1", f"http://127.0.0.1:{port}/clip.mp4")
        assert isinstance(source, FileSource)
        times = []
        while (grabbed := source.grab()) is not None:
            times.append(grabbed[1])
        source.close()
        missing = error_of(f"http://127.0.0.1:{port}/gone.mp4")

    assert times == pytest.approx([i / 10 for i in range(15)])
    assert "404" in missing.message


def test_a_camera_over_http_counts_as_it_arrives() -> None:
    with serving(MotionJpeg) as port:
        source = open_source("1", f"http://127.0.0.1:{port}/video")
        assert isinstance(source, NetworkSource)
        times = [source.grab()[1] for _ in range(5)]
        lag_s = time.time() - times[-1]
        error = until_lost(source)
        source.close()

    assert (source.size, source.fps, source.live) == (SIZE, None, True)
    assert (np.diff(times) > 0).all()
    assert -0.01 < lag_s < 1
    assert f"127.0.0.1:{port}" in error.message
