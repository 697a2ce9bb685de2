"""What tests with widgets share: no real screen, a session on a data folder of its own, and nothing left behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

import pytest
from PyQt6 import sip
from PyQt6.QtCore import QEvent, QSettings, QThread, QThreadPool, QTimer
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.run import DEMO, application, install_demo
from heatmap_gui.desktop.session import SITES, Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.tokens import SMALLEST
from heatmap_gui.desktop.views.first_start import FirstStartView
from heatmap_gui.desktop.views.live import LiveView
from tests.desktop.live_scene import Measured, measure

_LONGEST_MS = 10_000


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application, in its dark theme."""
    app = application()
    THEME.choose("dark")
    return app


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """On a data folder of its own, with the demo store open."""
    home = tmp_path / "home"
    monkeypatch.setenv("HEATMAP_HOME", str(home))
    install_demo(home / SITES)
    made = Session(home)
    made.open_store(DEMO)
    qtbot.waitUntil(lambda: made.site is not None, timeout=_LONGEST_MS)
    yield made
    made.close()
    sip.delete(made)


@pytest.fixture
def window(qtbot: QtBot, session: Session, tmp_path: Path) -> MainWindow:
    """Shown at its smallest, with no screen in it yet."""
    made = MainWindow(session, QSettings(str(tmp_path / "console.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made)
    made.resize(*SMALLEST)
    made.show()
    return made


@pytest.fixture
def measured(session: Session, monkeypatch: pytest.MonkeyPatch) -> Measured:
    """The store that is open is, as far as screens can tell."""
    return measure(session, monkeypatch)


@pytest.fixture
def live(window: MainWindow, measured: Measured) -> LiveView:
    """Of it."""
    window.show_screen("live")
    shown = window.view("live")
    assert isinstance(shown, LiveView)
    shown.feed.tick()
    return shown


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
    """The set-up, on it."""
    made = FirstStartView(fresh)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    made.enter()
    return made


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a widget, a running timer, a running thread or work in a pool."""
    gc.collect()
    gc.freeze()  # what is there already is not looked through twice for each test
    before = _running(qapp)
    yield
    left = _running(qapp)
    assert not [text for key, text in left.items() if key not in before], "the test left this behind"


def _running(app: QApplication) -> dict[int, str]:
    """What is on screen or runs now, by identity."""
    app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    found = {id(one): f"{type(one).__name__} {one.objectName()!r}" for one in app.topLevelWidgets()}
    for one in gc.get_objects():
        if isinstance(one, QTimer | QThread | QThreadPool) and not sip.isdeleted(one) and _runs(one):
            found[id(one)] = f"{type(one).__name__} {one.objectName()!r} of {type(one.parent()).__name__}"
    return found


def _runs(one: QTimer | QThread | QThreadPool) -> bool:
    if isinstance(one, QTimer):
        return one.isActive()
    return (
        one.isRunning() and one is not QThread.currentThread()
        if isinstance(one, QThread)
        else bool(one.activeThreadCount())
    )
