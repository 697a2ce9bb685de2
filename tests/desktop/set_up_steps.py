"""The set-up by hand: what its tests press, drop and answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPdfWriter
from PyQt6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.session import SITES, Session
from heatmap_gui.desktop.views.first_start import FirstStartView
from heatmap_gui.desktop.views.first_start_cameras import CamerasPage
from heatmap_gui.desktop.views.first_start_plan import PlanPage
from heatmap_gui.desktop.views.first_start_store import StorePage

_LONGEST_MS = 10_000


def document(session: Session) -> dict[str, Any]:
    """What the site file says at the end: nothing is done in the background any more."""
    session.save()
    assert session.background.finish()
    found: dict[str, Any] = json.loads(next((session.home / SITES).glob("calibration_*.json")).read_text())
    return found


def press(qtbot: QtBot, within: QWidget, name: str) -> None:
    """Clicks the button of this name."""
    shown = [one for one in within.findChildren(QAbstractButton) if one.accessibleName() == name and one.isVisible()]
    assert shown, f"no button {name!r}"
    assert shown[0].isEnabled(), name
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)


def begin(qtbot: QtBot, view: FirstStartView, name: str = "Harbour Street") -> None:
    page = view.page("store")
    assert isinstance(page, StorePage)
    qtbot.keyClicks(page.name, name)
    press(qtbot, view, "Next: floor plan")
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.page("plan"), timeout=_LONGEST_MS)


def drop(page: PlanPage, path: Path) -> None:
    """As a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place, actions = QPoint(50, 50), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(place, actions, data, buttons, keys)
    QApplication.sendEvent(page.place, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(page.place, QDropEvent(QPointF(place), actions, data, buttons, keys))


def write_plan(path: Path) -> Path:
    plan = np.full((350, 500, 3), 255, np.uint8)
    cv2.rectangle(plan, (50, 50), (450, 300), (0, 0, 0), 3)
    assert cv2.imwrite(str(path), plan)
    return path


def write_pdf(path: Path) -> Path:
    writer = QPdfWriter(str(path))
    with QPainter(writer) as painter:
        painter.drawRect(500, 500, 4000, 3000)
    return path


def plan_page(view: FirstStartView) -> PlanPage:
    page = view.page("plan")
    assert isinstance(page, PlanPage)
    return page


def cameras_page(view: FirstStartView) -> CamerasPage:
    page = view.page("cameras")
    assert isinstance(page, CamerasPage)
    view.show_step("cameras")
    return page


def choose(page: CamerasPage, kind: str) -> None:
    page.form.kind.setCurrentIndex(page.form.kind.findData(kind))


def step_of(view: FirstStartView) -> str:
    [shown] = [step for step, row in view.steps.rows.items() if row.isChecked()]
    return shown
