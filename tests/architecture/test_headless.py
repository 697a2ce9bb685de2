"""Everything but the console runs where Qt is not installed, and a command imports no more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = """
import sys
from importlib.abc import MetaPathFinder

class NoQt(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PyQt6", "pyqtgraph"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, NoQt())
"""
IMPORT_ALL = "from tests.architecture.silence_probe import import_our_modules; import_our_modules()"


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_every_module_but_the_console_is_imported_without_qt() -> None:
    ended = run(BLOCK + IMPORT_ALL + "; assert not [m for m in sys.modules if m.startswith('PyQt6')]")
    assert ended.returncode == 0, ended.stderr


def test_the_block_bites() -> None:
    ended = run(BLOCK + "import PyQt6.QtCore")
    assert ended.returncode != 0
    assert "PyQt6 is blocked" in ended.stderr


def test_help_imports_no_heavy_library() -> None:
    ended = run(
        "import sys\n"
        "from heatmap_gui.cli import build_parser\n"
        "build_parser().format_help()\n"
        "print([m for m in ('numpy', 'cv2', 'av', 'onnx', 'onnxruntime', 'openvino', 'scipy') if m in sys.modules])"
    )
    assert ended.stdout.strip() == "[]", ended.stderr


def test_only_a_detector_imports_its_runtime() -> None:
    names = "('heatmap_gui.vision.models', 'heatmap_gui.vision.detectors', 'heatmap_gui.commands')"
    ended = run(
        f"import importlib, sys\nfor name in {names}: importlib.import_module(name)\n"
        "print([m for m in ('onnxruntime', 'openvino', 'ultralytics', 'torch') if m in sys.modules])"
    )
    assert ended.stdout.strip() == "[]", ended.stderr
