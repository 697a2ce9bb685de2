"""Services as an operator starts them: real processes, a real Redis, the PETS clip over RTSP, and a receiver."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from av.video.stream import VideoStream

from tests.servers import free_port

ROOT = Path(__file__).parents[2]
_RTSP_PYTHON = "/usr/bin/python3"  # the one that the RTSP server's libraries are for
MODEL = "yolox_nano.onnx"
# production_config.json of the deployment guide, but for hosts, token and address
CONFIG: dict[str, Any] = {
    "schedules": {
        "store_1": {
            "store_name": "store_1",
            "enabled": True,
            "start_time": "09:00",
            "end_time": "22:00",
            "days_of_week": [0, 1, 2, 3, 4, 5, 6],
            "duration_minutes": 60,
            "frame_skip": 1,
            "confidence_threshold": 0.5,
            "export_enabled": True,
            "output_format": "json",
            "webhook_url": "https://api.backend.com/analytics/heatmap",
            "webhook_enabled": True,
            "retry_count": 3,
            "timeout_seconds": 1800,
            "api_token": "your_api_token_here",
        }
    },
    "redis_host": "localhost",
    "redis_port": 6379,
    "redis_db": 0,
    "log_level": "INFO",
    "log_file": "/var/log/traffic-heatmap/production.log",
    "enable_monitoring": True,
    "alert_email": "admin@example.com",
}


def write_h264(clip: Path, target: Path) -> Path:
    """The clip as the RTSP server wants it: access units delimited, no B-frames, a key frame every two seconds."""
    options = {"preset": "fast", "bf": "0", "g": "20", "x264-params": "aud=1:scenecut=0"}
    with av.open(str(clip)) as given, av.open(str(target), "w", format="h264") as made:
        source = given.streams.video[0]
        stream = made.add_stream("libx264", rate=source.average_rate, options=options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = source.width, source.height, "yuv420p"
        for number, frame in enumerate(given.decode(source)):
            frame.pts, frame.pict_type = number, av.video.frame.PictureType.NONE
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return target


@contextmanager
def rtsp(test_data: Path, clip: Path, fps: int, mounts: int = 1) -> Iterator[list[str]]:
    """The clip on so many mounts -> their addresses, with a password in them."""
    port = free_port()
    names = [f"cam{number}" for number in range(1, mounts + 1)]
    command = [_RTSP_PYTHON, str(test_data / "tools" / "rtsp_server.py"), str(port)]
    with subprocess.Popen(
        [*command, *(f"{name}={clip}@{fps}" for name in names)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield [f"rtsp://admin:canary-rtsp-password@127.0.0.1:{port}/{name}" for name in names]
        finally:
            process.kill()


def write_site(test_data: Path, folder: Path, store: str, url: str) -> None:
    """The site of the PETS clip, under another name and with another address."""
    folder.mkdir(exist_ok=True)
    pets = test_data / "data" / "pets09-s2l1"
    site = json.loads((pets / "calibration_pets.json").read_text())
    site["store"] |= {"name": store, "plan_path": str(pets / "plan.png")}
    site["cameras"][0]["rtsp_url"] = url
    (folder / f"calibration_{store}.json").write_text(json.dumps(site))


def checkpoints_each(seconds: float) -> tuple[str, str]:
    """What Python runs: the program, but for how often a job writes down what it has."""
    program = f"""
import functools, sys
sys.path.insert(0, {str(ROOT)!r})
import heatmap_gui.app as app
from heatmap_gui.cli import main
app.MeasureJob = functools.partial(app.MeasureJob, checkpoint_s={seconds})
sys.exit(main())
"""
    return "-c", program


class Service:
    """One process of the program; what it says goes into `log`. program: what Python runs."""

    def __init__(
        self,
        roles: str,
        folder: Path,
        *,
        home: Path,
        instance: str = "",
        program: Sequence[str] = (str(ROOT / "main.py"),),
    ) -> None:
        self.log = folder / f"{roles}{instance}.log"
        environment = dict(os.environ) | {"HEATMAP_HOME": str(home)}
        arguments = ["--service", roles, "--config", "production_config.json"]
        arguments += ["--instance", instance] if instance else []
        arguments += ["--port", "0"]  # of the API, when it is among them: others test at the same time
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *program, *arguments],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    @property
    def ready(self) -> bool:
        """Whether all its loops run. An AssertionError when it has ended."""
        said = self.log.read_text()
        assert self.process.poll() is None, said
        return '"running: ' in said

    def stop(self, budget_s: float = 10.0) -> float:
        """SIGTERM -> seconds until it was gone, its exit status being 0."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(budget_s + 5)
        assert status == 0, self.log.read_text()
        return time.monotonic() - start

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def services(*roles: str, folder: Path, home: Path) -> Iterator[dict[str, Service]]:
    """Processes, one for each; killed at the end if they still run."""
    running = {role: Service(role, folder, home=home) for role in roles}
    try:
        yield running
    finally:
        for service in running.values():
            service.kill()


def heatmap(*arguments: str, folder: Path, home: Path) -> str:
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=folder,
        env=dict(os.environ) | {"HEATMAP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
