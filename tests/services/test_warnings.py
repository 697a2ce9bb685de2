"""What is odd but usable is measured, and said: in the summary, in the report and on standard error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.cli import main
from tests.core.site_documents import version_2

FRAMES = 30


def measured(folder: Path, width: int, height: int) -> tuple[int, dict[str, Any]]:
    """The exit status and summary of one person who stands in the first camera's picture, of so many px."""
    site = version_2()
    del site["cameras"][1], site["zones"], site["lines"], site["store"]["walkable"]
    site["cameras"][0]["offset_s"] = 0
    (folder / "calibration_shop.json").write_text(json.dumps(site))
    left, top, wide, high = width * 0.5, height * 0.4, width * 0.05, height * 0.3
    rows = [f"{f},-1,{left},{top},{wide},{high},0.9,-1,-1,-1" for f in range(1, FRAMES + 1)]
    (folder / "det.txt").write_text("\n".join(rows) + "\n")
    url = f"mot:{folder}/det.txt?fps=10&width={width}&height={height}"
    out = folder / "out"
    status = main(
        ["measure", "--site", str(folder / "calibration_shop.json"), "--source", f"1={url}", "--out", str(out)]
    )
    return status, json.loads((out / "summary.json").read_text()) if status == 0 else {}


def test_frames_of_another_size_are_scaled_and_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, summary = measured(tmp_path, 400, 300)
    said = "camera 1: its frames are 400x300, the site file's geometry is for 800x600 and was scaled"
    assert status == 0
    assert said in summary["warnings"]
    assert f"heatmap: warning: {said}" in capsys.readouterr().err
    assert "400x300" in (tmp_path / "out" / "report.html").read_text()


def test_scaled_geometry_gives_the_same_place(tmp_path: Path) -> None:
    places = []
    for width, height in ((800, 600), (400, 300)):
        folder = tmp_path / str(width)
        folder.mkdir()
        measured(folder, width, height)
        row = (folder / "out" / "floor_tracks.csv").read_text().splitlines()[-1].split(",")
        places.append((float(row[2]), float(row[3])))
    assert places[0] == pytest.approx(places[1], abs=0.0015)  # written in whole millimetres


def test_a_plan_that_is_not_there_is_said_and_the_rest_is_measured(tmp_path: Path) -> None:
    status, summary = measured(tmp_path, 800, 600)
    assert status == 0
    assert ["plan.png" in warning for warning in summary["warnings"]] == [True]
    assert (tmp_path / "out" / "heatmap.png").is_file()


def test_another_shape_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measured(tmp_path, 400, 400)[0] == 2
    assert "another shape" in capsys.readouterr().err
