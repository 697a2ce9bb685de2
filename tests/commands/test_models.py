"""`models`: lists what is known and there, fetches it, and says what is missing."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from heatmap_gui.cli import main
from heatmap_gui.commands import models as command
from heatmap_gui.vision.models import Card, read_cards
from tests.vision.weights_server import serving

CONTENT = bytes(range(256)) * 100


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path))
    return tmp_path


def test_the_list_shows_what_is_there(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "models").mkdir()
    for name in ("yolox_nano.onnx", "mine.pt"):
        (home / "models" / name).write_bytes(b"")
    assert main(["models", "list", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    there = {model["name"]: model["there"] for model in shown["models"]}
    assert list(there) == list(read_cards())
    assert [name for name, path in there.items() if path] == ["yolox_nano"]
    assert shown["others"] == [str(home / "models" / "mine.pt")]
    assert main(["models", "list"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in (*read_cards(), "Apache-2.0", "AGPL-3.0", "mine.pt", str(home)))


def test_a_model_is_fetched_once(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(CONTENT) as server:
        card = replace(
            read_cards()["yolox_nano"], url=server.url, bytes=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest()
        )

        def cards() -> dict[str, Card]:
            return {card.name: card}

        monkeypatch.setattr(command, "read_cards", cards)
        assert main(["models", "fetch", "yolox_nano", "--json"]) == 0
        fetched = json.loads(capsys.readouterr().out)
        assert Path(fetched["model"]).read_bytes() == CONTENT
        assert fetched["sha256"] == card.sha256 and "Apache-2.0" in fetched["licence"]
        assert main(["models", "fetch", "yolox_nano"]) == 0
        assert len(server.ranges) == 1
        Path(fetched["model"]).write_bytes(b"spoilt")
        assert main(["models", "fetch", "yolox_nano"]) == 0
        assert Path(fetched["model"]).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("arguments", "status", "fragment"),
    [
        (["fetch"], 2, "needs the name of a model"),
        (["fetch", "yolo3"], 2, "known are yolo26n"),
        (["export", "nothing.pt"], 2, "there is no model file"),
        (["export", "mine.onnx"], 2, "only these need to be exported"),
        (["burn"], 2, "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], status: int, fragment: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "mine.onnx").write_bytes(b"")
    given = [str(home / word) if word == "mine.onnx" else word for word in arguments]
    assert main(["models", *given]) == status
    error = capsys.readouterr().err
    assert fragment in error and error.count("\n") == 1


def test_exporting_without_the_extra_says_which(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ultralytics", None)
    (home / "models").mkdir()
    (home / "models" / "mine.pt").write_bytes(b"")
    assert main(["models", "export", "mine"]) == 3
    assert "needs the gpu extra: run make gpu" in capsys.readouterr().err
