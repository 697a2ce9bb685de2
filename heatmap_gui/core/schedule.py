"""When a schedule's jobs are due: windows on the store's wall clock, cut into slots of real elapsed seconds.

Where the clocks change, no time that is written is left out. A time that the clocks skip is the instant of the change.
Of a time that they show twice, a window takes the first where it begins, and the last where it ends. A day that the
calendar leaves out has no window. Where two windows of a schedule would overlap, the later one begins and the earlier
one ends there. (Gaps and folds are told apart as in PEP 495.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from heatmap_gui.core.production import DAY_MIN, Schedule


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """What one job measures: Unix seconds from `due` to `ends`."""

    due: float
    ends: float


def slots(schedule: Schedule, zone: ZoneInfo, from_at: float, to_at: float) -> list[Slot]:
    """The slots with from_at < due <= to_at (Unix seconds), in order; however time is split, each is there once.

    Within a window they follow each other every `interval_s`; the last one ends with the window. Whether the schedule
    is enabled is not asked.
    """
    return list(takewhile(lambda slot: slot.due <= to_at, _later(schedule, zone, from_at)))


def next_slot(schedule: Schedule, zone: ZoneInfo, after: float) -> Slot:
    """The first slot that is due later than `after` (Unix seconds)."""
    return next(_later(schedule, zone, after))


def overlapping(schedules: Iterable[Schedule]) -> list[tuple[str, str]]:
    """Pairs of ids whose windows, as they are written, meet within a week: of the earlier one and of the later one."""
    windows: list[tuple[int, int, str]] = []
    for schedule in schedules:
        length_min = (schedule.end_min - schedule.start_min) % DAY_MIN or DAY_MIN
        for day in schedule.days_of_week:
            opens = day * DAY_MIN + schedule.start_min
            windows += ((at, at + length_min, schedule.id) for at in (opens, opens - 7 * DAY_MIN))
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    latest, holder = -8 * DAY_MIN, ""
    for opens, closes, name in sorted(windows):
        if opens < latest:
            pairs.setdefault(frozenset((holder, name)), (holder, name))
        if closes > latest:
            latest, holder = closes, name
    return list(pairs.values())


def _later(schedule: Schedule, zone: ZoneInfo, after: float) -> Iterator[Slot]:
    for opens, closes in _windows(schedule, zone, after):
        passed = max(0, int((after - opens) // schedule.interval_s))
        for number in count(passed):
            due = opens + number * schedule.interval_s
            if due >= closes:
                break
            if due > after:
                yield Slot(due, min(due + schedule.duration_s, closes))


def _windows(schedule: Schedule, zone: ZoneInfo, after: float) -> Iterator[tuple[float, float]]:
    """When windows open and close, without end, in order: those of the day before yesterday and all later ones."""
    start_min, end_min = schedule.start_min, schedule.end_min
    end_min += DAY_MIN if end_min <= start_min else 0
    first = datetime.fromtimestamp(after, zone).date() - timedelta(days=2)
    for number in count():
        day = first + timedelta(days=number)
        if day.weekday() not in schedule.days_of_week or _first(zone, day, 0) == _first(zone, day, DAY_MIN):
            continue
        opens, closes = _first(zone, day, start_min), _last(zone, day, end_min)
        tomorrow = day + timedelta(days=1)
        if tomorrow.weekday() in schedule.days_of_week:
            closes = min(closes, _first(zone, tomorrow, start_min))
        if opens < closes:
            yield opens, closes


def _first(zone: ZoneInfo, day: date, minute: int) -> float:
    """When the clocks first show this minute of the day, or a later one."""
    return _instant(zone, day, minute, fold=0)


def _last(zone: ZoneInfo, day: date, minute: int) -> float:
    """When the clocks last come to this minute of the day from the one before it, or skip it."""
    return min(_instant(zone, day, minute, fold=1), _instant(zone, day, minute - 1, fold=1) + 60)


@lru_cache(1 << 14)
def _instant(zone: ZoneInfo, day: date, minute: int, fold: int) -> float:
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    before, after = (int(wall.replace(fold=side).timestamp()) for side in (1, 0))
    if before >= after:  # it exists: once, or (the first time `after`, the last `before`) twice
        return float(before if fold else after)
    behind = _offset(zone, after)
    return float(before + bisect_left(range(before, after), behind, key=lambda at: _offset(zone, at)))


def _offset(zone: ZoneInfo, at: int) -> timedelta:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset() or timedelta(0)
