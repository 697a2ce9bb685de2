"""A wide wall is painted a few tiles at a time, and all of it in the end."""

from __future__ import annotations

from PyQt6.QtCore import QRect
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.widgets.turns import Turns


class Tiles(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.painted: list[int] = []

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        assert event is not None
        self.painted.append(sum(event.region().intersects(rect(number)) for number in range(9)))


def rect(number: int) -> QRect:
    return QRect(20 * number, 0, 10, 10)


def test_parts_are_painted_a_few_in_each_turn_until_all_are(qtbot: QtBot) -> None:
    tiles = Tiles()
    qtbot.addWidget(tiles)
    tiles.resize(200, 20)
    with qtbot.waitExposed(tiles):
        tiles.show()
    qtbot.wait(20)
    tiles.painted.clear()
    turns = Turns(tiles)
    for number in range(9):
        turns.want(str(number), rect(number))
    turns.want("0", rect(0))
    assert turns.due
    qtbot.waitUntil(lambda: sum(tiles.painted) == 9)
    assert max(tiles.painted) < 9
    assert not turns.due


def test_what_is_painted_anyway_is_forgotten(qtbot: QtBot) -> None:
    tiles = Tiles()
    qtbot.addWidget(tiles)
    turns = Turns(tiles)
    turns.want("0", rect(0))
    turns.forget()
    assert not turns.due
