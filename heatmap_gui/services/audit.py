"""The audit: every change, and every look at what people did."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable

from heatmap_gui.core.who import Who
from heatmap_gui.logs import mask
from heatmap_gui.store import audit
from heatmap_gui.store.audit import Entry, Wanted
from heatmap_gui.store.database import Database


def local_user() -> str:
    """Who runs a command on this machine, as the audit names them: local:NAME."""
    return f"local:{getpass.getuser()}"


class Audit:
    """Of one deployment. Any thread may note, any may ask. clock: Unix seconds."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock

    def __call__(self, who: Who, action: str, subject: str, detail: str | None = None) -> None:
        """Notes who changed what, or looked at what is personal; secrets in it are masked.

        Raises UnavailableError: then it may not be done.
        """
        with self._database.write() as transaction:
            said = None if detail is None else mask(detail)
            audit.note(transaction, self._clock(), who.name, action, mask(subject), said)

    def newest(self, wanted: Wanted, limit: int) -> list[Entry]:
        """Entries, the latest first."""
        with self._database.read() as transaction:
            return audit.newest(transaction, wanted, limit)
