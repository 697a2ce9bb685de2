"""One question, one whole answer, and a history that is opened when it is needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.site import Site, Zone
from heatmap_gui.services.heat_answers import HeatAnswers, Progress, Question
from heatmap_gui.services.heat_query import Range
from heatmap_gui.store.database import open_database
from tests.services.histories import DAY_S, MONDAY, measured, site, standing, write_run

AT = MONDAY + 36_000


def question(shop: Site, *, against: Range | None = None, light: bool = False) -> Question:
    return Question(
        site=shop, floor="plan", of=Range(MONDAY, MONDAY + DAY_S), against=against, kind="presence", label=None,
        scale="linear", full=None, light=light, sure=True, now=MONDAY + 9 * DAY_S,
    )  # fmt: skip


def answers(home: Path) -> HeatAnswers:
    return HeatAnswers(home / "production_config.json", {"HEATMAP_HOME": str(home)})


def test_a_range_is_answered_whole(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    write_run(database, measured(standing([(AT, 300, 2.0, 2.0)]), [(AT, AT + 600)]))
    database.close()
    asked = answers(tmp_path)
    found = asked.answer(question(site()), Progress())
    assert found.extent == (AT, AT + 600)
    assert found.picture is not None
    assert found.picture.summary.total == 300
    assert found.picture.bgra.shape[2] == 4
    assert found.people == 1
    assert found.labels == ("person",)
    people = asked.occupancy(found.question, (AT, AT + 300, AT + 600), Progress())
    assert people is not None
    np.testing.assert_allclose(people, [1, 0])
    assert asked.occupancy(found.question, (AT, AT + 300, AT + 600), Progress(stop=True)) is None
    asked.close()
    again = asked.answer(question(site(), light=True), Progress())
    assert again.picture is not None
    assert again.picture.light
    asked.close()


def test_a_comparison_names_the_whole_floor_first_and_then_the_zones(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    stays = [(AT, 300, 2.0, 2.0), (AT + 7 * DAY_S, 600, 2.0, 2.0)]
    watched = [(start, start + 600) for start in (AT, AT + 7 * DAY_S)]
    write_run(database, measured(standing(stays), watched))
    database.close()
    corner = Zone("z", "Corner", "general", np.array([[0, 0], [200, 0], [200, 200], [0, 200]], np.float64))
    shop = site()
    shop = Site(shop.name, shop.floor, (), (corner,))
    asked = answers(tmp_path)
    week = Range(MONDAY + 7 * DAY_S, MONDAY + 8 * DAY_S)
    found = asked.answer(question(shop, against=week), Progress())
    assert [change.zone for change in found.changes] == [None, corner]
    for change in found.changes:
        assert (change.a, change.b) == pytest.approx((600, 300), rel=0.01)
    assert found.picture is not None
    assert found.picture.difference is not None
    asked.close()


def test_it_gives_up_when_it_is_told_to(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    write_run(database, measured(standing([(AT, 300, 2.0, 2.0)]), [(AT, AT + 600)]))
    database.close()
    asked = answers(tmp_path)
    found = asked.answer(question(site()), Progress(stop=True))
    assert found.given_up
    assert found.picture is None
    asked.close()


def test_nothing_measured_is_no_error_and_a_damaged_history_is_one(tmp_path: Path) -> None:
    asked = answers(tmp_path)
    assert asked.answer(question(site()), Progress()).extent is None
    asked.close()
    (tmp_path / "heatmap.db").write_bytes(b"no database at all" * 500)
    with pytest.raises(UnavailableError):
        asked.answer(question(site()), Progress())
