"""First start by gesture: the demo in one click; an own store from its name to its cameras; left and resumed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import keyring
import keyring.errors
import numpy as np
import pytest
from PyQt6 import sip
from PyQt6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PyQt6.QtGui import QDropEvent, QPainter, QPdfWriter
from PyQt6.QtWidgets import QAbstractButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import SITES, Session
from heatmap_gui.desktop.views import first_start_cameras
from heatmap_gui.desktop.views.first_start import FirstStartView
from heatmap_gui.desktop.views.first_start_cameras import CamerasPage
from heatmap_gui.desktop.views.first_start_plan import PlanPage
from heatmap_gui.desktop.views.first_start_scale import ScalePage
from heatmap_gui.desktop.views.first_start_store import StorePage
from heatmap_gui.desktop.widgets.pdf import read_pdf_page
from tests.servers import free_port
from tests.services.test_camera_trial import write_clip
from tests.services.test_onvif import PASSWORD, answering
from tests.services.test_plan_import import png_header
from tests.vision.sources.test_network import Refusing, serving

_LONGEST_MS = 10_000


@pytest.fixture
def fresh(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """A data folder without a store."""
    made = Session(tmp_path / "home")
    (made.home / SITES).mkdir(parents=True)
    yield made
    made.close()
    sip.delete(made)


@pytest.fixture
def view(qtbot: QtBot, fresh: Session) -> FirstStartView:
    made = FirstStartView(fresh)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    made.enter()
    return made


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


def document(session: Session) -> dict[str, Any]:
    """What the site file says at the end: nothing is done in the background any more."""
    session.save()
    assert session.background.finish()
    found: dict[str, Any] = json.loads(next((session.home / SITES).glob("calibration_*.json")).read_text())
    return found


def drop(page: PlanPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.place.dropEvent(event)


def write_plan(path: Path) -> Path:
    plan = np.full((350, 500, 3), 255, np.uint8)
    cv2.rectangle(plan, (50, 50), (450, 300), (0, 0, 0), 3)
    assert cv2.imwrite(str(path), plan)
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


def test_what_is_no_plan_is_refused_in_place(qtbot: QtBot, view: FirstStartView, tmp_path: Path) -> None:
    begin(qtbot, view)
    page = plan_page(view)
    (tmp_path / "huge.png").write_bytes(png_header(20_000, 20_000))
    (tmp_path / "bad.pdf").write_text("no pdf")
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7\n nothing")
    for name, said in (("huge", "20000x20000 px is too large"), ("bad", "not a PDF"), ("torn", "not a PDF that can")):
        drop(page, next(tmp_path.glob(f"{name}.*")))
        qtbot.waitUntil(lambda said=said: said in page.banner.accessibleName(), timeout=_LONGEST_MS)  # type: ignore[misc]
        assert page.banner.isVisible()
    assert view.session.site is not None
    assert view.session.site.floor.plan_path is None


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


def test_a_template_adds_all_cameras_with_the_password_in_the_keyring(
    qtbot: QtBot, view: FirstStartView, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr(keyring, "set_password", lambda service, user, secret: kept.update({user: secret}))
    monkeypatch.setattr(keyring, "get_password", lambda service, user: kept.get(user))
    begin(qtbot, view)
    page = cameras_page(view)
    form = page.form
    qtbot.keyClicks(form.url, "rtsp://10.0.0.5/ch{camera_id}/main")
    qtbot.keyClicks(form.detect, "rtsp://10.0.0.5/ch{camera_id}/sub")
    for field, text in ((form.numbers, "1-2"), (form.user, "admin"), (form.password, "s3cret"), (form.name, "Hall")):
        qtbot.keyClicks(field, text)
    press(qtbot, page, "Add camera")
    qtbot.waitUntil(lambda: page.list.count() == 2, timeout=_LONGEST_MS)
    text = json.dumps(document(view.session))
    assert "s3cret" not in text
    assert '"rtsp://admin:keyring:traffic-heatmap/Harbour_Street.2@10.0.0.5/ch2/main"' in text
    assert '"detect_url": "rtsp://admin:keyring:traffic-heatmap/Harbour_Street.1@10.0.0.5/ch1/sub"' in text
    assert kept == {"Harbour_Street.1": "s3cret", "Harbour_Street.2": "s3cret"}
    page.list.setCurrentRow(1)
    press(qtbot, page, "Edit the chosen camera")
    form.url.setText("rtsp://10.0.0.6/main")
    press(qtbot, page, "Save camera")
    qtbot.waitUntil(lambda: page.heading.text() == "Add a camera", timeout=_LONGEST_MS)
    assert view.session.site is not None
    first, second = view.session.site.cameras
    assert second.url == "rtsp://admin:keyring:traffic-heatmap/Harbour_Street.2@10.0.0.6/main"
    assert "10.0.0.5" in first.url


def test_without_a_keyring_the_operator_is_asked(
    qtbot: QtBot, view: FirstStartView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: str) -> None:
        raise keyring.errors.NoKeyringError

    monkeypatch.setattr(keyring, "set_password", missing)
    begin(qtbot, view)
    page = cameras_page(view)
    qtbot.keyClicks(page.form.url, "rtsp://admin:pw@10.0.0.5/1")
    press(qtbot, page, "Add camera")
    qtbot.waitUntil(lambda: page.banner.isVisible(), timeout=_LONGEST_MS)
    assert view.session.site is not None
    assert not view.session.site.cameras
    press(qtbot, page, "Keep it in the site file")
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=_LONGEST_MS)
    assert view.session.site.cameras[0].url == "rtsp://admin:pw@10.0.0.5/1"
    assert "pw" not in "".join(page.list.item(0).text() + page.list.item(0).toolTip())  # type: ignore[union-attr]


def test_a_camera_of_the_network_brings_its_streams(qtbot: QtBot, view: FirstStartView) -> None:
    begin(qtbot, view)
    page = cameras_page(view)
    form = page.form
    choose(page, "network")
    with answering() as camera:
        qtbot.keyClicks(form.search.host, camera.address)
        qtbot.keyClicks(form.user, "admin")
        press(qtbot, page, "Ask for its streams")
        qtbot.waitUntil(lambda: "user or password refused" in form.search.said.text(), timeout=_LONGEST_MS)
        assert not page.add.isEnabled()
        qtbot.keyClicks(form.password, PASSWORD)
        press(qtbot, page, "Ask for its streams")
        qtbot.waitUntil(lambda: form.main_stream.count() == 2, timeout=_LONGEST_MS)
    assert form.main_stream.currentText() == "main stream, 1920x1080"
    assert form.sub_stream.currentText() == "sub stream, 640x360"
    assert page.add.isEnabled()
    (wanted,) = form.wanted()
    assert (wanted.url, wanted.detect_url) == ("rtsp://127.0.0.1:554/main?a=1&b=2", "rtsp://127.0.0.1:554/sub?a=1&b=2")


def test_a_camera_that_does_not_answer_is_said_in_words(qtbot: QtBot, view: FirstStartView) -> None:
    begin(qtbot, view)
    page = cameras_page(view)
    qtbot.keyClicks(page.form.url, f"rtsp://127.0.0.1:{free_port()}/1")
    press(qtbot, page, "Test")
    qtbot.waitUntil(lambda: "connection refused" in page.nothing.sentence.text(), timeout=_LONGEST_MS)
    assert page.nothing.title.text() == "No picture"
    assert page.test.isEnabled()


def test_a_wrong_password_is_told_from_a_camera_that_is_off(qtbot: QtBot, view: FirstStartView) -> None:
    begin(qtbot, view)
    page = cameras_page(view)
    with serving(Refusing) as port:
        qtbot.keyClicks(page.form.url, f"rtsp://admin:wrong@127.0.0.1:{port}/1")
        press(qtbot, page, "Test")
        qtbot.waitUntil(lambda: page.nothing.title.text() == "User or password refused", timeout=_LONGEST_MS)
    assert "check the credentials" in page.nothing.sentence.text()
    assert "wrong" not in page.nothing.sentence.text()


def test_a_look_that_takes_long_can_be_given_up(
    qtbot: QtBot, view: FirstStartView, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()

    def slow(*_: str) -> None:
        assert answer.wait(_LONGEST_MS / 1000)
        raise UnavailableError("too late to be of interest")

    monkeypatch.setattr(first_start_cameras, "try_streams", slow)
    begin(qtbot, view)
    page = cameras_page(view)
    choose(page, "webcam")
    press(qtbot, page, "Test")
    assert not page.test.isEnabled()
    qtbot.waitUntil(lambda: page.cancel.isVisible(), timeout=_LONGEST_MS)
    press(qtbot, page, "Cancel")
    assert page.seen.text() == "Given up."
    assert page.test.isEnabled()
    answer.set()
    qtbot.wait(100)
    assert page.nothing.title.text() == "No picture yet"


def test_a_camera_is_removed_and_comes_back(qtbot: QtBot, view: FirstStartView) -> None:
    begin(qtbot, view)
    page = cameras_page(view)
    choose(page, "webcam")
    press(qtbot, page, "Add camera")
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=_LONGEST_MS)
    page.list.setCurrentRow(0)
    press(qtbot, page, "Remove the chosen camera")
    assert page.list.count() == 0
    press(qtbot, view, "Undo")
    assert page.list.count() == 1


def test_a_window_without_a_store_begins_here(qtbot: QtBot, fresh: Session, tmp_path: Path) -> None:
    window = MainWindow(fresh, QSettings(str(tmp_path / "console.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show_screen("map")
    window.show_screen("first_start")
    assert isinstance(window.view("first_start"), FirstStartView)
    rail = [one for one in window.findChildren(QToolButton) if one.property("look") == "rail"]
    assert rail
    assert not any(one.isChecked() for one in rail)
