"""Calibrate by gesture, on the demo store, whose cameras are known exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.homography import apply
from heatmap_gui.core.pair_fit import camera_of, read_pairs
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate import CalibrateView
from heatmap_gui.desktop.views.calibrate_revisions import calibrations
from heatmap_gui.desktop.views.revisions import Revision
from heatmap_gui.services.board import Shown
from heatmap_gui.store.site_files import versions
from heatmap_gui.vision.synthetic import load_scene
from tests.desktop.calibrating import (
    CAMERA,
    MPP,
    PLACES_M,
    WAIT_MS,
    at,
    click_at,
    floor_seen,
    in_picture,
    open_view,
    pair,
    pairs,
    truth,
)
from tests.desktop.gestures import drag, press_key


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, session: Session) -> Iterator[CalibrateView]:
    shown = open_view(qtbot, window, session)
    yield shown
    assert session.background.finish()


def test_a_camera_is_calibrated_from_nothing_in_at_most_24_actions(
    qtbot: QtBot, view: CalibrateView, session: Session
) -> None:
    actions = 0
    for place in PLACES_M:
        pair(qtbot, view, place)
        actions += 2
    view.revisions.save_button.click()
    actions += 1
    assert actions <= 24
    draft = session.draft
    assert session.site is not None and draft is not None
    calibration = session.site.camera(CAMERA).calibration
    assert calibration is not None and len(calibration.camera_points) == len(PLACES_M)
    assert calibration.error_m is not None and calibration.error_m < 0.15
    floor, seen = floor_seen()
    found_m = apply(calibration.matrix, seen) * MPP
    assert np.sqrt(np.mean(np.sum((found_m - floor) ** 2, axis=1))) <= 0.15
    qtbot.waitUntil(lambda: not draft.dirty and len(versions(draft.path)) == 1, timeout=WAIT_MS)


def test_a_pair_is_dragged_nudged_and_deleted_and_all_is_undone(
    qtbot: QtBot, view: CalibrateView, session: Session
) -> None:
    for place in PLACES_M[:5]:
        pair(qtbot, view, place)
    plan = view.desk.plan
    before = view.desk.editor.pairs
    start = at(plan, before.plan[1])
    drag(qtbot, plan, start, *(start + QPoint(step, 0) for step in (6, 12, 18)))
    dragged = view.desk.editor.pairs
    assert session.site is not None
    written = read_pairs(camera_of(session.site.document, CAMERA))
    np.testing.assert_array_equal(written.plan, dragged.plan, "where the hand let go")
    assert view.desk.editor.selected == 1
    assert dragged.plan[1, 0] - before.plan[1, 0] == pytest.approx(18 / plan.scale, abs=1.5 / plan.scale)
    press_key(qtbot, plan, Qt.Key.Key_Right)
    press_key(qtbot, plan, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    nudged = view.desk.editor.pairs.plan[1, 0] - dragged.plan[1, 0]
    assert nudged * MPP == pytest.approx(0.11, abs=1e-6)
    press_key(qtbot, plan, Qt.Key.Key_Delete)
    assert pairs(view) == 4
    for _ in range(3):
        session.undo()
    np.testing.assert_array_equal(view.desk.editor.pairs.plan, before.plan)
    assert session.draft is not None and session.draft.undoes == "add pair 5"


def test_a_pair_that_is_chosen_in_the_table_is_deleted_there(qtbot: QtBot, view: CalibrateView) -> None:
    for place in PLACES_M[:6]:
        pair(qtbot, view, place)
    gone = view.table.pairs.order[2]
    kept = np.delete(view.desk.editor.pairs.plan, gone, axis=0)
    view.table.selectRow(2)
    assert view.desk.editor.selected == gone
    press_key(qtbot, view.table, Qt.Key.Key_Delete)
    np.testing.assert_array_equal(view.desk.editor.pairs.plan, kept)


def test_a_pair_that_is_off_is_worst_and_can_be_held_out(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    for place in PLACES_M[:7]:
        pair(qtbot, view, place)
    wrong = PLACES_M[7]
    click_at(qtbot, view.desk.still, in_picture(wrong[None])[0])
    click_at(qtbot, view.desk.plan, (wrong + np.array([0.8, 0.0])) / MPP)
    model = view.table.pairs
    assert model.order[0] == 7
    error, suspect = model.left_out(0)
    assert suspect and error == pytest.approx(0.8, abs=0.25)
    assert model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert session.site is not None
    calibration = session.site.camera(CAMERA).calibration
    assert calibration is not None and len(calibration.camera_points) == 7
    assert calibration.error_m is not None and calibration.error_m < 0.15
    assert model.left_out(0)[0] == pytest.approx(0.8, abs=0.25), "a held-out pair keeps its error"


def test_from_the_fifth_pair_the_next_click_is_foretold(qtbot: QtBot, view: CalibrateView) -> None:
    for place in PLACES_M[:5]:
        pair(qtbot, view, place)
    qtbot.waitUntil(lambda: view.sheet is not None and view.sheet.projection is not None, timeout=WAIT_MS)
    assert view.sheet is not None
    for place in PLACES_M[5:]:
        meant = view.sheet.other("image", in_picture(place[None])[0])
        assert meant is not None
        assert np.hypot(*(meant * MPP - place)) < 0.8, "the click itself is a px off"


def test_pairs_that_make_no_floor_are_said_so_in_place(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    for x in (10.0, 11.0, 12.0, 13.0, 14.0):
        pair(qtbot, view, np.array([x, 8.5]))
    assert session.site is not None and session.site.camera(CAMERA).calibration is None
    assert view.fitted is not None and "one line" in view.fitted.problem
    assert pairs(view) == 5


def test_s_snaps_to_the_corner_under_the_pointer(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    corner = np.array([[15.8, 7.0]])  # a shelf's foot
    still = view.desk.still
    near = in_picture(corner)[0] + (4.0, 3.0)
    click_at(qtbot, still, near)
    press_key(qtbot, still, Qt.Key.Key_S)
    assert view.desk.editor.begun is not None
    snapped = view.desk.editor.begun[1]
    assert np.hypot(*(snapped - near)) > 0.5
    assert np.hypot(*(snapped - in_picture(corner)[0])) < 2.5
    click_at(qtbot, view.desk.plan, corner[0] / MPP)
    assert pairs(view) == 1


def test_tab_goes_from_pair_to_pair_and_then_on(qtbot: QtBot, view: CalibrateView) -> None:
    for place in PLACES_M[:2]:
        pair(qtbot, view, place)
    still = view.desk.still
    still.setFocus()
    view.desk.editor.selected = None
    for wanted in (0, 1):
        press_key(qtbot, still, Qt.Key.Key_Tab)
        assert view.desk.editor.selected == wanted
    press_key(qtbot, still, Qt.Key.Key_Tab)
    assert not still.hasFocus()


def test_escape_lets_a_begun_pair_go(qtbot: QtBot, view: CalibrateView) -> None:
    click_at(qtbot, view.desk.still, in_picture(PLACES_M[:1])[0])
    assert view.desk.editor.begun is not None
    press_key(qtbot, view.desk.still, Qt.Key.Key_Escape)
    assert view.desk.editor.begun is None
    assert pairs(view) == 0


def test_a_revision_is_gone_back_to_and_that_is_undone(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    for place in PLACES_M[:5]:
        pair(qtbot, view, place)
    draft = session.draft
    assert draft is not None
    session.save()
    qtbot.waitUntil(lambda: not draft.dirty, timeout=WAIT_MS)
    kept = view.desk.editor.pairs
    pair(qtbot, view, PLACES_M[5])
    view.revisions.save_button.click()
    qtbot.waitUntil(lambda: not draft.dirty and bool(versions(draft.path)), timeout=WAIT_MS)
    view.revisions.take_over(calibrations(versions(draft.path)[0]), "earlier")
    np.testing.assert_array_equal(view.desk.editor.pairs.plan, kept.plan)
    session.undo()
    assert pairs(view) == 6


def test_matrices_and_files_of_version_1_are_taken_over(view: CalibrateView, session: Session, tmp_path: Path) -> None:
    matrix = (np.diag([1 / MPP, 1 / MPP, 1.0]) @ truth()).tolist()
    path = tmp_path / "homography_matrices_shop.json"
    path.write_text(json.dumps({"store_name": "shop", "matrices": {f"camera_{CAMERA}": {"matrix": matrix}}}))
    view.revisions.take_over(calibrations(path), path.name)
    assert session.site is not None
    calibration = session.site.camera(CAMERA).calibration
    assert calibration is not None
    np.testing.assert_allclose(calibration.matrix, matrix)
    path.write_text("{}")
    with pytest.raises(InputError):
        calibrations(path)


def test_a_camera_without_a_picture_says_why_and_is_tried_again(
    qtbot: QtBot, view: CalibrateView, session: Session
) -> None:
    assert session.edit(lambda document: document["cameras"][0].update(rtsp_url="gone.mp4"), "address")
    view.show_camera("1")
    qtbot.waitUntil(
        lambda: bool(view.stills.trouble(session.site.camera("1"))) if session.site else False, timeout=WAIT_MS
    )
    assert not view.desk.still.isVisible()
    view.show_camera(CAMERA)
    assert view.desk.still.isVisible()
    view.show_camera("1")
    assert not view.desk.still.isVisible(), "no other camera's picture stands in"


def test_a_person_stands_under_the_pointer_as_tall_as_in_truth(qtbot: QtBot, view: CalibrateView) -> None:
    for place in PLACES_M:
        pair(qtbot, view, place)
    qtbot.waitUntil(lambda: view.sheet is not None and view.sheet.projection is not None, timeout=WAIT_MS)
    (button,) = [one for one in view.findChildren(QToolButton) if "person of 1.70 m" in one.accessibleName()]
    button.click()
    still, plan, person = view.desk.still, view.desk.plan, view.desk.person
    foot = np.array([14.0, 9.0])
    seen, _ = load_scene("store").view(int(CAMERA)).project(np.array([[*foot, 0.0], [*foot, 1.7]]))
    for canvas, place in ((still, seen[0]), (plan, foot / MPP)):
        qtbot.mouseMove(canvas, at(canvas, place))
        assert person.shows and person.foot is not None and person.projection is not None
        assert np.hypot(*(person.foot - seen[0])) < 4
        assert np.hypot(*(person.projection.head(person.foot[None], 1.7)[0] - seen[1])) < 8
    button.click()
    assert not person.shows


def test_an_earlier_revision_is_looked_at_and_left(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    for place in PLACES_M[:6]:
        pair(qtbot, view, place)
    assert session.site is not None
    earlier = Revision(Path("earlier"), datetime.now(UTC), session.site)
    view.desk.editor.selected = 0
    press_key(qtbot, view.desk.plan, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: _matrix(view) is not None, timeout=WAIT_MS)
    now = session.site.camera(CAMERA).calibration
    then = earlier.site.camera(CAMERA).calibration
    assert now is not None and then is not None and not np.array_equal(now.matrix, then.matrix)
    assert "from those of now" in view.revisions.words(earlier.site, session.site)
    for revision, calibration in ((earlier, then), (None, now)):
        view.revisions.looked.emit(revision)
        meant = apply(calibration.matrix, CORNER)[0]
        qtbot.waitUntil(partial(_is_there, view, meant), timeout=WAIT_MS)


CORNER = np.array([[320.0, 300.0]])


def _is_there(view: CalibrateView, meant: F8) -> bool:
    """Whether the pictures are shown so that the corner is there."""
    place = None if view.sheet is None else view.sheet.other("image", CORNER[0])
    return place is not None and bool(np.hypot(*(place - meant)) < 1e-6)


def _matrix(view: CalibrateView) -> object:
    return None if view.sheet is None else view.sheet.projection


def _choose_mode(view: CalibrateView, mode: str) -> None:
    view.modes.choose(mode)
    view.modes.chosen.emit(mode)


def test_the_mosaic_shows_all_calibrated_cameras(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    session.undo()  # the demo's own calibrations
    _choose_mode(view, "mosaic")
    canvas = view.floor_pane.canvas
    qtbot.waitUntil(lambda: "3 of 3" in view.floor_pane.said, timeout=WAIT_MS)
    place = canvas.to_window(600.0, 430.0).toPoint()
    qtbot.waitUntil(lambda: canvas.grab().toImage().pixelColor(place).lightness() > 60, timeout=WAIT_MS)


def test_the_walk_test_says_how_far_two_cameras_are_apart(
    view: CalibrateView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.undo()
    scene = load_scene("store")
    moment = 0.0

    class Feed:
        """A person of 1.7 m who stands where all cameras see them."""

        def newest(self) -> dict[str, Shown]:
            seen = {}
            for number in ("2", "3"):
                seen_at, _ = scene.view(int(number)).project(np.array([[14.0, 8.6, 0.0], [14.0, 8.6, 1.7]]))
                box = np.array([[seen_at[0, 0] - 8, seen_at[1, 1], seen_at[0, 0] + 8, seen_at[0, 1]]])
                who = np.array([4], np.int64)
                seen[number] = Shown(number, moment, (640, 360), None, box, who, np.array([True]), ("person",))
            return seen

    monkeypatch.setattr(session, "board", lambda: Feed())
    _choose_mode(view, "walk")
    assert "Cameras 2 and 3 agree" in view.floor_pane.said
    assert "people measure 1.7" in view.floor_pane.said
    _choose_mode(view, "pairs")


def test_the_walk_test_asks_for_a_measurement_where_none_runs(view: CalibrateView) -> None:
    _choose_mode(view, "walk")
    assert not view.floor_pane.canvas.isVisible()
    view.leave()
