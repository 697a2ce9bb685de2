"""The console with sixteen full HD cameras on its wall, four of them faulty, and what that does to it.

`console_soak FOLDER SECONDS` is the whole program with its engine, in memory instead of on a screen; cameras and
detector are made up, for they are not what is tried. Its last line is one JSON object with the figures.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from unittest.mock import patch

import numpy as np

from heatmap_gui import cli
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import U1, Detections, Frame
from heatmap_gui.resources import resource

CAMERAS, FPS, SIZE = 16, 15.0, (1920, 1080)
HANG, FLAP = ("2", "7"), ("5", "12")
STALL_S = 0.05
_BEAT_MS = 5
_DEPTH = 4
_WARM_UP = 0.2  # of the time
_WINDOW = (1920, 1080)
_PERSON = (120, 360)  # px
_WALKS = (0, 600, 1200)  # px from the left, where somebody begins to walk
_PICTURES = 37  # that come again and again, but none within the two seconds in which a picture would seem frozen
_PICTURES_BYTES = _PICTURES * SIZE[0] * SIZE[1] * 3  # not the console's
_PAGE = os.sysconf("SC_PAGE_SIZE")


def _place(index: int, first: int) -> int:
    """Where somebody is who walks to and fro, px from the left."""
    return first + 250 + round(200 * math.sin(2 * math.pi * index / _PICTURES))


class Camera:
    """A live source. HANG: a library that does not come back in time; FLAP: a network that goes and comes."""

    live, labels, truncated, codec, frames, fps, size = True, (), False, "", None, FPS, SIZE

    def __init__(self, camera: str, pictures: Sequence[U1]) -> None:
        self.camera, self._pictures = camera, pictures
        self._opened, self._index = time.monotonic(), -1

    def grab(self) -> tuple[int, float]:
        self._index += 1
        time.sleep(max(0.0, self._opened + self._index / FPS - time.monotonic()))
        age_s = time.monotonic() - self._opened
        if self.camera in HANG and age_s > 5.0:
            time.sleep(15.0)
        if self.camera in HANG + FLAP and age_s > 5.0:
            raise UnavailableError(f"camera {self.camera}: connection reset; check the cable")
        return self._index, time.time()

    def retrieve(self) -> Frame:
        return Frame(self.camera, self._index, time.time(), self._pictures[self._index % _PICTURES], SIZE)

    def close(self) -> None:
        pass


class Network:
    """Where the cameras are."""

    def __init__(self) -> None:
        coarse = np.random.default_rng(3).integers(30, 200, (54, 96, 3), np.uint8)
        scene = coarse.repeat(20, axis=0).repeat(20, axis=1)
        self._pictures = [self._with_people(scene.copy(), index) for index in range(_PICTURES)]
        self._tries: Counter[str] = Counter()

    def open(self, camera: str, _url: str) -> Camera:
        self._tries[camera] += 1
        if camera in FLAP and self._tries[camera] % 3 == 2:
            raise UnavailableError(f"camera {camera}: no route; check the network")
        return Camera(camera, self._pictures)

    def _with_people(self, picture: U1, index: int) -> U1:
        for first in _WALKS:
            left = _place(index, first)
            picture[500 : 500 + _PERSON[1], left : left + _PERSON[0]] = (first // 8, 40, 6 * index)
        return picture


class Detector:
    """Knows where people are: on a device of its own, which costs nothing here."""

    name, device, precision, labels, batch = "known", "-", "-", ("person",), 16

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        top, bottom = 500.0, 500.0 + _PERSON[1]
        found = []
        for frame in frames:
            lefts = [_place(frame.index, first) for first in _WALKS]
            boxes = np.array([(left, top, left + _PERSON[0], bottom) for left in lefts], np.float32)
            found.append(Detections(boxes, np.full(3, 0.9, np.float32), np.zeros(3, np.int16), self.labels))
        return found

    def close(self) -> None:
        pass


def prepare(home: Path) -> None:
    """A store of these cameras, which look at the demo store's floor from where its three do."""
    folder = home / "calibration_data"
    folder.mkdir(parents=True)
    site = json.loads((resource("calibration_data") / "calibration_demo.json").read_text(encoding="utf-8"))
    site["store"] |= {"name": "soak", "plan_path": str(resource("resources") / "demo" / "plan.png")}
    site["cameras"] = [
        site["cameras"][n % 3] | {"camera_id": n + 1, "name": f"Camera {n + 1}", "rtsp_url": f"rtsp://camera/{n + 1}"}
        for n in range(CAMERAS)
    ]
    (folder / "calibration_soak.json").write_text(json.dumps(site), encoding="utf-8")
    config = {"schedules": {}, "watch": ["soak"], "model": "yolox_tiny", "detection_interval": 1}
    (home / "production_config.json").write_text(json.dumps(config), encoding="utf-8")
    (home / "console.ini").write_text("[General]\nstore=soak\nscreen=live\n", encoding="utf-8")


