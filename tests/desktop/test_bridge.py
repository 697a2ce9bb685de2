"""Work off the GUI thread: where it runs, what comes back, what is left out."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from PyQt6 import sip
from pytestqt.qtbot import QtBot

from heatmap_gui.core.errors import DeniedError, HeatmapError, InputError, UnavailableError
from heatmap_gui.desktop.bridge import Background, spawn_worker

_LONGEST_MS = 10_000


def _never(said: object) -> None:
    pytest.fail(f"nobody should hear of {said}")


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    assert made.finish()
    sip.delete(made)


def test_work_runs_elsewhere_and_answers_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    places: list[int] = []
    results: list[int] = []

    def done(thread: int) -> None:
        results.append(thread)
        places.append(threading.get_ident())

    background.run(threading.get_ident, done, _never)
    qtbot.waitUntil(lambda: bool(places))
    assert places == [threading.get_ident()]
    assert results != places


def test_an_expected_failure_comes_as_itself(qtbot: QtBot, background: Background) -> None:
    errors: list[HeatmapError] = []

    def work() -> None:
        raise InputError("the plan is no picture")

    background.run(work, _never, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].message == "the plan is no picture"


def test_a_bug_goes_where_all_bugs_go(qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: seen.append(kind))
    background.run(lambda: 1 / 0, _never, _never)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [ZeroDivisionError]


@pytest.mark.parametrize("breaks", [False, True])
def test_only_the_newest_of_a_name_matters(qtbot: QtBot, background: Background, breaks: bool) -> None:
    go_on = threading.Event()
    done: list[int] = []
    ran: list[int] = []

    def work(number: int) -> int:
        assert go_on.wait(10)
        ran.append(number)
        if breaks and number == 0:
            raise InputError("no")
        return number

    for number in range(5):
        background.newest("one", partial(work, number), done.append, lambda _: None)
    go_on.set()
    qtbot.waitUntil(lambda: bool(done) and done[-1] == 4)
    assert ran == [0, 4]


def test_a_bug_does_not_hold_up_the_next_of_its_name(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    done: list[float] = []
    background.newest("save", lambda: 1 / 0, _never, _never)
    background.newest("save", lambda: 2.0, done.append, _never)
    qtbot.waitUntil(lambda: done == [2.0])


def test_names_do_not_wait_for_each_other(qtbot: QtBot, background: Background) -> None:
    go_on = threading.Event()
    done: list[str] = []
    background.newest("slow", lambda: go_on.wait(10), lambda _: done.append("slow"), _never)
    background.newest("fast", lambda: None, lambda _: done.append("fast"), _never)
    qtbot.waitUntil(lambda: done == ["fast"])
    go_on.set()
    qtbot.waitUntil(lambda: done == ["fast", "slow"])


def _refuse() -> None:
    raise DeniedError("user or password refused")


def test_work_in_a_process_of_its_own(qtbot: QtBot, background: Background) -> None:
    done: list[int] = []
    errors: list[HeatmapError] = []
    background.run_apart(os.getpid, done.append, _never)
    background.run_apart(_refuse, _never, errors.append)
    background.run_apart(partial(os._exit, 1), _never, errors.append)
    qtbot.waitUntil(lambda: len(done) + len(errors) == 3, timeout=_LONGEST_MS)
    assert done != [os.getpid()]
    assert {type(error) for error in errors} == {DeniedError, UnavailableError}
    assert {error.message for error in errors} >= {"user or password refused"}
    assert not multiprocessing.active_children()


def test_a_bug_in_a_process_of_its_own_says_where_it_was(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: seen.append(error))
    background.run_apart(partial(divmod, 1, 0), _never, _never)
    qtbot.waitUntil(lambda: bool(seen), timeout=_LONGEST_MS)
    assert "in _apart" in "".join(seen[0].__notes__)


@pytest.mark.parametrize("how", ["given up", "the end"])
def test_a_process_of_its_own_ends_at_once(qtbot: QtBot, background: Background, how: str) -> None:
    give_up = background.run_apart(partial(time.sleep, 1e6), _never, _never)
    qtbot.waitUntil(lambda: bool(multiprocessing.active_children()), timeout=_LONGEST_MS)
    if how == "given up":
        give_up()
    else:
        assert background.finish()
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=_LONGEST_MS)
    qtbot.wait(20)


def test_nobody_hears_of_what_ends_after_the_end(qtbot: QtBot) -> None:
    background = Background()
    go_on = threading.Event()
    background.run(lambda: go_on.wait(10), _never, _never)
    threading.Timer(0.05, go_on.set).start()
    assert background.finish()
    qtbot.wait(20)
    sip.delete(background)


def test_a_loop_of_the_engine_in_a_thread_of_qts() -> None:
    ended = threading.Event()

    def loop() -> None:
        ended.wait(10)

    worker = spawn_worker(loop, "detector")
    assert worker.is_alive()
    worker.join(0.01)
    assert worker.is_alive()
    ended.set()
    worker.join(10)
    assert not worker.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads are as nice as their process")
def test_the_engine_comes_after_the_window() -> None:
    found: list[int] = []
    worker = spawn_worker(lambda: found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id())), "detector")
    worker.join(10)
    assert found[0] >= os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert found[0] >= 5
