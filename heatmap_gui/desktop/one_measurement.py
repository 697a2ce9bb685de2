"""One measurement in the console: what runs without a window, with its pictures on a board."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from heatmap_gui.core.types import Observation
from heatmap_gui.desktop.bridge import spawn_worker
from heatmap_gui.services.board import Board
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.demo import measure_demo
from heatmap_gui.services.measurement import Measurement, Progress


class OneMeasurement:
    """A loop. progress: how far it is; summary: when it is done. One thread writes these, others look."""

    def __init__(self, order: Measurement) -> None:
        self.order, self.board = order, Board(order.site)
        self.progress = Progress(0.0, 0, {})
        self.summary: Mapping[str, Any] | None = None

    def __call__(self, stopping: threading.Event) -> None:
        self.summary = measure_demo(self.order, self._note, self._show, stopping=stopping, spawn=spawn_worker)

    @property
    def states(self) -> Mapping[str, CameraState]:
        return self.progress.states

    def _note(self, progress: Progress) -> None:
        self.progress = progress

    def _show(self, seen: Observation) -> None:
        """Files have a time of their own; who looks wants to know how old a picture is."""
        self.board.show(replace(seen, frame=replace(seen.frame, at=time.time())))
