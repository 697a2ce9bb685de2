"""The heat map as an operator uses it: look, drag time, compare, save."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QAction, QColor
from PyQt6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.types import PERSON, Bucket, Points
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.heat import HeatView
from heatmap_gui.services.board import Board
from heatmap_gui.store import history
from heatmap_gui.store.database import open_database
from heatmap_gui.store.tables import site_revisions

LONGEST_MS = 20_000
HOUR = 3600.0


@pytest.fixture
def home(session: Session, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEATMAP_HOME", str(session.home))
    return session.home


@pytest.fixture
def measured(session: Session, home: Path) -> Path:
    _measure(session, home)
    return home


def _measure(session: Session, home: Path) -> None:
    """Two days of the demo store: people stand at (5, 9) m, half as many the week before; nobody looks beyond 16 m."""
    site = session.site
    assert site is not None
    grid = Grid.of(site.floor)
    today = midnight(time.time(), ZoneInfo(site.timezone))
    left = np.zeros(grid.shape, np.bool_)
    left[:, :64] = True
    database = open_database("", home)
    for day, people in ((-1, 10), (-8, 5)):
        start = midnight(today, ZoneInfo(site.timezone), day) + 9 * HOUR
        heat = Heatmap(grid, None, {"1": left})
        points = _stays(start, people)
        heat.add(points)
        for at in np.arange(start, start + 9 * HOUR, 60.0):
            heat.expose(float(at), {"1": 60.0})
        bucket = Bucket("plan", points, (), (), (), tuple(heat.take_tiles()), {"1": 9 * HOUR})
        with database.write() as connection:
            if day == -1:
                row = {"hash": "h", "store_name": site.name, "created_at": 0, "document": "{}"}
                connection.execute(insert(site_revisions).values(row))
            run = history.start_run(
                connection, site.name, None, "h", start, {"cameras": {"plan": ["1"]}}, {"plan": grid}
            )
            history.write(connection, run, 0, [bucket])
    database.close()


def _stays(start: float, people: int) -> Points:
    """Each hour so many people stand for 60 s at (5, 9) m."""
    stays = np.array([start + hour * HOUR + 90.0 * person for hour in range(9) for person in range(people)])
    at = (stays[:, None] + np.arange(60.0)).ravel()
    ids = np.repeat(np.arange(1, len(stays) + 1), 60)
    n, zeros = len(at), np.zeros(len(at))
    order = np.argsort(at, kind="stable")
    return Points(
        at[order], ids[order], np.full(n, 5.0), np.full(n, 9.0), zeros, zeros, zeros, np.ones(n),
        np.zeros(n, np.int16), np.ones(n, np.uint64), np.zeros(n, np.bool_), (PERSON,),
    )  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot, session: Session, home: Path) -> Iterator[HeatView]:
    made = HeatView(session)
    qtbot.addWidget(made)
    made.resize(1208, 700)
    made.show()
    made.enter()
    yield made
    made.leave()


def figure(view: HeatView) -> int:
    """The large number, however the language groups its digits."""
    return int("".join(c for c in view.side.figure.text() if c.isdigit()))


def answered(qtbot: QtBot, view: HeatView) -> None:
    qtbot.waitUntil(lambda: not view.times._busy(), timeout=LONGEST_MS)


def yesterday(qtbot: QtBot, view: HeatView) -> None:
    answered(qtbot, view)
    _press(qtbot, view, "Time range: Yesterday")
    answered(qtbot, view)


def _press(qtbot: QtBot, view: HeatView, name: str) -> None:
    (found,) = (b for b in view.findChildren(QAbstractButton) if b.accessibleName() == name)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def _drag(qtbot: QtBot, view: HeatView, start: float, end: float) -> None:
    """From one time to another."""
    bar = view.times.bar
    first, last = (QPoint(round(bar.x_of(at)), bar.height() // 2) for at in (start, end))
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(bar, last)
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=last)


def test_a_store_that_was_never_measured_says_what_to_do(qtbot: QtBot, view: HeatView) -> None:
    answered(qtbot, view)
    assert view.empty.isVisible()
    assert view.empty.action.text() == "Measure now"
    assert not view.export.button.isEnabled()


def test_what_is_measured_meanwhile_appears_by_itself(
    qtbot: QtBot, view: HeatView, session: Session, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heatmap_gui.desktop.views.heat._EMPTY_MS", 20)
    answered(qtbot, view)
    assert session.site is not None
    board = Board(session.site)
    monkeypatch.setattr(session, "board", lambda store=None: board)
    view.ask()
    answered(qtbot, view)
    assert view.empty.isVisible()
    assert not view.empty.action.isVisible(), "it is measured already"
    _measure(session, home)
    qtbot.waitUntil(lambda: not view.empty.isVisible(), timeout=LONGEST_MS)


def test_a_range_without_measurements_leads_to_those_that_there_are(
    measured: Path, qtbot: QtBot, view: HeatView
) -> None:
    answered(qtbot, view)
    assert view.banner.isVisible()
    assert view.side.figure.text() == "\u2013", "unknown is not 0"
    view.banner.acted.emit()
    answered(qtbot, view)
    assert not view.banner.isVisible()
    assert figure(view) == 5400


def test_what_the_range_adds_up_to_stands_beside_it(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    assert figure(view) == 5400
    assert view.side.people.text() == "90"
    assert view.side.observed.text() == "164 of 198 m² (83 %)"
    assert "%" in view.side.holds.text()


def test_the_value_under_the_pointer_is_told_with_its_place(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    told: list[float] = []
    view.canvas.pointed.connect(told.append)

    def over_them() -> bool:
        qtbot.mouseMove(view.canvas, view.canvas.to_window(250, 450).toPoint())
        return bool(told) and told[-1] > 0.2

    qtbot.waitUntil(over_them, timeout=LONGEST_MS)
    picture = view.canvas.heat
    assert picture is not None
    words = view.canvas.words_at(QPointF(250, 450))
    assert words[0].endswith("person·s/m²")
    assert words[1].startswith("x 5.00")
    assert view.canvas.words_at(QPointF(900, 450))[0] == "Not observed"


def test_time_is_dragged_and_only_what_is_new_is_read(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    bar = view.times.bar
    nine, twelve = (bar.edges[0] + hours * HOUR for hours in (9, 12))
    _drag(qtbot, view, bar.edges[0], nine)
    assert bar.span[0] == pytest.approx(nine, abs=600)
    _drag(qtbot, view, bar.edges[-1], twelve)
    answered(qtbot, view)
    assert figure(view) == 1800
    qtbot.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    answered(qtbot, view)
    assert bar.span[0] == pytest.approx(twelve, abs=600)
    qtbot.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
    answered(qtbot, view)
    assert figure(view) == 5400


def test_hours_of_the_week_are_painted(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    hours = view.times.hours
    hours.choose(frozenset())
    answered(qtbot, view)
    assert view.side.figure.text() == "\u2013"
    for start, end in ((9, 24 * 6 + 9), (10, 24 * 6 + 10)):
        qtbot.mousePress(hours, Qt.MouseButton.LeftButton, pos=hours.place_of(start).toPoint())
        for hour in range(start, end + 1, 24):
            qtbot.mouseMove(hours, hours.place_of(hour).toPoint())
        qtbot.mouseRelease(hours, Qt.MouseButton.LeftButton, pos=hours.place_of(end).toPoint())
    answered(qtbot, view)
    assert len(hours.hours) == 14
    assert figure(view) == 1200
    assert view.times.hours_button.text().endswith("14 of 168")


def test_every_kind_has_its_own_fixed_scale_and_unit(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    seen = {}
    for name in ("Presence", "Visits", "Mean dwell", "Stops", "Speed", "Flow"):
        _press(qtbot, view, f"What is shown: {name}")
        answered(qtbot, view)
        seen[name] = view.side.unit.text()
    assert seen["Mean dwell"] == "s"
    assert seen["Flow"] == "m/s"
    _press(qtbot, view, "What is shown: Presence")
    answered(qtbot, view)
    full = view.side.full.value()
    view.side.full.setValue(4000)
    answered(qtbot, view)
    bar = view.times.bar
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    answered(qtbot, view)
    assert view.side.full.value() == 4000, "the scale stays the same"
    view.side.fit.click()
    answered(qtbot, view)
    assert view.side.full.value() == full


def test_two_days_are_compared_and_what_is_chance_is_said(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    _press(qtbot, view, "One range or two: Compare")
    answered(qtbot, view)
    assert view.side.change.text() == "+100\u202f%"
    picture = view.canvas.heat
    assert picture is not None
    assert picture.difference is not None
    cell = picture.cell_at(250, 450)
    assert cell is not None
    assert picture.difference.significant[cell]
    assert view.canvas.words_at(QPointF(250, 450))[2].startswith("A ")
    assert view.canvas.words_at(QPointF(250, 450))[3].startswith("Clear: 95 %")


def test_the_bar_keeps_its_people_whatever_is_chosen_beside_it(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    qtbot.waitUntil(lambda: view.times.bar.knows_people, timeout=LONGEST_MS)
    for name in ("Time range: Yesterday", "What is shown: Flow", "Time range: 7 days"):
        _press(qtbot, view, name)
        answered(qtbot, view)
        qtbot.waitUntil(lambda: view.times.bar.knows_people, timeout=LONGEST_MS)


def test_playback_moves_the_window_and_stops_at_the_end(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    bar = view.times.bar
    view.times.play_button.click()
    first = bar.span
    assert first[1] - first[0] == 900
    qtbot.waitUntil(lambda: bar.span != first, timeout=LONGEST_MS)
    assert bar.span[1] - bar.span[0] == 900
    bar.show_span(bar.edges[-4], bar.edges[-1])
    qtbot.waitUntil(lambda: not view.times.play_button.isChecked(), timeout=LONGEST_MS)


def test_files_have_the_numbers_of_the_screen(measured: Path, qtbot: QtBot, view: HeatView, tmp_path: Path) -> None:
    yesterday(qtbot, view)
    heat = view.answer.heat if view.answer else None
    assert heat is not None
    for form in ("npz", "csv", "png"):
        path = tmp_path / f"heat.{form}"
        view.export.save(path)
        qtbot.waitUntil(path.exists, timeout=LONGEST_MS)
    with np.load(tmp_path / "heat.npz") as arrays:
        for name, layer in heat.arrays().items():
            np.testing.assert_array_equal(arrays[name], layer)
    text = (tmp_path / "heat.csv").read_text().splitlines()
    assert text[0] == "x_m,y_m,presence_s,visits,stops,vx,vy,exposure_s"
    assert sum(float(line.split(",")[2]) for line in text[1:]) == pytest.approx(5400)
    qtbot.waitUntil(lambda: view.banner.isVisible(), timeout=LONGEST_MS)


def test_a_comparison_is_saved_as_a_picture_and_as_numbers(
    measured: Path, qtbot: QtBot, view: HeatView, tmp_path: Path
) -> None:
    yesterday(qtbot, view)
    view.modes.choose("two")
    view.modes.chosen.emit("two")
    answered(qtbot, view)
    picture = view.answer.picture if view.answer else None
    assert picture is not None
    assert picture.difference is not None
    for form in ("png", "npz"):
        view.export.save(tmp_path / f"difference.{form}")
        qtbot.waitUntil((tmp_path / f"difference.{form}").exists, timeout=LONGEST_MS)
    with np.load(tmp_path / "difference.npz") as arrays:
        np.testing.assert_array_equal(arrays["b"], picture.difference.b.astype(np.float32))
    assert (tmp_path / "difference.png").stat().st_size > 10_000
    qtbot.waitUntil(lambda: view.banner.isVisible(), timeout=LONGEST_MS)


def test_percentiles_are_of_the_range_whatever_full_colour_is(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    for scale, on in (("percentile", False), ("log", True)):
        view.side.scale.choose(scale)
        view.side.scale.chosen.emit(scale)
        answered(qtbot, view)
        assert view.side.full.isEnabled() is on
        assert view.side.fixed.isEnabled() is on


def test_time_is_moved_and_played_by_keyboard(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    bar = view.times.bar
    bar.setFocus()
    for key, first, last in (
        (Qt.Key.Key_Down, 0, 287),
        (Qt.Key.Key_Right, 1, 288),
        (Qt.Key.Key_Home, 0, 287),
        (Qt.Key.Key_Up, 0, 288),
    ):
        qtbot.keyClick(bar, key)
        assert bar.span == (bar.edges[first], bar.edges[last]), key
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert view.times.play_button.isChecked()
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert not view.times.play_button.isChecked()


def test_the_palette_offers_kinds_ranges_and_files(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)

    def offered() -> dict[str, QAction]:
        return {action.text(): action for action in view.commands()}

    offered()["What is shown: Stops"].trigger()
    offered()["Time range: 7 days"].trigger()
    answered(qtbot, view)
    assert (view.kinds.choice, view.times.preset) == ("stops", "week")
    assert "Export: Picture (PNG)…" in offered()
    offered()["One range or two: Compare"].trigger()
    answered(qtbot, view)
    assert "What is shown: Flow" not in offered(), "two ranges of it have no difference"
    offered()["Zones"].trigger()
    assert "zones" in view.canvas.shows


def test_live_goes_to_today_and_one_camera_can_be_chosen(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    view.times.live_button.click()
    answered(qtbot, view)
    assert view.times.presets.choice == "today"
    assert view.times.bar.until <= time.time()
    _drag(qtbot, view, view.times.bar.edges[20], view.times.bar.edges[1])
    assert not view.times.live_button.isChecked(), "a window of one's own ends it"
    yesterday(qtbot, view)
    view.floors.setCurrentIndex(view.floors.findData("plan:1"))
    view.floors.activated.emit(view.floors.currentIndex())
    answered(qtbot, view)
    assert figure(view) == 5400
    assert view.side.people.text() == "\u2013", "tracks are not counted by camera"


def test_colours_follow_the_theme(measured: Path, qtbot: QtBot, view: HeatView) -> None:
    yesterday(qtbot, view)
    dark = view.canvas.grab().toImage().pixelColor(view.canvas.to_window(250, 450).toPoint())
    THEME.choose("light")
    answered(qtbot, view)
    light = view.canvas.grab().toImage().pixelColor(view.canvas.to_window(250, 450).toPoint())
    THEME.choose("dark")
    answered(qtbot, view)
    assert QColor(light).lightness() < QColor(dark).lightness(), "more is farther from the background"


def test_a_history_that_cannot_be_read_is_said_in_place(home: Path, qtbot: QtBot, session: Session) -> None:
    (home / "heatmap.db").write_bytes(b"this is no database" * 100)
    view = HeatView(session)
    qtbot.addWidget(view)
    view.show()
    view.enter()
    qtbot.waitUntil(lambda: view.banner.isVisible(), timeout=LONGEST_MS)
    view.leave()
