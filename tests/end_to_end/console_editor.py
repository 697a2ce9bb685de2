"""Edits a site as the console does, until it is killed: run with a site file, and told of each edit on standard output.

`--window` makes the edits in a session of a real window.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from heatmap_gui.services.drafts import Draft

EDIT_S = 0.002
SAVE_S = 0.02  # the console's second, made short: a hundred kills fall on edits and on saves


def renamed(number: int, document: dict[str, Any]) -> None:
    document["cameras"][0]["name"] = f"{number}"


def edit_draft(path: Path) -> None:
    draft = Draft(path)
    saved = time.monotonic()
    print("ready", flush=True)
    for number in range(1, 1_000_000):
        draft.edit(partial(renamed, number), "rename")
        print(number, flush=True)
        time.sleep(EDIT_S)
        if time.monotonic() - saved >= SAVE_S:
            draft.pending(datetime.now(UTC), version=number % 7 == 0)()
            saved = time.monotonic()
            print(f"saved {number}", flush=True)


def edit_in_window(path: Path) -> None:
    from PyQt6.QtCore import QSettings, QTimer

    from heatmap_gui.desktop.main_window import MainWindow
    from heatmap_gui.desktop.run import application
    from heatmap_gui.desktop.session import Session

    app = application()
    session = Session(path.parents[1])
    window = MainWindow(session, QSettings(str(path.parents[1] / "console.ini"), QSettings.Format.IniFormat))
    numbers = iter(range(1, 1_000_000))

    def edit() -> None:
        if session.site is None:
            return
        number = next(numbers)
        session.edit(partial(renamed, number), "rename")
        print(f"{number} {time.time()}", flush=True)

    timer = QTimer()
    timer.timeout.connect(edit)
    session.open_store(path.stem.removeprefix("calibration_"))
    window.show()
    timer.start(5)
    print("ready", flush=True)
    app.exec()


if __name__ == "__main__":
    (edit_in_window if "--window" in sys.argv else edit_draft)(Path(sys.argv[1]))
