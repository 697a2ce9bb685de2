"""What was: stored tracks recounted while one drags, and earlier states of zones to compare with and go back to."""

from __future__ import annotations

import time

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from pytestqt.qtbot import QtBot

from heatmap_gui.core.types import Bucket
from heatmap_gui.desktop.views.zones import ZonesView
from heatmap_gui.desktop.views.zones_words import find_drawn
from heatmap_gui.store import history
from heatmap_gui.store.database import open_database
from tests.core.meters.walks import points, straight
from tests.desktop.test_zones import ALT, HAND, LEFT, NO_KEYS, QUEUE, at, corners, drag, view
from tests.store.test_history import begin

__all__ = ["view"]  # the fixture
LONGEST_MS = 10_000


@pytest.mark.parametrize("ago_s", [600.0, 9 * 86_400.0])
def test_stored_tracks_are_recounted_while_dragging(view: ZonesView, qtbot: QtBot, ago_s: float) -> None:
    """Three walk through the queue; a fourth passes beside it, until the zone reaches there. Nothing is measured now,
    and perhaps not for days.
    """
    ways = [((6, 8), (16, 8)), ((6, 9), (16, 9)), ((6, 10), (16, 10)), ((6, 6.5), (16, 6.5))]
    start = time.time() - ago_s
    rows = [points(straight(a, b, 101), 10.0, n, start=start) for n, (a, b) in enumerate(ways, 1)]
    database = open_database("", view.session.home)
    run_id = begin(database, "demo")
    with database.write() as connection:
        for part, one in enumerate(rows):
            history.write(connection, run_id, part, [Bucket("plan", one, (), (), (), (), {})])
    database.close()
    preview = view.inspector.preview
    view.select(QUEUE)
    qtbot.waitUntil(lambda: preview.texts()[0][1:3] == ["3", "3"], timeout=LONGEST_MS)
    assert preview.when.startswith("Last 4 h" if ago_s < 1000 else "4 h until")
    drag(view, (515, 365), (515, 260), keys=ALT, drop=False)
    qtbot.waitUntil(lambda: preview.texts()[0][1:] == ["3", "4", "+1"], timeout=LONGEST_MS)
    HAND.keyClick(view.places.canvas, Qt.Key.Key_Escape)
    HAND.mouseRelease(view.places.canvas, LEFT, NO_KEYS, at(view, 515, 260))
    qtbot.waitUntil(lambda: preview.texts()[0][1:] == ["3", "3", "0"], timeout=LONGEST_MS)


def test_without_tracks_the_preview_says_what_to_do(view: ZonesView, qtbot: QtBot) -> None:
    view.select(QUEUE)
    qtbot.waitUntil(lambda: "Measure" in view.inspector.preview.said, timeout=LONGEST_MS)


def test_an_earlier_state_is_looked_at_gone_back_to_and_that_is_undone(view: ZonesView, qtbot: QtBot) -> None:
    revisions, session = view.tools.revisions, view.session
    qtbot.waitUntil(lambda: revisions.save_button.accessibleName() == "Save as revision 2", timeout=LONGEST_MS)
    view.select(QUEUE)
    before = corners(view)
    with qtbot.waitSignal(session.saved, timeout=LONGEST_MS):
        revisions.save_button.click()
    drag(view, (515, 440), (560, 440), keys=ALT)
    moved = corners(view)
    assert moved != before
    view.select(("zones", "staff"))
    HAND.keyClick(view.places.canvas, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(session.saved, timeout=LONGEST_MS):
        session.save(version=True)
    qtbot.waitUntil(lambda: revisions.menu_button.accessibleName() == "Revision 3", timeout=LONGEST_MS)
    back = entries(view)
    assert "1 changed since, 1 deleted since" in back[0].text()
    back[0].hovered.emit()
    assert sorted(one.id for one in view.places.layer.ghosts) == ["queue", "staff"]
    revisions.menu.aboutToHide.emit()
    assert not view.places.layer.ghosts
    back[0].trigger()
    view.select(QUEUE)
    assert corners(view) == before
    site = view.site
    assert site is not None
    assert find_drawn(site, ("zones", "staff")) is not None
    session.undo()
    assert corners(view) == moved
    assert "the same as now" not in entries(view)[0].text()


def test_tools_and_revisions_are_in_the_palette(view: ZonesView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.tools.revisions.menu_button.accessibleName() == "Revision 1", timeout=LONGEST_MS)
    offered = {action.text(): action for action in view.commands()}
    assert {"Line", "Draw on: Camera", "Save as revision 2", "Swap in and out of the line"} <= offered.keys()
    offered["Polygon"].trigger()
    assert view.tools.tools["zones"].isChecked()


def entries(view: ZonesView) -> list[QAction]:
    """Of the menu as it opens: ways back."""
    view.tools.revisions.menu.aboutToShow.emit()
    return [action for action in view.tools.revisions.menu.actions() if action.text().startswith("Go back")]
