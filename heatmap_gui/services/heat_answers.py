"""Questions of whoever looks at heat maps, answered whole: the history is opened at the first and closed at the end."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from heatmap_gui.core.heat_values import Kind, Scale
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import PLAN, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.services.heat_picture import HeatPicture, picture_of, picture_of_difference, zone_masks
from heatmap_gui.services.heat_query import HeatQuery, Range
from heatmap_gui.services.history_access import open_history
from heatmap_gui.store.database import Database

_PEOPLE_S = 31 * 86_400.0  # beyond it, counting tracks takes too long


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be seen. against: A, where `of` is B. full: value of the last colour, None: a round one.

    sure: of a difference, only what is significant.
    """

    site: Site
    floor: str
    of: Range
    against: Range | None
    kind: Kind
    label: str | None
    scale: Scale
    full: float | None
    light: bool
    sure: bool
    now: float


@dataclass(slots=True)
class Progress:
    """Of one answer: written by who works at it, but for `stop`, by which it is told to give up."""

    done: int = 0
    of: int = 0
    stop: bool = False

    def told(self, done: int, of: int) -> bool:
        self.done, self.of = done, of
        return not self.stop


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What a zone (None: the whole floor) had in A and in B; half: half the width of the change's 95 % interval."""

    zone: Zone | None
    a: float
    b: float
    half: float


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """extent: what is measured at all, None: nothing, and then there is no more. given_up: by `Progress.stop`."""

    question: Question
    extent: tuple[float, float] | None = None
    heat: Heatmap | None = None
    picture: HeatPicture | None = None
    labels: tuple[str, ...] = ()
    people: int | None = None
    changes: Sequence[Change] = ()
    given_up: bool = False


@dataclass(slots=True)
class HeatAnswers:
    """Any thread may ask; one is answered at a time."""

    config: Path
    environ: Mapping[str, str]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closing: ExitStack = field(default_factory=ExitStack)
    _database: Database | None = None
    _query: HeatQuery | None = None
    _query_of: tuple[object, ...] = ()

    def answer(self, question: Question, progress: Progress) -> Answer:
        """Raises InputError and UnavailableError where the history cannot be read."""
        with self._lock:
            return self._answer(question, progress)

    def occupancy(self, question: Question, edges: Sequence[float], progress: Progress) -> F8 | None:
        """How many people there were between two edges each (see `HeatQuery`); None: given up."""
        with self._lock:
            query = self._query_for(question.site, question.floor)
            found = query.occupancy(edges, question.now, progress.told)
            return None if progress.stop else found

    def close(self) -> None:
        """The next question opens it again."""
        with self._lock:
            self._closing.close()
            self._database = self._query = None

    def _answer(self, question: Question, progress: Progress) -> Answer:
        query = self._query_for(question.site, question.floor)
        extent = query.extent()
        if extent is None:
            return Answer(question)
        heat = query.heat(question.of, question.now, progress.told)
        if progress.stop:
            return Answer(question, extent, given_up=True)
        changes: list[Change] = []
        if question.against is None:
            picture = picture_of(
                heat, query.floor, question.kind, question.label, question.scale, question.full, light=question.light
            )
        else:
            found = query.compare(question.against, question.of, question.kind, question.label, question.now)
            picture = picture_of_difference(
                found, heat, query.floor, question.kind, question.full, light=question.light, sure=question.sure
            )
            area = query.grid.cell**2
            changes.append(Change(None, *found.within(heat.walkable, area)))
            zones = {zone.id: zone for zone in question.site.zones} if query.name == PLAN else {}
            for zone_id, mask in zone_masks(tuple(zones.values()), query.grid, query.floor).items():
                changes.append(Change(zones[zone_id], *found.within(mask, area)))
        length = question.of.end - question.of.start
        return Answer(
            question,
            extent,
            heat,
            picture,
            heat.labels,
            query.people(question.of) if length <= _PEOPLE_S else None,
            changes,
        )

    def _query_for(self, site: Site, floor: str) -> HeatQuery:
        if self._database is None:
            self._database = open_history(self.config, self.environ)
            self._closing.callback(self._database.close)
        plan = site.floor
        shape = plan.width_px, plan.height_px, plan.metres_per_pixel, plan.origin_m
        of = site.name, site.timezone, floor, *shape, *(polygon.tobytes() for polygon in plan.walkable)
        if self._query is None or of != self._query_of:
            self._query, self._query_of = HeatQuery(self._database, site, floor), of
        return self._query
