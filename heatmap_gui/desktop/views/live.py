"""Live: every camera, and the floor with everybody on it. What it cannot see it says."""

from __future__ import annotations

import time

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QVBoxLayout

from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.widgets.wall import Instant, Wall

_TICK_MS = 66


class LiveView(View):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.wall = Wall()
        layout = QVBoxLayout(self)
        layout.addWidget(self.wall)
        session.site_changed.connect(lambda: self.wall.show_site(session.site))
        self.wall.show_site(session.site)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    def enter(self) -> None:
        self._timer.start(_TICK_MS)

    def leave(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        board, states = self.session.board(), self.session.camera_states()
        if board is None:
            self.wall.show_instant(Instant(time.time()))
            return
        board.wanted = self.wall.wanted()
        self.wall.show_instant(Instant(time.time(), board.newest(), states, {"plan": board.people()}))
