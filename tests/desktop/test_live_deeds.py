"""What is done to a camera from the wall: its picture kept, what is written about it changed, taken out and back."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import cv2
import keyring
import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QContextMenuEvent, QImage
from PyQt6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from heatmap_gui.core.site import Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.live import LiveView
from heatmap_gui.desktop.views.live_camera_dialog import CameraDialog
from heatmap_gui.services.camera_addresses import SERVICE, keyring_name
from tests.desktop.gestures import click, press_key
from tests.desktop.live_scene import Measured
from tests.services.test_board import BOX, NOISE, SIZE, contrast, seen

HEAD = tokens.TILE_HEAD


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the operator chooses, whatever is asked."""
    path = tmp_path / "kept.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(path), ""))
    return path


def ids(session: Session) -> list[str]:
    assert session.site is not None
    return [camera.id for camera in session.site.cameras]


def show(live: LiveView, measured: Measured) -> None:
    """The camera sends a picture in the size that is wanted by now."""
    live.feed.tick()
    live.feed.tick()
    measured.board.show(seen(time.time()))
    live.feed.tick()


def pixels(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    read = cv2.imread(str(path))
    assert read is not None
    return np.asarray(read, np.uint8)


def test_a_picture_is_kept_as_large_as_the_camera_sends_it(
    qtbot: QtBot, live: LiveView, measured: Measured, target: Path
) -> None:
    live.switches["boxes"].click()
    for name in ("ids", "trails", "zones"):
        live.switches[name].click()
    show(live, measured)
    click(qtbot, live.wall, live.wall.tiles["1"].room.center())
    with qtbot.waitSignal(live.session.told) as told:
        press_key(qtbot, live.wall, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        show(live, measured)
    kept = pixels(target)
    assert kept.shape == (SIZE[1] + HEAD, SIZE[0], 3)
    assert (kept[HEAD:] == NOISE).all(), "as it was sent, to the last px"
    assert told.args is not None
    assert told.args[0] == f"The picture is in {target}"
    assert QImage(str(target)).text("Title") == "demo: Entrance"
    assert live.wall.enlarged == ""


def test_who_is_blurred_stays_blurred_in_what_is_kept(
    qtbot: QtBot, live: LiveView, measured: Measured, target: Path
) -> None:
    live.switches["blur"].click()
    live.switches["boxes"].click()
    show(live, measured)
    with qtbot.waitSignal(live.session.told):
        live.deeds.save.trigger()
        show(live, measured)
    assert contrast(pixels(target)[HEAD:], BOX) < 0.3 * contrast(NOISE, BOX)


def test_the_wall_is_kept_as_it_is_shown(qtbot: QtBot, live: LiveView, measured: Measured, target: Path) -> None:
    show(live, measured)
    with qtbot.waitSignal(live.session.told):
        live.deeds.save_wall.trigger()
    assert pixels(target).shape[:2] == (live.wall.height(), live.wall.width())


def test_what_cannot_be_written_is_said(qtbot: QtBot, live: LiveView, target: Path) -> None:
    target.mkdir()
    with qtbot.waitSignal(live.session.refused) as refused:
        live.deeds.save_wall.trigger()
    assert refused.args is not None
    assert "cannot be written" in refused.args[0]


def test_a_camera_without_a_picture_has_none_to_keep(
    qtbot: QtBot, live: LiveView, monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    monkeypatch.setattr("heatmap_gui.desktop.views.live_deeds._ENLARGE_S", 0.0)
    live.deeds.save.trigger()
    with qtbot.waitSignal(live.session.refused) as refused:
        live.feed.tick()
    assert refused.args == ["There is no picture to save"]
    assert not target.exists()


def test_a_camera_is_removed_and_comes_back(qtbot: QtBot, live: LiveView, session: Session) -> None:
    before = json.dumps(session.site.document if session.site else {})
    click(qtbot, live.wall, live.wall.tiles["2"].room.center())
    with qtbot.waitSignal(session.told) as told:
        press_key(qtbot, live.wall, Qt.Key.Key_Delete)
    assert ids(session) == ["1", "3"]
    assert set(live.wall.tiles) == {"1", "3"}
    assert told.args is not None
    assert told.args[1] == "Undo"
    told.args[2]()
    assert ids(session) == ["1", "2", "3"]
    assert session.site is not None
    assert json.dumps(session.site.document) == before


def test_removing_and_undoing_takes_no_picture_from_the_others(
    live: LiveView, measured: Measured, session: Session
) -> None:
    show(live, measured)
    kept = live.wall.tiles["1"].image
    assert kept is not None
    live.wall.current = "2"
    live.deeds.remove.trigger()
    assert live.wall.tiles["1"].image is kept
    session.undo()
    assert live.wall.tiles["1"].image is kept


def test_what_is_written_about_a_camera_is_changed_beside_the_wall(
    qtbot: QtBot, live: LiveView, window: MainWindow, session: Session
) -> None:
    live.wall.current = "1"
    live.deeds.edit.trigger()
    dialog = window.findChild(CameraDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Edit camera Entrance"
    form = dialog.page.form
    assert form.name.text() == "Entrance"
    assert dialog.page.add.text() == "Save camera"
    assert not dialog.page.list.isVisible()
    form.name.setText("Main door")
    with qtbot.waitSignal(dialog.finished):
        dialog.page.add.click()
    assert session.site is not None
    camera = session.site.camera("1")
    assert camera.name == "Main door"
    assert camera.calibration is not None, "all else stays"
    session.undo()
    assert _site(session).camera("1").name == "Entrance"


def test_a_form_that_is_closed_changes_nothing(
    qtbot: QtBot, live: LiveView, window: MainWindow, session: Session
) -> None:
    live.deeds.edit.trigger()
    dialog = window.findChild(CameraDialog)
    assert dialog is not None
    dialog.page.form.name.setText("Main door")
    press_key(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert _site(session).camera("1").name == "Entrance"


def _site(session: Session) -> Site:
    assert session.site is not None
    return session.site


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_the_menu_is_about_the_camera_under_the_pointer_or_the_current_one(
    qtbot: QtBot, live: LiveView, reason: QContextMenuEvent.Reason
) -> None:
    at = live.wall.tiles["2"].room.center() if reason is QContextMenuEvent.Reason.Mouse else QPoint(0, 0)
    live.wall.current = "3"
    QApplication.sendEvent(live.wall, QContextMenuEvent(reason, at, live.wall.mapToGlobal(at)))
    name = "Aisles" if reason is QContextMenuEvent.Reason.Mouse else "Tills"
    (menu,) = live.wall.findChildren(QMenu)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == [
        f"Only {name}", f"Save picture of {name}…", "Save picture of the wall…", f"Try camera {name} now",
        f"Edit camera {name}…", f"Remove camera {name}",
    ]  # fmt: skip
    menu.close()


def test_the_palette_offers_the_same(live: LiveView, window: MainWindow) -> None:
    assert {"Edit camera Entrance…", "Remove camera Entrance"} <= {action.text() for action in window.commands()}
    live.deeds.alone.trigger()
    assert live.wall.alone == "1"
    assert live.deeds.alone.text() == "All cameras"


def test_a_removed_camera_s_password_goes_with_it_and_comes_back(
    qtbot: QtBot, live: LiveView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = keyring_name(_site(session).name, "1")
    ring = {name: "open sesame"}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: ring.get(user))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, secret: ring.update({user: secret}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, user: ring.pop(user))

    def write(document: dict[str, Any]) -> None:
        document["store"]["name"] = _site(session).name
        document["cameras"][0]["rtsp_url"] = f"rtsp://admin:keyring:{SERVICE}/{name}@10.0.0.5/1"

    session.edit(write, "address")
    live.wall.current = "1"
    live.deeds.remove.trigger()
    qtbot.waitUntil(lambda: not ring)
    session.undo()
    qtbot.waitUntil(lambda: ring == {name: "open sesame"})
