"""Jobs that do nothing: our side does each of them once, and a missing server is a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from heatmap_gui.bench import jobs
from heatmap_gui.cli import main
from heatmap_gui.services.broker import open_broker
from heatmap_gui.store.database import open_database
from tests.servers import RedisServer


def test_our_side_does_each_job_and_shows_it(
    redis: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs._COUNTS, "ours", 30)
    database = open_database("", tmp_path)
    broker = open_broker(redis.url, database.deployment)
    assert jobs._ours(database, broker, 0) > 0 and jobs._ours(database, broker, 1) > 0
    redis.kill()
    with pytest.raises(AssertionError, match=r"refused|closed|reset"):
        jobs._ours(database, broker, 2)
    broker.close()
    database.close()


def test_a_missing_server_is_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["bench", "--json", "--only", "jobs"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert entry["skipped"] == "redis-server is missing: install the server (Debian: redis-server)"
