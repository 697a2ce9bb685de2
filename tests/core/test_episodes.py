"""Troubles that begin, flicker and end: what is told of them, and when."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from heatmap_gui.core.episodes import Change, Episodes, Phase

BEGIN_S, END_S, QUIET_S = 2.0, 3.0, 60.0


def told(wrong: Iterable[bool], episodes: Episodes | None = None) -> list[tuple[int, str]]:
    """(second, phase) of what is told of a camera that is wrong, or not, at each second."""
    episodes = episodes or Episodes(BEGIN_S, END_S, QUIET_S, {})
    return [
        (second, str(change.phase))
        for second, bad in enumerate(wrong)
        for change in episodes.look({"1": "no answer"} if bad else {}, second)
    ]


def test_told_when_it_has_lasted_and_when_it_is_over() -> None:
    assert told([False] * 5 + [True] * 10 + [False] * 10) == [(7, "began"), (17, "ended")]


def test_what_is_over_before_it_is_told_is_never_told() -> None:
    assert told(([True] + [False] * 5) * 20) == []


def test_flickering_is_one_trouble() -> None:
    assert told([True, True, False] * 30 + [False] * 5) == [(3, "began"), (91, "ended")]


def test_one_that_comes_back_at_once_is_spared_and_told_later_if_it_lasts() -> None:
    outage = [True] * 10 + [False] * 5
    assert told(outage * 3) == [(2, "began"), (12, "ended"), (17, "spared"), (32, "spared")]
    assert told(outage + [True] * 60 + [False] * 5) == [
        (2, "began"),
        (12, "ended"),
        (17, "spared"),
        (62, "began"),
        (77, "ended"),
    ]


def test_it_says_why_and_since_when() -> None:
    episodes = Episodes(0.0, 0.0, QUIET_S, {})
    assert episodes.look({"1": "no answer"}, 5.0) == [Change("1", Phase.BEGAN, "no answer", 5.0)]
    assert episodes.look({}, 9.0) == [Change("1", Phase.ENDED, "no answer", 5.0)]
    why = "told 10 s before: once in 60 s is enough"
    assert episodes.look({"1": "denied"}, 15.0) == [Change("1", Phase.SPARED, "denied", 15.0, why)]


def test_who_takes_over_neither_repeats_nor_forgets() -> None:
    assert told([True] * 5, Episodes(BEGIN_S, END_S, QUIET_S, {"1": -30.0})) == []
    assert told([False] * 5, Episodes(BEGIN_S, END_S, QUIET_S, {"1": -30.0})) == [(0, "ended")]


def test_what_is_not_known_neither_begins_nor_ends() -> None:
    episodes = Episodes(BEGIN_S, END_S, QUIET_S, {})
    assert told([True] * 4, episodes) == [(2, "began")]
    assert [episodes.look({}, at, unknown=["1", "2"]) for at in (4.0, 40.0, 80.0)] == [[], [], []]
    assert [change.phase for change in episodes.look({}, 84.0)] == [Phase.ENDED]


def test_nothing_is_remembered_for_ever() -> None:
    episodes = Episodes(0.0, 0.0, QUIET_S, {})
    for second in range(500):
        episodes.look({str(second): ""}, second)
    assert len(episodes.subjects) <= 2
    assert len(episodes._told_at) < 70


def test_at_most_one_begins_in_a_window_whatever_happens() -> None:
    states = np.repeat(np.random.default_rng(3).random(4000) < 0.5, 2)
    began = [second for second, phase in told(states) if phase == "began"]
    assert len(began) > 10
    assert min(np.diff(began)) >= QUIET_S
