"""Days and hours by a store's own clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from heatmap_gui.core.week_hours import WEEK, days_between, hour_blocks, midnight, spans_by_day, whole_weeks

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3600.0


def at(year: int, month: int, day: int) -> float:
    return datetime(year, month, day, tzinfo=PARIS).timestamp()


def test_days_begin_at_the_stores_midnight_and_may_have_23_or_25_hours() -> None:
    spring, autumn = at(2026, 3, 29), at(2026, 10, 25)
    assert midnight(spring + 12 * HOUR, PARIS) == spring
    assert list(days_between(spring, at(2026, 3, 30), PARIS)) == [(spring, spring + 23 * HOUR)]
    assert list(days_between(autumn, at(2026, 10, 26), PARIS)) == [(autumn, autumn + 25 * HOUR)]


def test_a_range_is_cut_at_midnights_and_whole_days_stay_whole() -> None:
    monday = at(2026, 6, 1)
    found = spans_by_day(monday + 9 * HOUR, monday + 50 * HOUR, WEEK, PARIS)
    assert found == [
        ((monday + 9 * HOUR, monday + 24 * HOUR),),
        ((monday + 24 * HOUR, monday + 48 * HOUR),),
        ((monday + 48 * HOUR, monday + 50 * HOUR),),
    ]


def test_chosen_hours_join_where_they_touch_and_days_without_any_are_left_out() -> None:
    monday = at(2026, 6, 1)
    hours = frozenset({9, 10, 17, 48 + 9})
    found = spans_by_day(monday, monday + 7 * 24 * HOUR, hours, PARIS)
    wednesday = monday + 48 * HOUR
    assert found == [
        ((monday + 9 * HOUR, monday + 11 * HOUR), (monday + 17 * HOUR, monday + 18 * HOUR)),
        ((wednesday + 9 * HOUR, wednesday + 10 * HOUR),),
    ]


def test_four_whole_weeks_of_the_calendar_are_together_and_all_else_is_by_the_day() -> None:
    first = at(2026, 3, 2)  # the fourth Monday of its count, and clocks change after four weeks less a day
    days = spans_by_day(midnight(first, PARIS, -3), midnight(first, PARIS, 30), WEEK, PARIS)
    found = list(whole_weeks(days, PARIS))
    assert [len(some) for some in found] == [1, 1, 1, 28, 1, 1]
    assert (found[3][0][0][0], found[3][-1][0][1]) == (first, midnight(first, PARIS, 28))
    assert [spans for some in found for spans in some] == days
    late = spans_by_day(first + HOUR, midnight(first, PARIS, 28), WEEK, PARIS)
    some_hours = spans_by_day(first, midnight(first, PARIS, 28), WEEK - {30}, PARIS)
    for others in (late, some_hours, days[4:]):
        assert all(len(some) == 1 for some in whole_weeks(others, PARIS))


def test_hours_of_two_days_are_found_by_the_clock() -> None:
    monday = at(2026, 6, 1)
    blocks = hour_blocks(spans_by_day(monday + 8.5 * HOUR, monday + 10 * HOUR, WEEK, PARIS), PARIS)
    assert blocks == {
        (0, 8): ((monday + 8.5 * HOUR, monday + 9 * HOUR),),
        (0, 9): ((monday + 9 * HOUR, monday + 10 * HOUR),),
    }
    autumn = hour_blocks(spans_by_day(at(2026, 10, 25), at(2026, 10, 26), WEEK, PARIS), PARIS)
    assert len(autumn) == 24
    assert len(autumn[0, 2]) == 2
