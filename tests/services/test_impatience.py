"""A wait for the next try of a camera, cut short by somebody who asks; never where it could lock an account."""

from __future__ import annotations

import threading
import time

import pytest

from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.services.impatience import Impatience

LONG_S = 30.0


def lost(status: CameraStatus) -> CameraState:
    return CameraState(condition=Condition(status, time.time()))


def test_a_wait_ends_once_somebody_asks() -> None:
    state = lost(CameraStatus.LOST)
    begin = time.monotonic()
    asking = threading.Timer(0.1, lambda: setattr(state, "hurry", True))
    asking.start()
    assert not Impatience(threading.Event(), state).wait(LONG_S), "nobody stopped it"
    asking.join()
    assert time.monotonic() - begin < LONG_S / 2


def test_a_wish_from_before_the_wait_is_forgotten() -> None:
    state = lost(CameraStatus.LOST)
    state.hurry = True
    begin = time.monotonic()
    Impatience(threading.Event(), state).wait(0.5)
    assert time.monotonic() - begin >= 0.5


def test_a_refused_password_is_not_tried_sooner() -> None:
    state = lost(CameraStatus.DENIED)
    asking = threading.Timer(0.05, lambda: setattr(state, "hurry", True))
    asking.start()
    begin = time.monotonic()
    Impatience(threading.Event(), state).wait(0.6)
    asking.join()
    assert time.monotonic() - begin >= 0.6


def test_it_stops_with_the_others() -> None:
    stopping = threading.Event()
    wait = Impatience(stopping, lost(CameraStatus.LOST))
    assert not wait.is_set()
    stopping.set()
    assert wait.is_set()
    assert wait.wait(LONG_S)


@pytest.mark.parametrize("wait_s", [0.01, LONG_S])
def test_nobody_waits_for_a_camera_that_nobody_wants(wait_s: float) -> None:
    state = lost(CameraStatus.DENIED)
    state.unwanted = True
    stopping = Impatience(threading.Event(), state)
    assert stopping.wait(wait_s)
    assert stopping.is_set()
