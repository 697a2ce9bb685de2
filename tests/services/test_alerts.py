"""From what a watched store shows to the ledger: alerts, their deliveries, and who is told."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Camera
from heatmap_gui.core.types import Observation
from heatmap_gui.services.alerts import Alerts, StoreWatch
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.services.exporter import ExporterLoop
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.sinks.stdout import Stdout
from heatmap_gui.settings import Settings
from heatmap_gui.store import alerts as ledger
from heatmap_gui.store import deliveries
from heatmap_gui.store.database import Database
from tests.core.test_rules import IN, OUT, seen, site

NOW = 1_766_325_600.0
SEAL = Seal("0123456789abcdef0123456789abcdef")
MAIL: dict[str, Any] = {
    "alerting_protocol": "mail",
    "smtp_url": "smtp://mail.example",
    "alert_email": "guard@bank.example",
}
HOOK = "https://chat.example/hooks/T0P-S3CRET"


class Listening(LocalBroker):
    """Remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.stream: list[Mapping[str, str]] = []
        self.rung: list[str] = []

    def alert(self, fields: Mapping[str, str]) -> None:
        self.stream.append(fields)

    def ring(self, bell: str) -> None:
        self.rung.append(bell)


def alerting(database: Database, broker: Listening, *, pressure: int = 0, **settings: Any) -> Alerts:
    return Alerts(Settings(home=Path(), **settings), SEAL, database, broker, lambda: pressure, clock=lambda: NOW)


def record(database: Database, alerts: Alerts, found: Sequence[Alert]) -> None:
    with database.write() as connection:
        alerts.write(connection, found, NOW)
    alerts.tell(found)


def found(watch: StoreWatch, *observations: Observation) -> list[Alert]:
    for observation in observations:
        watch.show(observation)
    watch.look({}, NOW)
    return watch.take()


def pictured(observation: Observation) -> Observation:
    return replace(observation, frame=replace(observation.frame, image=np.full((100, 200, 3), 90, np.uint8)))


def test_what_fires_is_delivered_and_what_does_not_is_kept_with_its_reason(database: Database) -> None:
    broker = Listening()
    alerts = alerting(database, broker)
    watch = alerts.watchman(site())
    told = found(watch, seen(NOW, IN), seen(NOW + 5, OUT), seen(NOW + 10, IN))
    record(database, alerts, told)
    record(database, alerts, told)
    with database.read() as connection:
        kept = [one.alert.suppressed for one in ledger.newest(connection, limit=9)]
        [sent] = deliveries.newest(connection, limit=9)
    assert kept == ["told 10 s before: once in 30 s is enough", None]
    assert (sent.id, sent.alert_id) == (f"alert-{told[0].id}-stdout", told[0].id)
    assert json.loads(sent.body)["zone_id"] == "vault"
    assert broker.stream[0]["reason"] == "person 7 entered the forbidden zone Vault"
    assert broker.rung == ["deliveries"] * 2
    assert found(watch) == []


def test_nothing_is_told_of_what_is_suppressed(database: Database) -> None:
    broker = Listening()
    alerts = alerting(database, broker)
    record(database, alerts, found(alerts.watchman(site(allowed_classes=("person",))), seen(NOW, IN)))
    with database.read() as connection:
        assert deliveries.newest(connection, limit=9) == []
    assert (broker.stream, broker.rung) == ([], [])


def test_the_debounce_is_the_setting_s(database: Database) -> None:
    watch = alerting(database, Listening(), debounce_s=4.0).watchman(site())
    assert len(found(watch, seen(NOW, IN), seen(NOW + 5, OUT), seen(NOW + 10, IN))) == 2


def test_a_secret_address_stays_out_of_the_ledger(database: Database) -> None:
    alerts = alerting(database, Listening(), alerting_protocol="webhook", alert_webhook_url=HOOK)
    record(database, alerts, found(alerts.watchman(site()), seen(NOW, IN)))
    with database.read() as connection:
        [sent] = deliveries.newest(connection, limit=1)
    assert "S3CRET" not in repr(sent)
    assert SEAL.reveal(sent.target["url"]) == HOOK


@pytest.mark.parametrize(
    ("wanted", "form", "pressure", "shown"),
    [("none", "json", 0, False), ("full", "json", 0, True), ("blurred", "json", 0, True), ("full", "slack", 0, False),
     ("full", "json", 1, False)],
)  # fmt: skip
def test_a_picture_goes_along_when_it_is_asked_for_and_the_disk_has_room(
    database: Database, wanted: str, form: str, pressure: int, shown: bool
) -> None:
    hook: dict[str, Any] = {"alerting_protocol": "webhook", "alert_webhook_url": HOOK, "alert_format": form}
    alerts = alerting(database, Listening(), pressure=pressure, alert_snapshot=wanted, **hook)
    record(database, alerts, found(alerts.watchman(site()), pictured(seen(NOW, IN))))
    with database.read() as connection:
        [sent] = deliveries.newest(connection, limit=1)
    document = json.loads(sent.body)
    assert ("snapshot" in document) is shown
    if shown:
        assert base64.b64decode(document["snapshot"]["data"]).startswith(b"\xff\xd8")
    assert alerts._pictures == {}, "nothing is kept once it is written"


def test_pictures_of_what_is_never_written_do_not_pile_up(database: Database) -> None:
    alerts = alerting(database, Listening(), alert_snapshot="full", **MAIL)
    for number in range(120):
        found(alerts.watchman(site()), pictured(seen(NOW + number, IN)))
    assert len(alerts._pictures) == 100


