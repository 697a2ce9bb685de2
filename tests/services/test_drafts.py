"""A site under edit: what is written, what is kept, what somebody else wrote into the file."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.services.drafts import Draft
from heatmap_gui.store.site_files import load_site, versions
from tests.core.site_documents import version_2

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "calibration_shop.json"
    file.write_text(json.dumps(version_2()), encoding="utf-8")
    return file


def _rename(name: str, draft: Draft, joins: str = "") -> None:
    def change(document: dict[str, Any]) -> None:
        document["cameras"][0]["name"] = name

    draft.edit(change, "rename a camera", joins)


def _named(path: Path) -> str:
    return load_site(path).cameras[0].name


def _written_outside(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000_000))


def test_an_edit_is_in_the_site_at_once_and_in_the_file_when_written(path: Path) -> None:
    draft = Draft(path)
    before = draft.site
    _rename("Lobby", draft)
    assert (draft.site.cameras[0].name, draft.dirty, draft.undoes) == ("Lobby", True, "rename a camera")
    assert before.cameras[0].name != "Lobby"
    assert _named(path) != "Lobby"
    draft.pending(NOW)()
    assert (_named(path), draft.dirty) == ("Lobby", False)
    assert json.loads(path.read_text(encoding="utf-8"))["metadata"]["created_at"] == "2026-03-04T12:00:00"


def test_undone_and_redone(path: Path) -> None:
    draft = Draft(path)
    before = draft.document
    for name in ("L", "Lo", "Lobby"):
        _rename(name, draft, "typing")
    draft.part()
    _rename("Gate", draft, "typing")
    assert draft.undo()
    assert draft.site.cameras[0].name == "Lobby"
    assert draft.undo()
    assert (draft.document, draft.site.cameras[0].name, draft.dirty) == (before, "Door", False)
    assert not draft.undo()
    assert draft.redo()
    assert draft.site.cameras[0].name == "Lobby"


def test_what_is_no_site_is_not_taken(path: Path) -> None:
    draft = Draft(path)
    before = draft.site
    with pytest.raises(InputError):
        draft.edit(lambda document: document.update(cameras="many"), "break it")
    assert (draft.site, draft.dirty, draft.undoes) == (before, False, "")


def test_an_old_file_and_one_asked_for_become_versions(path: Path) -> None:
    draft = Draft(path)
    old = path.read_text(encoding="utf-8")
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    _rename("A", draft)
    draft.pending(written + timedelta(minutes=1))()
    assert versions(path) == []
    _rename("B", draft)
    draft.pending(written + timedelta(minutes=30))()
    draft.pending(written + timedelta(minutes=31), version=True)()
    assert sorted(json.loads(v.read_text(encoding="utf-8"))["cameras"][0]["name"] for v in versions(path)) == ["A", "B"]
    assert old != path.read_text(encoding="utf-8")


def test_an_older_state_never_overwrites_a_newer_one(path: Path) -> None:
    draft = Draft(path)
    _rename("older", draft)
    late = draft.pending(NOW)
    _rename("newer", draft)
    draft.pending(NOW)()
    late()
    assert (_named(path), draft.dirty) == ("newer", False)


def test_own_writes_are_nobody_elses(path: Path) -> None:
    draft = Draft(path)
    _rename("Lobby", draft)
    draft.pending(NOW)()
    assert draft.outside() is None


def test_what_follows_an_own_write_at_once_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(path)
    _rename("Lobby", draft)
    replace = Path.replace

    def overtaken(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        _written_outside(target, "{")
        return moved

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", overtaken)
        draft.pending(NOW)()
    with pytest.raises(InputError, match=path.name):
        draft.outside()


def test_an_edit_of_the_file_is_one_step(path: Path) -> None:
    draft = Draft(path)
    document = version_2()
    document["cameras"][0]["name"] = "By hand"
    _written_outside(path, json.dumps(document))
    taken = draft.outside()
    assert taken is not None
    draft.take(taken)
    assert (draft.site.cameras[0].name, draft.dirty, draft.undoes) == ("By hand", False, "edit of the file")
    assert draft.outside() is None
    draft.undo()
    assert draft.dirty


@pytest.mark.parametrize("nonsense", ["{", "", "[]", '{"cameras": 5}', "\x00\x01"])
def test_nonsense_in_the_file_is_said_once_and_kept_as_a_version(path: Path, nonsense: str) -> None:
    draft = Draft(path)
    before = draft.site
    _written_outside(path, nonsense)
    with pytest.raises(InputError, match=path.name):
        draft.outside()
    assert draft.outside() is None
    assert draft.site == before
    _rename("Lobby", draft)
    draft.pending(NOW)()
    assert _named(path) == "Lobby"
    [kept] = versions(path)
    assert kept.read_text(encoding="utf-8") == nonsense


def test_a_full_disk_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(path)
    old = path.read_bytes()
    _rename("Lobby", draft)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("heatmap_gui.store.files.os.fsync", full)
        with pytest.raises(UnavailableError, match="no space left"):
            draft.pending(NOW)()
    assert (path.read_bytes(), draft.dirty) == (old, True)
    draft.pending(NOW)()
    assert _named(path) == "Lobby"


def test_a_folder_that_is_gone_is_said_and_written_when_it_is_back(path: Path) -> None:
    draft = Draft(path)
    _rename("Lobby", draft)
    shutil.rmtree(path.parent)
    with pytest.raises(InputError, match="cannot be written"):
        draft.pending(NOW)()
    path.parent.mkdir()
    draft.pending(NOW)()
    assert _named(path) == "Lobby"


def test_a_file_that_is_removed_is_said_once_and_written_again(path: Path) -> None:
    draft = Draft(path)
    path.unlink()
    assert draft.outside() is None, "it may come back at once"
    with pytest.raises(UnavailableError, match="was removed: what you see here stays"):
        draft.outside()
    assert draft.outside() is None
    assert draft.dirty
    draft.pending(NOW)()
    assert (_named(path), draft.dirty) == ("Door", False)
    path.unlink()
    draft.outside()
    with pytest.raises(UnavailableError, match="was removed"):
        draft.outside()
