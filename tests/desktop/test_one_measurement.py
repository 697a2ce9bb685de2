"""One measurement in the console: to its end, stopped, refused; what the wall and the frame say of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.live import LiveView
from heatmap_gui.services.demo import demo_order
from heatmap_gui.services.measurement import Measurement
from heatmap_gui.services.picture_state import Sight
from heatmap_gui.settings import Settings

LONGEST_MS = 120_000


def _order(folder: Path, duration_s: float) -> Measurement:
    return demo_order(Settings(home=folder), duration_s, folder / "out", every_frame=True)


def test_its_pictures_are_on_the_wall_and_its_end_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = window.session
    window.show_screen("live")
    view = window.view("live")
    assert isinstance(view, LiveView)
    seen: set[Sight] = set()
    view.feed.ticked.connect(lambda _: seen.update(tile.state.sight for tile in view.wall.tiles.values()))
    session.measure_once(_order(tmp_path, 1.0))
    qtbot.waitUntil(lambda: session.engine_state == "off", timeout=LONGEST_MS)
    summary = json.loads((tmp_path / "out/summary.json").read_text())
    assert [camera["processed"] for camera in summary["cameras"].values()] == [15] * 3
    assert Sight.LIVE in seen
    assert session.looked_at() is None
    assert view.nothing.title.text() == "Measured to the end"
    assert str(tmp_path / "out") in view.nothing.sentence.text()
    assert view.nothing.action.text() == "Open the report"


def test_stopped_it_leaves_what_was_measured_until_then(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.measure_once(_order(tmp_path, 600.0))
    qtbot.waitUntil(lambda: (session.looked_at() or 0) > 30, timeout=LONGEST_MS)
    assert set(session.camera_states()) == {"1", "2", "3"}
    session.stop_engine()
    qtbot.waitUntil(lambda: session.engine_state == "off", timeout=LONGEST_MS)
    assert json.loads((tmp_path / "out/summary.json").read_text())["partial"] is True
    assert session.measured is None


def test_a_folder_that_cannot_be_is_said(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    session.measure_once(_order(tmp_path, 1.0))
    qtbot.waitUntil(lambda: session.engine_state == "failed", timeout=LONGEST_MS)
    assert "name another one" in session.engine_error


def test_a_bug_is_no_expected_failure(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: seen.append(kind))
    monkeypatch.setattr("heatmap_gui.desktop.one_measurement.measure_demo", lambda *_, **__: 1 / 0)
    session.measure_once(_order(tmp_path, 1.0))
    qtbot.waitUntil(lambda: session.engine_state == "failed", timeout=LONGEST_MS)
    assert seen == [ZeroDivisionError]
