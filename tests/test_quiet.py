"""What is switched off before an import, and what `import cv2` does to Qt undone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heatmap_gui import quiet


def test_the_package_silences_when_it_is_imported() -> None:
    assert os.environ["YOLO_AUTOINSTALL"] == "false"
    assert os.environ["YOLO_OFFLINE"] == "true"
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    with pytest.raises(ImportError):
        __import__("openvino_telemetry")


def test_ultralytics_keeps_its_files_in_our_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOLO_CONFIG_DIR", "elsewhere")
    quiet.keep_files_in(tmp_path)
    assert Path(os.environ["YOLO_CONFIG_DIR"]).parent == tmp_path


def test_runtimes_are_told_to_be_silent() -> None:
    said: list[Any] = []
    runtime: Any = SimpleNamespace(disable_telemetry_events=lambda: said.append("off"))
    quiet.silence_onnxruntime(runtime)
    library: Any = SimpleNamespace(settings=SimpleNamespace(update=said.append))
    quiet.silence_ultralytics(library)
    assert said == ["off", {"sync": False}]


def test_cv2_s_qt_paths_are_dropped_and_others_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", str(Path(sys.prefix, "cv2", "qt", "plugins")))
    monkeypatch.setenv("QT_QPA_FONTDIR", "/usr/share/fonts")
    quiet.drop_cv2_qt_paths()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert os.environ["QT_QPA_FONTDIR"] == "/usr/share/fonts"
