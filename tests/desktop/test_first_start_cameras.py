"""First start: cameras by gesture, and what cannot be."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable

import keyring
import keyring.errors
import pytest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.views import first_start_cameras
from heatmap_gui.desktop.views.first_start import FirstStartView
from heatmap_gui.services import onvif
from heatmap_gui.services.onvif import Device
from tests.desktop.set_up_steps import (
    begin,
    cameras_page,
    choose,
    document,
    press,
)
from tests.services.test_onvif import PASSWORD, answering

_LONGEST_MS = 10_000


def never(*_: str) -> None:
    """A camera that hangs, and the library with it."""
    time.sleep(1e6)


@pytest.mark.parametrize("by", ["cancel", "another question", "another screen"])
def test_a_look_ends_at_once(qtbot: QtBot, view: FirstStartView, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    monkeypatch.setattr(first_start_cameras, "try_streams", never)
    begin(qtbot, view)
    page = cameras_page(view)
    choose(page, "webcam")
    press(qtbot, page, "Test")
    assert not page.test.isEnabled()
    qtbot.waitUntil(lambda: page.cancel.isVisible(), timeout=_LONGEST_MS)
    qtbot.waitUntil(lambda: bool(multiprocessing.active_children()), timeout=_LONGEST_MS)
    {
        "cancel": lambda: press(qtbot, page, "Cancel"),
        "another question": lambda: view.show_step("plan"),
        "another screen": view.leave,
    }[by]()
    assert page.seen.text() == "Given up."
    assert page.test.isEnabled()
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=_LONGEST_MS)
    qtbot.wait(50)
    assert page.nothing.title.text() == "No picture yet"


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


def test_what_stands_for_numbers_is_said_of_new_cameras_alone(qtbot: QtBot, view: FirstStartView) -> None:
    begin(qtbot, view)
    page = cameras_page(view)
    (hint,) = [one for one in page.form.findChildren(QLabel) if "{camera_id}" in one.text()]
    assert hint.isVisible()
    qtbot.keyClicks(page.form.url, "rtsp://10.0.0.5/1")
    press(qtbot, page, "Add camera")
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=_LONGEST_MS)
    page.list.setCurrentRow(0)
    press(qtbot, page, "Edit the chosen camera")
    assert not hint.isVisible()
    press(qtbot, page, "Save camera")
    qtbot.waitUntil(hint.isVisible, timeout=_LONGEST_MS)


def test_a_search_shows_how_far_it_is_and_is_given_up_and_begun_again(
    qtbot: QtBot, view: FirstStartView, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[float] = []

    def searching(given_up: Callable[[], bool]) -> list[Device]:
        begun.append(time.monotonic())
        while not given_up():
            time.sleep(0.01)
        return []

    monkeypatch.setattr(onvif, "find_devices", searching)
    begin(qtbot, view)
    page = cameras_page(view)
    choose(page, "network")
    search = page.form.search
    for number in (1, 2):
        press(qtbot, search, "Search the network")
        assert not search.search.isEnabled()
        qtbot.waitUntil(lambda: search.progress.value() > 0, timeout=_LONGEST_MS)
        press(qtbot, search, "Cancel")
        assert search.search.isEnabled()
        assert not search.progress.isVisible()
        assert search.said.text() == "Given up."
        qtbot.waitUntil(lambda number=number: len(begun) == number, timeout=_LONGEST_MS)  # type: ignore[misc]


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
