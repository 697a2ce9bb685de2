"""Slots: on the store's wall clock, in real seconds, each once, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.production import Schedule
from heatmap_gui.core.schedule import Slot, next_slot, overlapping, slots

HOUR, DAY = 3600.0, 86_400.0
ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/Havana", "America/Scoresbysund",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Antarctica/Troll",
)  # fmt: skip
CHANGES = (  # days around which clocks change, or a day is left out
    "2011-12-30", "2017-10-15", "2018-02-18", "2018-11-04", "2024-11-03", "2025-03-09", "2025-03-30", "2025-04-06",
    "2025-10-05", "2025-10-26", "2025-11-02",
)  # fmt: skip


def schedule(**changes: Any) -> Schedule:
    changes.setdefault("interval_s", changes.get("duration_s", HOUR))
    return Schedule(id="s", store_name="s", **changes)


def minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def walls(zone: str, days: str, start: str, end: str, **more: Any) -> list[str]:
    """The slots that are due from the beginning of the first day to the end of the last one, with their offsets."""
    place = ZoneInfo(zone)
    first, _, last = days.partition("..")
    begin = datetime.fromisoformat(first).replace(tzinfo=place).timestamp()
    finish = (datetime.fromisoformat(last or first) + timedelta(days=1)).replace(tzinfo=place).timestamp()
    found = slots(schedule(start_min=minute(start), end_min=minute(end), **more), place, begin - 1, finish - 1)
    return [f"{_wall(slot.due, place)}-{_wall(slot.ends, place)}" for slot in found]


def _wall(at: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, zone).strftime("%a %H:%M%z")


def test_jobs_follow_each_other_and_the_last_one_is_shortened() -> None:
    assert walls("UTC", "2025-12-22", "09:00", "11:30") == [
        "Mon 09:00+0000-Mon 10:00+0000",
        "Mon 10:00+0000-Mon 11:00+0000",
        "Mon 11:00+0000-Mon 11:30+0000",
    ]
    assert walls("UTC", "2025-12-22", "09:00", "11:30", duration_s=600, interval_s=2 * HOUR) == [
        "Mon 09:00+0000-Mon 09:10+0000",
        "Mon 11:00+0000-Mon 11:10+0000",
    ]


def test_the_week_begins_on_monday_and_a_window_belongs_to_the_day_on_which_it_starts() -> None:
    assert walls("UTC", "2025-12-22..2025-12-28", "22:00", "02:00", days_of_week=(0, 6), duration_s=4 * HOUR) == [
        "Mon 22:00+0000-Tue 02:00+0000",
        "Sun 22:00+0000-Mon 02:00+0000",
    ]


def test_all_day_joins_to_the_next_day() -> None:
    found = walls("UTC", "2025-12-22..2025-12-23", "00:00", "24:00", duration_s=12 * HOUR)
    assert found == [
        "Mon 00:00+0000-Mon 12:00+0000",
        "Mon 12:00+0000-Tue 00:00+0000",
        "Tue 00:00+0000-Tue 12:00+0000",
        "Tue 12:00+0000-Wed 00:00+0000",
    ]
    assert walls("UTC", "2025-12-22", "09:00", "09:00", duration_s=DAY) == ["Mon 09:00+0000-Tue 09:00+0000"]


@pytest.mark.parametrize(
    ("zone", "days", "window", "expected"),
    [
        ("Europe/Berlin", "2025-03-30", "02:30-04:00", ["Sun 03:00+0200-Sun 04:00+0200"]),
        ("Europe/Berlin", "2025-03-30", "01:00-02:30", ["Sun 01:00+0100-Sun 03:00+0200"]),
        ("Europe/Berlin", "2025-03-30", "02:10-02:50", []),
        ("Europe/Berlin", "2025-10-26", "02:15-02:45", ["Sun 02:15+0200-Sun 02:45+0100"]),
        ("Europe/Berlin", "2025-10-26", "01:00-02:00", ["Sun 01:00+0200-Sun 02:00+0200"]),
        ("Europe/Berlin", "2025-10-26", "01:30-03:30", ["Sun 01:30+0200-Sun 03:30+0100"]),
        ("Australia/Lord_Howe", "2025-10-05", "02:00-04:00", ["Sun 02:30+1100-Sun 04:00+1100"]),
        ("Australia/Lord_Howe", "2025-04-06", "01:30-03:00", ["Sun 01:30+1100-Sun 03:00+1030"]),
        ("America/Sao_Paulo", "2018-11-04", "00:00-02:00", ["Sun 01:00-0200-Sun 02:00-0200"]),
        ("America/Sao_Paulo", "2018-11-03", "22:00-00:30", ["Sat 22:00-0300-Sun 01:00-0200"]),
        ("America/Scoresbysund", "2025-03-29..2025-03-30", "23:30-02:00",
         ["Sun 00:00-0100-Sun 02:00-0100", "Sun 23:30-0100-Mon 02:00-0100"]),
        ("Asia/Kathmandu", "2025-12-22", "09:00-10:00", ["Mon 09:00+0545-Mon 10:00+0545"]),
        # there was no Friday
        ("Pacific/Apia", "2011-12-29..2011-12-31", "22:00-02:00",
         ["Thu 22:00-1000-Sat 00:00+1400", "Sat 22:00+1400-Sun 02:00+1400"]),
        # Havana's midnight comes twice: each day ends where the next one begins
        ("America/Havana", "2024-11-02..2024-11-03", "00:00-24:00",
         ["Sat 00:00-0400-Sun 00:00-0400", "Sun 00:00-0400-Mon 00:00-0500"]),
        ("America/Havana", "2024-11-02..2024-11-03", "00:30-00:30",
         ["Sat 00:30-0400-Sun 00:30-0400", "Sun 00:30-0400-Mon 00:30-0500"]),
    ],
)  # fmt: skip
def test_clocks_that_change(zone: str, days: str, window: str, expected: list[str]) -> None:
    assert walls(zone, days, *window.split("-"), duration_s=30 * HOUR) == expected


def test_where_the_night_is_longer_there_are_more_jobs() -> None:
    def count(day: str) -> int:
        return len(walls("Europe/Berlin", day, "00:00", "06:00"))

    assert [count(day) for day in ("2025-03-30", "2025-06-01", "2025-10-26")] == [5, 6, 7]


@st.composite
def some_schedules(draw: st.DrawFn) -> Schedule:
    duration_s = draw(st.sampled_from((60.0, 700.0, 1500.0, HOUR, 5400.0, 7 * HOUR, DAY)))
    return schedule(
        start_min=draw(st.integers(0, 1439)),
        end_min=draw(st.one_of(st.integers(0, 1440), st.just(1440))),
        days_of_week=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        duration_s=duration_s,
        interval_s=duration_s + draw(st.sampled_from((0.0, 0.0, 90.5, HOUR))),
    )


@st.composite
def some_times(draw: st.DrawFn) -> float:
    """Midnight UTC of a day near to a change."""
    change = datetime.fromisoformat(draw(st.sampled_from(CHANGES))).replace(tzinfo=UTC)
    return (change + timedelta(days=draw(st.integers(-3, 1)))).timestamp()


some_zones = st.sampled_from(ZONES).map(ZoneInfo)


@given(some_schedules(), some_zones, some_times(), st.lists(st.floats(0, 3 * DAY), max_size=4))
@settings(max_examples=150)
def test_however_time_is_split_each_slot_is_there_once(
    plan: Schedule, zone: ZoneInfo, start: float, cuts: list[float]
) -> None:
    whole = slots(plan, zone, start, start + 3 * DAY)
    at_a_slot = [whole[len(whole) // 2].due] if whole else []
    edges = sorted([start, *(start + cut for cut in cuts), *at_a_slot, start + 3 * DAY])
    assert [slot for a, b in pairwise(edges) for slot in slots(plan, zone, a, b)] == whole
    assert not whole or next_slot(plan, zone, start) == whole[0]


@given(some_schedules(), some_zones, some_times())
@settings(max_examples=150)
def test_slots_never_overlap_and_stay_in_their_windows(plan: Schedule, zone: ZoneInfo, start: float) -> None:
    found = slots(plan, zone, start, start + 3 * DAY)
    assert all(a.ends <= b.due for a, b in pairwise(found))
    assert all(0 < slot.ends - slot.due <= plan.duration_s for slot in found)
    assert all(_within(plan, zone, slot) for slot in found)


def _within(plan: Schedule, zone: ZoneInfo, slot: Slot) -> bool:
    """Whether the clocks show a time of a window when it begins, and just before it ends."""
    length = (plan.end_min - plan.start_min - 1) % 1440 + 1
    for at in (slot.due, slot.ends - 1e-3):
        shown = datetime.fromtimestamp(at, zone)
        passed = (shown.hour * 60 + shown.minute - plan.start_min) % 1440
        # where clocks are set back within a window they may show what is before or after it: an hour at the most
        if min(passed - length, 1439 - passed) >= 60:
            return False
    return True


@given(some_schedules(), st.integers(0, 300))
@settings(max_examples=100)
def test_ordinary_weeks_have_what_is_written(plan: Schedule, day: int) -> None:
    """In a zone without changes: every window starts on time, on its day, with so many slots as fit."""
    zone, week = ZoneInfo("Asia/Kathmandu"), 7 * DAY
    start = datetime(2025, 1, 6, tzinfo=zone).timestamp() + day * DAY
    length_s = 60.0 * ((plan.end_min - plan.start_min - 1) % 1440 + 1)
    fit = int(-(-length_s // plan.interval_s))
    found = slots(plan, zone, start - 1, start + week - 1)
    assert len(found) == fit * len(plan.days_of_week)
    starts = [datetime.fromtimestamp(slot.due, zone) for slot in found]
    opened = [at for at in starts if (at.hour * 60 + at.minute, at.second) == (plan.start_min, 0)]
    assert sorted(at.weekday() for at in opened) == list(plan.days_of_week)


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        ({"start": "09:00", "end": "12:00"}, {"start": "12:00", "end": "14:00"}, []),
        ({"start": "09:00", "end": "12:01"}, {"start": "12:00", "end": "14:00"}, [("one", "other")]),
        ({"start": "09:00", "end": "24:00"}, {"start": "12:00", "end": "14:00"}, [("one", "other")]),
        ({"start": "09:00", "end": "12:00", "days": (0, 2)}, {"start": "09:00", "end": "12:00", "days": (1, 3)}, []),
        ({"start": "22:00", "end": "06:00", "days": (6,)}, {"start": "05:00", "end": "09:00", "days": (0,)},
         [("one", "other")]),  # from Sunday into Monday
        ({"start": "22:00", "end": "06:00", "days": (6,)}, {"start": "06:00", "end": "09:00", "days": (0,)}, []),
        ({"start": "20:00", "end": "08:00"}, {"start": "07:00", "end": "21:00"}, [("one", "other")]),
        ({"start": "00:00", "end": "24:00"}, {"start": "00:00", "end": "24:00"}, [("one", "other")]),
    ],
)  # fmt: skip
def test_windows_that_meet(one: dict[str, Any], other: dict[str, Any], pairs: list[tuple[str, str]]) -> None:
    both = [
        Schedule(
            id=name,
            store_name="s",
            start_min=minute(said["start"]),
            end_min=minute(said["end"]),
            days_of_week=said.get("days", tuple(range(7))),
        )
        for name, said in (("one", one), ("other", other))
    ]
    found = overlapping(both)
    assert [tuple(sorted(pair)) for pair in found] == pairs
    assert overlapping(reversed(both)) == found
    assert not overlapping(both[:1])
