"""The wall by gesture: what each tile says, what is repainted, who is selected, how tiles are laid out."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtWidgets import QFrame, QPushButton
from pytestqt.qtbot import QtBot

from heatmap_gui.core.site import PLAN
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.live import LiveView
from heatmap_gui.desktop.views.map import MapView
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.overlays import Overlays
from heatmap_gui.desktop.widgets.wall import Wall
from heatmap_gui.services.board import Person
from heatmap_gui.services.conditions import CameraStatus
from heatmap_gui.services.picture_state import Sight
from tests.desktop.gestures import click, drag, press_key
from tests.desktop.live_scene import NOW, SIZE, Measured, instant, picture, state
from tests.services.test_board import seen


@pytest.fixture
def wall(qtbot: QtBot, session: Session) -> Wall:
    made = Wall()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show_site(session.site)
    made.show()
    return made


def sights(wall: Wall) -> dict[str, Sight]:
    return {name: tile.state.sight for name, tile in wall.tiles.items()}


def middle(wall: Wall, camera: str) -> QPoint:
    return wall.tiles[camera].room.center()


def test_an_old_picture_is_said_to_be_old(wall: Wall) -> None:
    wall.show_instant(instant(ages_s=(0.1, 6.4, 0.1)))
    assert sights(wall) == {"1": Sight.LIVE, "2": Sight.STALE, "3": Sight.LIVE}
    assert wall.tiles["2"].words() == (
        "Not live: picture is 6.4 s old",
        "This computer is too busy to look at newer ones",
    )
    assert "6.4 s old" in wall.accessibleDescription()
    assert "1 Entrance: live" in wall.accessibleDescription()


def test_an_old_picture_is_grey_and_a_live_one_is_as_it_came(qtbot: QtBot, wall: Wall) -> None:
    wall.show_overlays(Overlays(boxes=False, ids=False, trails=False, zones=False))
    wall.show_instant(instant(ages_s=(0.1, 6.4, 0.1)))
    shot = wall.grab().toImage()
    live, stale = (wall.tiles[name].room.center() + QPoint(-60, 50) for name in "12")
    assert shot.pixelColor(live).red() == 90
    assert shot.pixelColor(stale).red() != 90


def offered(wall: Wall) -> list[QPushButton]:
    """What can be done, by tile."""
    return [one for one in wall.findChildren(QPushButton) if one.isVisible()]


def test_a_lost_camera_shows_no_picture_but_why_and_when_it_is_tried(wall: Wall) -> None:
    now = instant()
    lost = state(CameraStatus.LOST, retry_at=NOW + 8, retries=5, frame_at=NOW - 137)
    wall.show_instant(replace(now, states={**now.states, "1": lost}))
    tile = wall.tiles["1"]
    assert tile.image is None
    assert tile.words() == ("Camera does not answer", "no reply within 5 s")
    assert tile.head_words()[0][0] == "No picture for 2 min 17 s"
    assert [one.accessibleName() for one in offered(wall)] == ["Try Entrance now", "Edit camera Entrance"]


def test_what_can_be_done_stays_within_a_narrow_tile(wall: Wall) -> None:
    now = instant()
    lost = replace(now, states={**now.states, "1": state(CameraStatus.LOST, retry_at=NOW + 8)})
    for width in (800, 2 * 240):
        wall.resize(width, 600)
        wall.show_instant(lost)
        for one in offered(wall):
            around = QRect(one.mapTo(wall, QPoint()), one.size())
            assert wall.tiles["1"].room.contains(around), width


def test_try_now_is_offered_only_where_it_does_no_harm(qtbot: QtBot, wall: Wall) -> None:
    now = instant()
    denied = state(CameraStatus.DENIED, retry_at=NOW + 600)
    wall.show_instant(replace(now, states={**now.states, "1": denied}))
    assert [one.text() for one in offered(wall)] == ["Edit camera"]
    lost = state(CameraStatus.LOST, retry_at=NOW + 8)
    wall.show_instant(replace(now, now=NOW + 1, states={**now.states, "1": lost}))
    button = next(one for one in offered(wall) if one.text() == "Try now")
    with qtbot.waitSignal(wall.retried) as asked:
        button.click()
    assert asked.args == ["1"]
    wall.show_instant(now)
    assert not button.isVisible()


def test_only_what_changed_is_repainted(qtbot: QtBot, wall: Wall) -> None:
    first = instant()
    wall.show_instant(first)
    qtbot.wait(20)
    newest = {**first.newest, "2": picture("2", NOW)}
    changed = wall.show_instant(replace(first, newest=newest))
    assert changed == {"2"}
    assert wall.show_instant(replace(first, newest=newest)) == set()


def test_pictures_are_wanted_in_the_size_of_tiles_in_view(wall: Wall) -> None:
    wanted = wall.wanted()
    assert set(wanted) == {"1", "2", "3"}
    wall.arrange(alone="2")
    assert set(wall.wanted()) == {"2"}
    assert wall.wanted()["2"][0] > 1.5 * wanted["2"][0]


def test_a_double_click_shows_one_camera_and_back(qtbot: QtBot, wall: Wall) -> None:
    for alone in ("2", ""):
        qtbot.mouseDClick(wall, Qt.MouseButton.LeftButton, pos=middle(wall, "2"))
        assert wall.alone == alone


def test_tiles_are_dragged_to_another_place(qtbot: QtBot, wall: Wall) -> None:
    with qtbot.waitSignal(wall.rearranged):
        drag(qtbot, wall, middle(wall, "1"), middle(wall, "2"), middle(wall, "3"))
    assert wall.order == ["2", "3", "1"]


def test_a_tile_that_is_dragged_is_under_the_hand(qtbot: QtBot, wall: Wall) -> None:
    wall.show_instant(instant())
    hand = middle(wall, "2") + QPoint(7, 5)
    before = wall.grab().toImage().pixelColor(middle(wall, "1") - QPoint(60, 30))
    qtbot.mousePress(wall, Qt.MouseButton.LeftButton, pos=middle(wall, "1"))
    for point in (middle(wall, "2"), hand):
        qtbot.mouseMove(wall, point)
    shot = wall.grab().toImage()
    assert shot.pixelColor(middle(wall, "1") - QPoint(60, 30)) != before, "its own place is dim"
    edge = round(0.3 * wall.tiles["1"].box.width())
    row = {shot.pixelColor(hand + QPoint(x, 0)).name() for x in range(edge - 5, edge + 5)}
    assert len(row) > 1, "its picture ends there"
    qtbot.mouseRelease(wall, Qt.MouseButton.LeftButton, pos=middle(wall, "1"))


def test_keys_do_what_the_mouse_does(qtbot: QtBot, wall: Wall) -> None:
    wall.resize(1500, 300)
    wall.setFocus()
    press_key(qtbot, wall, Qt.Key.Key_Right)
    press_key(qtbot, wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert wall.order == ["1", "3", "2"]
    press_key(qtbot, wall, Qt.Key.Key_Return)
    assert wall.alone == "2"
    press_key(qtbot, wall, Qt.Key.Key_Escape)
    assert wall.alone == ""


def test_a_grid_smaller_than_the_store_has_pages(qtbot: QtBot, wall: Wall) -> None:
    wall.arrange(grid=1)
    assert wall.pages == 3
    assert set(wall.wanted()) == {"1"}
    wall.setFocus()
    press_key(qtbot, wall, Qt.Key.Key_PageDown)
    assert set(wall.wanted()) == {"2"}
    wall.arrange(grid=0)
    assert wall.pages == 1


def test_a_click_on_a_person_selects_and_one_beside_lets_go(qtbot: QtBot, wall: Wall) -> None:
    wall.show_instant(instant())
    box = wall.tiles["1"].box
    scale = box.width() / SIZE[0]
    on = QPoint(round(box.left() + 320 * scale), round(box.top() + 180 * scale))
    with qtbot.waitSignal(wall.person_chosen) as chosen:
        click(qtbot, wall, on)
    assert chosen.args == [7]
    with qtbot.waitSignal(wall.person_chosen) as chosen:
        click(qtbot, wall, on + QPoint(60, 0))
    assert chosen.args == [None]


def test_blurred_people_never_reach_the_wall(qtbot: QtBot, live: LiveView, measured: Measured) -> None:
    live.feed.tick()
    measured.board.show(seen(time.time()))
    live.feed.tick()
    assert live.wall.tiles["1"].image is not None
    click(qtbot, live.switches["blur"], live.switches["blur"].rect().center())
    assert live.wall.tiles["1"].image is None, "what was there before is gone at once"
    measured.board.show(seen(time.time()))
    live.feed.tick()
    assert live.wall.tiles["1"].image is not None


def test_a_person_is_selected_on_wall_and_plan_alike(live: LiveView) -> None:
    live.side.plan.person_chosen.emit(7)
    assert (live.wall.selected, live.side.plan.track) == (7, 7)
    live.wall.person_chosen.emit(None)
    assert (live.wall.selected, live.side.plan.track) == (None, None)


def test_a_person_on_the_plan_is_found_under_the_pointer(qtbot: QtBot, live: LiveView, session: Session) -> None:
    site = session.site
    assert site is not None
    person = Person(5, "person", (4.0, 3.0), NOW, frozenset("1"), np.array([[3.0, 3.0], [4.0, 3.0]]))
    live.feed.stop()
    plan = live.side.plan
    plan.show_live([person], {"queue": 1}, {"1"}, NOW)
    x, y = site.floor.to_px(np.array(person.place)).tolist()
    with qtbot.waitSignal(plan.person_chosen) as chosen:
        click(qtbot, plan, plan.to_window(x, y).toPoint())
    assert chosen.args == [5]
    assert plan.observed().contains(plan.to_picture(plan.to_window(x, y)))


def test_a_zone_that_nobody_sees_is_not_empty_but_unobserved(live: LiveView, session: Session) -> None:
    live.feed.stop()
    site = session.site
    assert site is not None
    live.side.zones.show_zones(site, {"queue": 0}, {"queue": (12, 95.0)})
    model = live.side.zones.model()
    assert model is not None
    rows = {model.index(r, 0).data(): [model.index(r, c).data() for c in (1, 2, 3)] for r in range(model.rowCount())}
    assert rows["Queue"] == ["0", "12", "1 min 35 s"]
    assert rows["Entrance"] == ["not observed", "0", "\N{EN DASH}"]


def test_hidden_it_wants_no_pictures(live: LiveView, window: MainWindow, measured: Measured) -> None:
    live.feed.tick()
    live.feed.tick()
    assert set(measured.board.wanted) == {"1", "2", "3"}
    window.show_screen("map")
    assert not measured.board.wanted


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_full_screen_and_back(qtbot: QtBot, live: LiveView, window: MainWindow, key: Qt.Key) -> None:
    press_key(qtbot, window, Qt.Key.Key_F11)
    assert live.wall.isWindow()
    assert live.wall.isFullScreen()
    press_key(qtbot, live.wall, Qt.Key.Key_Return)
    assert live.wall.alone == "1"
    press_key(qtbot, live.wall, Qt.Key.Key_Escape)
    assert (live.wall.alone, live.wall.isWindow()) == ("", True), "one thing after the other"
    press_key(qtbot, live.wall, key)
    assert not live.wall.isWindow()
    assert live.wall.isVisible()


def test_a_toast_comes_where_somebody_looks(qtbot: QtBot, live: LiveView, window: MainWindow) -> None:
    live.full_screen()
    qtbot.waitUntil(live.wall.isActiveWindow)
    window.toasts.say("Picture saved")
    (card,) = [one for one in live.wall.findChildren(QFrame) if one.accessibleName() == "Picture saved"]
    assert card.isVisible() and live.wall.rect().contains(card.geometry())
    live.full_screen()
    assert card.window() is window and card.isVisible(), "it comes along"


def test_a_wall_on_the_whole_screen_that_is_closed_comes_back(live: LiveView) -> None:
    live.full_screen()
    live.wall.close()
    assert live.isAncestorOf(live.wall)
    assert live.wall.isVisible()


def test_choices_come_back(live: LiveView) -> None:
    live.remember({"grid": "4", "order": "3,1,2", "shown": "boxes,blur", "sizes": "700,400"})
    assert (live.wall.grid, live.wall.order) == (4, ["3", "1", "2"])
    assert live.wall.overlays == Overlays(boxes=True, ids=False, trails=False, zones=False)
    assert live.feed.blurs
    assert live.remembered()["order"] == "3,1,2"
    live.remember({"grid": "5", "sizes": "x"})
    assert live.wall.grid == 4, "a value of another time is left out"


def test_what_is_not_measured_says_what_to_do(window: MainWindow, session: Session) -> None:
    window.show_screen("live")
    shown = window.view("live")
    assert isinstance(shown, LiveView)
    assert shown.nothing.isVisible()
    assert shown.nothing.action.text() == "Start measuring"
    session.engine_state, session.engine_error = "failed", "database: no space left"
    session.engine_changed.emit()
    assert shown.nothing.sentence.text() == "database: no space left"


def test_the_map_shows_people_and_hides_viewing_areas(qtbot: QtBot, window: MainWindow, measured: Measured) -> None:
    window.show_screen("map")
    shown = window.view("map")
    assert isinstance(shown, MapView)
    measured.board.show(seen(time.time()))
    shown.feed.tick()
    assert shown.plan.shows_areas
    shown.areas.click()
    assert not shown.plan.shows_areas
    assert shown.remembered() == {"areas": 0}


def test_what_stopped_leaves_nobody_beside_the_wall(live: LiveView, measured: Measured, session: Session) -> None:
    measured.board.show(seen(time.time()))
    live.side.renew()
    live.feed.tick()
    live.feed.tick()
    head = live.side._people
    before, session.engine_state = head.text(), "off"
    measured.board = None  # type: ignore[assignment]
    session.engine_changed.emit()
    assert head.text() == "" != before


def test_people_of_long_ago_are_not_shown(live: LiveView, measured: Measured, session: Session) -> None:
    measured.board.show(seen(time.time() - 60))
    got: list[Instant] = []
    live.feed.ticked.connect(got.append)
    live.feed.tick()
    assert [len(people) for people in got[-1].people.values()] == [0] * len(got[-1].people)
    assert PLAN in got[-1].people
