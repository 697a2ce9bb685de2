"""No library of ours calls home, installs anything or chatters: decided here, before any of them is imported.

Importing the package calls `silence`, so no entry (program, test, notebook, child process) can forget it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

_ENVIRONMENT = {
    "YOLO_AUTOINSTALL": "false",  # ultralytics would run pip
    "YOLO_OFFLINE": "true",  # ... and look for the network, updates and its analytics server at import
    "OPENCV_LOG_LEVEL": "ERROR",
    "OPENCV_FFMPEG_LOGLEVEL": "8",  # AV_LOG_FATAL: broken frames are counted by us, not printed
    "ORT_DISABLE_TELEMETRY": "1",  # or each session writes events to a database in ~/.cache and uploads them
}


def silence() -> None:
    """Switch off what can be switched off before an import.

    `import openvino` sends an event to an analytics server and writes into ~/intel unless its optional
    `openvino_telemetry` package is missing; None in sys.modules makes it missing for this process.
    """
    os.environ.update(_ENVIRONMENT)
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]


def keep_files_in(home: Path) -> None:
    """Let libraries that insist on a settings folder have it inside HEATMAP_HOME."""
    os.environ["YOLO_CONFIG_DIR"] = str(home / "ultralytics")


def silence_onnxruntime(onnxruntime: ModuleType) -> None:
    """ONNX Runtime's switch at run time, for builds that do not read the variable; its importer makes the call."""
    onnxruntime.disable_telemetry_events()


def silence_ultralytics(ultralytics: ModuleType) -> None:
    """Write `sync: false` (analytics, crash reports) into ultralytics' own settings; its importer makes the call."""
    ultralytics.settings.update({"sync": False})


def drop_cv2_qt_paths() -> None:
    """Undo what `import cv2` does to Qt: it points Qt at its own plugins, with which PyQt6 cannot start."""
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if "cv2" in Path(os.environ.get(name, "")).parts:
            del os.environ[name]
