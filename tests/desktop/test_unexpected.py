"""A bug: what is said of it, wherever it happens, and that the program goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.bridge import spawn_worker
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.unexpected import Report, Unexpected

ADDRESS = "rtsp://admin:s3cret@10.0.0.5/1"


def fail() -> None:
    raise ZeroDivisionError(f"of {ADDRESS}")


class Broken(QWidget):
    """Cannot be painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.paints = 0

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        self.paints += 1
        fail()


@pytest.fixture
def unexpected(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Unexpected]:
    made = Unexpected(window)
    monkeypatch.setattr(sys, "excepthook", made)
    monkeypatch.setattr(threading, "excepthook", made.of_thread)
    yield made
    for report in reports(window):
        report.accept()


def reports(window: MainWindow) -> list[Report]:
    return [one for one in window.findChildren(Report) if one.isVisible()]


def said(qtbot: QtBot, window: MainWindow) -> str:
    """What the one report that is open says."""
    qtbot.waitUntil(lambda: bool(reports(window)))
    [report] = reports(window)
    assert report.thread() is QApplication.instance().thread()  # type: ignore[union-attr]
    [text] = report.findChildren(QPlainTextEdit)
    assert text.isReadOnly()
    return text.toPlainText()


def by_timer(_window: MainWindow) -> None:
    QTimer.singleShot(0, fail)


def by_thread(_window: MainWindow) -> None:
    threading.Thread(target=fail).start()


def by_loop(_window: MainWindow) -> None:
    spawn_worker(fail, "loop").join(10)


def by_background(window: MainWindow) -> None:
    window.session.background.run(fail, lambda _: None, lambda _: None)


def by_paint(window: MainWindow) -> None:
    broken = Broken(window)
    broken.resize(20, 20)
    broken.show()


@pytest.mark.parametrize("happen", [by_timer, by_thread, by_loop, by_background, by_paint])
def test_a_bug_is_told_without_secrets_and_the_program_goes_on(
    qtbot: QtBot, window: MainWindow, unexpected: Unexpected, happen: Callable[[MainWindow], None]
) -> None:
    happen(window)
    text = said(qtbot, window)
    assert text.startswith("Traffic Heatmap ")
    assert "ZeroDivisionError: of rtsp://admin:***@10.0.0.5/1" in text
    assert "in fail" in text
    assert "s3cret" not in text
    [report] = reports(window)
    qtbot.keyClick(report, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not reports(window))
    assert window.isVisible()
    for broken in window.findChildren(Broken):  # fails at each paint, and is told of once
        before = broken.paints
        broken.update()
        qtbot.waitUntil(lambda broken=broken, before=before: broken.paints > before)  # type: ignore[misc]
        broken.hide()
    qtbot.wait(20)
    assert not reports(window)


def test_another_bug_joins_the_open_report(qtbot: QtBot, window: MainWindow, unexpected: Unexpected) -> None:
    by_timer(window)
    said(qtbot, window)
    QTimer.singleShot(0, lambda: {}["missing"])  # type: ignore[index]
    qtbot.waitUntil(lambda: "KeyError: 'missing'" in said(qtbot, window))


def test_the_report_is_copied(qtbot: QtBot, window: MainWindow) -> None:
    report = Report(window, "Traceback")
    qtbot.addWidget(report)
    report._copy()
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text().endswith("Traceback")
