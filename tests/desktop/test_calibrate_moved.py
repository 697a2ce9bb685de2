"""A camera that was moved, in Calibrate: it is measured, said, and its pairs go along or stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from heatmap_gui.core.homography import apply
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import calibrate_loading
from heatmap_gui.desktop.views.calibrate import CalibrateView
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.services.stills import Still
from heatmap_gui.vision.synthetic import load_scene
from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.scenery import backdrop
from tests.desktop.calibrating import CAMERA, MPP, PLACES_M, WAIT_MS, floor_seen, open_view, pair

SCENE = load_scene("store")
AHEAD = SCENE.view(int(CAMERA))
TURNED = replace(AHEAD, target=(11.6, 7.9, 0.1))


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, session: Session) -> Iterator[CalibrateView]:
    """Its camera is calibrated."""
    shown = open_view(qtbot, window, session)
    for place in PLACES_M:
        pair(qtbot, shown, place)
    yield shown
    assert session.background.finish()


def _look(qtbot: QtBot, view: CalibrateView, monkeypatch: pytest.MonkeyPatch, at: View) -> None:
    """The camera looks there from now on, and its still is taken again."""
    image = backdrop(SCENE, at).image
    monkeypatch.setattr(calibrate_loading, "take_still", lambda camera: Still(camera.id, image, 1))
    (again,) = [action for action in view.actions() if action.text() == "Take the still again"]
    again.trigger()
    site = view.session.site
    assert site is not None
    camera = site.camera(CAMERA)
    qtbot.waitUntil(lambda: (still := view.stills.of(camera)) is not None and still.image is image, timeout=WAIT_MS)


def _error_m(view: CalibrateView, at: View) -> float:
    """Of the site's calibration, all over the floor that the camera sees; root of the mean square."""
    site = view.session.site
    assert site is not None
    calibration = site.camera(CAMERA).calibration
    assert calibration is not None
    floor, seen = floor_seen(np.asarray(at.floor_matrix))
    miss: F8 = apply(calibration.matrix, seen) * MPP - floor
    return float(np.sqrt(np.mean(np.sum(miss**2, axis=1))))


def _answer(view: CalibrateView, words: str) -> None:
    (button,) = [one for one in view.moved.banner.findChildren(QPushButton) if one.accessibleName() == words]
    button.click()


def test_a_camera_that_was_turned_is_realigned_and_that_is_undone(
    qtbot: QtBot, view: CalibrateView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _error_m(view, AHEAD)
    assert before < 0.15
    _look(qtbot, view, monkeypatch, TURNED)
    banner = view.moved.banner
    qtbot.waitUntil(banner.isVisible, timeout=WAIT_MS)
    assert "was turned" in banner.accessibleName() and "cm" in banner.accessibleName()
    assert view.sheet is not None and view.sheet.moved is not None, "where the pairs would go is shown"
    off = _error_m(view, TURNED)
    _answer(view, "Move its pairs along")
    assert not banner.isVisible()
    assert off > 0.5 and _error_m(view, TURNED) < before + 0.05
    assert session.draft is not None and session.draft.undoes == "move the pairs of camera 3 along"
    qtbot.waitUntil(lambda: view.sheet is not None and view.sheet.moved is None, timeout=WAIT_MS)
    session.undo()
    qtbot.waitUntil(banner.isVisible, timeout=WAIT_MS)
    assert _error_m(view, TURNED) == pytest.approx(off)


def test_a_refusal_is_remembered_until_it_moves_again(
    qtbot: QtBot, view: CalibrateView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _look(qtbot, view, monkeypatch, TURNED)
    banner = view.moved.banner
    qtbot.waitUntil(banner.isVisible, timeout=WAIT_MS)
    kept = view.desk.editor.pairs
    state = CameraState()
    monkeypatch.setattr(session, "camera_states", lambda: {CAMERA: state})
    _answer(view, "They are right as they are")
    assert not banner.isVisible() and view.desk.editor.pairs.same(kept)
    assert state.believed, "the engine measures what it shows now"
    _look(qtbot, view, monkeypatch, replace(TURNED))
    qtbot.waitUntil(lambda: view.moved.settled, timeout=WAIT_MS)
    assert not banner.isVisible()
    _look(qtbot, view, monkeypatch, AHEAD)
    qtbot.waitUntil(banner.isVisible, timeout=WAIT_MS)


def test_what_the_engine_noticed_is_said_and_measured_anew(
    qtbot: QtBot, view: CalibrateView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = CameraState()
    state.condition = Condition(CameraStatus.MOVED, 0.0, "it is shifted by 5 % of its width")
    monkeypatch.setattr(session, "camera_states", lambda: {CAMERA: state})
    image = backdrop(SCENE, TURNED).image
    monkeypatch.setattr(calibrate_loading, "take_still", lambda camera: Still(camera.id, image, 1))
    view.strip.show_states(session.camera_states())
    chips = [one.accessibleName() for one in view.strip.findChildren(QPushButton)]
    assert [name[0] for name in chips if "moved" in name] == [CAMERA]
    view.moved.look(CAMERA)
    banner = view.moved.banner
    assert banner.isVisible() and "5 % of its width" in banner.accessibleName()
    qtbot.waitUntil(lambda: "was turned" in banner.accessibleName(), timeout=WAIT_MS)
    _answer(view, "Move its pairs along")
    state.condition = Condition(CameraStatus.OK, 0.0)
    view.moved.look(CAMERA)
    assert not banner.isVisible()


def test_an_earlier_calibration_learns_what_the_camera_shows_when_a_revision_is_kept(
    qtbot: QtBot, view: CalibrateView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget(document: dict[str, list[dict[str, dict[str, object]]]]) -> None:
        document["cameras"][2]["calibration"].pop("reference")

    assert session.edit(forget, "forget")
    _look(qtbot, view, monkeypatch, AHEAD)
    view.revisions.save_button.click()
    assert session.site is not None
    assert "reference" in session.site.document["cameras"][2]["calibration"]
    _look(qtbot, view, monkeypatch, TURNED)
    qtbot.waitUntil(view.moved.banner.isVisible, timeout=WAIT_MS)
