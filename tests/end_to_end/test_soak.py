"""Sixteen cameras for ten minutes, and how many at the most: SOAK_S=60 is enough for a try."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.end_to_end.production import rtsp
from tests.end_to_end.watched import FPS, SHARE, event_latencies, percentile_95, plain_looks, watched

pytestmark = pytest.mark.soak
_SOAK_S = float(os.environ.get("SOAK_S", "600"))
_WARM_UP = 0.2  # of it, until caches and pools are as large as they get
_CAMERAS, _MOUNTS = 16, 4
_TRY_S = 15.0
_CLIP_FPS = 10


@pytest.fixture(scope="module")
def urls(test_data: Path, pets_h264: Path) -> Iterator[list[str]]:
    with rtsp(test_data, pets_h264, _CLIP_FPS, _MOUNTS) as addresses:
        yield addresses


Tell = Callable[[Mapping[str, float | str]], None]


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Tell:
    """Prints figures, past pytest's capture: they are what the run is for."""

    def say(figures: Mapping[str, float | str]) -> None:
        rounded = {name: value if isinstance(value, str) else round(value, 3) for name, value in figures.items()}
        with capfd.disabled():
            print(json.dumps(rounded), flush=True)

    return say


def test_sixteen_cameras_leave_room(test_data: Path, tmp_path: Path, urls: list[str], tell: Tell) -> None:
    with watched(test_data, tmp_path, urls, _CAMERAS) as watch:
        assert watch.complete
        time.sleep(_WARM_UP * _SOAK_S)
        since, cpu_s, looks, sizes = time.time(), watch.cpu_s(), watch.frames(), []
        while time.time() < since + (1 - _WARM_UP) * _SOAK_S:
            sizes.append(watch.resident_bytes())
            time.sleep(1.0)
        until = time.time()
        took_s = until - since
        rates = [(count - looks[camera]) / took_s for camera, count in watch.frames().items()]
        cores = (watch.cpu_s() - cpu_s) / took_s
    tenth = max(1, len(sizes) // 10)
    growth = statistics.median(sizes[-tenth:]) / statistics.median(sizes[:tenth]) - 1
    latencies = event_latencies(tmp_path / "home", since, until - 2)
    in_sql_s, delivered_s = (percentile_95(column) for column in zip(*latencies, strict=True))
    figures = {
        "seconds": took_s,
        "cpu_of_two_cores": cores / 2,
        "slowest_camera_share": min(rates) / FPS,
        "events": len(latencies),
        "event_in_sql_p95_s": in_sql_s,
        "event_delivered_p95_s": delivered_s,
        "resident_mb": sizes[-1] / 1e6,
        "memory_growth": growth,
    }
    tell(figures)
    assert figures["slowest_camera_share"] >= SHARE, figures
    assert figures["cpu_of_two_cores"] <= 0.85, figures
    assert figures["event_delivered_p95_s"] <= 1.0, figures
    assert growth < 0.01, figures


def test_it_holds_more_cameras_than_a_plain_loop(test_data: Path, tmp_path: Path, urls: list[str], tell: Tell) -> None:
    def holds(whose: str, rates: list[float], cameras: int) -> bool:
        slowest = min(rates) / FPS if len(rates) == cameras else 0.0
        tell({"whose": whose, "cameras": cameras, "slowest_camera_share": slowest})
        return slowest >= SHARE

    def ours(cameras: int) -> bool:
        with watched(test_data, tmp_path / str(cameras), urls, cameras) as watch:
            return holds("ours", watch.looks(_TRY_S), cameras)

    def plain(cameras: int) -> bool:
        return holds("plain", plain_looks(test_data, urls, cameras, _TRY_S), cameras)

    most = {"plain": _most(plain, 8), "ours": _most(ours, 16)}
    tell(most | {"ratio": most["ours"] / most["plain"]})
    assert most["ours"] > most["plain"], most


def _most(holds: Callable[[int], bool], step: int) -> int:
    """The most cameras that are held, to within a step (0: not even one step's)."""
    good, bad = 0, step
    while holds(bad):
        good, bad = bad, 2 * bad
    while bad - good > step:
        middle = (good + bad) // (2 * step) * step
        good, bad = (middle, bad) if holds(middle) else (good, middle)
    return good
