"""The start: one instance a data folder, a data folder that cannot be, a display that does not answer, a bug."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PyQt6.QtNetwork import QLocalServer
from PyQt6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.desktop import run
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.store.site_files import load_site


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    raised: list[int] = []
    server = run._only_one(tmp_path, lambda: raised.append(1))
    assert isinstance(server, QLocalServer)
    assert run._only_one(tmp_path / "." / "x" / "..", lambda: None) is None
    qtbot.waitUntil(lambda: raised == [1])
    elsewhere = run._only_one(tmp_path / "elsewhere", lambda: None)
    assert elsewhere is not None
    elsewhere.close()
    server.close()
    again = run._only_one(tmp_path, lambda: None)
    assert again is not None
    again.close()


def test_a_data_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="set HEATMAP_HOME to a folder of yours"):
        run._make_home(tmp_path / "file" / "home")


@pytest.mark.skipif(sys.platform != "linux", reason="X servers are Linux's")
def test_a_display_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(UnavailableError, match=r"no display: :4711|no window"):
        run._check_display()


def test_the_demo_store_is_a_copy_that_may_be_edited(tmp_path: Path) -> None:
    assert run.install_demo(tmp_path) == "demo"
    path = tmp_path / "calibration_demo.json"
    site = load_site(path)
    assert site.floor.plan_path == tmp_path / "plan_demo.png"
    assert site.floor.plan_path.is_file()
    path.write_text(path.read_text(encoding="utf-8").replace('"Entrance"', '"Door"'), encoding="utf-8")
    run.install_demo(tmp_path)
    assert '"Door"' in path.read_text(encoding="utf-8")


def test_an_unexpected_error_is_told_with_what_to_report(window: MainWindow, qtbot: QtBot) -> None:
    dialog = run.Unexpected(window).dialog("Traceback: rtsp")
    qtbot.addWidget(dialog)
    [text] = dialog.findChildren(QPlainTextEdit)
    assert "Traceback: rtsp" in text.toPlainText()
    assert text.isReadOnly()
