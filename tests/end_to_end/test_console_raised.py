"""Two processes on one data folder: the second raises the first, and one that was killed is no obstacle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_S = 60


@contextmanager
def started(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A console (see console_minimized.py); killed at the end."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment = kept | {"QT_QPA_PLATFORM": "offscreen", "HEATMAP_HOME": str(home), "DISPLAY": ":none"}
    command = [sys.executable, "-m", "tests.end_to_end.console_minimized"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as console:
        try:
            yield console
        finally:
            console.kill()


def said(console: subprocess.Popen[str]) -> str:
    assert console.stdout is not None
    return console.stdout.readline().strip()


def test_a_second_start_raises_the_first_also_after_a_kill(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home) as first:
        assert said(first) == "minimized"
        with started(home) as second:
            assert second.wait(LONGEST_S) == 0
            assert said(second) == ""
        assert said(first) == "raised"
    with started(home) as third:
        assert said(third) == "minimized"


def test_of_two_starts_at_the_same_moment_one_stays(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home) as one, started(home) as other:
        first_words = {said(one), said(other)}
        assert first_words == {"minimized", ""}
