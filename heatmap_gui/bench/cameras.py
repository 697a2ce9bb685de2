"""Cameras that fail in every way, behind a proxy: how soon that is noticed, and how soon there are pictures again."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from heatmap_gui.bench.faulty_proxy import Fault, FaultyProxy, ProxyLoop
from heatmap_gui.bench.plain_cameras import BOARD
from heatmap_gui.bench.rtsp import H265, rtsp_servers
from heatmap_gui.bench.timing import Entry
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import F8, Frame
from heatmap_gui.loops import Latest, Loops
from heatmap_gui.services.cameras import CameraState, ReaderLoop, Sampler
from heatmap_gui.services.conditions import CameraStatus
from heatmap_gui.vision.sources import open_source

DETECT_S, HEAL_S = 5.0, 10.0  # what is promised
_GOOD = "good"
_PLAIN = "heatmap_gui.bench.plain_cameras"
_UNKNOWN = "rtsp://camera.invalid/good"  # a name that nobody will ever have (RFC 6761)
_START_S = 20.0
_WARM_UP_S = 5.0  # meanwhile a reference picture is learned
_FAULT_S = 6.5
_PLAIN_S = 45.0
_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Failure:
    """A way to fail. rides: it shall not be lost for it, only its times must be right. named: by a host's name."""

    fault: Fault | None = None
    mount: str = _GOOD
    rides: bool = False
    named: bool = False
    lasts_s: float = _FAULT_S


FAILURES: dict[str, Failure] = {
    "refused": Failure("refuse"),
    "connection cut": Failure("cut", lasts_s=0.5),
    "name unknown (DNS)": Failure("refuse", named=True),
    "half-open TCP": Failure("half-open"),
    "accepts, never answers": Failure("mute"),
    # one that is refused for longer is tried again after minutes, so that no account is locked
    "password refused": Failure("unauthorized", lasts_s=2.0),
    "stall in mid-stream": Failure("stall"),
    "trickle": Failure("trickle"),
    "flood": Failure("flood"),
    "garbage": Failure("garbage"),
    "damaged packets": Failure("corrupt"),
    "key frames lost": Failure("smear"),
    "grey picture": Failure(mount="grey"),
    "frozen picture": Failure(mount="frozen"),
    "lens covered": Failure(mount="covered"),
    "camera moved": Failure(mount="moved"),
    "another size": Failure(mount="larger"),
    "another rate": Failure(mount="faster"),
    "another codec": Failure("cut", mount=H265),
    "times jump ahead": Failure("jump", rides=True),
    "times jump back": Failure("jump-back", rides=True),
    "times wrap": Failure("wrap", rides=True),
}


@dataclass(slots=True)
class Outcome:
    """Seconds from the fault to its detection, and from its end to the first good frame; None: never."""

    detected_s: float | None = None
    healed_s: float | None = None


