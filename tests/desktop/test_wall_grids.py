"""Grids of the wall from one camera to thirty-six, by gesture."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QHelpEvent, QImage, QPainter
from PyQt6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from heatmap_gui.core.site import Camera, Floor, Site, Zone
from heatmap_gui.core.wall import GRIDS
from heatmap_gui.desktop.widgets import overlays
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.tile import paint_head
from heatmap_gui.desktop.widgets.wall import Wall
from heatmap_gui.services.conditions import CameraStatus
from tests.desktop.gestures import click, drag, press_key
from tests.desktop.live_scene import NOW, picture, state


def store(cameras: int) -> Site:
    return Site(
        "Shop", Floor(None, 100, 100), tuple(Camera(str(n), f"Camera {n}", "", n) for n in range(1, cameras + 1))
    )


def wall_of(qtbot: QtBot, cameras: int, width: int = 1280, height: int = 760) -> Wall:
    made = Wall()
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show_site(store(cameras))
    made.show()
    names = list(made.tiles)
    made.show_instant(Instant(NOW, {n: picture(n, NOW - 0.1) for n in names}, {n: state() for n in names}))
    return made


def in_view(wall: Wall) -> list[str]:
    return list(wall.wanted())


@pytest.mark.parametrize("cameras", [1, 2, 5, 16, 36])
@pytest.mark.parametrize("size", [(780, 720), (1280, 300), (400, 700)])
def test_all_cameras_fit_and_none_hides_another(qtbot: QtBot, cameras: int, size: tuple[int, int]) -> None:
    wall = wall_of(qtbot, cameras, *size)
    cells = [QRect(*tile.cell) for tile in wall.tiles.values()]
    assert len(in_view(wall)) == cameras
    assert all(wall.rect().contains(cell) for cell in cells)
    assert not any(a.intersects(b) for a, b in combinations(cells, 2))
    assert all(tile.room.contains(tile.box) for tile in wall.tiles.values())


@pytest.mark.parametrize("grid", GRIDS)
def test_every_camera_is_on_one_page_of_a_grid(qtbot: QtBot, grid: int) -> None:
    wall = wall_of(qtbot, 36)
    wall.arrange(grid=grid)
    found = in_view(wall)
    for _ in range(wall.pages - 1):
        press_key(qtbot, wall, Qt.Key.Key_PageDown)
        found += in_view(wall)
    assert found == wall.order
    press_key(qtbot, wall, Qt.Key.Key_PageDown)
    assert wall.page == wall.pages - 1, "there is no page after the last"


@pytest.mark.parametrize("cameras", [1, 2, 5, 16, 36])
def test_a_double_click_shows_a_camera_alone_whatever_there_is(qtbot: QtBot, cameras: int) -> None:
    wall = wall_of(qtbot, cameras)
    last = wall.order[-1]
    qtbot.mouseDClick(wall, Qt.MouseButton.LeftButton, pos=wall.tiles[last].room.center())
    assert in_view(wall) == [last]
    qtbot.mouseDClick(wall, Qt.MouseButton.LeftButton, pos=wall.rect().center())
    assert len(in_view(wall)) == cameras


@pytest.mark.parametrize("cameras", [2, 5, 16, 36])
def test_the_first_is_dragged_to_the_last_place_and_the_rest_moves_up(qtbot: QtBot, cameras: int) -> None:
    wall = wall_of(qtbot, cameras)
    first, last = (wall.tiles[wall.order[n]].room.center() for n in (0, -1))
    before = list(wall.order)
    drag(qtbot, wall, first, (first + last) / 2, last)
    assert wall.order == [*before[1:], before[0]]
    assert wall.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_drag_to_nowhere_changes_nothing(qtbot: QtBot) -> None:
    wall = wall_of(qtbot, 5)
    before = list(wall.order)
    first = wall.tiles["1"].room.center()
    drag(qtbot, wall, first, first + QPoint(30, 30), first)
    assert wall.order == before


def test_escape_gives_a_drag_up(qtbot: QtBot) -> None:
    wall = wall_of(qtbot, 5)
    before = list(wall.order)
    first, second = (wall.tiles[n].room.center() for n in "12")
    qtbot.mousePress(wall, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(wall, second)
    press_key(qtbot, wall, Qt.Key.Key_Escape)
    qtbot.mouseRelease(wall, Qt.MouseButton.LeftButton, pos=second)
    assert wall.order == before


def test_a_second_page_is_dragged_within_itself(qtbot: QtBot) -> None:
    wall = wall_of(qtbot, 16)
    wall.arrange(grid=4, page=1)
    drag(qtbot, wall, *(wall.tiles[n].room.center() for n in "568"))
    assert wall.order[4:8] == ["6", "7", "8", "5"]


@pytest.mark.parametrize("cameras", [1, 5, 36])
def test_a_lost_camera_says_why_and_when_in_tiles_of_any_size(qtbot: QtBot, cameras: int) -> None:
    wall = wall_of(qtbot, cameras)
    names = list(wall.tiles)
    lost = state(CameraStatus.LOST, retry_at=NOW + 8, retries=5, frame_at=NOW - 137)
    states = {n: state() for n in names} | {"1": lost}
    wall.show_instant(Instant(NOW + 1, {n: picture(n, NOW + 0.9) for n in names}, states))
    wall.grab()
    assert "Camera does not answer" in wall.accessibleDescription()
    states["1"] = replace(lost, condition=replace(lost.condition, status=CameraStatus.OK), frame_at=NOW + 1.9)
    wall.show_instant(Instant(NOW + 2, {n: picture(n, NOW + 1.9) for n in names}, states))
    assert "does not answer" not in wall.accessibleDescription()


def test_a_click_makes_a_camera_the_current_one_and_arrows_go_on_from_there(qtbot: QtBot) -> None:
    wall = wall_of(qtbot, 16)
    click(qtbot, wall, wall.tiles["6"].room.center())
    assert wall.current == "6"
    press_key(qtbot, wall, Qt.Key.Key_Down)
    assert wall.current == "10"
    press_key(qtbot, wall, Qt.Key.Key_Left)
    assert wall.current == "9"


@pytest.mark.parametrize(("width", "texts"), [(400, ["Till  0", "Fruit and vegetables  2"]), (200, ["2"]), (100, [])])
def test_a_small_picture_says_only_how_many_are_there(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication, width: int, texts: list[str]
) -> None:
    said: list[str] = []

    def note(_painter: QPainter, _at: QPointF, text: str, _mark: QColor) -> QRectF:
        said.append(text)
        return QRectF()

    monkeypatch.setattr(overlays, "paint_chip", note)
    corners = np.array([[0.0, 0.0], [60.0, 0.0], [60.0, 60.0]])
    zones = [Zone(name, name, "queue", corners) for name in ("Till", "Fruit and vegetables")]
    seen = [QRectF(20, 30 + 60 * n, 60, 40) for n in (0, 1)]
    picture = QImage(width, 200, QImage.Format.Format_RGB32)
    with QPainter(picture) as painter:
        counts = {"Till": 0, "Fruit and vegetables": 2}
        overlays._paint_names(painter, QRectF(picture.rect()), list(zip(zones, seen, strict=True)), counts)
    assert said == texts


def test_in_a_narrow_tile_the_camera_s_number_and_name_go_first(qtbot: QtBot) -> None:
    wall = wall_of(qtbot, 36, 700, 700)
    said: list[str] = []

    class Painter(QPainter):
        def drawText(self, *what: object) -> None:  # noqa: N802
            said.append(str(what[-1]))

    picture = QImage(700, 700, QImage.Format.Format_RGB32)
    with Painter(picture) as painter:
        paint_head(painter, wall.tiles["36"], selected=False)
    assert said[-1].startswith("36")
    assert len(said) == 1, "the rate has no place beside it"


def test_what_a_small_tile_has_no_room_for_is_said_under_the_pointer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _of: said.append(text))
    wall = wall_of(qtbot, 36, 700, 700)
    lost = state(CameraStatus.LOST, retry_at=NOW + 9, retries=5)
    wall.show_instant(Instant(NOW + 1, {}, {"1": lost}))
    at = wall.tiles["1"].room.center()
    QApplication.sendEvent(wall, QHelpEvent(QEvent.Type.ToolTip, at, wall.mapToGlobal(at)))
    assert said == ["1   Camera 1\nCamera does not answer\nno reply within 5 s\nTry 6 in 8 s"]
