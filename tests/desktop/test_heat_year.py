"""A year of 16 cameras: opened, dragged through and played, while the window stays alive."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QDate, QTimer
from pytestqt.qtbot import QtBot

from heatmap_gui.bench import years
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.heat import HeatView
from heatmap_gui.services.heat_query import HeatQuery
from heatmap_gui.store.database import open_database

pytestmark = pytest.mark.soak
LONGEST_MS = 120_000
STALL_S, ANSWER_S, MEMORY_BYTES = 0.05, 0.3, 1 << 30
STEPS = 60


@pytest.fixture
def year(qtbot: QtBot, session: Session) -> Session:
    """A store with a year behind it, added up as a service that runs does it."""
    cameras = [{"camera_id": number, "name": f"Camera {number}", "rtsp_url": "rtsp://none"} for number in range(16)]
    floor, site = years.SITE.floor, years.SITE
    store = {
        "name": site.name, "plan_width": floor.width_px, "plan_height": floor.height_px,
        "metres_per_pixel": floor.metres_per_pixel, "timezone": site.timezone,
    }  # fmt: skip
    session.create_store(site.name, {"metadata": {"version": "2.0"}, "store": store, "cameras": cameras})
    qtbot.waitUntil(lambda: session.site is not None and session.site.name == site.name, timeout=LONGEST_MS)
    database = open_database("", session.home)
    years.fill(database)
    assert session.site is not None
    HeatQuery(database, session.site).keep_up(years.START + 400 * 86_400)
    database.close()
    gc.freeze()  # as a session does that measures
    return session


class Pulse:
    """How long the window was without a beat, at the most, and how long it computed between two."""

    def __init__(self) -> None:
        self.longest_s = self.busiest_s = 0.0
        self._at, self._cpu = time.perf_counter(), time.thread_time()
        self.timer = QTimer()
        self.timer.timeout.connect(self._beat)
        self.timer.start(5)

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.longest_s, self._at = max(self.longest_s, now - self._at), now
        self.busiest_s, self._cpu = max(self.busiest_s, cpu - self._cpu), cpu


@pytest.fixture
def pulse() -> Iterator[Pulse]:
    made = Pulse()
    yield made
    made.timer.stop()


def test_a_year_scrolls_without_a_stutter(
    year: Session, qtbot: QtBot, pulse: Pulse, capfd: pytest.CaptureFixture[str]
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    view = HeatView(year)
    qtbot.addWidget(view)
    view.resize(1208, 700)
    view.show()
    view.enter()
    answered(qtbot, view)
    pulse.longest_s = pulse.busiest_s = 0.0
    took = [timed(qtbot, view, lambda: view.times.choose_days(QDate(2025, 1, 1), QDate(2025, 12, 31)))]
    qtbot.waitUntil(lambda: view.times.bar.knows_people, timeout=LONGEST_MS)
    bar, zone = view.times.bar, view.times.zone
    assert len(bar.edges) == years.DAYS + 1
    for step in range(STEPS):  # four weeks, dragged through the year
        first = midnight(years.START, zone, 5 * step)
        took.append(timed(qtbot, view, lambda at=first: drag_to(view, at, midnight(at, zone, 28))))
    view.times.play_button.click()
    qtbot.wait(5000)
    view.times.play_button.click()
    answered(qtbot, view)
    view.leave()
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10) - before
    took.sort()
    figures = {"answers_ms": [round(1000 * took[len(took) // 2]), round(1000 * took[-1])],
               "longest_stall_ms": round(1000 * pulse.longest_s), "computed_ms": round(1000 * pulse.busiest_s),
               "memory_mb": more >> 20}  # fmt: skip
    with capfd.disabled():
        print(figures)
    assert took[-1] <= ANSWER_S
    assert pulse.longest_s <= STALL_S
    assert more <= MEMORY_BYTES


def timed(qtbot: QtBot, view: HeatView, ask: object) -> float:
    """From a gesture to its picture, s."""
    assert callable(ask)
    begun = time.perf_counter()
    ask()
    answered(qtbot, view)
    return time.perf_counter() - begun


def drag_to(view: HeatView, start: float, end: float) -> None:
    view.times.bar.show_span(start, end)
    view.times.bar.chosen.emit(start, end)


def answered(qtbot: QtBot, view: HeatView) -> None:
    qtbot.waitUntil(lambda: not view.times._busy(), timeout=LONGEST_MS)
