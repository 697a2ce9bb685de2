"""Tables of tracks and rules: which alerts fire, when, and what is said of those that do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.rules import Alert, ZoneRules
from heatmap_gui.core.site import Camera, Floor, Site, Zone
from heatmap_gui.core.types import Detections, Frame, Live, Observation

SIZE = (200, 100)
EMPTY = np.zeros((0, 2))
SQUARE = np.array([[50.0, 50.0], [100.0, 50.0], [100.0, 90.0], [50.0, 90.0]])
ZONE = Zone("vault", "Vault", "forbidden", SQUARE)
STEP_S = 0.2
IN, OUT = 75.0, 20.0


def site(**zone: Any) -> Site:
    """One calibrated camera; the plan's pixels are 10 cm wide."""
    camera = Camera("1", "Door", "", 1, calibration=Calibration(np.eye(3), EMPTY, EMPTY, None))
    return Site("bank", Floor(None, 200, 100, metres_per_pixel=0.1), (camera,), (replace(ZONE, **zone),))


def seen(at: float, x_px: float, *, track: int = 7, label: str = "person", there: bool = True) -> Observation:
    live = Live(
        np.array([track]), np.array([x_px / 10]), np.array([7.0]), np.full((1, 4), np.nan), np.array([there]),
        np.zeros(1, np.int16), (label,),
    )  # fmt: skip
    return Observation(Frame("1", 0, at, None, SIZE), Detections.empty(), live)


def walk(*stretches: tuple[float, float], label: str = "person") -> list[Observation]:
    """(seconds, x) one after the other."""
    places = [x for seconds, x in stretches for _ in range(round(seconds / STEP_S))]
    return [seen(number * STEP_S, x, label=label) for number, x in enumerate(places)]


def told(where: Site, observations: Iterable[Observation], debounce_s: float = 30.0) -> list[Alert]:
    rules = ZoneRules(where, debounce_s=debounce_s)
    return [alert for observation in observations for alert in rules.show(observation)]


def words(alerts: list[Alert]) -> list[tuple[float, str]]:
    """When, and why not; "" where it fired."""
    return [(round(alert.at, 1), alert.suppressed or "") for alert in alerts]


