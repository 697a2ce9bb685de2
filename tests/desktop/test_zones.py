"""Zones and lines by gesture: drawn, dragged, refused, undone, recounted; on the plan and on a camera's picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heatmap_gui.core.drawn_views import corners_of
from heatmap_gui.core.site import Line, Zone
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.views.zones import ZonesView
from heatmap_gui.desktop.views.zones_words import Key, find_drawn

HAND: Any = QTest  # its type stubs take one argument too many
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
METRE = 50.0  # plan px of the demo store
QUEUE: Key = ("zones", "queue")  # (380, 365) to (650, 515)
GATE: Key = ("lines", "entrance")


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> ZonesView:
    window.show_screen("zones")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shown = window.view("zones")
    assert isinstance(shown, ZonesView)
    return shown


def at(view: ZonesView, x: float, y: float) -> QPoint:
    return view.places.canvas.to_window(x, y).toPoint()


def drag(view: ZonesView, *way: tuple[float, float], keys: Qt.KeyboardModifier = NO_KEYS, drop: bool = True) -> None:
    canvas, (first, *rest) = view.places.canvas, [at(view, *point) for point in way]
    HAND.mousePress(canvas, LEFT, keys, first)
    for point in rest:
        HAND.mouseMove(canvas, (first + point) / 2)
        HAND.mouseMove(canvas, point)
    if drop:
        HAND.mouseRelease(canvas, LEFT, keys, rest[-1])


def click(view: ZonesView, x: float, y: float) -> None:
    HAND.mouseMove(view.places.canvas, at(view, x, y))
    HAND.mouseClick(view.places.canvas, LEFT, NO_KEYS, at(view, x, y))


def selected(view: ZonesView) -> Zone | Line:
    drawn = view.drawn()
    assert drawn is not None
    return drawn


def corners(view: ZonesView) -> list[list[float]]:
    found: list[list[float]] = corners_of(selected(view)).tolist()
    return found


def test_a_zone_is_drawn_by_clicks_and_undone(view: ZonesView, qtbot: QtBot) -> None:
    before = len(view.session.site.zones) if view.session.site else 0
    HAND.keyClick(view, Qt.Key.Key_P)
    qtbot.waitUntil(view.tools.tools["zones"].isChecked)
    for x, y in ((700, 150), (850, 150), (850, 300), (700, 300), (700, 150)):
        click(view, x, y)
    zone = selected(view)
    assert isinstance(zone, Zone)
    assert zone.type == "queue"
    assert zone.polygon == pytest.approx(np.array([[700, 150], [850, 150], [850, 300], [700, 300]]), abs=5)
    assert view.tools.tools["select"].isChecked()
    assert view.session.draft is not None
    assert view.session.draft.undoes == f"draw {zone.name}"
    view.session.undo()
    assert view.selected is None
    assert view.site is not None
    assert len(view.site.zones) == before


def test_a_rectangle_is_drawn_by_a_drag(view: ZonesView) -> None:
    view.use_tool("zones")
    drag(view, (700, 150), (850, 300))
    assert len(corners(view)) == 4


def test_a_line_is_drawn_and_turned_round(view: ZonesView, qtbot: QtBot) -> None:
    HAND.keyClick(view, Qt.Key.Key_L)
    qtbot.waitUntil(view.tools.tools["lines"].isChecked)
    click(view, 400, 200)
    click(view, 400, 300)
    line = selected(view)
    assert isinstance(line, Line)
    assert line.in_side == "left"
    view.inspector.flip.click()
    flipped = selected(view)
    assert isinstance(flipped, Line)
    assert flipped.in_side == "right"


def test_a_corner_is_dragged_to_the_grid_and_undone_at_once(view: ZonesView) -> None:
    view.select(QUEUE)
    before = corners(view)
    drag(view, (380, 365), (400, 391), (411, 455))
    moved = corners(view)
    assert moved[1:] == before[1:]
    assert moved[0] == pytest.approx([411, 455], abs=5)
    assert np.remainder(np.array(moved[0]) / METRE + 1e-6, 0.05) == pytest.approx(0, abs=1e-4)
    assert view.session.draft is not None
    assert view.session.draft.undoes == "move corner 1 of Queue"
    view.session.undo()
    assert corners(view) == before


def test_nothing_is_written_while_the_hand_is_down_and_escape_takes_it_back(view: ZonesView) -> None:
    view.select(QUEUE)
    before = corners(view)
    drag(view, (380, 365), (450, 450), drop=False)
    assert view.places.editor is not None
    assert view.places.editor.corners[0].tolist() != before[0]
    assert corners(view) == before
    HAND.keyClick(view.places.canvas, Qt.Key.Key_Escape)
    HAND.mouseRelease(view.places.canvas, LEFT, NO_KEYS, at(view, 450, 450))
    assert corners(view) == before
    assert view.session.draft is not None
    assert not view.session.draft.undoes


def test_a_shape_that_crosses_itself_is_refused_in_place(view: ZonesView) -> None:
    view.select(QUEUE)
    before = corners(view)
    drag(view, (380, 365), (720, 440), drop=False)
    assert view.places.editor is not None
    assert str(view.places.editor.refused) == "crossing"
    HAND.mouseRelease(view.places.canvas, LEFT, NO_KEYS, at(view, 720, 440))
    kept = corners(view)
    assert kept[1:] == before[1:]
    assert view.places.editor.refused == ""


def test_the_middle_of_an_edge_gives_a_corner_and_delete_takes_it(view: ZonesView) -> None:
    view.select(QUEUE)
    before = corners(view)
    drag(view, (515, 365), (515, 320), keys=ALT)
    assert len(corners(view)) == 5
    HAND.keyClick(view.places.canvas, Qt.Key.Key_Delete)
    assert corners(view) == before


def test_keys_go_from_corner_to_corner_and_move_by_centimetres(view: ZonesView) -> None:
    view.select(QUEUE)
    canvas = view.places.canvas
    before = np.array(corners(view))
    HAND.keyClick(canvas, Qt.Key.Key_Tab)
    HAND.keyClick(canvas, Qt.Key.Key_Tab)
    HAND.keyClick(canvas, Qt.Key.Key_Right)
    HAND.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    moved = (np.array(corners(view)) - before) / METRE
    assert moved == pytest.approx(np.array([[0, 0], [0.01, -0.10], [0, 0], [0, 0]]))
    view.session.undo()  # a series of nudges is one step
    assert corners(view) == before.tolist()
    HAND.keyClick(canvas, Qt.Key.Key_Escape)
    HAND.keyClick(canvas, Qt.Key.Key_Down)
    assert (np.array(corners(view)) - before) / METRE == pytest.approx(np.tile([0, 0.01], (4, 1)))


def test_the_whole_zone_is_moved_by_its_inside(view: ZonesView) -> None:
    view.select(QUEUE)
    before = np.array(corners(view))
    drag(view, (500, 400), (540, 430))
    shift = np.array(corners(view)) - before
    assert np.ptp(shift, axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert shift[0] == pytest.approx([40, 30], abs=8)


def test_a_click_chooses_the_smallest_zone_or_the_line(view: ZonesView) -> None:
    click(view, 420, 400)
    assert view.selected == QUEUE
    click(view, 100, 625)
    assert view.selected == GATE
    click(view, 980, 690)
    assert view.selected is None


def test_numbers_are_exact_and_refused_where_they_make_no_zone(view: ZonesView) -> None:
    view.select(QUEUE)
    fields = view.inspector.corners
    fields.edited.emit(0, 7.9, 7.35)
    assert corners(view)[0] == pytest.approx([395, 367.5])
    before = corners(view)
    fields.edited.emit(0, 14.4, 8.6)
    assert corners(view) == before
    assert view.inspector._wrong.text() == "Edges must not cross"
    fields.removed.emit(3)
    assert len(corners(view)) == 3
    fields.removed.emit(0)
    assert len(corners(view)) == 3
    assert view.inspector._wrong.text() == "A zone needs three corners"


def test_fields_of_a_zone_are_written(view: ZonesView) -> None:
    view.select(QUEUE)
    inspector = view.inspector
    inspector.name.setText("Till queue")
    inspector.name.editingFinished.emit()
    inspector.type.setCurrentIndex(inspector.type.findData("checkout"))
    inspector.type.activated.emit(inspector.type.currentIndex())
    inspector.hours.setText("08:00-21:00, 22:00-24:00")
    inspector.hours.editingFinished.emit()
    inspector.classes.setText("person, cart")
    inspector.classes.editingFinished.emit()
    inspector.anchor.chosen.emit("centre")
    zone = selected(view)
    assert isinstance(zone, Zone)
    assert (zone.name, zone.type, zone.anchor) == ("Till queue", "checkout", "centre")
    assert zone.active_hours == (("08:00", "21:00"), ("22:00", "24:00"))
    assert zone.allowed_classes == ("person", "cart")
    inspector.hours.setText("from eight")
    inspector.hours.editingFinished.emit()
    assert not inspector._hours_wrong.isHidden()
    assert selected(view) is zone


def test_duplicate_and_delete_can_be_undone(view: ZonesView, window: MainWindow) -> None:
    view.select(QUEUE)
    view.inspector.wanted.emit("duplicate")
    assert selected(view).name == "Queue copy"
    key = view.selected
    HAND.keyClick(view.places.canvas, Qt.Key.Key_Delete)
    assert view.site is not None
    assert find_drawn(view.site, key) is None
    assert window.toasts._card.accessibleName() == "Queue copy is deleted"
    window.toasts._act()
    assert find_drawn(view.site, key) is not None


def test_the_eye_hides_a_zone(view: ZonesView) -> None:
    zones = view.list._lists["zones"]
    zones.setCurrentRow(1)
    assert view.selected == QUEUE
    HAND.keyClick(zones, Qt.Key.Key_H)
    view.select(None)
    assert QUEUE in view.places.layer.hidden
    click(view, 420, 400)
    assert view.selected is None


def test_it_is_drawn_on_a_camera_and_seen_on_the_plan(view: ZonesView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view.stills, "take", lambda camera: None)
    view.go("2")
    view.use_tool("zones")
    drag(view, (300, 200), (400, 260), keys=ALT)
    zone = selected(view)
    assert zone.on == "2"
    assert corners(view)[0] == pytest.approx([300, 200], abs=2)
    view.go("plan")
    assert view.places.editor is not None
    assert view.places.ruler is not None
    drag(view, tuple(view.places.editor.corners[0].tolist()), (430, 380), keys=ALT)
    moved = selected(view)
    assert moved.on == "2"
    assert corners(view)[0] != pytest.approx([300, 200], abs=2)


def test_a_plan_zone_is_moved_in_a_camera(view: ZonesView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view.stills, "take", lambda camera: None)
    view.select(QUEUE)
    before = corners(view)
    view.go("camera")
    assert view.places.place in ("2", "3")
    assert view.places.editor is not None
    x, y = view.places.editor.corners[0].tolist()
    drag(view, (x, y), (x + 15, y + 5), keys=ALT)
    after = corners(view)
    assert selected(view).on == "plan"
    assert after[0] != before[0]
    assert np.array(after[1:]) == pytest.approx(np.array(before[1:]), abs=0.01)


def test_cameras_that_see_it_are_told_with_their_share(view: ZonesView) -> None:
    view.select(QUEUE)
    names = [tile.accessibleName() for tile in view.strip.tiles if not tile.isHidden()]
    assert len(names) >= 2
    assert all("of this zone" in name for name in names)
    assert view.strip._figure.text().startswith("±")


def test_a_copy_goes_to_a_camera_and_one_of_another_size_is_said(view: ZonesView, window: MainWindow) -> None:
    view.stills.take = lambda camera: None  # type: ignore[method-assign]
    view.select(QUEUE)
    view.inspector.copied.emit("3")
    assert selected(view).on == "3"

    def uncalibrated(document: dict[str, object]) -> None:
        cameras = document["cameras"]
        assert isinstance(cameras, list)
        cameras[0] |= {"calibration": {}, "frame_size": [1280, 720]}

    view.session.edit(uncalibrated, "forget the calibration")
    before = np.array(corners(view))
    view.inspector.copied.emit("1")
    assert np.array(corners(view)) == pytest.approx(before * 2, abs=0.01)
    assert "another size" in window.toasts._card.accessibleName()


def test_a_line_along_a_shelf_is_warned_of_and_turned(view: ZonesView) -> None:
    view.use_tool("lines")
    click(view, 392, 150)
    click(view, 392, 330)
    assert not view.warning.isHidden()
    assert "Nobody can cross" in view.warning.accessibleName()
    view.warning.turned.emit()
    assert view.warning.isHidden()
    (_, ay), (_, by) = corners(view)
    assert ay == pytest.approx(by, abs=3)


def test_a_kept_line_is_not_warned_of_again(view: ZonesView) -> None:
    view.use_tool("lines")
    click(view, 392, 150)
    click(view, 392, 330)
    view.warning.kept.emit()
    assert view.warning.isHidden()
    view.select(None)
    assert view.warning.isHidden()


def test_a_store_without_a_plan_is_drawn_on_its_camera(view: ZonesView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be drawn before the size of its pictures is known; then that is written down."""
    monkeypatch.setattr(view.stills, "take", lambda camera: None)

    def bare(document: dict[str, Any]) -> None:
        document["store"] = {"name": "demo"}
        document["zones"], document["lines"] = [], []
        document["cameras"] = [{"camera_id": 1, "name": "Door", "rtsp_url": "rtsp://door"}]

    assert view.session.edit(bare, "begin anew")
    assert view.places.place == "1"
    assert not view.places.canvas.isEnabled()
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    monkeypatch.setattr(view.stills, "picture", lambda camera: (image, (320, 180), ""))
    view.use_tool("zones")
    drag(view, (40, 40), (200, 120), keys=ALT)
    assert selected(view).on == "1"
    assert view.site is not None
    assert view.site.cameras[0].frame_size == (320, 180)
    assert "boxes" in view.inspector.preview._words.text()


def test_words_of_tools_go_where_there_is_no_room(view: ZonesView) -> None:
    one = view.tools.tools["zones"]
    view.tools.fold(2000)
    assert one.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    view.tools.fold(view.tools.sizeHint().width() - 1)
    assert one.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
