"""Real RTSP servers on this machine that show the bench's scenes, in H.264 and in H.265."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from heatmap_gui.bench.camera_clips import FPS, write_clips, write_h265
from heatmap_gui.core.errors import UnavailableError

H265 = "h265"
_TOOL = "rtsp_server.py"
_PYTHON = "/usr/bin/python3"  # the one that the server's libraries are for
_PROBE = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer"
_PACKAGES = "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-{base,good,bad}"
# The same server for the other codec: its delimiters are other bytes, its elements have other names.
_AS_H265 = """
import re, sys, types
sys.path.insert(0, sys.argv.pop(1))
import rtsp_server as server
server.PIPELINE = server.PIPELINE.replace("264", "265")
server.re = types.SimpleNamespace(finditer=lambda _, data: re.finditer(rb"\\x00\\x00\\x00\\x01\\x46\\x01", data))
server.main()
"""


@contextmanager
def rtsp_servers(tools: Path, folder: Path) -> Iterator[dict[str, int]]:
    """Writes the clips into the folder and serves them -> the port of each mount.

    tools: where rtsp_server.py is. Raises UnavailableError where it, or what it needs, is missing.
    """
    tool = tools / _TOOL
    if not tool.is_file():
        raise UnavailableError(f"needs tools/{_TOOL}: --data FOLDER, or HEATMAP_TEST_DATA")
    if not Path(_PYTHON).exists() or subprocess.run([_PYTHON, "-c", _PROBE], capture_output=True).returncode:
        raise UnavailableError(f"no RTSP server: install {_PACKAGES}")
    clips = write_clips(folder)
    other = write_h265(folder)
    with ExitStack() as stack:
        port, other_port = _free_port(), _free_port()
        stack.enter_context(_running([str(tool), str(port), *clips]))
        stack.enter_context(_running(["-c", _AS_H265, str(tools), str(other_port), f"{H265}={other}@{FPS}"]))
        yield {clip.partition("=")[0]: port for clip in clips} | {H265: other_port}


@contextmanager
def _running(arguments: list[str]) -> Iterator[None]:
    with subprocess.Popen([_PYTHON, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != "ready\n":
                raise UnavailableError("the RTSP server does not start")
            yield
        finally:
            process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
