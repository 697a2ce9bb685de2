"""Calibrate by gesture, on the demo store, whose cameras are known exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.homography import apply
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate import CalibrateView
from heatmap_gui.desktop.views.calibrate_revisions import calibrations
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.services.board import Shown
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.store.site_files import versions
from heatmap_gui.vision.synthetic import load_scene
from tests.desktop.gestures import click, drag, press_key

WAIT_MS = 20_000
CAMERA = "3"
MPP = 0.02
# corners on the demo's floor that its third camera sees, in metres
PLACES_M = np.array(
    [[14.9, 9.3], [17.1, 9.3], [14.9, 10.5], [15.8, 7.0], [13.9, 7.0], [10.2, 7.0], [9.2, 9.8], [12.0, 11.6]]
)


def _truth() -> F8:
    """Picture px -> metres on the floor, of the camera."""
    return np.asarray(load_scene("store").view(int(CAMERA)).floor_matrix)


def _in_picture(places_m: F8) -> F8:
    inverse = np.linalg.inv(_truth())
    homogeneous = np.column_stack([places_m, np.ones(len(places_m))]) @ inverse.T
    return np.asarray(homogeneous[:, :2] / homogeneous[:, 2:])


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, session: Session) -> Iterator[CalibrateView]:
    """On a camera of the demo that has no calibration yet, its still taken."""

    def forget(document: dict[str, object]) -> None:
        for camera in document["cameras"]:  # type: ignore[attr-defined]
            camera["calibration"] = None

    assert session.edit(forget, "forget")
    window.show_screen("calibrate")
    shown = window.view("calibrate")
    assert isinstance(shown, CalibrateView)
    shown.show_camera(CAMERA)
    qtbot.waitUntil(lambda: shown.desk.still.isVisible() and shown.desk.still.picture_size[0] > 1, timeout=WAIT_MS)
    yield shown
    assert session.background.finish()


def _at(canvas: ImageCanvas, point: F8) -> QPoint:
    return canvas.to_window(float(point[0]), float(point[1])).toPoint()


def _click(qtbot: QtBot, canvas: ImageCanvas, point: F8) -> None:
    click(qtbot, canvas, _at(canvas, point))


def _pair(qtbot: QtBot, view: CalibrateView, place_m: F8) -> None:
    _click(qtbot, view.desk.still, _in_picture(place_m[None])[0])
    _click(qtbot, view.desk.plan, place_m / MPP)


def _pairs(view: CalibrateView) -> int:
    return len(view.desk.editor.pairs)


def test_a_camera_is_calibrated_from_nothing_in_at_most_24_actions(
    qtbot: QtBot, view: CalibrateView, session: Session
) -> None:
    actions = 0
    for place in PLACES_M:
        _pair(qtbot, view, place)
        actions += 2
    view.revisions.save_button.click()
    actions += 1
    assert actions <= 24
    draft = session.draft
    assert session.site is not None and draft is not None
    calibration = session.site.camera(CAMERA).calibration
    assert calibration is not None and len(calibration.camera_points) == len(PLACES_M)
    assert calibration.error_m is not None and calibration.error_m < 0.15
    x, y = np.meshgrid(np.arange(7.0, 18.6, 0.5), np.arange(7.5, 12.6, 0.5))
    floor = np.stack([x.ravel(), y.ravel()], axis=1)
    seen = _in_picture(floor)
    seen_rows = ((seen > 0) & (seen < (640, 360))).all(axis=1)
    found_m = apply(calibration.matrix, seen[seen_rows]) * MPP
    assert np.sqrt(np.mean(np.sum((found_m - floor[seen_rows]) ** 2, axis=1))) <= 0.15
    qtbot.waitUntil(lambda: not draft.dirty and len(versions(draft.path)) == 1, timeout=WAIT_MS)


def test_a_pair_is_dragged_nudged_and_deleted_and_all_is_undone(
    qtbot: QtBot, view: CalibrateView, session: Session
) -> None:
    for place in PLACES_M[:5]:
        _pair(qtbot, view, place)
    plan = view.desk.plan
    before = view.desk.editor.pairs
    start = _at(plan, before.plan[1])
    drag(qtbot, plan, start, *(start + QPoint(step, 0) for step in (6, 12, 18)))
    dragged = view.desk.editor.pairs
    assert view.desk.editor.selected == 1
    assert dragged.plan[1, 0] - before.plan[1, 0] == pytest.approx(18 / plan.scale, abs=1.5 / plan.scale)
    press_key(qtbot, plan, Qt.Key.Key_Right)
    press_key(qtbot, plan, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    nudged = view.desk.editor.pairs.plan[1, 0] - dragged.plan[1, 0]
    assert nudged * MPP == pytest.approx(0.11, abs=1e-6)
    press_key(qtbot, plan, Qt.Key.Key_Delete)
    assert _pairs(view) == 4
    for _ in range(3):
        session.undo()
    np.testing.assert_array_equal(view.desk.editor.pairs.plan, before.plan)
    assert session.draft is not None and session.draft.undoes == "add pair 5"


def test_a_pair_that_is_off_is_worst_and_can_be_held_out(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    for place in PLACES_M[:7]:
        _pair(qtbot, view, place)
    wrong = PLACES_M[7]
    _click(qtbot, view.desk.still, _in_picture(wrong[None])[0])
    _click(qtbot, view.desk.plan, (wrong + np.array([0.8, 0.0])) / MPP)
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
        _pair(qtbot, view, place)
    qtbot.waitUntil(lambda: view.sheet is not None and view.sheet.projection is not None, timeout=WAIT_MS)
    assert view.sheet is not None
    for place in PLACES_M[5:]:
        meant = view.sheet.other("image", _in_picture(place[None])[0])
        assert meant is not None
        assert np.hypot(*(meant * MPP - place)) < 0.8, "the click itself is a px off"


def test_pairs_that_make_no_floor_are_said_so_in_place(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    for x in (10.0, 11.0, 12.0, 13.0, 14.0):
        _pair(qtbot, view, np.array([x, 8.5]))
    assert session.site is not None and session.site.camera(CAMERA).calibration is None
    assert view.fitted is not None and "one line" in view.fitted.problem
    assert _pairs(view) == 5


def test_s_snaps_to_the_corner_under_the_pointer(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    corner = np.array([[15.8, 7.0]])  # a shelf's foot
    still = view.desk.still
    near = _in_picture(corner)[0] + (4.0, 3.0)
    _click(qtbot, still, near)
    press_key(qtbot, still, Qt.Key.Key_S)
    assert view.desk.editor.begun is not None
    snapped = view.desk.editor.begun[1]
    assert np.hypot(*(snapped - near)) > 0.5
    assert np.hypot(*(snapped - _in_picture(corner)[0])) < 2.5
    _click(qtbot, view.desk.plan, corner[0] / MPP)
    assert _pairs(view) == 1


def test_tab_goes_from_pair_to_pair_and_then_on(qtbot: QtBot, view: CalibrateView) -> None:
    for place in PLACES_M[:2]:
        _pair(qtbot, view, place)
    still = view.desk.still
    still.setFocus()
    view.desk.editor.selected = None
    for wanted in (0, 1):
        press_key(qtbot, still, Qt.Key.Key_Tab)
        assert view.desk.editor.selected == wanted
    press_key(qtbot, still, Qt.Key.Key_Tab)
    assert not still.hasFocus()


def test_escape_lets_a_begun_pair_go(qtbot: QtBot, view: CalibrateView) -> None:
    _click(qtbot, view.desk.still, _in_picture(PLACES_M[:1])[0])
    assert view.desk.editor.begun is not None
    press_key(qtbot, view.desk.still, Qt.Key.Key_Escape)
    assert view.desk.editor.begun is None
    assert _pairs(view) == 0


def test_a_revision_is_gone_back_to_and_that_is_undone(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    for place in PLACES_M[:5]:
        _pair(qtbot, view, place)
    draft = session.draft
    assert draft is not None
    session.save()
    qtbot.waitUntil(lambda: not draft.dirty, timeout=WAIT_MS)
    kept = view.desk.editor.pairs
    _pair(qtbot, view, PLACES_M[5])
    view.revisions.save_button.click()
    qtbot.waitUntil(lambda: not draft.dirty and bool(versions(draft.path)), timeout=WAIT_MS)
    view.revisions.take_over(calibrations(versions(draft.path)[0]), "earlier")
    np.testing.assert_array_equal(view.desk.editor.pairs.plan, kept.plan)
    session.undo()
    assert _pairs(view) == 6


def test_matrices_and_files_of_version_1_are_taken_over(view: CalibrateView, session: Session, tmp_path: Path) -> None:
    matrix = (np.diag([1 / MPP, 1 / MPP, 1.0]) @ _truth()).tolist()
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


def test_the_lens_is_one_slider_and_one_step_to_undo(view: CalibrateView, session: Session) -> None:
    session.undo()
    assert session.site is not None
    before = session.site.camera(CAMERA).calibration
    for value in (-5, -10):
        view.lens.slider.setValue(value)
    calibration = session.site.camera(CAMERA).calibration
    assert calibration is not None and calibration.lens is not None and calibration.lens.k1 == -0.1
    assert view.fitted is not None and view.fitted.fit is not None and before is not None
    assert view.fitted.fit.error is not None and view.fitted.fit.error > 0.05, "the demo's cameras have no such lens"
    session.undo()
    assert view.lens.slider.value() == 0
    assert view.fitted.fit is not None and view.fitted.fit.error is not None and view.fitted.fit.error < 0.05
    assert session.site.camera(CAMERA).calibration is not None


def test_a_camera_that_was_moved_is_said_so_in_place(
    view: CalibrateView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = CameraState()
    state.condition = Condition(CameraStatus.MOVED, 0.0, "40 px to the right")
    monkeypatch.setattr(session, "camera_states", lambda: {CAMERA: state})
    view.look_at_camera()
    assert view.banner.isVisible() and "40 px to the right" in view.banner.accessibleName()
    state.condition = Condition(CameraStatus.OK, 0.0)
    view.look_at_camera()
    assert not view.banner.isVisible()


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