class Patient:
    """A camera behind a proxy, what befalls it, and what became of it, by our reader and by the plain one.

    off_s: by how much a frame's time was wrong at most. tries: connections while it failed.
    """

    def __init__(self, name: str, failure: Failure, ports: Mapping[str, int], *, plain: bool) -> None:
        self.name, self.failure = name, failure
        self.ours, self.theirs = Outcome(), Outcome()
        self.words: list[str] = []
        self.off_s, self.tries = 0.0, 0
        self.state = CameraState()
        self.proxies = [FaultyProxy(ports, _GOOD) for _ in range(1 + plain)]
        self.plain: F8 | None = None
        self._slot: Latest[Frame] = Latest()
        self._began = self._mended = 0.0

    def start(self, loops: Loops) -> None:
        reader = ReaderLoop(self._open, self._slot, Sampler(None, 1), self.state, start=time.time())
        loops.start(self.name, reader)

    @contextmanager
    def plainly_watched(self, board: Path) -> Iterator[None]:
        """The plain camera's process, behind the second proxy; several in one wait for each other when they connect."""
        self.plain = np.memmap(board, np.float64, "w+", shape=(BOARD,))
        self.plain[2] = True
        command = [sys.executable, "-m", _PLAIN, self.proxies[1].url, str(board)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                yield
            finally:
                process.kill()

    def _open(self) -> Source:
        unknown = self.failure.named and self._began > self._mended
        return open_source(self.name, _UNKNOWN if unknown else self.proxies[0].url)

    @property
    def well(self) -> bool:
        return self.state.condition.status is CameraStatus.OK and (self.plain is None or not self.plain[2])

    @property
    def over(self) -> bool:
        """Nothing more is to be seen here."""
        ours = self.failure.rides or self.ours.healed_s is not None
        return self._mended > 0 and ours and (self.plain is None or self.theirs.healed_s is not None)

    def look(self, now: float) -> None:
        """Breaks it, mends it, and writes down what both sides make of that. now: Unix time."""
        if not self._began:
            self._began = now
            self._inject(self.failure.fault, self.failure.mount)
            self.tries = -self.proxies[0].tries
        elif not self._mended and now - self._began >= self.failure.lasts_s:
            self.tries += self.proxies[0].tries
            if self.failure.mount == H265:
                self._inject("cut", _GOOD)
            self._inject(None, _GOOD)
            self._mended = time.time()
        seen = self.state.seen(now)
        if seen.reason and (not self.words or self.words[-1] != seen.reason):
            self.words.append(seen.reason)
        good_at = self.state.good_at or 0.0
        self._note(self.ours, now, seen.status is not CameraStatus.OK, good_at)
        if self.plain is not None:
            frames, last_at, lost = self.plain.tolist()
            self._note(self.theirs, now, bool(lost), time.time() - time.monotonic() + last_at if frames else 0.0)
        frame = self._slot.take()
        if frame is not None:
            self.off_s = max(self.off_s, abs(time.time() - frame.at))

    def _note(self, outcome: Outcome, now: float, bad: bool, good_at: float) -> None:
        if bad and outcome.detected_s is None:
            outcome.detected_s = now - self._began
        well = self._mended > 0 and not bad and good_at > self._mended
        if well and outcome.healed_s is None:
            outcome.healed_s = good_at - self._mended

    def _inject(self, fault: Fault | None, mount: str) -> None:
        for proxy in self.proxies:
            proxy.inject(fault, mount)

    @property
    def kept(self) -> bool:
        """Is it as promised?"""
        found, back = self.ours.detected_s, self.ours.healed_s
        if self.failure.rides:
            return found is None and self.off_s < 1.0
        return found is not None and found <= DETECT_S and back is not None and back <= HEAL_S


def suffer(tools: Path, names: Sequence[str] = tuple(FAILURES), *, plain: bool = False) -> list[Patient]:
    """All these failures at the same time, a camera each. Raises UnavailableError where there is no RTSP server."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ports = stack.enter_context(rtsp_servers(tools, folder))
        patients = [Patient(name, FAILURES[name], ports, plain=plain) for name in names]
        proxies = ProxyLoop([proxy for patient in patients for proxy in patient.proxies])
        serving, watching = stack.enter_context(Loops()), stack.enter_context(Loops())
        serving.start("proxies", proxies)
        _until(proxies.ready.is_set, _START_S, serving)
        for number, patient in enumerate(patients):
            patient.start(watching)
            if plain:
                stack.enter_context(patient.plainly_watched(folder / f"plain{number}"))
        _until(lambda: all(patient.well for patient in patients), _START_S, watching)
        watching.stopping.wait(_WARM_UP_S)
        _until(lambda: _looked(patients), (_PLAIN_S if plain else HEAL_S + DETECT_S) + _FAULT_S, watching)
    return patients


def _looked(patients: Sequence[Patient]) -> bool:
    for patient in patients:
        patient.look(time.time())
    return all(patient.over for patient in patients)


def _until(reached: Callable[[], bool], most_s: float, loops: Loops) -> None:
    deadline = time.monotonic() + most_s
    while not reached() and time.monotonic() < deadline:
        loops.check()
        loops.stopping.wait(_POLL_S)


def failures(folder: Path | None) -> Iterator[Entry]:
    """A line a failure; ours and theirs are the times until it is noticed, as far as it is."""
    if folder is None:
        raise UnavailableError("needs tools/rtsp_server.py: --data FOLDER, or HEATMAP_TEST_DATA")
    for patient in suffer(folder / "tools", plain=True):
        ours, theirs = patient.ours, patient.theirs
        slowest = max((ours.detected_s or _PLAIN_S) / DETECT_S, (ours.healed_s or _PLAIN_S) / HEAL_S)
        yield Entry(
            name=f"camera: {patient.name}",
            goal=1.0,
            at_most=True,
            ours_ms=1e3 * (ours.detected_s or 0.0),
            theirs_ms=1e3 * (theirs.detected_s or _PLAIN_S),
            ratio=patient.off_s if patient.failure.rides else slowest,
            note=f"{_words(patient, ours)}; cv2.VideoCapture: {_words(patient, theirs)}",
            details={
                "detected_s": ours.detected_s,
                "healed_s": ours.healed_s,
                "plain_detected_s": theirs.detected_s,
                "plain_healed_s": theirs.healed_s,
                "said": patient.words,
                "tries": patient.tries,
                "time_off_s": round(patient.off_s, 3),
            },
            worse=not patient.kept,
        )


def _words(patient: Patient, outcome: Outcome) -> str:
    if outcome.detected_s is None:
        return f"goes on, times off by {patient.off_s:.2f} s" if outcome is patient.ours else "not noticed"
    healed = "never healed" if outcome.healed_s is None else f"healed after {outcome.healed_s:.1f} s"
    return f"detected after {outcome.detected_s:.1f} s, {healed}"
