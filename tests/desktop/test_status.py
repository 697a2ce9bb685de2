"""The status bar says what tiles say."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.widgets.status import StatusBar
from heatmap_gui.services.picture_state import Sight

HERE = datetime(2026, 5, 1, 12)


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("sights", "words", "symbol"),
    [
        ("live live", "2 of 2 cameras live", "done"),
        ("stale stale", "0 of 2 cameras live, 2 stale", "warning"),
        ("live unfit gone", "1 of 3 cameras live, 1 not usable, 1 lost", "warning"),
        ("live waiting", "1 of 2 cameras live, 1 connecting", "again"),
        ("live", "1 of 1 camera live", "done"),
        ("off off", "Not measuring", ""),
        ("", "Not measuring", ""),
    ],
)
def test_only_cameras_whose_pictures_are_live_count(bar: StatusBar, sights: str, words: str, symbol: str) -> None:
    seen = {str(number): Sight(sight) for number, sight in enumerate(sights.split())}
    bar.show_state(seen, None, 1_777_636_800.0, "Europe/Paris", HERE)
    said = [label.text() for label in (bar._cameras, bar._clock)]
    assert said == [words, "Store time 14:00:00"]
    assert bar._symbol._name == symbol
