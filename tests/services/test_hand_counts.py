"""Counts by hand against the line's own."""

from __future__ import annotations

import pytest

from heatmap_gui.core.errors import InputError, NotFoundError
from heatmap_gui.services import hand_counts
from heatmap_gui.store.database import Database
from tests.services.shops import STORE, at, person, shop, watch, write_people

NINE, TEN = at("2026-06-01 09:00"), at("2026-06-01 10:00")


def test_minutes_are_chosen_counted_and_compared(database: Database) -> None:
    """One comes in each minute; the person counts one more in the first."""
    write_people(database, [person(n, NINE + 60 * n + 10) for n in range(60)])
    watch(database, NINE, TEN)
    chosen = hand_counts.choose(database, shop(), "gate", NINE, TEN, 10, seed=1)
    assert len(chosen) == 10
    assert all(NINE <= one.start_s < TEN for one in chosen)
    assert hand_counts.choose(database, shop(), "gate", NINE, TEN, 10, seed=1) == chosen, "asked again, the same"
    for n, one in enumerate(chosen):
        hand_counts.note(database, STORE, one.id, 2 if n == 0 else 1, 0, "ada")
    (line,) = hand_counts.agreements(database, STORE)
    found = line.agreement
    assert (line.line_id, found.minutes, found.counted, found.measured, found.exact_minutes) == ("gate", 10, 11, 10, 9)
    assert found.accuracy == pytest.approx(1 - 1 / 11)
    assert hand_counts.listed(database, STORE)[0].counted_by == "ada"
    assert hand_counts.listed(database, "elsewhere") == []


def test_what_nobody_watched_is_not_counted(database: Database) -> None:
    with pytest.raises(InputError, match="nothing was watched"):
        hand_counts.choose(database, shop(), "gate", NINE, TEN, 10, seed=1)
    with pytest.raises(NotFoundError, match="no such line"):
        hand_counts.choose(database, shop(), "door", NINE, TEN, 10, seed=1)
    with pytest.raises(NotFoundError, match="no such minute"):
        hand_counts.note(database, STORE, 1, 0, 0, "ada")
    assert hand_counts.agreements(database, STORE) == []
