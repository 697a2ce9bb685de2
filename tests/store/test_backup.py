"""A backup holds one state, taken while others write, and no secrets; it comes back whole or not at all."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from heatmap_gui.core.errors import InputError
from heatmap_gui.loops import Loops
from heatmap_gui.store.backup import backup, without_secrets
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.restore import restore
from heatmap_gui.store.tables import METADATA
from tests.store.conftest import empty
from tests.store.test_history import CROSSING, START, VISIT, begin, measured, walked, write

CONFIG = """{"rtsp_url": "rtsp://admin:s3cret-1@10.0.0.5/1", "api_token": "s3cret-2", "password": "env:DOOR",
"other": "rtsp://admin:env:DOOR@10.0.0.6/1", "webhook_url": "https://example.com/token", "redis_password": 's3cret-3'}
smtp_password: s3cret-4
"""


def filled(database: Database) -> None:
    (bucket,) = measured(walked(minutes=1))
    write(database, begin(database), 0, replace(bucket, visits=(VISIT,), crossings=(CROSSING,)))


def content(database: Database) -> dict[str, list[Any]]:
    with database.read() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
                if row[0] != "clean"
            ]
            for table in METADATA.sorted_tables
        }


def again(database: Database, folder: Path, archive: Path) -> tuple[Database, str]:
    """The archive restored into another home, or the same server emptied."""
    url = "" if database.sqlite else database.engine.url.render_as_string(hide_password=False)
    if url:
        database.close()
        empty(url.replace("+psycopg", ""))
    restore(archive, url, folder / "new", force=False)
    return open_database(url, folder / "new"), url


def test_what_is_backed_up_comes_back(database: Database, tmp_path: Path) -> None:
    filled(database)
    before = content(database)
    (tmp_path / "config.json").write_text(CONFIG)
    (tmp_path / "plan.png").write_bytes(b"\x89PNG\xff")
    files = {"config/c.json": tmp_path / "config.json", "calibration_data/plan.png": tmp_path / "plan.png"}
    archive = tmp_path / "b.tar.gz"
    manifest = backup(database, files, archive, START)
    assert manifest["masked"] == ["config/c.json"]
    assert b"s3cret" not in gzip.decompress(archive.read_bytes())
    restored, url = again(database, tmp_path, archive)
    assert content(restored) == before
    assert (tmp_path / "new/calibration_data/plan.png").read_bytes() == b"\x89PNG\xff"
    filled(restored)  # new rows get new numbers
    restored.close()
    for name in ("config/c.json", "calibration_data/plan.png"):
        (tmp_path / "new" / name).unlink()
    with pytest.raises(InputError, match="--force"):
        restore(archive, url, tmp_path / "new", force=False)
    restore(archive, url, tmp_path / "new", force=True)
    restored = open_database(url, tmp_path / "new")
    assert content(restored) == before
    restored.close()


def test_a_backup_shows_one_state_while_others_write(database: Database, tmp_path: Path) -> None:
    (bucket,) = measured(walked(minutes=0.2))
    run_id = begin(database)
    parts = 0

    def writing(stopping: Any) -> None:
        nonlocal parts
        while not stopping.is_set():
            write(database, run_id, parts, replace(bucket, visits=(VISIT,) * 3, crossings=(CROSSING,)))
            parts += 1

    loops = Loops()
    loops.start("writing", writing)
    try:
        while parts < 2:
            pass
        backup(database, {}, tmp_path / "b.tar.gz", START)
    finally:
        loops.stop()
    restored, _ = again(database, tmp_path, tmp_path / "b.tar.gz")
    found = content(restored)
    restored.close()
    written = {row[4] for row in found["tracks"]}
    assert 2 <= len(written) < parts + 1
    assert len(found["visits"]) == 3 * len(written) == 3 * len(found["crossings"])


def rewritten(archive: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with tarfile.open(archive) as old:
        members = [(member.name, file.read()) for member in old if (file := old.extractfile(member))]
    with tarfile.open(archive, "w:gz") as new:
        for name, data in members:
            if (changed := change(name, data)) is not None:
                info = tarfile.TarInfo(name)
                info.size = len(changed)
                new.addfile(info, io.BytesIO(changed))


def newer(name: str, data: bytes) -> bytes:
    return json.dumps(json.loads(data) | {"schema": "r9999_future"}).encode() if name == "manifest.json" else data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, data: data[:-1] + b"x" if name == "config/c" else data, "config/c is damaged"),
        (lambda name, data: None if name == "config/c" else data, "config/c is missing"),
        (lambda name, data: None if name == "manifest.json" else data, "no manifest"),
        (lambda name, data: data.replace(b'"config/c"', b'"other"') if name == "manifest.json" else data, "not belong"),
        (lambda name, data: b"{" if name == "manifest.json" else data, "not a whole backup"),
        (newer, "newer"),
    ],
)
def test_a_bad_archive_touches_nothing(tmp_path: Path, change: Callable[[str, bytes], bytes | None], said: str) -> None:
    database = open_database("", tmp_path)
    (tmp_path / "c").write_text("text")
    backup(database, {"config/c": tmp_path / "c"}, tmp_path / "b.tar.gz", START)
    database.close()
    rewritten(tmp_path / "b.tar.gz", change)
    with pytest.raises(InputError, match=said):
        restore(tmp_path / "b.tar.gz", "", tmp_path / "new", force=True)
    assert not (tmp_path / "new").exists()


def test_a_database_in_use_or_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    backup(database, {}, tmp_path / "b.tar.gz", START)
    with pytest.raises(InputError, match="in use"):
        restore(tmp_path / "b.tar.gz", "", tmp_path, force=True)
    database.close()
    with pytest.raises(InputError, match="another kind"):
        restore(tmp_path / "b.tar.gz", "postgresql://nobody@127.0.0.1:1/none", tmp_path / "new", force=True)
    (tmp_path / "b.tar.gz").write_bytes((tmp_path / "b.tar.gz").read_bytes()[:-200])
    with pytest.raises(InputError, match="not a whole backup"):
        restore(tmp_path / "b.tar.gz", "", tmp_path, force=True)


def test_only_what_is_secret_is_masked() -> None:
    clean = without_secrets(CONFIG)
    assert "s3cret" not in clean and clean.count("***") == 4
    for kept in ('"env:DOOR"', "rtsp://admin:env:DOOR@10.0.0.6/1", "https://example.com/token", "rtsp://admin:***@"):
        assert kept in clean
