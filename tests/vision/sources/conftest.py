"""A real RTSP server on this machine, with a clip that every test knows."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.vision.sources.clips import noise, write_clip

PYTHON = "/usr/bin/python3"  # the one that Debian's packages are for
PROBE = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer"
PACKAGES = "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-{base,good,bad}"
FPS, GOP = 10, 5


@dataclass(frozen=True)
class RtspServer:
    process: subprocess.Popen[str]
    port: int

    def url(self, mount: str = "cam") -> str:
        return f"rtsp://someone:secret@127.0.0.1:{self.port}/{mount}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def rtsp_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 frames, then over again: frame i is of grey `level(i)`."""
    path = tmp_path_factory.mktemp("rtsp") / "clip.h264"
    return write_clip(path, [noise(i) for i in range(40)], gop=GOP, form="h264")


@pytest.fixture
def rtsp_server(test_data: Path, rtsp_clip: Path) -> Iterator[RtspServer]:
    ready = Path(PYTHON).exists() and subprocess.run([PYTHON, "-c", PROBE], capture_output=True).returncode == 0
    if not ready:
        reason = f"no RTSP server: install {PACKAGES}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    port = free_port()
    command = [PYTHON, str(test_data / "tools" / "rtsp_server.py"), str(port), f"cam={rtsp_clip}@{FPS}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield RtspServer(process, port)
        finally:
            process.kill()
