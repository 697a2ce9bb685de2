"""Which of several runtimes is fastest for a model on this machine: measured once, then remembered."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.types import Frame

_ROUNDS = 4
_log = logging.getLogger(__name__)


def open_fastest(openers: Mapping[str, Callable[[], Detector]], model: Path, memory: Path) -> Detector:
    """The fastest of the detectors that `openers` (by the runtime's package name) open for a model file.

    memory: a JSON file that keeps the answer for this file, machine and these versions. A runtime that cannot open the
    model is left out; when none can, the first one's error is raised.
    """
    key = _key(model, openers)
    known = _recall(memory)
    if known.get(key) in openers:
        return openers[known[key]]()
    detectors, errors = {}, []
    for name, opener in openers.items():
        try:
            detectors[name] = opener()
            detectors[name].detect([_test_frame()])
        except HeatmapError as error:
            detectors.pop(name, None)
            errors.append(error)
    if not detectors:
        raise errors[0]
    seconds = _measure(detectors)
    best = min(seconds, key=seconds.__getitem__)
    _log.info("%s: %s", model.name, ", ".join(f"{name} {s * 1e3:.1f} ms" for name, s in seconds.items()))
    for name, detector in detectors.items():
        if name != best:
            detector.close()
    _remember(memory, {**known, key: best})
    return detectors[best]


def _test_frame() -> Frame:
    image = np.random.default_rng(0).integers(0, 255, (360, 640, 3), np.uint8)
    return Frame("", 0, 0.0, image, (640, 360))


def _measure(detectors: Mapping[str, Detector]) -> dict[str, float]:
    """Seconds a frame, of as many as each likes: the best of some rounds. They are in turn, so that a busy moment hits
    all; in each the first look is not counted, as threads of the one before may still be awake.
    """
    seconds = dict.fromkeys(detectors, float("inf"))
    for _ in range(_ROUNDS):
        for name, detector in detectors.items():
            frames = [_test_frame()] * detector.batch
            detector.detect(frames)
            start = time.perf_counter()
            detector.detect(frames)
            seconds[name] = min(seconds[name], (time.perf_counter() - start) / len(frames))
    return seconds


def _key(model: Path, packages: Mapping[str, object]) -> str:
    digest = hashlib.sha256(model.read_bytes()).hexdigest()[:16]
    versions = " ".join(f"{package} {version(package)}" for package in sorted(packages))
    return f"{digest} on {platform.node()} {platform.machine()} {os.cpu_count()} cores with {versions}"


def _recall(memory: Path) -> dict[str, str]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(memory: Path, known: Mapping[str, str]) -> None:
    """Best effort: on a read-only disk it is measured again next time."""
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        written = memory.with_name(f"{memory.name}.{os.getpid()}")
        written.write_text(json.dumps(known, indent=1), encoding="utf-8")
        written.replace(memory)
    except OSError as error:
        _log.info("%s is not written: %s", memory, error)
