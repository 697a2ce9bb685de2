"""Killed at any moment of an edit or a save: the site file opens, and at most the last 2 s of edits are gone."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from heatmap_gui.desktop.run import DEMO, install_demo
from heatmap_gui.desktop.session import SITES
from heatmap_gui.store.site_files import load_site, versions
from tests.end_to_end.console_editor import Told, edit_draft, edit_in_window
from tests.end_to_end.forks import FORKS

LOST_S = 2.0


class Editor:
    """A process that edits this file from when this returns."""

    def __init__(self, edit: Callable[[Path, Connection], None], folder: Path) -> None:
        install_demo(folder / SITES)
        self.path = folder / SITES / f"calibration_{DEMO}.json"
        self._heard, tell = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=edit, args=(self.path, tell), daemon=True)
        self._process.start()
        tell.close()
        assert self._heard.recv().number == 0

    def kill(self) -> list[Told]:
        """-> what it told of."""
        self._process.kill()
        told: list[Told] = []
        with self._heard, suppress(EOFError):
            while True:
                told.append(self._heard.recv())
        self._process.join()
        return told

    @property
    def written(self) -> int:
        """The edit that the file says."""
        return int(load_site(self.path).cameras[0].name)


def test_a_hundred_kills_amid_edits_and_saves(tmp_path: Path) -> None:
    chance = random.Random(5)
    saves = 0
    for _ in range(100):
        editor = Editor(edit_draft, tmp_path)
        time.sleep(chance.uniform(0.0, 0.12))
        saved = [told.number for told in editor.kill() if told.saved]
        saves += len(saved)
        if saved:
            assert editor.written >= saved[-1]
        load_site(editor.path)
    assert saves > 50
    for kept in versions(editor.path):
        load_site(kept)


def test_windows_that_are_killed_lose_two_seconds_at_most(tmp_path: Path) -> None:
    chance = random.Random(6)
    editors = [Editor(edit_in_window, tmp_path / str(number)) for number in range(3)]
    time.sleep(3.0)
    for editor in editors:
        time.sleep(chance.uniform(0.0, 0.5))
        told = editor.kill()
        due = [one.number for one in told if one.at < told[-1].at - LOST_S]
        assert due
        assert editor.written >= due[-1]
