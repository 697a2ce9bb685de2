"""The report: complete, honest about what is missing, and in need of nothing but itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.types import Crossing, Visit
from heatmap_gui.services.chart import clock, occupancy_chart
from heatmap_gui.services.report import Occupancy, write_report

SUMMARY: dict[str, Any] = {
    "store_name": "Harbour <Street>",
    "people": 12,
    "person_seconds": 3456.7,
    "partial": False,
    "zones": {"tills": {"name": "Tills & more"}, "empty": {}},
    "lines": {"door": {"name": "Entrance"}},
    "cameras": {"1": {"read": 100, "processed": 90, "skipped": 10, "fps": 9.96, "exposed_s": 75.0}},
    "model": "yolo26n",
    "device": "cpu",
    "precision": "fp32",
    "versions": {"traffic-heatmap": "0.1.0"},
    "site_hash": "abc",
}
VISITS = [Visit("tills", 1, "person", 0.0, 60.0, 58.0), Visit("tills", 1, "person", 90.0, 190.0, 100.0)]
CROSSINGS = [Crossing("door", t, "person", 1.0 * t, d) for t, d in enumerate(["in", "out", "out", "out"])]
HEATMAPS = {"ember": b"\x89PNG", "paper": b"\x89png"}
OCCUPANCY = Occupancy(np.arange(20.0), np.r_[np.arange(10.0), np.nan, np.ones(9)])


class Page(HTMLParser):
    """Text by table cell and the attributes that name something outside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "srcset", "href", "action")]
        if tag not in ("meta", "img", "source", "path", "polygon", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(folder: Path, **changes: Any) -> str:
    path = folder / "report.html"
    write_report(path, SUMMARY | changes, HEATMAPS, OCCUPANCY, VISITS, CROSSINGS)
    return path.read_text(encoding="utf-8")


def test_page_needs_nothing_but_itself(tmp_path: Path) -> None:
    text = page(tmp_path)
    found = Page(text)
    assert found.open == []
    assert found.links == ["data:image/png;base64,iVBORw==", "data:image/png;base64,iXBuZw=="]
    assert "<script" not in text
    assert not re.search(r"url\(|@import|https?://", text)


def test_tables_hold_the_facts(tmp_path: Path) -> None:
    text = "|".join(Page(page(tmp_path)).text)
    assert "Harbour <Street>: what was measured" in text
    assert "Tills & more|2|1|1 min 19 s|1 min 40 s|2 min 38 s" in text
    assert "empty|0|0|\N{EN DASH}|\N{EN DASH}|0 s" in text
    assert "Entrance|1|3|\N{MINUS SIGN}2" in text
    assert "1|90|10|10.0|1 min 15 s" in text
    assert "3,457" in text
    assert "20 s measured" in text
    assert "Partial" not in text


@pytest.mark.parametrize(("changes", "said"), [({"partial": True}, "Partial"), ({"model": "motion"}, "No model")])
def test_what_is_doubtful_is_said_on_top(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    text = page(tmp_path, **changes)
    assert said in text
    assert text.index(said) < text.index("Time on the floor")


def test_nothing_measured_is_a_page_as_well(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, {"partial": True}, HEATMAPS, Occupancy(np.zeros(0), np.zeros(0)), [], [])
    text = path.read_text(encoding="utf-8")
    assert "Nothing was measured" in text
    assert "<h2>Zones" not in text


def test_chart_has_round_steps_and_a_gap_where_nothing_was_measured() -> None:
    chart = occupancy_chart(OCCUPANCY.t_s, OCCUPANCY.people)
    assert chart.count("<polyline") == 2
    labels = re.findall(r">([^<>]+)</text>", chart)
    assert labels == ["0", "2", "4", "6", "8", "10", "0:00", "0:05", "0:10", "0:15"]


def test_long_charts_stay_small() -> None:
    chart = occupancy_chart(np.arange(86_400.0), np.ones(86_400))
    assert len(chart) < 20_000
    assert clock(3727.0) == "1:02:07"