def test_the_role_delivers_what_is_in_the_ledger_and_nothing_else(database: Database) -> None:
    broker, out = Listening(), io.StringIO()
    alerts = alerting(database, broker)
    record(database, alerts, found(alerts.watchman(site()), seen(NOW, IN)))
    sinks = {"stdout": Stdout(out)}
    sent = [ExporterLoop(database, sinks, broker, alerts=which, clock=lambda: NOW).step(NOW) for which in (False, True)]
    assert sent == [0, 1]
    [line] = out.getvalue().splitlines()
    assert json.loads(line)["reason"] == "person 7 entered the forbidden zone Vault"


def test_a_crowd_is_no_flood(database: Database) -> None:
    alerts = alerting(database, Listening())
    watch = alerts.watchman(site())
    told = found(watch, *(seen(NOW, IN, track=number) for number in range(57)))
    assert sum(alert.suppressed is None for alert in told) == 20
    watch.look({}, NOW + 61)
    [summary] = watch.take()
    assert summary.reason.startswith("37 more were suppressed")


def states(status: CameraStatus, reason: str = "no route") -> dict[str, CameraState]:
    return {"1": CameraState(condition=Condition(status, time.time(), reason))}


def looked(watch: StoreWatch, status: CameraStatus, start: float, seconds: int) -> list[tuple[float, str, str]]:
    """(seconds since NOW, kind, reason) of what is told, with a look a second."""
    told = []
    for second in range(seconds):
        watch.look(states(status), NOW + start + second)
        told += [(alert.at - NOW, alert.kind, alert.reason) for alert in watch.take()]
    return told


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (CameraStatus.LOST, "down"), (CameraStatus.DENIED, "down"), (CameraStatus.FROZEN, "frozen"),
        (CameraStatus.COVERED, "covered"), (CameraStatus.MOVED, "moved"), (CameraStatus.SMEARED, "smeared"),
        (CameraStatus.SUSPENDED, "suspended"),
    ],
)  # fmt: skip
def test_a_camera_s_trouble_is_told_when_it_begins_and_when_it_ends(
    database: Database, status: CameraStatus, kind: str
) -> None:
    watch = alerting(database, Listening()).watchman(site())
    assert looked(watch, CameraStatus.OK, 0, 5) == []
    assert looked(watch, status, 5, 10) == [(7, f"camera_{kind}", f"camera 1 (Door) is {kind}: no route")]
    assert looked(watch, CameraStatus.CONNECTING, 15, 10) == [], "nobody knows"
    [(at, over, reason)] = looked(watch, CameraStatus.OK, 25, 10)
    assert (at, over) == (27, "camera_recovered")
    assert reason == f"camera 1 (Door) is not {kind} any more, after 22 s"


def test_a_camera_that_comes_back_moved_is_told(database: Database) -> None:
    watch = alerting(database, Listening()).watchman(site())
    assert [kind for _, kind, _ in looked(watch, CameraStatus.LOST, 0, 5)] == ["camera_down"]
    assert sorted(kind for _, kind, _ in looked(watch, CameraStatus.MOVED, 5, 9)) == [
        "camera_moved",
        "camera_recovered",
    ]


def test_reasons_show_no_password(database: Database) -> None:
    watch = alerting(database, Listening()).watchman(site())
    reason = "rtsp://admin:c4n4ry-7@10.0.0.5/1 refuses"
    for second in (0, 3):
        watch.look(states(CameraStatus.LOST, reason), NOW + second)
    assert "c4n4ry-7" not in repr(watch.take())


def test_the_next_watchman_goes_on_where_the_last_one_ended(database: Database) -> None:
    alerts = alerting(database, Listening())
    watch = alerts.watchman(site())
    for second in range(5):
        watch.look(states(CameraStatus.LOST), NOW - 60 + second)
    record(database, alerts, watch.take())
    heir = alerts.watchman(site())
    assert looked(heir, CameraStatus.LOST, 0, 5) == [], "it was told"
    assert [kind for _, kind, _ in looked(heir, CameraStatus.OK, 5, 5)] == ["camera_recovered"]


def test_what_was_wrong_is_not_over_before_it_could_be_seen_again(database: Database) -> None:
    """Whoever begins to look sees a frozen picture as a good one at first."""
    alerts = alerting(database, Listening())
    record(database, alerts, trouble(alerts, CameraStatus.FROZEN))
    heir = alerts.watchman(site())
    assert looked(heir, CameraStatus.OK, 0, 5) == []
    assert looked(heir, CameraStatus.FROZEN, 5, 5) == [], "it was told"
    assert [kind for _, kind, _ in looked(heir, CameraStatus.OK, 10, 5)] == ["camera_recovered"]


def test_how_long_it_lasted_is_not_said_where_nobody_watched(database: Database) -> None:
    alerts = alerting(database, Listening())
    record(database, alerts, trouble(alerts, CameraStatus.LOST))
    [(_, _, reason)] = looked(alerts.watchman(site()), CameraStatus.OK, 0, 15)
    assert reason == "camera 1 (Door) is not down any more"


@pytest.mark.parametrize("cameras", [(), (replace(site().cameras[0], enabled=False),)])
def test_a_camera_that_is_taken_out_did_not_recover(database: Database, cameras: tuple[Camera, ...]) -> None:
    alerts = alerting(database, Listening())
    record(database, alerts, trouble(alerts, CameraStatus.LOST))
    heir = alerts.watchman(replace(site(), cameras=cameras))
    for second in range(20):
        heir.look({}, NOW + second)
    assert heir.take() == []


def trouble(alerts: Alerts, status: CameraStatus) -> list[Alert]:
    """What a watchman says of a camera a minute before."""
    watch = alerts.watchman(site())
    for second in range(5):
        watch.look(states(status), NOW - 60 + second)
    return watch.take()
