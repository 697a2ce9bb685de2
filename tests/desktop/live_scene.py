"""Cameras that show what a test wants, without an engine."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import pytest

from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.services.board import Board, Shown
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition

NOW = 1_700_000_000.0
SIZE = (640, 360)
BOX = np.array([[300.0, 100.0, 340.0, 250.0]])


def picture(camera: str, at: float, size: tuple[int, int] = (320, 180)) -> Shown:
    """A grey one with person 7 in it."""
    image = np.full((size[1], size[0], 4), 90, np.uint8)
    return Shown(camera, at, SIZE, image, BOX, np.array([7]), np.array([True]), ("person",))


def state(status: CameraStatus = CameraStatus.OK, **more: float) -> CameraState:
    made = CameraState(condition=Condition(status, NOW - 60, "camera 1: no reply within 5 s"), fps=15.0)
    made.frame_at = NOW - 0.1
    for name, value in more.items():
        setattr(made, name, value)
    return made


def instant(now: float = NOW, ages_s: tuple[float, ...] = (0.1, 0.1, 0.1)) -> Instant:
    """The demo store's three cameras, as they are at `now`."""
    names = [str(number) for number in range(1, len(ages_s) + 1)]
    newest = {name: picture(name, now - age_s) for name, age_s in zip(names, ages_s, strict=True)}
    return Instant(now, newest, {name: state() for name in names})


@dataclass
class Measured:
    """A session that is measured, without an engine."""

    board: Board
    states: dict[str, CameraState]


def measure(session: Session, monkeypatch: pytest.MonkeyPatch) -> Measured:
    """As if the store were measured: all its cameras are well."""
    assert session.site is not None
    made = Measured(Board(session.site), {camera.id: state() for camera in session.site.cameras})
    for one in made.states.values():
        one.frame_at = time.time()
    monkeypatch.setattr(session, "board", lambda store=None: made.board)
    monkeypatch.setattr(session, "camera_states", lambda: made.states)
    session.engine_state = "on"
    return made
