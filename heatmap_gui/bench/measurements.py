"""Whole measurements of a clip, measured: against another program, and against the bare network."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from heatmap_gui.bench.material import ROW, Material
from heatmap_gui.bench.peers import UltralyticsTrack, tracking_scores
from heatmap_gui.bench.timing import Entry, Times, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.types import F4, F8, PERSON, U1
from heatmap_gui.services.measurement import Measurement
from heatmap_gui.services.measuring import measure
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.detectors import graph, open_detector
from heatmap_gui.vision.detectors.network import Network, NetworkDetector, Runtime
from heatmap_gui.vision.detectors.onnx import OnnxRuntime
from heatmap_gui.vision.detectors.openvino import OpenVinoRuntime
from heatmap_gui.vision.detectors.yolo import Form

_ROUNDS = 2
_SCORES = ("HOTA", "IDF1")
_RUNTIMES: dict[str, Callable[[Path, str], Runtime]] = {"onnx": OnnxRuntime, "openvino": OpenVinoRuntime}


class _Square:
    """A Runtime that takes pictures of the model's own size, although it could take the frames' shape."""

    def __init__(self, inner: Runtime) -> None:
        self.device, self.precision, self._inner = inner.device, inner.precision, inner
        self.batch, self.streams = inner.batch, inner.streams
        self.description = replace(inner.description, resizable=False, batch=1)

    def compile(self, size: tuple[int, int], batch: int, form: Form) -> Network:
        return self._inner.compile(size, batch, form)


class _AsStored(OnnxRuntime):
    """ONNX Runtime with the graph as it is in the file: what any other program runs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "cpu")
        self._onnx = graph.read(path)
        self.precision = graph.precision(self._onnx)


class _Timed:
    """A Runtime whose networks note when each call began and ended (`perf_counter`)."""

    def __init__(self, inner: Runtime) -> None:
        self.device, self.precision, self._inner = inner.device, inner.precision, inner
        self.batch, self.streams = inner.batch, inner.streams
        self.description = inner.description
        self.calls: list[tuple[float, float]] = []

    def compile(self, size: tuple[int, int], batch: int, form: Form) -> Network:
        network = self._inner.compile(size, batch, form)

        def run(slots: U1) -> F4:
            start = time.perf_counter()
            output = network(slots)
            self.calls.append((start, time.perf_counter()))
            return output

        return run


class _Clip:
    """Measurements of the people in a clip of the material's camera, into a folder that is written over each time."""

    def __init__(self, path: Path, material: Material, models_dir: Path, folder: Path) -> None:
        site = load_site(material.site)
        self.camera = site.cameras[0].id
        self.order = Measurement(
            site=replace(site, cameras=(replace(site.cameras[0], url=str(path.absolute())),)),
            out=folder,
            model=str(material.model),
            models_dir=models_dir,
            classes=(PERSON,),
        )
        self.frames = 0

    def run(self, detector: Callable[[], Detector] | None = None, duration_s: float | None = None) -> None:
        summary = measure(replace(self.order, duration_s=duration_s), detector=detector() if detector else None)
        self.frames = summary["cameras"][self.camera]["processed"]

    def tracks(self) -> F8:
        """Rows (n, 6) of the last measurement, as in MOT files."""
        return np.loadtxt(self.order.out / f"tracks_{self.camera}.txt", delimiter=",", ndmin=2)[:, ROW]


