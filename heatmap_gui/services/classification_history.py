"""What was said of pictures, for who may see it: one's own, or everybody's for administrators, which is noted."""

from __future__ import annotations

from dataclasses import dataclass

from heatmap_gui.core.errors import ForbiddenError
from heatmap_gui.core.who import Role, Who
from heatmap_gui.services.audit import Audit
from heatmap_gui.store import classifications
from heatmap_gui.store.classifications import Classified, Extent, Total
from heatmap_gui.store.database import Database


@dataclass(frozen=True, slots=True)
class Statistics:
    """totals: by class, the most frequent first. database_bytes: None for who is no administrator."""

    totals: list[Total]
    extent: Extent
    database_bytes: int | None

    @property
    def count(self) -> int:
        return sum(total.images for total in self.totals)

    @property
    def confidence(self) -> float:
        """The mean of those that show a vehicle; 0 where none does."""
        shown = [total for total in self.totals if total.label is not None]
        return sum(t.images * t.confidence for t in shown) / max(1, sum(t.images for t in shown))


def read(
    database: Database, audit: Audit, who: Who, user: str | None, *, limit: int, before: int | None
) -> list[Classified]:
    """The latest first; user: whose. Raises ForbiddenError where somebody asks for another one's and is no admin."""
    admin = who.role is Role.ADMIN
    if not admin and user not in (None, who.name):
        raise ForbiddenError(f"{who.name} may not see the classifications of others: it needs the role {Role.ADMIN}")
    if admin and user != who.name:
        audit(who, "read classifications", user or "all users")
    with database.read() as connection:
        return classifications.newest(connection, limit=limit, who=user if admin else who.name, before=before)


def statistics(database: Database, who: Who) -> Statistics:
    """Of one's own classifications; of all, and of the database, for an administrator."""
    admin = who.role is Role.ADMIN
    with database.read() as connection:
        totals, extent = classifications.totals(connection, None if admin else who.name)
        return Statistics(totals, extent, classifications.database_bytes(connection) if admin else None)
