"""Killed at any moment of an edit or a save: the site file opens, and at most the last 2 s of edits are gone."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from heatmap_gui.desktop.run import DEMO, install_demo
from heatmap_gui.desktop.session import SITES
from heatmap_gui.store.site_files import load_site, versions

ROOT = Path(__file__).parents[2]
LOST_S = 2.0


def _told(path: Path, alive_s: float, *more: str) -> list[str]:
    """What an editor of this file said until it was killed, so many seconds after it was ready."""
    arguments = [sys.executable, "-m", "tests.end_to_end.console_editor", str(path), *more]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    editor = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert editor.stdout is not None
    with editor.stdout as said:
        assert said.readline() == "ready\n"
        time.sleep(alive_s)
        editor.kill()
        lines = said.read().splitlines(keepends=True)
    editor.wait()
    return [line.strip() for line in lines if line.endswith("\n")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    install_demo(tmp_path / SITES)
    return tmp_path / SITES / f"calibration_{DEMO}.json"


def test_a_hundred_kills_amid_edits_and_saves(path: Path) -> None:
    chance = random.Random(5)
    saves = 0
    for _ in range(100):
        told = _told(path, chance.uniform(0.0, 0.12))
        saved = [int(line.split()[1]) for line in told if line.startswith("saved")]
        saves += len(saved)
        if saved:
            assert int(load_site(path).cameras[0].name) >= saved[-1]
        load_site(path)
    assert saves > 50
    for kept in versions(path):
        load_site(kept)


def test_a_window_that_is_killed_loses_two_seconds_at_most(path: Path) -> None:
    chance = random.Random(6)
    for _ in range(3):
        told = [line.split() for line in _told(path, chance.uniform(3.0, 4.5), "--window")]
        end = float(told[-1][1])
        due = [int(number) for number, at in told if float(at) < end - LOST_S]
        assert due
        assert int(load_site(path).cameras[0].name) >= due[-1]
