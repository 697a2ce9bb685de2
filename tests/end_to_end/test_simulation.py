"""Whatever fails at whatever moment: each due job is done once, each delivery comes, and none is invented."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from heatmap_gui.core.work import DeliveryStatus, Job, Outcome, Status
from heatmap_gui.services.exporter import ExporterLoop
from heatmap_gui.services.jobs import Finished
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Transaction
from heatmap_gui.store.deliveries import Attempt
from tests.end_to_end.simulation.faults import PLACES, Fault
from tests.end_to_end.simulation.invariants import WrongError
from tests.end_to_end.simulation.processes import Measuring
from tests.end_to_end.simulation.runs import failures, run
from tests.end_to_end.simulation.world import Ground

LASTING = 2  # the seed of a small world whose job lasts
PARTS = 8
SEEDS = 240
RECOVERED_S = 10.0


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    logging.disable(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as patch:
        made = Ground(tmp_path_factory.mktemp("simulation"), patch)
        yield made
        made.close()
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("part", range(PARTS))
def test_each_failure_at_each_point_of_a_small_world(ground: Ground, part: int) -> None:
    for point, fault in list(failures(ground, LASTING))[part::PARTS]:
        world = run(ground, LASTING, point, fault)
        if fault == Fault.CRASH:
            assert {job.status for job in world.known.jobs} == {Status.COMPLETED}
            assert max(world.recoveries, default=0.0) <= RECOVERED_S


@pytest.mark.parametrize("part", range(PARTS))
def test_many_failures_in_worlds_of_many(ground: Ground, part: int) -> None:
    ends: Counter[Status] = Counter()
    faults: Counter[Fault] = Counter()
    for seed in range(part, SEEDS, PARTS):
        world = run(ground, seed)
        ends.update(job.status for job in world.known.jobs)
        faults.update(world.faults.happened.values())
    assert ends[Status.COMPLETED] > ends[Status.FAILED] > 0  # a live slot is lost when nobody was there
    assert len(faults) >= 6 and faults.total() > 3 * SEEDS / PARTS


def test_there_are_more_than_a_thousand(ground: Ground) -> None:
    single = list(failures(ground, LASTING))
    assert len(single) + SEEDS > 1000
    assert {fault for _, fault in single} == {fault for place in PLACES.values() for fault in place}


def test_a_seed_says_it_all(ground: Ground) -> None:
    told: tuple[list[str], list[str]] = [], []
    for story in told:
        run(ground, 8, told=story.append)
    assert told[0] == told[1] and len(told[0]) > 100


def _settle_anybodys(real: Callable[..., dict[str, Status]]) -> Callable[..., dict[str, Status]]:
    """What a worker writes counts, even if it stood still for so long that somebody else has done it."""

    def settle(transaction: Transaction, outcomes: Sequence[Outcome], now: float) -> dict[str, Status]:
        return real(transaction, outcomes, now) | {one.job_id: one.status for one in outcomes}

    return settle


def _tell_first(real: Callable[[Measuring, Job, Any, float], Finished]) -> Callable[..., Finished]:
    """The facts are written, and then, by another transaction, the job's end."""

    def finished(self: Measuring, job: Job, parts: Any, now: float) -> Finished:
        made = real(self, job, parts, now)
        assert made.write is not None
        with self.database.write() as transaction:
            made.write(transaction)
        return replace(made, write=None)

    return finished


def _send_last(_: object) -> Callable[[ExporterLoop, float], int]:
    """Deliveries are ticked off before they are sent."""

    def step(self: ExporterLoop, now: float) -> int:
        lanes = self._exchange(now, claim=True)
        over = [
            Attempt(delivery_id=one.id, fence=one.fence, status=DeliveryStatus.DELIVERED, answer="")
            for lane in lanes
            for one in lane.load
        ]
        with self._database.write() as transaction:
            deliveries.settle(transaction, over, now)
        for lane in lanes:
            self._send(lane, threading.Event())
        return len(lanes)

    return step


def _reap_nothing(_: object) -> Callable[..., list[Job]]:
    """What a dead worker had stays with it."""
    return lambda *_: []


BUGS = (
    (jobs, "settle", _settle_anybodys, Fault.HANG),
    (jobs, "reap", _reap_nothing, Fault.CRASH),
    (Measuring, "finished", _tell_first, Fault.CRASH),
    (ExporterLoop, "step", _send_last, Fault.CRASH),
)


@pytest.mark.parametrize(("where", "name", "bug", "fault"), BUGS, ids=[bug[2].__name__[1:] for bug in BUGS])
def test_a_bug_is_found(ground: Ground, where: object, name: str, bug: Callable[[Any], Any], fault: Fault) -> None:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(WrongError, match=f"again: .* {LASTING} --point"):
        patch.setattr(where, name, bug(getattr(where, name)))
        for point, _ in reversed(list(failures(ground, LASTING, fault))):
            run(ground, LASTING, point, fault)
