"""Nothing that is due to be told is lost, whoever dies and whatever endpoints do."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from heatmap_gui.core.errors import GoneError, InputError, TryLaterError, UnavailableError
from heatmap_gui.core.work import Delivery, DeliveryStatus
from heatmap_gui.loops import Loops
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.exporter import ExporterLoop
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.sinks.webhook import Webhook
from heatmap_gui.store import deliveries
from heatmap_gui.store.database import Database, open_database
from tests import receivers
from tests.receivers import HANG, SECRET, Receiver, answer, wait_for

NOW = 1_000_000.0


class Scripted:
    """A sink that does what it is told, by endpoint; takes everything after that."""

    def __init__(self, **script: list[Exception]) -> None:
        self.script, self.sent = script, list[str]()

    def deliver(self, delivery: Delivery) -> str:
        self.sent.append(delivery.id)
        waiting = self.script.get(delivery.endpoint)
        if waiting:
            raise waiting.pop(0)
        return "200"

    def close(self) -> None: ...


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database("", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers.receiver() as running:
        yield running


def make(number: int, endpoint: str = "a", **more: object) -> Delivery:
    base = Delivery(id=f"d{number}", sink="webhook", endpoint=endpoint, target={}, body=b"{}", created_at=NOW)
    return replace(base, **more)  # type: ignore[arg-type]  # the fields' own types


def add(database: Database, *new: Delivery) -> None:
    with database.write() as connection:
        deliveries.add(connection, new)


def get(database: Database, number: int) -> Delivery:
    with database.read() as connection:
        return deliveries.get(connection, f"d{number}")


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def loop_of(database: Database, sink: Scripted | Webhook, clock: Clock | None = None) -> ExporterLoop:
    return ExporterLoop(database, {"webhook": sink}, LocalBroker(), clock=clock or Clock(), rng=random.Random(1))


def test_sent_in_order_and_settled(database: Database) -> None:
    add(database, make(2, next_at=NOW - 1), make(1, next_at=NOW - 2), make(3, next_at=NOW + 5))
    sink = Scripted()
    loop = loop_of(database, sink)
    assert loop.step(NOW) == 2
    assert sink.sent == ["d1", "d2"]
    assert get(database, 1).status == DeliveryStatus.DELIVERED
    assert get(database, 1).answer == "200"
    assert loop.step(NOW) == 0
    assert loop.step(NOW + 5) == 1


def run_until(loop: ExporterLoop, clock: Clock, until: float) -> None:
    while clock.now < until:
        loop.step(clock.now)
        clock.now += 0.5


def test_retries_back_off_and_end(database: Database) -> None:
    clock = Clock()
    times = []

    class Timed(Scripted):
        def deliver(self, delivery: Delivery) -> str:
            times.append(clock.now)
            return super().deliver(delivery)

    add(database, make(1, most_attempts=4))
    run_until(loop_of(database, Timed(a=[TryLaterError("500")] * 9), clock), clock, NOW + 200)
    waits = [after - before for before, after in pairwise(times)]
    assert len(times) == 4
    assert all(later > sooner for sooner, later in pairwise(waits))
    assert get(database, 1).status == DeliveryStatus.FAILED
    assert get(database, 1).answer == "given up after 4 tries: 500"


def test_retry_after_is_honoured_for_all_of_an_endpoint(database: Database) -> None:
    clock = Clock()
    sink = Scripted(a=[TryLaterError("429", retry_after_s=100.0)])
    add(database, make(1), make(2), make(3, "b"))
    loop = loop_of(database, sink, clock)
    run_until(loop, clock, NOW + 99)
    assert sink.sent == ["d1", "d3"]
    run_until(loop, clock, NOW + 120)
    assert sink.sent == ["d1", "d3", "d2", "d1"] or sink.sent == ["d1", "d3", "d1", "d2"]


def test_a_day_without_network_loses_nothing(database: Database) -> None:
    clock = Clock()
    sink = Scripted(a=[TryLaterError("not reached", answered=False)] * 2000)
    add(database, *(make(number, most_attempts=1) for number in range(5)))
    loop = loop_of(database, sink, clock)
    for _ in range(24 * 60):
        loop.step(clock.now)
        clock.now += 60
    assert 1000 < len(sink.sent) < 2000
    sink.script.clear()
    run_until(loop, clock, clock.now + 130)
    assert {get(database, number).status for number in range(5)} == {DeliveryStatus.DELIVERED}
    assert {get(database, number).attempts for number in range(5)} == {1}


def test_a_deadline(database: Database) -> None:
    clock = Clock()
    sink = Scripted(a=[TryLaterError("not reached", answered=False)] * 2000)
    add(database, make(1, deadline=NOW + 600))
    run_until(loop_of(database, sink, clock), clock, NOW + 700)
    assert get(database, 1).status == DeliveryStatus.FAILED
    assert "not taken in time: not reached" in str(get(database, 1).answer)


def test_what_is_refused_does_not_hold_up_the_rest(database: Database) -> None:
    add(database, make(1), make(2))
    loop_of(database, Scripted(a=[InputError("404")])).step(NOW)
    assert [get(database, n).status for n in (1, 2)] == [DeliveryStatus.FAILED, DeliveryStatus.DELIVERED]


def test_gone_disables_the_endpoint(database: Database) -> None:
    add(database, make(1), make(2), make(3, "b"))
    sink = Scripted(a=[GoneError("here answered 410")])
    loop = loop_of(database, sink)
    loop.step(NOW)
    loop.step(NOW + 1)
    assert sink.sent == ["d1", "d3"]
    assert "410" in str(get(database, 2).answer) and get(database, 2).status == DeliveryStatus.FAILED
    with database.write() as connection:
        deliveries.enable(connection, "a")
        deliveries.replay(connection, "d2", NOW)
    loop.step(NOW + 2)
    assert get(database, 2).status == DeliveryStatus.DELIVERED


def test_a_crash_between_sending_and_settling(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = {"url": receiver.url(), "token": ""}
    add(database, *(make(number, target=target) for number in range(3)))
    sink = Webhook(("127.0.0.1",), SECRET, str)

    def dies(connection: object, attempts: Sequence[object], now: float) -> None:
        if attempts:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "settle", dies)
        with pytest.raises(KeyboardInterrupt):
            loop_of(database, sink).step(NOW)
    another = loop_of(database, sink)
    assert another.step(NOW + 1) == 0  # they are the dead one's for a while
    assert another.step(NOW + 60) == 3
    assert receiver.ids() == ["d0", "d1", "d2"] * 2
    assert all(request.signed for request in receiver.requests)
    sink.close()


def test_a_database_that_is_away_forgets_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    add(database, make(1))
    sink = Scripted()
    loop = loop_of(database, sink)
    settle = deliveries.settle
    away = [True]

    def sometimes(connection: object, attempts: Sequence[object], now: float) -> None:
        if attempts and away:
            away.pop()
            raise UnavailableError("away")
        settle(connection, attempts, now)  # type: ignore[arg-type]  # whatever came is passed on

    monkeypatch.setattr(deliveries, "settle", sometimes)
    with pytest.raises(UnavailableError):
        loop.step(NOW)
    loop.step(NOW)
    assert sink.sent == ["d1"]
    assert get(database, 1).status == DeliveryStatus.DELIVERED


def targets(receiver: Receiver, *paths: str) -> Mapping[str, Mapping[str, str]]:
    return {path: {"url": receiver.url(path), "token": ""} for path in paths}


def test_a_hanging_endpoint_holds_up_nobody_and_stops_at_once(database: Database, receiver: Receiver) -> None:
    receiver.script["/hang"] = [HANG] * 9
    where = targets(receiver, "/hang", "/fine", "/also")
    add(database, *(make(n, path, target=where[path]) for n, path in enumerate(list(where) * 20)))
    broker = LocalBroker()
    loop = ExporterLoop(database, {"webhook": Webhook(("127.0.0.1",), SECRET, str)}, broker)
    with Loops() as loops:
        loops.start("exporter", loop)
        wait_for(lambda: sum("hang" not in request.line for request in receiver.requests) == 40, 5.0)
        add(database, make(100, "/fine", target=where["/fine"]))
        broker.ring("deliveries")
        wait_for(lambda: get(database, 100).status == DeliveryStatus.DELIVERED, 5.0)
        assert loops.stop() == ()
    hanging = [get(database, n) for n in range(0, 60, 3)]
    assert {delivery.status for delivery in hanging} == {DeliveryStatus.PENDING}
    assert {delivery.attempts for delivery in hanging} == {0}
    assert all(delivery.lease_until is None for delivery in hanging)


def test_no_secret_is_written_down(
    database: Database, receiver: Receiver, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "canary-91fe22"
    echo = f"Bearer {canary} {SECRET} /hook/{canary}-path".encode()
    receiver.script[""] = [answer(400, echo), answer(500, echo), answer(200, echo)]
    seal = Seal("0123456789abcdef0123456789abcdef-key")
    target = {"url": seal.seal(receiver.url(f"/hook/{canary}-path")), "token": seal.keep(canary)}
    add(database, *(make(number, f"e{number}", target=target) for number in range(3)))
    sink = Webhook(("127.0.0.1",), SECRET, seal.reveal)
    assert loop_of(database, sink).step(NOW) == 3
    sink.close()
    assert receiver.requests[0].headers["authorization"] == f"Bearer {canary}"
    database.close()
    for path in tmp_path.glob("heatmap.db*"):
        assert canary.encode() not in path.read_bytes()
        assert SECRET.encode() not in path.read_bytes()
    assert canary not in caplog.text and SECRET not in caplog.text
