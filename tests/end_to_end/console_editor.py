"""Edits a site as the console does, until it is killed, and tells of each edit."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from heatmap_gui.services.drafts import Draft

EDIT_S = 0.002
SAVE_S = 0.02  # the console's second, made short: a hundred kills fall on edits and on saves
_WINDOW_EDIT_MS = 20


@dataclass(frozen=True, slots=True)
class Told:
    """An edit by its number, from 1; 0: it is ready. at: Unix time. saved: the file says it."""

    number: int
    at: float
    saved: bool = False


def renamed(number: int, document: dict[str, Any]) -> None:
    document["cameras"][0]["name"] = f"{number}"


def edit_draft(path: Path, tell: Connection) -> None:
    draft = Draft(path)
    saved = time.monotonic()
    tell.send(Told(0, time.time()))
    for number in range(1, 1_000_000):
        draft.edit(partial(renamed, number), "rename")
        tell.send(Told(number, time.time()))
        time.sleep(EDIT_S)
        if time.monotonic() - saved >= SAVE_S:
            draft.pending(datetime.now(UTC), version=number % 7 == 0)()
            saved = time.monotonic()
            tell.send(Told(number, time.time(), saved=True))


def edit_in_window(path: Path, tell: Connection) -> None:
    """In a session of a real window, which nobody sees."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PyQt6.QtCore import QSettings, QTimer

    from heatmap_gui.desktop.main_window import MainWindow
    from heatmap_gui.desktop.run import application
    from heatmap_gui.desktop.session import Session

    app = application()
    session = Session(path.parents[1])
    window = MainWindow(session, QSettings(str(path.parents[1] / "console.ini"), QSettings.Format.IniFormat))
    numbers = iter(range(1, 1_000_000))

    def edit() -> None:
        if session.site is not None:
            number = next(numbers)
            session.edit(partial(renamed, number), "rename")
            tell.send(Told(number, time.time()))

    timer = QTimer()
    timer.timeout.connect(edit)
    session.open_store(path.stem.removeprefix("calibration_"))
    window.show()
    timer.start(_WINDOW_EDIT_MS)
    tell.send(Told(0, time.time()))
    app.exec()
