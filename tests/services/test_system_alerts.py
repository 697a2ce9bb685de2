"""What is wrong with the service is told once, by one process, and so is its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.health import Trouble
from heatmap_gui.services.system_alerts import SystemAlerts
from heatmap_gui.store import alerts as ledger
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database
from tests.services.test_alerts import NOW, Listening, alerting

LOW = {"disk": Trouble("1.0 GB left: free some", fatal=False)}


class Service:
    """A process of the role, and what its health reports."""

    def __init__(self, database: Database, name: str = "a") -> None:
        self.database, self.troubles = database, dict[str, Trouble]()
        self.broker = Listening()
        self.loop = SystemAlerts(name, database, alerting(database, self.broker), lambda: self.troubles)

    def run(self, seconds: Iterable[int]) -> None:
        for second in seconds:
            self.loop.step(NOW + second)


def told(database: Database) -> list[tuple[float, str, str]]:
    """(seconds since NOW, kind, reason), the oldest first."""
    with database.read() as connection:
        kept = ledger.newest(connection, limit=99)
    return [(one.alert.at - NOW, one.alert.kind, one.alert.reason) for one in reversed(kept)]


def test_a_trouble_is_told_when_it_begins_and_when_it_ends(database: Database) -> None:
    service = Service(database)
    service.run(range(0, 10, 2))
    service.troubles = LOW | {"camera bank/1": Trouble("told by who watches it", fatal=False)}
    service.run(range(10, 30, 2))
    service.troubles = {}
    service.run(range(30, 60, 2))
    assert told(database) == [
        (14, "system_trouble", "disk: 1.0 GB left: free some"),
        (38, "system_recovered", "disk: all is well again, after 28 s"),
    ]
    assert [fields["store_name"] for fields in service.broker.stream] == ["", ""]
    with database.read() as connection:
        assert len(deliveries.newest(connection, limit=9)) == 2


def test_one_of_many_tells_and_another_one_goes_on_when_it_is_gone(database: Database) -> None:
    first, second = Service(database, "a"), Service(database, "b")
    for service in (first, second):
        service.troubles = LOW
    for at in range(0, 10, 2):
        first.run([at])
        second.run([at])
    second.run(range(20, 40, 2))
    assert [at for at, _, _ in told(database)] == [4], "its heir does not repeat it"
    second.troubles = {}
    second.run(range(40, 60, 2))
    assert [kind for _, kind, _ in told(database)] == ["system_trouble", "system_recovered"]


def test_what_could_not_be_written_is_told_later(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(database)
    service.troubles = LOW
    service.run([0, 2])

    def full(*_: object) -> None:
        raise UnavailableError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "add", full)
        for at in (4, 6):
            with pytest.raises(UnavailableError):
                service.run([at])
    assert told(database) == []
    service.run([8])
    assert [at for at, _, _ in told(database)] == [4]
    assert len(service.broker.stream) == 1


def job(name: str, crashes: int, status: Status = Status.FAILED) -> Job:
    made = Job(
        id=name, store_name="bank", schedule=None, kind="measure", due=NOW, ends=NOW, timeout_s=1.0, config={}, site={},
        created_at=NOW,
    )  # fmt: skip
    return replace(made, status=status, crashes=crashes, completed_at=NOW, error=f"{name} killed its worker")


def test_jobs_that_were_given_up_and_endpoints_that_are_gone(database: Database) -> None:
    service = Service(database)
    with database.write() as connection:
        [dead, _] = jobs.add(connection, [job("job_1_bank", 3), replace(job("job_2_bank", 0), due=NOW + 1)])
        deliveries.disable(connection, "shop.example", "410 Gone", NOW)
    service.run(range(0, 10, 2))
    assert sorted(reason for _, _, reason in told(database)) == [
        "endpoint shop.example: nothing is sent there any more: 410 Gone",
        f"job {dead.id}: job_1_bank killed its worker",
    ]
    with database.write() as connection:
        deliveries.enable(connection, "shop.example")
    service.run([20, 86_500, 86_600])
    assert [reason for _, kind, reason in told(database) if kind == "system_recovered"] == [
        "endpoint shop.example: all is well again, after 20 s"
    ]
