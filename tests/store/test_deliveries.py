"""The ledger of deliveries: kept until taken, one try at a time, each endpoint by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from heatmap_gui.core.work import Delivery, DeliveryStatus
from heatmap_gui.store import deliveries, leases
from heatmap_gui.store.database import Database
from heatmap_gui.store.deliveries import Attempt

NOW = 1_766_325_600.0
SINKS = ("webhook",)


def delivery(name: str, **changes: Any) -> Delivery:
    made = Delivery(id=name, sink="webhook", endpoint="a", target={"url": "x"}, body=b"{}", created_at=NOW)
    return replace(made, **changes)


def claimed(database: Database, now: float = NOW, **more: Any) -> list[Delivery]:
    with database.write() as connection:
        return deliveries.claim(connection, now, 30.0, limit=10, sinks=SINKS, **more)


def test_kept_until_it_is_taken(database: Database) -> None:
    with database.write() as connection:
        deliveries.add(connection, [delivery("1"), delivery("2", endpoint="b"), delivery("3", sink="mail")])
        deliveries.add(connection, [delivery("1", body=b"other")])
    first = claimed(database, busy=["b"])
    assert [(one.id, one.attempts, one.body) for one in first] == [("1", 1, b"{}")]
    assert [one.id for one in claimed(database)] == ["2"]
    assert claimed(database) == []
    again = Attempt(delivery_id="1", fence=1, status=DeliveryStatus.PENDING, answer="503", next_at=NOW + 5)
    with database.write() as connection:
        deliveries.settle(connection, [again], NOW)
        assert deliveries.next_due(connection, SINKS) == NOW + 5
    assert claimed(database, NOW + 4) == []
    assert [one.attempts for one in claimed(database, NOW + 5)] == [2]


def test_a_lost_try_is_due_again_and_what_was_delivered_counts_whoever_says_it(database: Database) -> None:
    with database.write() as connection:
        deliveries.add(connection, [delivery("1")])
    (lost,) = claimed(database)
    (heir,) = claimed(database, NOW + 31)
    late = Attempt(delivery_id="1", fence=lost.fence, status=DeliveryStatus.FAILED, answer="gave up")
    with database.write() as connection:
        deliveries.settle(connection, [late], NOW)
        assert deliveries.get(connection, "1").status == DeliveryStatus.PENDING
        deliveries.settle(connection, [replace(late, status=DeliveryStatus.DELIVERED, answer="200")], NOW)
        deliveries.settle(connection, [replace(late, fence=heir.fence)], NOW)
        assert deliveries.get(connection, "1").status == DeliveryStatus.DELIVERED
        assert deliveries.replay(connection, "1", NOW).attempts == 0
        assert [one.id for one in deliveries.newest(connection, limit=5, status=DeliveryStatus.PENDING)] == ["1"]


def test_an_endpoint_that_is_gone_stays_off(database: Database) -> None:
    with database.write() as connection:
        deliveries.disable(connection, "a", "410 Gone", NOW)
        deliveries.disable(connection, "a", "410 Gone", NOW + 1)
        assert deliveries.disabled(connection) == {"a": "410 Gone"}
        deliveries.enable(connection, "a")
        assert deliveries.disabled(connection) == {}


def test_one_leader_at_a_time(database: Database) -> None:
    with database.write() as connection:
        assert leases.take(connection, "leader", "a", NOW, 6) == 1
        assert leases.take(connection, "leader", "a", NOW + 5, 6) == 1
        assert leases.take(connection, "leader", "b", NOW + 11, 6) is None
        assert leases.take(connection, "leader", "a", NOW + 30, 6) == 1  # late, but nobody came meanwhile
        assert leases.take(connection, "leader", "b", NOW + 37, 6) == 2
        assert leases.holder(connection, "leader", NOW + 37) == "b"
        assert leases.take(connection, "leader", "a", NOW + 38, 6) is None
        leases.release(connection, "leader", "b")
        assert leases.take(connection, "leader", "a", NOW + 38, 6) == 3


def test_those_of_alerts_and_the_others_are_claimed_apart(database: Database) -> None:
    with database.write() as connection:
        deliveries.add(
            connection, [delivery("1", alert_id="a"), delivery("2", job_id="j"), delivery("3", alert_id="b")]
        )
    assert [one.id for one in claimed(database, alerts=False)] == ["2"]
    assert [one.id for one in claimed(database, alerts=True)] == ["1", "3"]
