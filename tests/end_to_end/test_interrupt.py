"""Ctrl-C and SIGTERM at any moment: exit status 130, and nothing is there or everything, marked partial."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.replays import left_in, table

FPS = 10
SOURCE = f"synthetic:walkers?fps={FPS}&duration_s=3600"
PATIENCE_S = 60.0
RANDOM = random.Random(20260101)
SOME_S = [round(RANDOM.uniform(0.05, 1.5), 2) for _ in range(2)]
LATER_S = [round(RANDOM.uniform(0.0, 3.0), 2) for _ in range(2)]


def start(out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "heatmap_gui", "measure", "--source", SOURCE, "--model", "motion"]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as behind `&` in a script; it would be inherited
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [*command, "--annotate", "--out", str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(process: subprocess.Popen[str], there: Callable[[], object]) -> None:
    """Until it is there, or the process is over."""
    end = time.monotonic() + PATIENCE_S
    while not there() and process.poll() is None:
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.002)


def outcome(process: subprocess.Popen[str]) -> tuple[int, str]:
    try:
        printed = process.communicate(timeout=PATIENCE_S)[1]
    finally:
        process.kill()
    return process.returncode, printed


def check_whole_or_nothing(out: Path) -> bool:
    """Whether there are results; they are readable, marked partial, and agree with each other."""
    names = left_in(out)
    assert not [name for name in names if name.startswith(".")]
    if not names:
        return False
    summary = json.loads((out / "summary.json").read_text())
    assert summary["partial"] is True
    rows = table(out / "floor_tracks.csv")
    assert len(rows) / FPS == pytest.approx(summary["person_seconds"], abs=0.1)
    assert len({row["track_id"] for row in rows}) == summary["people"]
    with np.load(out / "heatmap.npz") as arrays:
        assert arrays["presence_s"].sum() == pytest.approx(summary["person_seconds"], rel=1e-3, abs=0.01)
    detections = json.loads((out / "detections.json").read_text())
    assert detections["metadata"]["total_detections"] == len(detections["detections"])
    boxes = (out / "tracks_1.txt").read_text().splitlines()
    assert {line.split(",")[1] for line in boxes} == {row["track_id"] for row in rows}
    assert (out / "report.html").read_text().rstrip().endswith("</html>")
    assert (out / "annotated_1.mp4").stat().st_size > 0
    return True


@pytest.mark.parametrize("delay_s", SOME_S)
def test_while_it_starts(tmp_path: Path, delay_s: float) -> None:
    """Before this program's own first line Python ends by the signal itself, which a shell calls 130 as well, or by 1
    while it looks for its own libraries.
    """
    process = start(tmp_path / "out")
    time.sleep(delay_s)
    process.send_signal(signal.SIGINT)
    status, printed = outcome(process)
    assert status in (130, -signal.SIGINT) or "<frozen site>" in printed, printed
    check_whole_or_nothing(tmp_path / "out")


@pytest.mark.parametrize(
    ("number", "delay_s"), [(signal.SIGINT, LATER_S[0]), (signal.SIGTERM, LATER_S[1])], ids=["SIGINT", "SIGTERM"]
)
def test_while_it_measures_what_was_measured_is_kept(tmp_path: Path, number: signal.Signals, delay_s: float) -> None:
    process = start(tmp_path)
    wait_for(process, lambda: (tmp_path / ".annotated_1.mp4").exists())
    time.sleep(delay_s)
    process.send_signal(number)
    status, printed = outcome(process)
    assert (status, printed) == (130, "heatmap: error: interrupted\n")
    assert check_whole_or_nothing(tmp_path)


def test_again_and_again_while_it_writes(tmp_path: Path) -> None:
    process = start(tmp_path)
    wait_for(process, lambda: (tmp_path / ".annotated_1.mp4").exists())
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    wait_for(process, lambda: any(tmp_path.glob(".new-*")))
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    status, printed = outcome(process)
    assert status == 130, printed
    assert check_whole_or_nothing(tmp_path)
