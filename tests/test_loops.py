"""Threads start, fail and stop as promised; the newest wins in a slot, nothing is lost in a hand-off."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.loops import Handoff, Latest, Loops, Worker, spawn_thread


def until_stopped(stopping: threading.Event) -> None:
    stopping.wait()


def test_loops_run_until_they_are_stopped() -> None:
    started = threading.Event()

    def loop(stopping: threading.Event) -> None:
        started.set()
        stopping.wait()

    with Loops() as loops:
        loops.start("reader", loop)
        assert started.wait(5.0)
    assert "reader" not in [thread.name for thread in threading.enumerate()]


def test_wait_returns_when_all_have_returned() -> None:
    done: list[int] = []
    with Loops() as loops:
        for number in range(3):
            loops.start(str(number), lambda stopping: done.append(len(done)))
        loops.wait()
        assert len(done) == 3


def test_one_failure_stops_the_others_and_reaches_the_owner() -> None:
    def fail(stopping: threading.Event) -> None:
        raise LookupError("no camera")

    with Loops() as loops:
        loops.start("good", until_stopped)
        loops.start("bad", fail)
        with pytest.raises(LookupError, match="no camera"):
            loops.wait()
        assert loops.stopping.is_set()
        assert loops.stop() == ()


def test_the_failure_is_there_to_be_read_without_being_raised() -> None:
    def fail(stopping: threading.Event) -> None:
        raise LookupError("no camera")

    with Loops() as loops:
        assert loops.failure is None
        loops.start("bad", fail)
        assert loops.stopping.wait(5.0)
        assert isinstance(loops.failure, LookupError)


def test_the_first_failure_is_the_one_that_is_told() -> None:
    def fail_late(stopping: threading.Event) -> None:
        stopping.wait()
        raise OSError("a consequence")

    def fail(stopping: threading.Event) -> None:
        raise LookupError("the cause")

    with Loops() as loops:
        loops.start("late", fail_late)
        loops.start("bad", fail)
        assert loops.stopping.wait(5.0)
        assert loops.stop() == ()
        assert isinstance(loops.failure, LookupError)


def test_a_loop_runs_from_its_start_to_its_return() -> None:
    with Loops() as loops:
        assert not loops.running("a")
        loops.start("a", until_stopped)
        assert loops.running("a")
        assert not loops.running("b")
        assert loops.stop() == ()
        assert not loops.running("a")


def test_stop_takes_one_budget_for_all_and_names_who_stayed() -> None:
    release = threading.Event()

    def deaf(stopping: threading.Event) -> None:
        release.wait()

    loops = Loops(budget_s=0.05)
    for name in ("a", "b"):
        loops.start(name, deaf)
    loops.start("c", until_stopped)
    assert loops.stop() == ("a", "b")
    release.set()
    assert loops.stop() == ()


def test_a_name_is_used_once() -> None:
    with Loops() as loops:
        loops.start("a", until_stopped)
        with pytest.raises(ValueError, match="a"):
            loops.start("a", until_stopped)


def test_the_spawner_is_injected() -> None:
    spawned: list[str] = []

    def spawn(target: Callable[[], None], name: str) -> Worker:
        spawned.append(name)
        return spawn_thread(target, name)

    with Loops(spawn) as loops:
        loops.start("a", until_stopped)
    assert spawned == ["a"]


def test_latest_keeps_the_newest_and_counts_the_rest() -> None:
    slot: Latest[int] = Latest()
    assert slot.take() is None
    for value in (1, 2, 3):
        slot.put(value)
    assert (slot.take(), slot.take(), slot.skipped) == (3, None, 2)


def test_latest_wakes_its_taker() -> None:
    slot: Latest[str] = Latest()
    with Loops() as loops:
        loops.start("putter", lambda stopping: slot.put("frame"))
        assert slot.take(timeout_s=5.0) == "frame"


def test_slots_share_one_arrival() -> None:
    arrived = threading.Event()
    first: Latest[int] = Latest(arrived)
    second: Latest[int] = Latest(arrived)
    second.put(2)
    assert arrived.is_set()
    assert (first.take(), second.take()) == (None, 2)


@given(values=st.lists(st.integers(), max_size=50), size=st.integers(1, 8))
def test_a_handoff_loses_nothing_and_keeps_the_order(values: list[int], size: int) -> None:
    with Loops() as loops:
        handoff: Handoff[int] = Handoff(loops.stopping, size)
        loops.start("producer", lambda stopping: handoff.feed(values))
        assert list(handoff) == values


def test_a_handoff_is_bounded() -> None:
    taken_ahead: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            taken_ahead.append(number)
            yield number

    with Loops() as loops:
        handoff: Handoff[int] = Handoff(loops.stopping, size=2)
        loops.start("producer", lambda stopping: handoff.feed(numbers()))
        for number in handoff:
            assert len(taken_ahead) <= number + 1 + 2 + 1  # the one here, two inside, one waiting for room


def test_the_producer_s_error_comes_after_its_values_and_once() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        raise OSError("truncated")

    seen: list[int] = []
    with Loops() as loops:
        handoff: Handoff[int] = Handoff(loops.stopping)
        loops.start("producer", lambda stopping: handoff.feed(broken()))
        with pytest.raises(OSError, match="truncated"):
            seen.extend(handoff)
        assert seen == [1, 2]
        assert list(handoff) == []


def test_stopping_frees_a_producer_that_waits_for_room() -> None:
    with Loops() as loops:
        handoff: Handoff[int] = Handoff(loops.stopping, size=1)
        loops.start("producer", lambda stopping: handoff.feed(range(10)))
        assert next(handoff) == 0
        assert loops.stop() == ()


def test_stopping_frees_a_consumer_that_waits_for_values() -> None:
    with Loops() as loops:
        handoff: Handoff[int] = Handoff(loops.stopping)
        loops.start("stopper", lambda stopping: stopping.set())
        assert list(handoff) == []