TABLE: dict[str, tuple[dict[str, Any], list[Observation], list[tuple[float, str]]]] = {
    "enters": ({}, walk((1, OUT), (5, IN)), [(1.0, "")]),
    "passes by": ({}, walk((9, OUT)), []),
    "comes back within the window, then after it": (
        {},
        walk((2, IN), (8, OUT), (2, IN), (30, OUT), (2, IN)),
        [(0.0, ""), (10.0, "told 10 s before: once in 30 s is enough"), (42.0, "")],
    ),
    "comes back and stays until the window is over": (
        {},
        walk((2, IN), (8, OUT), (30, IN)),
        [(0.0, ""), (10.0, "told 10 s before: once in 30 s is enough"), (30.0, "")],
    ),
    "is gone when the window is over": (
        {},
        walk((2, IN), (8, OUT), (19.4, IN), (6, OUT)),
        [(0.0, ""), (10.0, "told 10 s before: once in 30 s is enough")],
    ),
    "the zone's own window": ({"debounce_s": 5.0}, walk((2, IN), (8, OUT), (2, IN)), [(0.0, ""), (10.0, "")]),
    "holds": ({"hold_s": 3.0}, walk((1, OUT), (5, IN)), [(4.0, "")]),
    "holds with a gap": ({"hold_s": 3.0}, walk((1, OUT), (1, IN), (1, OUT), (3, IN)), [(4.0, "")]),
    "leaves too soon": (
        {"hold_s": 3.0},
        walk((1, OUT), (1.2, IN), (4, OUT)),
        [(2.0, "left after 1.0 s: less than the 3 s that it takes")],
    ),
    "allowed": ({"allowed_classes": ("person",)}, walk((9, IN)), [(0.0, "person is allowed there")]),
    "not of the alert classes": (
        {"alert_classes": ("car", "truck")},
        walk((9, IN)),
        [(0.0, "person is none of the classes that alert there: car, truck")],
    ),
    "after hours": (
        {"active_hours": (("09:00", "17:00"), ("22:00", "23:00"))},
        walk((9, IN)),
        [(0.0, "outside the active hours: 09:00-17:00, 22:00-23:00")],
    ),
    "inside when the hours begin": (
        {"active_hours": (("00:01", "23:59"),)},
        walk((70, IN)),
        [(0.0, "outside the active hours: 00:01-23:59"), (60.0, "")],
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_when_it_fires_and_why_it_does_not(name: str) -> None:
    zone, observations, expected = TABLE[name]
    assert words(told(site(**zone), observations)) == expected


def test_an_alert_says_who_where_and_for_how_long() -> None:
    [alert] = told(site(hold_s=2.0), walk((1, OUT), (4, IN)))
    assert replace(alert, id="") == Alert(
        id="", store_name="bank", kind="forbidden_zone", rule="forbidden_zone:vault", at=3.0, camera="1",
        zone_id="vault", track_id=7, label="person", reason="person 7 has been in the forbidden zone Vault for 2.0 s",
    )  # fmt: skip
    [at_once] = told(site(), walk((1, OUT), (4, IN)))
    assert at_once.reason == "person 7 entered the forbidden zone Vault"


def test_jitter_at_the_border_fires_once_even_without_a_window() -> None:
    """Somebody stands on the edge x = 50 px for ten minutes; positions jitter by 15 cm."""
    jitter = np.random.default_rng(1).normal(0, 1.5, 3000)
    on_edge = [seen(number * STEP_S, 50 + by) for number, by in enumerate(jitter)]
    assert len(told(site(), on_edge, debounce_s=0.0)) == 1
    slow = [seen(number * STEP_S, 50 + 2.5 * (-1) ** (number // 20)) for number in range(3000)]
    assert len(told(site(), slow, debounce_s=0.0)) == 1, "4 s on each side, 25 cm from the edge"


def test_who_was_never_inside_is_not_let_in_by_the_margin() -> None:
    assert told(site(), walk((9, 48.0))) == []


def test_in_pictures_the_margin_grows_with_the_box() -> None:
    def stays(foot: float) -> int:
        """How often it fires when the foot is inside at y = 51 for 3 s, then at `foot`, then inside again."""
        boxes = [[70, y - 40, 80, y] for y in (51.0, foot, 51.0) for _ in range(15)]
        shown = [
            replace(seen(n * STEP_S, 0.0), live=replace(seen(0, 0).live, box=np.array([b])))
            for n, b in enumerate(boxes)
        ]
        return len(told(site(on="1"), shown, debounce_s=0.0))

    assert (stays(48.5), stays(47.5)) == (1, 2), "5 % of 40 px"


def test_who_was_out_of_sight_for_a_while_is_still_known() -> None:
    others = [seen(second / 5, OUT, track=8) for second in range(1, 50)]
    assert words(told(site(), [seen(0, IN), *others, seen(10, IN)])) == [
        (0.0, ""),
        (10.0, "told 10 s before: once in 30 s is enough"),
    ]


def test_one_of_each_cause_for_each_track() -> None:
    often = [stretch for _ in range(20) for stretch in ((1.0, IN), (4.0, OUT))]
    assert len(told(site(allowed_classes=("person",)), walk(*often))) == 1
    assert [a.suppressed is None for a in told(site(), walk(*often))].count(False) == 1
    assert len(told(site(hold_s=2.0), walk(*often))) == 1
    both = [observation for o in walk((9, IN)) for observation in (o, seen(o.frame.at, IN, track=8))]
    assert [alert.track_id for alert in told(site(), both)] == [7, 8], "each track has its own window"


@pytest.mark.parametrize(
    ("zone", "clock", "fires"),
    [
        ("Asia/Tokyo", "03:00", False),
        ("Asia/Tokyo", "13:00", True),  # 22:00 there
        ("Asia/Tokyo", "20:59", True),  # 05:59
        ("Asia/Tokyo", "21:00", False),  # 06:00
        ("Europe/Madrid", "20:59", False),  # 21:59, winter
        ("Europe/Madrid", "21:00", True),
    ],
)
def test_hours_over_midnight_are_on_the_store_s_clock(zone: str, clock: str, fires: bool) -> None:
    where = replace(site(active_hours=(("22:00", "06:00"),)), timezone=zone)
    at = 60 * (60 * int(clock[:2]) + int(clock[3:]))
    assert [a.suppressed is None for a in told(where, [seen(at, IN)])] == [fires]


def test_hours_follow_the_wall_clock_over_the_change_to_summer_time() -> None:
    """In Madrid 29 March 2026 has no 02:30; 22:00 is an hour earlier in UTC from then on."""
    where = replace(site(active_hours=(("22:00", "06:00"),)), timezone="Europe/Madrid")
    before, after = 1_774_731_600.0, 1_774_814_400.0  # 28 March 21:00 UTC, 29 March 20:00 UTC: both 22:00
    for at in (before, after):
        assert [a.suppressed is None for a in told(where, [seen(at - 60, IN)])] == [False]
        assert [a.suppressed is None for a in told(where, [seen(at, IN)])] == [True]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from([IN, OUT, 49.0])), max_size=12), st.sampled_from([0.0, 3.0])
)
def test_whatever_is_walked_alerts_keep_their_distance(stretches: list[tuple[int, float]], hold_s: float) -> None:
    alerts = told(site(hold_s=hold_s), walk(*[(float(seconds), x) for seconds, x in stretches]))
    fired = [alert.at for alert in alerts if alert.suppressed is None]
    assert all(b - a >= 30 for a, b in pairwise(fired))
    assert len({alert.id for alert in alerts}) == len(alerts)
    assert len([alert for alert in alerts if alert.suppressed]) <= 2, "of this track, for hold and for the window"


def test_what_is_over_is_forgotten() -> None:
    rules = ZoneRules(site(), debounce_s=3.0)
    for track in range(500):
        rules.show(seen(float(track), IN, track=track))
    assert len(rules._stays["vault"]) < 10
