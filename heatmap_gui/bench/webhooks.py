"""Signed webhooks out of the ledger, each written down in it as taken, while another endpoint hangs."""

from __future__ import annotations

import base64
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from heatmap_gui.bench import plain_services
from heatmap_gui.bench.receiver import receiver
from heatmap_gui.bench.timing import Entry, Times, milliseconds, ratio
from heatmap_gui.core.work import Delivery, DeliveryStatus
from heatmap_gui.loops import Loops
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.exporter import BELL, ExporterLoop
from heatmap_gui.services.sinks.webhook import Webhook
from heatmap_gui.store import deliveries
from heatmap_gui.store.database import open_database

_MESSAGES, _ROUNDS = 2000, 7
_BODY = b'{"detections": "' + b"x" * 1000 + b'"}'
_KEY, _TOKEN = b"0123456789abcdef0123456789abcdef", "token"
_HANGS_S = 300.0  # longer than all of it
_LOOK_S = 0.01


class _Exporter:
    """An exporter at work, with a database of its own in `folder`. Its clock counts rounds: none is due early."""

    def __init__(self, folder: Path, address: str) -> None:
        self._address, self._made, self._now = address, 0, 0.0
        self._database = open_database("", folder)
        secret = f"whsec_{base64.b64encode(_KEY).decode()}"
        self._sink = Webhook(("127.0.0.1",), secret, str, send_s=_HANGS_S)
        self._broker = LocalBroker()
        self._loops = Loops()
        loop = ExporterLoop(self._database, {"webhook": self._sink}, self._broker, clock=lambda: self._now)
        self._loops.start("exporter", loop)

    def close(self) -> None:
        self._loops.stop()
        self._database.close()

    def add(self, path: str) -> str:
        """A round's messages -> the id of the last."""
        self._made += 1
        target = {"url": self._address + path, "token": _TOKEN}
        made = [
            Delivery(
                id=f"{self._made:03}-{number:05}",
                sink="webhook",
                endpoint=path,
                target=target,
                body=_BODY,
                created_at=0.0,
                next_at=float(self._made),
            )
            for number in range(_MESSAGES)
        ]
        with self._database.write() as connection:
            deliveries.add(connection, made)
        return made[-1].id

    def send(self, last: str) -> None:
        """Makes them due, and waits until the last is written down as taken."""
        self._now = float(self._made)
        self._broker.ring(BELL)
        while self.status(last) != DeliveryStatus.DELIVERED:
            self._loops.check()
            time.sleep(_LOOK_S)

    def status(self, delivery_id: str) -> DeliveryStatus:
        with self._database.read() as connection:
            return deliveries.get(connection, delivery_id).status


def webhooks(goal: float, most_lost: float) -> Iterator[Entry]:
    """Against `requests.post`; and what another endpoint that hangs costs those that do not."""
    with ExitStack() as stack:
        address = stack.enter_context(receiver())
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        alone, beside = (_Exporter(folder, address) for folder in folders)
        stack.callback(alone.close)
        stack.callback(beside.close)
        beside.add("/hang")
        times = _rounds({"alone": alone, "beside": beside}, address)
    note = "a signed webhook on loopback, from SQLite and back"
    yield Entry(
        name="webhooks",
        goal=goal,
        ours_ms=milliseconds(times, "beside", _MESSAGES),
        theirs_ms=milliseconds(times, "theirs", _MESSAGES),
        ratio=ratio(times, "theirs", "beside"),
        note=f"{note}, while another endpoint hangs; requests.post, no ledger, nothing hangs",
        details={"ours_per_s": round(1e3 / milliseconds(times, "beside", _MESSAGES))},
    )
    yield Entry(
        name="webhooks-beside-hanging",
        goal=1 + most_lost,
        at_most=True,
        ours_ms=milliseconds(times, "beside", _MESSAGES),
        theirs_ms=milliseconds(times, "alone", _MESSAGES),
        ratio=ratio(times, "beside", "alone"),
        note=f"{note}, while another endpoint hangs; the same while none does",
    )


def _rounds(exporters: dict[str, _Exporter], address: str) -> Times:
    """What comes to be sent is written down before the time counts. The first round does not count."""
    times: Times = {"theirs": [], **{name: [] for name in exporters}}
    messages = [(f"plain-{number}", _BODY) for number in range(_MESSAGES)]
    for number in range(_ROUNDS + 1):
        lasts = {name: exporter.add("/fine") for name, exporter in exporters.items()}
        for name in sorted(times, reverse=number % 2 == 1):
            begin = time.perf_counter()
            if name in exporters:
                exporters[name].send(lasts[name])
            else:
                plain_services.send(f"{address}/fine", _TOKEN, _KEY, messages)
            if number:
                times[name].append(time.perf_counter() - begin)
    return times