def against_ultralytics(material: Material, models_dir: Path, goals: tuple[float, float]) -> Iterator[Entry]:
    """From opening the model to the last file written, on the clip's beginning, which the truth is of.

    goals: with the same network, and as we do it by default.
    """
    peer = UltralyticsTrack(material.model)
    with tempfile.TemporaryDirectory() as folder:
        beginning = material.beginning(Path(folder) / "beginning.mp4")
        clip = _Clip(beginning, material, models_dir, Path(folder))
        name = material.model.stem
        square = partial(_square_detector, material.model, models_dir)
        as_stored = partial(NetworkDetector, name, _Square(_AsStored(material.model)), (), (PERSON,))
        tracks: dict[str, F8] = {}

        def ours(side: str, detector: Callable[[], Detector] | None) -> None:
            clip.run(detector)
            tracks[side] = clip.tracks()

        def theirs() -> None:
            rows = [np.insert(rows[:, :5], 0, number, axis=1) for number, rows in enumerate(peer.frames(beginning), 1)]
            tracks["theirs"] = np.concatenate(rows)

        sides: dict[str, Callable[[], object]] = {
            "same network": partial(ours, "same network", as_stored),
            "same input": partial(ours, "same input", square),
            "default": partial(ours, "default", None),
            "theirs": theirs,
        }
        clip.run(duration_s=2.0)  # whatever is found out once about this machine is found out here
        times = in_turn(sides, _ROUNDS, warm_up=0)
        scores = {side: _scores(material, rows) for side, rows in tracks.items()}
        for entry, side, goal, what in (
            ("measure-same-network", "same network", goals[0], "the same graph in ONNX Runtime, 640 x 640"),
            ("measure-same-input", "same input", goals[0], "the same weights and input, 640 x 640, in our runtime"),
            ("measure", "default", goals[1], "the same weights as we run them by default"),
        ):
            yield _entry(entry, side, goal, what, times, clip.frames, scores)


def _entry(
    name: str, side: str, goal: float, what: str, times: Times, frames: int, scores: dict[str, dict[str, float]]
) -> Entry:
    return Entry(
        name=name,
        goal=goal,
        ours_ms=milliseconds(times, side, frames),
        theirs_ms=milliseconds(times, "theirs", frames),
        ratio=ratio(times, "theirs", side),
        note=f"a frame, from opening to the last file, {what}; ultralytics track",
        details={
            **spread(times, "theirs", side),
            "frames": frames,
            "ours_fps": round(1e3 / milliseconds(times, side, frames), 2),
            "theirs_fps": round(1e3 / milliseconds(times, "theirs", frames), 2),
            "scores": {"ours": scores[side], "theirs": scores["theirs"]},
        },
        worse=any(scores[side][s] < scores["theirs"][s] for s in _SCORES if s in scores[side]),
    )


def _scores(material: Material, tracks: F8) -> dict[str, float]:
    """Against the truth, as far as that goes; empty where nothing can tell."""
    try:
        truth = material.truth()
        return tracking_scores(truth, tracks[tracks[:, 0] <= truth[:, 0].max()])
    except UnavailableError:
        return {}


def _runtime(model: Path, models_dir: Path) -> Runtime:
    """What a measurement runs this model in by default."""
    detector = open_detector(str(model), models_dir=models_dir)
    name = detector.device.partition(":")[0]
    detector.close()
    return _RUNTIMES[name](model, "auto")


def _square_detector(model: Path, models_dir: Path) -> NetworkDetector:
    return NetworkDetector(model.stem, _Square(_runtime(model, models_dir)), (), (PERSON,))


def overhead(material: Material, models_dir: Path, goal: float) -> Iterator[Entry]:
    """A measurement's time a frame against what the network alone takes of it, from the first frame to the last file.

    Both are taken in the same seconds, call by call, so that other work on the machine hits them alike.
    """
    times: Times = {"ours": [], "network": []}
    with tempfile.TemporaryDirectory() as folder:
        clip = _Clip(material.clip, material, models_dir, Path(folder))
        for _ in range(_ROUNDS):
            timed = _Timed(_runtime(material.model, models_dir))
            clip.run(partial(NetworkDetector, material.model.stem, timed, (), (PERSON,)))
            begin = timed.calls[0][1]  # the network is compiled and warm
            times["ours"].append(time.perf_counter() - begin)
            times["network"].append(sum(end - start for start, end in timed.calls[1:]))
    frames = clip.frames - 1
    share = ratio(times, "ours", "network")
    yield Entry(
        name="overhead",
        goal=goal,
        at_most=True,
        ours_ms=milliseconds(times, "ours", frames),
        theirs_ms=milliseconds(times, "network", frames),
        ratio=share,
        note="a frame of a measurement, files written; what the network took of it",
        details={**spread(times, "ours", "network"), "overhead_percent": round(100 * (share - 1), 1)},
    )
