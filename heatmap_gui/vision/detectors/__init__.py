"""Detectors by name, each in a module of its own that is imported when it is wanted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heatmap_gui.core.device import AUTO, parse_device
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Detector
from heatmap_gui.vision.models import find_default, find_model, read_cards

if TYPE_CHECKING:
    from heatmap_gui.core.projection import Projection
    from heatmap_gui.core.site import Floor

MOTION = "motion"
DETECTORS = {
    MOTION: "heatmap_gui.vision.detectors.motion:open_motion",
    "onnx": "heatmap_gui.vision.detectors.onnx:open_onnx",
    "openvino": "heatmap_gui.vision.detectors.openvino:open_openvino",
    "ultralytics": "heatmap_gui.vision.detectors.ultralytics:open_ultralytics",
}
_RUNTIMES = {
    ".onnx": ("openvino", "onnx", "ultralytics"),
    ".xml": ("openvino",),
    ".pt": ("ultralytics",),
    ".engine": ("ultralytics",),
    ".torchscript": ("ultralytics",),
}
_PACKAGES = {"openvino": "openvino", "onnx": "onnxruntime"}


def open_detector(
    model: str | None,
    device: str = AUTO,
    *,
    models_dir: Path,
    projections: Mapping[str, Projection] | None = None,
    floor: Floor | None = None,
    classes: Collection[str] | None = None,
) -> Detector:
    """The detector that a model means.

    model: a card's name, a file (.onnx, .xml, .pt, .engine, .torchscript), "motion"; None or "auto": the best model in
    models_dir, or motion when there is none. device: see core/device.py; auto takes the fastest. projections: the
    cameras' by id, and their floor, for motion. classes: what to report; None: people and vehicles.
    Raises InputError on a wrong model or device, UnavailableError when it is not to be had here.
    """
    runtime, place = parse_device(device)
    path = find_default(models_dir) if model in (None, AUTO) else None
    if model == MOTION or (model in (None, AUTO) and path is None):
        detector: Detector = _factory(MOTION)(projections or {}, floor)
        return detector
    path = path or find_model(str(model), models_dir)
    card = read_cards().get(path.stem) if path.parent == models_dir else None
    openers = {
        name: partial(_factory_call, name, path, place, card.labels if card else (), classes)
        for name in _runtimes(path, runtime, place)
    }
    if len(openers) == 1:
        return next(iter(openers.values()))()
    from heatmap_gui.vision.detectors.choice import open_fastest

    return open_fastest(
        {_PACKAGES[name]: opener for name, opener in openers.items()}, path, models_dir / "fastest.json"
    )


def _runtimes(path: Path, runtime: str | None, place: str) -> tuple[str, ...]:
    """The runtimes to choose from."""
    able = _RUNTIMES.get(path.suffix.lower())
    if able is None:
        raise InputError(f"{path} is no model: one ends in {', '.join(_RUNTIMES)}")
    if runtime is not None:
        if runtime not in able:
            raise InputError(f"{runtime} does not run {path.name}: {' or '.join(able)} does")
        return (runtime,)
    if len(able) == 1:
        return able
    if place in (AUTO, "cpu"):
        return tuple(_PACKAGES)
    return ("onnx",) if place.startswith("cuda") else ("ultralytics",)


def _factory(name: str) -> Any:
    module, _, function = DETECTORS[name].partition(":")
    return getattr(import_module(module), function)


def _factory_call(name: str, *arguments: Any) -> Detector:
    detector: Detector = _factory(name)(*arguments)
    return detector
