"""`bench` says who is how fast, in a line each, and does not mind what is missing."""

from __future__ import annotations

import json

import pytest

from heatmap_gui.bench import floors
from heatmap_gui.bench.timing import Entry
from heatmap_gui.cli import main
from heatmap_gui.commands import bench


@pytest.fixture(autouse=True)
def _no_material(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEATMAP_TEST_DATA", raising=False)


def test_missing_material_is_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--only", "idle,overhead"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert "ratio" in head
    assert [line.split()[:2] for line in lines] == [["idle", "skipped:"], ["overhead", "skipped:"]]
    assert all("--data" in line for line in lines)


def test_json_is_one_object(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "_POINTS", 1000)
    assert main(["bench", "--json", "--only", "accumulate,idle"]) == 0
    told = json.loads(capsys.readouterr().out)
    accumulate, idle = told["entries"]
    assert accumulate["name"] == "accumulate" and accumulate["ratio"] > 0 and accumulate["ok"] in (True, False)
    assert idle["ok"] is None and idle["ratio"] is None and "needs data/" in idle["skipped"]
    assert told["machine"]["cores"] >= 1


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--only", "tracker,lunch"]) == 2
    assert "'lunch'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(name="a", goal=2.0, ours_ms=1, theirs_ms=3, ratio=3.0), (">= 2.00x ok", "3.00x")),
        (Entry(name="a", goal=4.0, ours_ms=1, theirs_ms=3, ratio=3.0), (">= 4.00x missed",)),
        (Entry(name="a", goal=1.1, ours_ms=1, theirs_ms=1, ratio=1.0, at_most=True), ("<= 1.10x ok",)),
        (
            Entry(
                name="a", goal=2.0, ours_ms=1, theirs_ms=3, ratio=3.0, worse=True,
                details={"scores": {"ours": {"HOTA": 50.0}, "theirs": {"HOTA": 60.0}}},
            ),
            ("missed: worse scores", "ours HOTA 50.0", "theirs HOTA 60.0"),
        ),
    ],
)  # fmt: skip
def test_a_line_says_goal_and_verdict(entry: Entry, words: tuple[str, ...]) -> None:
    line = bench._line(entry)
    assert all(word in line for word in words)
