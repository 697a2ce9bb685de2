"""Ranges of time by a store's own calendar: days, hours of the week, and the spans that they leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR_S = 3600.0
DAYS = 28  # of four weeks
WEEK = frozenset(range(168))  # weekday * 24 + hour, Monday first

Span = tuple[float, float]  # from, until: Unix time
Spans = tuple[Span, ...]


def midnight(at: float, zone: ZoneInfo, days: int = 0) -> float:
    """Of the store's day that `at` is in, or of one so many days later."""
    day = datetime.fromtimestamp(at, zone).date() + timedelta(days=days)
    return datetime.combine(day, time(), zone).timestamp()


def days_between(start: float, end: float, zone: ZoneInfo) -> Iterator[Span]:
    """The store's days, cut to the range; a day has 23 or 25 hours where clocks change."""
    at = start
    while at < end:
        following = min(end, midnight(at, zone, 1))
        yield at, following
        at = following


def hours_between(start: float, end: float, zone: ZoneInfo) -> Iterator[Span]:
    """The store's clock hours, cut to the range, counted from midnight: one comes twice where clocks go back."""
    for day in days_between(start, end, zone):
        yield from _hours(day, zone)


def spans_by_day(start: float, end: float, hours: frozenset[int], zone: ZoneInfo) -> list[Spans]:
    """What the chosen hours of the week leave of a range, a day at a time; days with nothing are left out."""
    chosen = (_chosen(span, hours, zone) for span in days_between(start, end, zone))
    return [spans for spans in chosen if spans]


def whole_weeks(days: Sequence[Spans], zone: ZoneInfo) -> Iterator[Sequence[Spans]]:
    """The days of `spans_by_day` one by one, but together where they are four whole weeks as the calendar cuts them:
    from each fourth Monday on, counted from that of year 1.
    """
    number = 0
    while number < len(days):
        some = days[number : number + DAYS]
        start, end = some[0][0][0], some[-1][-1][1]
        begins = start == midnight(start, zone) and datetime.fromtimestamp(start, zone).toordinal() % DAYS == 1
        nothing_left_out = sum(b - a for spans in some for a, b in spans) == end - start
        whole = begins and end == midnight(start, zone, DAYS) and nothing_left_out
        yield some if whole else some[:1]
        number += DAYS if whole else 1


def hour_blocks(spans: Sequence[Spans], zone: ZoneInfo) -> dict[tuple[int, int], Spans]:
    """The same by the hour: key is (number of the day among these, hour of the day)."""
    found: dict[tuple[int, int], Spans] = {}
    for number, day in enumerate(spans):
        for span in day:
            for a, b in _hours(span, zone):
                key = number, datetime.fromtimestamp(a, zone).hour
                found[key] = (*found.get(key, ()), (a, b))  # an hour comes twice where clocks go back
    return found


def _chosen(day: Span, hours: frozenset[int], zone: ZoneInfo) -> Spans:
    first = 24 * datetime.fromtimestamp(day[0], zone).weekday()
    if all(first + hour in hours for hour in range(24)):
        return (day,)
    found: list[Span] = []
    for a, b in _hours(day, zone):
        if first + datetime.fromtimestamp(a, zone).hour in hours:
            if found and found[-1][1] == a:
                found[-1] = (found[-1][0], b)
            else:
                found.append((a, b))
    return tuple(found)


def _hours(span: Span, zone: ZoneInfo) -> Iterator[Span]:
    """The hours of a part of a day, as the day's clock cuts them."""
    first = midnight(span[0], zone)
    at = span[0]
    while at < span[1]:
        following = min(span[1], first + ((at - first) // HOUR_S + 1) * HOUR_S)
        yield at, following
        at = following
