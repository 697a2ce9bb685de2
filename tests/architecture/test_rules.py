"""Every rule holds for every module, and every rule can fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "heatmap_gui"
MODULES = [str(path.relative_to(PACKAGE)) for path in sorted(PACKAGE.rglob("*.py"))]
TESTS = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").rglob("*.py"))]
Rule = Callable[[str, str], list[str]]
RULES: tuple[Rule, ...] = (
    rules.layers,
    rules.homes,
    rules.purity,
    rules.threads,
    rules.sizes,
    rules.names,
    rules.prints,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_modules_keep_the_rule(rule: Rule) -> None:
    complaints = {path: rule(path, (PACKAGE / path).read_text(encoding="utf-8")) for path in MODULES}
    assert not {path: found for path, found in complaints.items() if found}


def test_test_files_are_small_and_well_named() -> None:
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in TESTS}
    complaints = {path: rules.sizes(path, source) + rules.names(path, source) for path, source in sources.items()}
    assert not {path: found for path, found in complaints.items() if found}


LONG_FUNCTION = "def f():\n" + "    pass\n" * 50


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (rules.layers, "core/x.py", "from heatmap_gui.vision import sources"),
        (rules.layers, "core/x.py", "def f():\n    import heatmap_gui.app"),
        (rules.layers, "vision/x.py", "from heatmap_gui import services"),
        (rules.layers, "vision/x.py", "WHERE = 'heatmap_gui.desktop.run'"),
        (rules.layers, "app.py", "from heatmap_gui.cli import main"),
        (rules.layers, "vision/x.py", "from .sources import Video"),
        (rules.layers, "surprise/x.py", ""),
        (rules.homes, "app.py", "from PyQt6 import QtCore"),
        (rules.homes, "vision/detectors/openvino.py", "import onnxruntime"),
        (rules.homes, "vision/sources.py", "def f():\n    import torch"),
        (rules.homes, "vision/models.py", "import requests"),
        (rules.homes, "bench/plain.py", "import ultralytics"),
        (rules.homes, "services/x.py", "from concurrent.futures import ThreadPoolExecutor"),
        (rules.purity, "core/x.py", "import av"),
        (rules.purity, "core/x.py", "import time"),
        (rules.purity, "core/x.py", "now = datetime.now()"),
        (rules.purity, "core/x.py", "rng = np.random.default_rng()"),
        (rules.purity, "core/x.py", "noise = np.random.normal(0, 1)"),
        (rules.purity, "core/x.py", "text = path.read_text()"),
        (rules.purity, "core/x.py", "plan = cv2.imread(name)"),
        (rules.purity, "core/x.py", "there = path.is_file()"),
        (rules.threads, "services/x.py", "import threading\nthreading.Thread(target=f).start()"),
        (rules.threads, "services/x.py", "from threading import Timer"),
        (rules.sizes, "core/x.py", "\n" * 401),
        (rules.sizes, "core/x.py", LONG_FUNCTION),
        (rules.names, "core/image_utils.py", ""),
        (rules.names, "core/x.py", "class CameraManager: ..."),
        (rules.prints, "app.py", "print('here')"),
    ],
)
def test_rule_can_fail(rule: Rule, path: str, source: str) -> None:
    assert rule(path, source)


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (rules.layers, "cli.py", "from heatmap_gui import __version__\nX = 'heatmap_gui.commands.demo'"),
        (rules.homes, "vision/detectors/onnx.py", "import onnxruntime"),
        (rules.homes, "vision/download.py", "import requests"),
        (rules.homes, "bench/peers.py", "import ultralytics"),
        (rules.purity, "core/x.py", "rng = np.random.default_rng(7)\nrng.normal()"),
        (rules.threads, "services/x.py", "import threading\nlock = threading.Lock()"),
        (rules.sizes, "core/x.py", LONG_FUNCTION.replace("    pass\n", "", 1)),
        (rules.prints, "commands/x.py", "print('here')"),
    ],
)
def test_rule_lets_good_code_pass(rule: Rule, path: str, source: str) -> None:
    assert not rule(path, source)
