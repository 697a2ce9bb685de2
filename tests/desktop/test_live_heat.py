"""The floor's heat over the cameras' pictures: read while it is switched on and looked at, and none that is old."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.grid import Grid
from heatmap_gui.desktop import live_feed
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.live import LiveView
from heatmap_gui.services import camera_heat, heat_query
from heatmap_gui.services.camera_heat import FloorHeat
from heatmap_gui.services.today import Today
from tests.desktop.live_scene import Measured, measure, picture


@dataclass
class Database:
    """Gives the same heat whatever is asked, and notes of how many minutes."""

    heat: FloorHeat
    asked: list[int]
    away: bool = False

    def read(self, _query: object, minutes: int, _now: float) -> FloorHeat:
        self.asked.append(minutes)
        if self.away:
            raise UnavailableError("the database does not answer")
        return self.heat


@dataclass
class Folder:
    """Of the site files."""

    calibration_dir: Path


@dataclass
class App:
    """What a session has of a running engine, as far as it is asked for."""

    database: Database
    settings: Folder
    engine: None = None
    watch: None = None

    def close(self) -> None:
        pass


@pytest.fixture
def database(session: Session, monkeypatch: pytest.MonkeyPatch) -> Database:
    assert session.site is not None
    grid = Grid.of(session.site.floor)
    made = Database(FloorHeat(grid, np.ones(grid.shape), np.zeros(grid.shape, np.bool_), 25.0, "person·s/m²"), [])
    monkeypatch.setattr(camera_heat, "recent_heat", made.read)
    monkeypatch.setattr(heat_query, "HeatQuery", lambda database, site: None)
    monkeypatch.setattr(live_feed, "read_today", lambda database, site, now: Today())
    monkeypatch.setattr(session, "app", App(made, Folder(session.folder)))
    monkeypatch.setattr(session, "looked_at", lambda: None)
    return made


@pytest.fixture
def measured(session: Session, monkeypatch: pytest.MonkeyPatch) -> Measured:
    return measure(session, monkeypatch)


@pytest.fixture
def live(window: MainWindow, measured: Measured, database: Database) -> LiveView:
    window.show_screen("live")
    shown = window.view("live")
    assert isinstance(shown, LiveView)
    show(shown, measured)
    return shown


def show(live: LiveView, measured: Measured) -> None:
    for camera in "123":
        measured.board._shown[camera] = picture(camera, time.time())
    live.feed.tick()


def test_it_lies_over_the_pictures_once_it_is_switched_on(
    qtbot: QtBot, window: MainWindow, live: LiveView, measured: Measured
) -> None:
    assert not live.key.isVisible()
    before = live.wall.grab().toImage()
    live.switches["heat"].click()
    qtbot.waitUntil(lambda: live.wall.tiles["1"].heat is not None)
    show(live, measured)
    tile = live.wall.tiles["1"]
    assert tile.heat is not None
    assert tile.heat.size() == tile.box.size() * live.devicePixelRatioF()
    low = tile.box.center() + (tile.box.bottomLeft() - tile.box.topLeft()) / 4  # the floor, not the horizon
    assert live.wall.grab().toImage().pixelColor(low) != before.pixelColor(low)
    assert live.key.isVisible()
    window.resize(1920, 1400)
    assert live.key.height() <= live.key.sizeHint().height(), "all other room is the wall's"
    assert live.key.ramp.accessibleDescription() == "0 25 person·s/m²"
    live.switches["heat"].click()
    assert live.wall.tiles["1"].heat is None
    assert not live.key.isVisible()


def test_it_fits_a_tile_that_becomes_larger(qtbot: QtBot, live: LiveView, measured: Measured) -> None:
    live.switches["heat"].click()
    qtbot.waitUntil(lambda: live.wall.tiles["1"].heat is not None)
    live.wall.arrange(alone="1")
    live.feed.tick()
    tile = live.wall.tiles["1"]
    wanted = tile.box.size() * live.devicePixelRatioF()
    qtbot.waitUntil(lambda: tile.heat is not None and tile.heat.size() == wanted)


def test_of_how_long_it_is_can_be_chosen_and_is_remembered(qtbot: QtBot, live: LiveView, database: Database) -> None:
    live.switches["heat"].click()
    qtbot.waitUntil(lambda: database.asked == [15])
    live.key.menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: database.asked[-1] == 60)
    assert live.key.time.text() == "Last hour"
    assert live.remembered()["minutes"] == 60
    live.remember({"minutes": "240", "shown": "boxes"})
    assert live.heat.minutes == 240
    assert not live.heat.runs


def test_where_the_database_is_away_nothing_old_is_shown(qtbot: QtBot, live: LiveView, database: Database) -> None:
    live.switches["heat"].click()
    qtbot.waitUntil(lambda: live.wall.tiles["1"].heat is not None)
    database.away = True
    live.heat.look()
    qtbot.waitUntil(lambda: live.wall.tiles["1"].heat is None)
    assert live.key.ramp.accessibleDescription() == ""


def test_nothing_is_read_while_nobody_looks(qtbot: QtBot, live: LiveView, window: MainWindow) -> None:
    live.switches["heat"].click()
    assert live.heat.runs
    window.show_screen("map")
    assert not live.heat.runs
    window.show_screen("live")
    assert live.heat.runs
