"""Ways that people went, on pictures that are kept: painted when they grow, where they are, and not again."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import QRect
from PyQt6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from heatmap_gui.core.types import F8
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.trails import Trails
from heatmap_gui.services.board import Person

ROOM = QRect(0, 0, 100, 60)


def person(track_id: int, *places: tuple[float, float]) -> Person:
    return Person(track_id, "person", places[-1], 0.0, frozenset(), np.array(places))


class Painted:
    """Counts how often somebody's way is asked for, and keeps what was painted last."""

    def __init__(self) -> None:
        self.trails = Trails(None, (0.5, 1.0))
        self.placed: list[int] = []
        self.image = QImage()

    def paint(self, *people: Person, selected: int | None = None, view: str = "here") -> None:
        self.image = QImage(ROOM.size(), QImage.Format.Format_RGB32)
        self.image.fill(0)
        with QPainter(self.image) as painter:
            self.trails.paint(painter, people, ROOM, self._place, (view,), selected)

    def level(self, x: int, y: int) -> int:
        return self.image.pixelColor(x, y).red()

    def _place(self, points: F8) -> F8:
        self.placed.append(len(points))
        return points * 10.0


@pytest.fixture
def painted(qtbot: QtBot) -> Painted:
    THEME.choose("dark")
    return Painted()


def test_a_way_is_painted_where_it_went_and_older_parts_are_fainter(painted: Painted) -> None:
    painted.paint(person(1, (1.0, 2.0), (5.0, 2.0), (9.0, 2.0)))
    assert 90 < painted.level(30, 20) < 170
    assert painted.level(70, 20) > 240
    assert painted.level(70, 30) == 0


def test_all_that_grew_are_placed_at_once_and_the_others_not_again(painted: Painted) -> None:
    one, other = person(1, (1.0, 2.0), (5.0, 2.0)), person(2, (1.0, 4.0), (5.0, 4.0), (9.0, 4.0))
    painted.paint(one, other)
    painted.paint(one, other)
    assert painted.placed == [5]
    painted.paint(one, person(2, (1.0, 4.0), (9.0, 4.0)))
    assert painted.placed == [5, 2]
    assert painted.level(30, 20) > 0, "who stays as before is there still"


def test_another_view_or_choice_is_painted_anew(painted: Painted) -> None:
    one = person(1, (1.0, 2.0), (9.0, 2.0))
    painted.paint(one)
    painted.paint(one, view="there")
    painted.paint(one, view="there", selected=1)
    assert painted.placed == [2, 2, 2]
    assert painted.image.pixelColor(40, 20) != painted.image.pixelColor(40, 30)
    assert painted.image.pixelColor(40, 20).red() < painted.image.pixelColor(40, 20).blue(), "in the accent"


def test_what_is_not_in_view_or_not_known_is_left_out(painted: Painted) -> None:
    painted.paint(person(1, (50.0, 50.0), (1e6, 60.0)), person(2, (np.nan, 1.0), (2.0, 2.0)), person(3, (1.0, 1.0)))
    assert {painted.level(x, y) for x in range(100) for y in range(60)} == {0}


def test_who_is_gone_is_forgotten(painted: Painted) -> None:
    painted.paint(person(1, (1.0, 2.0), (9.0, 2.0)))
    painted.paint()
    assert painted.level(40, 20) == 0


def test_of_many_that_grew_a_few_are_painted_at_a_time_and_nobody_is_forgotten(painted: Painted) -> None:
    def crowd(x: float) -> list[Person]:
        return [person(n, (1.0, n / 10), (x, n / 10)) for n in range(25)]

    painted.paint(*crowd(5.0))
    assert painted.placed == [50], "who is new is seen at once"
    grown = crowd(9.0)
    for _ in range(4):
        painted.paint(*grown)
    assert painted.placed == [50, 20, 20, 10]
    assert painted.level(80, 0) > 0
    assert painted.level(80, 24) > 0


def test_points_that_lie_together_make_no_other_way(painted: Painted) -> None:
    painted.paint(person(1, (1.0, 2.0), *((1.0 + x / 100, 2.0) for x in range(801))))
    assert [painted.level(x, 20) > 0 for x in (5, 12, 50, 88)] == [False, True, True, True]
