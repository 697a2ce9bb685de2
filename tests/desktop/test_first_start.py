"""First start by gesture: the demo in one click; an own store from its name to its cameras; left and resumed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6 import sip
from PyQt6.QtCore import QMimeData, QPoint, QSettings, Qt
from PyQt6.QtGui import QDragEnterEvent, QPainter, QPdfWriter
from PyQt6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from heatmap_gui.core.set_up import Step
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.first_start import FirstStartView
from heatmap_gui.desktop.views.first_start_scale import ScalePage
from heatmap_gui.desktop.views.first_start_store import StorePage
from heatmap_gui.desktop.widgets.pdf import read_pdf_page
from heatmap_gui.store.pictures import read_picture
from tests.desktop.set_up_steps import (
    begin,
    cameras_page,
    choose,
    document,
    drop,
    plan_page,
    press,
    step_of,
    write_pdf,
    write_plan,
)
from tests.services.test_camera_trial import write_clip

_LONGEST_MS = 10_000


@pytest.mark.parametrize("kind", ["png", "jpg", "JPEG", "pdf"])
def test_a_plan_is_dropped(qtbot: QtBot, view: FirstStartView, tmp_path: Path, kind: str) -> None:
    begin(qtbot, view)
    (write_pdf if kind == "pdf" else write_plan)(path := tmp_path / f"the plan.{kind}")
    drop(plan_page(view), path)
    qtbot.waitUntil(lambda: view.next.isEnabled(), timeout=_LONGEST_MS)
    assert view.session.site is not None
    plan = view.session.site.floor.plan_path
    assert plan is not None
    assert plan.parent == view.session.folder
    path.unlink()  # a copy is kept
    assert read_picture(plan) is not None
    assert plan_page(view).said.text().startswith(path.name)


def test_what_is_no_file_cannot_be_dropped(qtbot: QtBot, view: FirstStartView) -> None:
    begin(qtbot, view)
    data = QMimeData()
    data.setText("a plan")
    entered = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    entered.ignore()
    QApplication.sendEvent(plan_page(view).place, entered)
    assert not entered.isAccepted()


def test_the_demo_store_in_one_click(qtbot: QtBot, view: FirstStartView, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[list[str]] = []
    monkeypatch.setattr(view.session, "measure", lambda stores: measured.append(list(stores)))
    with qtbot.waitSignal(view.wanted, timeout=_LONGEST_MS) as wanted:
        press(qtbot, view, "Open the demo store")
    assert (wanted.args, measured) == (["live"], [["demo"]])
    qtbot.waitUntil(lambda: view.session.site is not None, timeout=_LONGEST_MS)
    assert view._done()["calibrate"]


def test_an_own_store_from_its_name_to_a_camera(qtbot: QtBot, view: FirstStartView, tmp_path: Path) -> None:
    begin(qtbot, view)
    drop(plan_page(view), write_plan(tmp_path / "plan.png"))
    qtbot.waitUntil(lambda: view.next.isEnabled(), timeout=_LONGEST_MS)
    press(qtbot, view, "Next: scale")
    scale = view.page("scale")
    assert isinstance(scale, ScalePage)
    for x in (50.0, 450.0):
        qtbot.mouseClick(scale.canvas, Qt.MouseButton.LeftButton, pos=scale.canvas.to_window(x, 50.0).toPoint())
    scale.length.setValue(8.0)
    site = view.session.site
    assert site is not None
    assert site.floor.metres_per_pixel == pytest.approx(8.0 / 400, rel=0.01)
    assert "10.0" in view.steps.rows["scale"].accessibleDescription()
    press(qtbot, view, "Next: cameras")
    page = cameras_page(view)
    choose(page, "file")
    qtbot.keyClicks(page.form.file, str(write_clip(tmp_path / "till.mp4", 160, 90)))
    press(qtbot, page, "Test")
    qtbot.waitUntil(lambda: page.seen.text().startswith("160"), timeout=_LONGEST_MS)
    press(qtbot, page, "Add camera")
    qtbot.waitUntil(lambda: view.next.isEnabled(), timeout=_LONGEST_MS)
    press(qtbot, view, "Next: calibrate")
    with qtbot.waitSignal(view.wanted) as wanted:
        press(qtbot, view.page("calibrate"), "Calibrate")
    assert wanted.args == ["calibrate"]
    (camera,) = document(view.session)["cameras"]
    assert (camera["rtsp_url"], camera["frame_size"]) == (str(tmp_path / "till.mp4"), [160, 90])


def test_left_and_resumed_at_the_first_open_question(qtbot: QtBot, fresh: Session, view: FirstStartView) -> None:
    begin(qtbot, view)
    press(qtbot, view, "Use an empty floor")
    again = FirstStartView(fresh)
    qtbot.addWidget(again)
    again.enter()
    assert again.stack.currentWidget() is again.page("cameras")
    assert [step for step, row in again.steps.rows.items() if "done" in row.accessibleDescription()] == [
        "store", "plan", "scale",
    ]  # fmt: skip
    press(qtbot, view, "Undo")
    assert fresh.site is not None
    assert fresh.site.floor.width_px == 0


def resumed(qtbot: QtBot, home: Path) -> str:
    """Where the next start of the program goes on."""
    session = Session(home)
    session.open_store("Harbour Street")
    qtbot.waitUntil(lambda: session.site is not None, timeout=_LONGEST_MS)
    view = FirstStartView(session)
    view.enter()
    step = step_of(view)
    view.leave()
    sip.delete(view)
    session.close()
    sip.delete(session)
    return step


def answer_plan(qtbot: QtBot, view: FirstStartView, folder: Path) -> None:
    drop(plan_page(view), write_plan(folder / "plan.png"))
    qtbot.waitUntil(lambda: view.next.isEnabled(), timeout=_LONGEST_MS)


def answer_scale(qtbot: QtBot, view: FirstStartView, _folder: Path) -> None:
    view.show_step("scale")
    scale = view.page("scale")
    assert isinstance(scale, ScalePage)
    for x in (50.0, 450.0):
        qtbot.mouseClick(scale.canvas, Qt.MouseButton.LeftButton, pos=scale.canvas.to_window(x, 50.0).toPoint())
    scale.length.setValue(8.0)


def answer_cameras(qtbot: QtBot, view: FirstStartView, _folder: Path) -> None:
    page = cameras_page(view)
    choose(page, "webcam")
    press(qtbot, page, "Add camera")
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=_LONGEST_MS)


def test_left_at_any_question_the_next_start_goes_on_there(
    qtbot: QtBot, fresh: Session, view: FirstStartView, tmp_path: Path
) -> None:
    begin(qtbot, view)
    assert resumed(qtbot, fresh.home) == "plan"
    for answer, then in ((answer_plan, "scale"), (answer_scale, "cameras"), (answer_cameras, "calibrate")):
        answer(qtbot, view, tmp_path)
        assert fresh.save_now() == ""
        assert resumed(qtbot, fresh.home) == then


@pytest.mark.parametrize("step", ["plan", "scale", "cameras", "calibrate", "zones", "live"])
def test_every_question_can_be_left_for_later(qtbot: QtBot, view: FirstStartView, step: Step) -> None:
    begin(qtbot, view)
    view.show_step(step)
    with qtbot.waitSignal(view.wanted) as wanted:
        press(qtbot, view, "Go on later")
    assert wanted.args == ["live"]
    view.leave()
    view.enter()
    assert step_of(view) == "plan"


def test_a_page_of_a_pdf_says_its_scale(qtbot: QtBot, view: FirstStartView, tmp_path: Path) -> None:
    begin(qtbot, view)
    path = tmp_path / "plan.pdf"
    writer = QPdfWriter(str(path))
    with QPainter(writer) as painter:
        painter.drawText(2000, 2000, "Ground floor 1:100")
        writer.newPage()
        painter.drawText(2000, 2000, "First floor")
    read = read_pdf_page(path, 0)
    height, width = read.picture.shape[:2]
    assert (read.pages, read.ratio) == (2, 100)
    assert max(height, width) * read.paper_m == pytest.approx(0.297, abs=0.001)  # an A4 page
    page = plan_page(view)
    drop(page, path)
    qtbot.waitUntil(lambda: view.next.isEnabled(), timeout=_LONGEST_MS)
    assert page.page_number.isVisible()
    press(qtbot, view, "Next: scale")
    press(qtbot, view.page("scale"), "Use 1:100")
    site = view.session.site
    assert site is not None
    assert site.floor.metres_per_pixel is not None
    assert site.floor.height_px * site.floor.metres_per_pixel == pytest.approx(29.7, abs=0.1)


def test_a_wrong_name_is_refused_in_place(qtbot: QtBot, view: FirstStartView) -> None:
    page = view.page("store")
    assert isinstance(page, StorePage)
    qtbot.keyClicks(page.name, "north/1")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert "no / " in page.wrong.text()
    page.name.clear()
    assert not page.wrong.isVisible()
    begin(qtbot, view, "north 1")
    view.show_step("store")
    qtbot.keyClicks(page.name, "north 1")
    press(qtbot, view, "Next: floor plan")
    qtbot.waitUntil(lambda: "already" in page.wrong.text(), timeout=_LONGEST_MS)


def test_a_window_without_a_store_begins_here(qtbot: QtBot, fresh: Session, tmp_path: Path) -> None:
    window = MainWindow(fresh, QSettings(str(tmp_path / "console.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show_screen("map")
    window.show_screen("first_start")
    assert isinstance(window.view("first_start"), FirstStartView)
    rail = [one for one in window.findChildren(QToolButton) if one.property("look") == "rail"]
    assert rail
    assert not any(one.isChecked() for one in rail)