class Pulse:
    """Beats in the event loop: a beat that is late is a stall, and a thread beside looks where it comes from."""

    def __init__(self) -> None:
        from PyQt6.QtCore import Qt, QTimer

        self.late_ms: Counter[float] = Counter()  # how often so late; a list would grow like a leak
        self.stalls: list[dict[str, object]] = []
        self._thread = threading.get_ident()
        self._ran_s = time.thread_time()
        self._beat_at = time.monotonic()
        self._where: list[str] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)
        self._stopping = threading.Event()
        self._beside = threading.Thread(target=self._look, daemon=True)
        self._beside.start()

    def stop(self) -> None:
        self._timer.stop()
        self._stopping.set()
        self._beside.join()

    def forget(self) -> None:
        """What was until now does not count."""
        self.late_ms.clear()
        self.stalls.clear()

    def _beat(self) -> None:
        now, ran_s = time.monotonic(), time.thread_time()
        late_s = now - self._beat_at - _BEAT_MS / 1e3
        self.late_ms[round(1e3 * late_s, 1)] += 1
        if late_s > STALL_S:
            spans_s = {"ms": late_s, "ran_ms": ran_s - self._ran_s}
            self.stalls.append({k: round(1e3 * span, 1) for k, span in spans_s.items()} | {"where": self._where})
        self._beat_at, self._ran_s, self._where = now, ran_s, []

    def _look(self) -> None:
        while not self._stopping.wait(0.01):
            if time.monotonic() - self._beat_at > STALL_S / 2:
                frame: FrameType | None = sys._current_frames()[self._thread]
                names: list[str] = []
                while frame is not None and len(names) < _DEPTH:  # traceback would read the files, under Python's lock
                    names.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
                    frame = frame.f_back
                self._where.append(" < ".join(names))


class Soak:
    """Looks at the running console once a second, and closes its window at the end."""

    def __init__(self, seconds: float) -> None:
        from PyQt6.QtCore import QTimer

        self.figures: dict[str, object] = {}
        self._seconds, self._pulse = seconds, Pulse()
        self._sizes: list[int] = []
        self._ticks = 0
        self._since = (0.0, 0.0)
        self._looks: dict[str, int] = {}
        self._seen: dict[str, set[str]] = {}
        self._timers = [QTimer() for _ in range(3)]
        for timer, at_s, call in zip(
            self._timers, (1.0, _WARM_UP * seconds, seconds), (self._begin, self._count, self._end), strict=True
        ):
            timer.setSingleShot(True)
            timer.timeout.connect(call)
            timer.start(round(1e3 * at_s))

    def _begin(self) -> None:
        from PyQt6.QtWidgets import QApplication

        from heatmap_gui.desktop.main_window import MainWindow
        from heatmap_gui.desktop.views.live import LiveView

        (self._window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        self._window.resize(*_WINDOW)
        view = self._window.view("live")
        assert isinstance(view, LiveView)
        self._wall = view.wall
        view.feed.ticked.connect(self._tick)

    def _tick(self, _: object) -> None:
        self._ticks += 1
        for camera, tile in self._wall.tiles.items():
            self._seen.setdefault(camera, set()).add(str(tile.state.sight))

    def _count(self) -> None:
        from PyQt6.QtCore import QTimer

        self._pulse.forget()
        self._seen.clear()
        self._ticks, self._since = 0, (time.monotonic(), sum(os.times()[:2]))
        self._looks = self._processed()
        timer = QTimer(self._window)
        timer.timeout.connect(lambda: self._sizes.append(_resident_bytes()))
        timer.start(1000)

    def _processed(self) -> dict[str, int]:
        return {camera: state.processed for camera, state in self._window.session.camera_states().items()}

    def _end(self) -> None:
        self._pulse.stop()
        took_s, cpu_s = time.monotonic() - self._since[0], sum(os.times()[:2]) - self._since[1]
        looks = {camera: count - self._looks.get(camera, 0) for camera, count in self._processed().items()}
        well = [count / took_s for camera, count in looks.items() if camera not in HANG + FLAP]
        tenth = max(1, len(self._sizes) // 10)
        late_ms = sorted(self._pulse.late_ms.elements())
        self.figures = {
            "seconds": round(took_s, 1),
            "stalls": self._pulse.stalls[:20],
            "longest_ms": late_ms[-1],
            "late_ms_p999": late_ms[int(0.999 * len(late_ms))],
            "looks_a_second": round(min(well), 2),
            "ticks_a_second": round(self._ticks / took_s, 2),
            "sights": {camera: sorted(seen) for camera, seen in self._seen.items()},
            "cores": round(cpu_s / took_s, 2),
            "resident_mb": [round(size / 1e6, 1) for size in self._sizes[::tenth]],
            "memory_growth": statistics.median(self._sizes[-tenth:]) / statistics.median(self._sizes[:tenth]) - 1,
        }
        self._window.close()


def _resident_bytes() -> int:
    """Of the console alone."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE - _PICTURES_BYTES


def main(folder: Path, seconds: float, run: Callable[[Sequence[str]], int] = cli.main) -> None:
    prepare(folder)
    os.environ |= {"HEATMAP_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}
    from heatmap_gui.desktop.run import application
    from heatmap_gui.services import engine, inputs

    with patch.object(inputs, "open_source", Network().open), patch.object(engine, "open_detector", Detector):
        app = application()  # kept: it is Qt
        soak = Soak(seconds)
        assert app is not None
        assert run([]) == 0
    print(json.dumps(soak.figures), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
