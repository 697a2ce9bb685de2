"""Names and landmarks in Calibrate by gesture: what one camera is tied to is clicked in the next picture only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate import CalibrateView
from heatmap_gui.desktop.views.calibrate_table import NAME
from tests.desktop.calibrating import CAMERA, MPP, PLACES_M, click_at, in_picture, open_view, pair, pairs
from tests.desktop.gestures import press_key

NAMES = ("till", "pillar", "", "", "door", "")


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, session: Session) -> Iterator[CalibrateView]:
    """Another camera is tied to six places already."""
    shown = open_view(qtbot, window, session)
    plan = (PLACES_M[: len(NAMES)] / MPP).tolist()

    def tie(document: dict[str, list[dict[str, object]]]) -> None:
        document["cameras"][0]["calibration"] = {"camera_points": plan, "plan_points": plan, "names": list(NAMES)}

    assert session.edit(tie, "tie")
    yield shown
    assert session.background.finish()


def _seen(place: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(in_picture(np.array([place]) * MPP)[0])


def test_landmarks_are_gone_through_by_a_click_each(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    assert view.offer.isVisible()
    view.offer.use.click()
    while view.desk.editor.offering:
        assert view.desk.editor.begun is not None
        before = pairs(view)
        if before == 2 and "place" in view.offer.said and len(view.desk.editor.left) == 3:
            view.offer.skip.click()  # one that is not in the picture
            continue
        click_at(qtbot, view.desk.still, _seen(view.desk.editor.begun[1].tolist()))
        assert pairs(view) == before + 1
    assert 5 <= pairs(view) <= 6
    assert set(view.desk.editor.pairs.names) >= {"till", "pillar", "door"}
    assert session.site is not None
    calibration = session.site.camera(CAMERA).calibration
    assert calibration is not None and calibration.error_m is not None and calibration.error_m < 0.15


def test_the_one_that_is_wanted_is_said_and_escape_ends_it(qtbot: QtBot, view: CalibrateView) -> None:
    view.offer.use.click()
    assert "door" in view.offer.said, "those with a name are first, in the plan's order"
    press_key(qtbot, view.desk.still, Qt.Key.Key_Escape)
    assert not view.desk.editor.offering and view.offer.use.isVisible()


def test_by_hand_a_click_beside_a_landmark_is_that_landmark(qtbot: QtBot, view: CalibrateView) -> None:
    place = PLACES_M[1] / MPP
    click_at(qtbot, view.desk.still, in_picture(PLACES_M[1:2])[0])
    click_at(qtbot, view.desk.plan, place + 1.5 / view.desk.plan.scale)
    assert view.desk.editor.pairs.names == ("pillar",)
    np.testing.assert_allclose(view.desk.editor.pairs.plan[0], place)
    assert len(view.desk.editor.landmarks) == len(NAMES) - 1


def test_a_pair_is_named_in_the_table_and_that_is_undone(qtbot: QtBot, view: CalibrateView, session: Session) -> None:
    pair(qtbot, view, PLACES_M[7])
    model = view.table.pairs
    index = model.index(0, NAME)
    assert model.setData(index, "  freezer ", Qt.ItemDataRole.EditRole)
    assert model.data(model.index(0, NAME)) == "freezer"
    assert session.draft is not None and session.draft.undoes == "name pair 1"
    view.show_camera("2")
    assert "freezer" in view.desk.editor.landmarks.names, "the next camera is offered it"
    view.show_camera(CAMERA)
    session.undo()
    assert model.data(model.index(0, NAME)) == ""
    view.table.selectRow(0)
    press_key(qtbot, view.table, Qt.Key.Key_F2)
    assert view.table.state() == view.table.State.EditingState
