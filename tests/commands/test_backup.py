"""`backup`, `restore` and `erase` from the command line."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from heatmap_gui.cli import main
from heatmap_gui.store import history_reading
from heatmap_gui.store.database import open_database
from tests.store.test_history import START, begin, measured, walked, write

RANGE = ("--from", "2025-12-21T13:58", "--to", "2025-12-21T15:00+01:00")


def test_there_and_back_again_and_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, other, archive = tmp_path / "home", tmp_path / "other", tmp_path / "b.tar.gz"
    database = open_database("", home)
    write(database, begin(database), 0, *measured(walked(minutes=1)))
    database.close()
    (tmp_path / "production.json").write_text('{"api_token": "s3cret"}')
    monkeypatch.setenv("HEATMAP_HOME", str(home))
    assert main(["backup", "--out", str(archive), "--config", str(tmp_path / "production.json")]) == 0
    said = capsys.readouterr().out
    assert "secret.key" in said and "config/production.json" in said
    assert main(["restore", str(archive)]) == 2
    assert "--force" in capsys.readouterr().err
    monkeypatch.setenv("HEATMAP_HOME", str(other))
    assert main(["restore", str(archive), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "sqlite"
    assert json.loads((other / "config/production.json").read_text()) == {"api_token": "***"}
    assert main(["erase", "--store", "s", *RANGE, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["points"] == 1440
    restored = open_database("", other)
    assert list(history_reading.points(restored, "s", "plan", START - 3600, START + 3600)) == []
    restored.close()


@pytest.mark.parametrize(
    "arguments", [["restore", "missing.tar.gz"], ["erase", "--store", "s", "--from", "soon", "--to", "2026-01-01"]]
)
def test_mistakes_are_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_a_configuration_names_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path / "home"))
    config, archive = tmp_path / "conf/production_config.json", tmp_path / "b.tar.gz"
    (config.parent / "sites").mkdir(parents=True)
    (config.parent / "sites/calibration_shop.json").write_text("{}")
    (config.parent / "cameras.yaml").write_text("cameras: []")
    named = {
        "calibration_dir": "sites",
        "cameras_file": "cameras.yaml",
        "database_url": f"sqlite:///{tmp_path}/other.db",
    }
    config.write_text(json.dumps(named))
    assert main(["backup", "--config", str(config), "--out", str(archive)]) == 0
    with tarfile.open(archive) as opened:
        names = set(opened.getnames())
    assert names > {"calibration_data/calibration_shop.json", "config/cameras.yaml", f"config/{config.name}"}
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "home/heatmap.db").exists()
