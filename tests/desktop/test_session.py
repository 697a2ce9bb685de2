"""A session: edits, their way into the file, and the file edited by others."""

from __future__ import annotations

import json
import time
from typing import Any

from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.session import Session
from heatmap_gui.services.drafts import Draft
from heatmap_gui.store.site_files import load_site

LONGEST_MS = 10_000


def _rename(name: str, session: Session) -> bool:
    def change(document: dict[str, Any]) -> None:
        document["cameras"][0]["name"] = name

    return session.edit(change, "rename a camera")


def _draft(session: Session) -> Draft:
    assert session.draft is not None
    return session.draft


def _shown(session: Session) -> str:
    return _draft(session).site.cameras[0].name


def test_an_edit_is_in_the_file_within_two_seconds(session: Session, qtbot: QtBot) -> None:
    began = time.monotonic()
    with qtbot.waitSignal(session.saved, timeout=LONGEST_MS) as said:
        assert _rename("Door", session)
    assert time.monotonic() - began < 2 + 1
    assert load_site(_draft(session).path).cameras[0].name == "Door"
    assert said.args is not None
    assert said.args[0].startswith("Saved ")


def test_what_cannot_be_is_refused_in_words(session: Session, qtbot: QtBot) -> None:
    before = session.site
    with qtbot.waitSignal(session.refused) as said:
        assert not session.edit(lambda document: document.update(cameras=5), "break it")
    assert said.args
    assert session.site is before


def test_undo_and_redo_tell_the_screens(session: Session, qtbot: QtBot) -> None:
    first = _shown(session)
    _rename("Door", session)
    with qtbot.waitSignal(session.site_changed):
        session.undo()
    assert _shown(session) == first
    with qtbot.waitSignal(session.site_changed):
        session.redo()
    assert _shown(session) == "Door"
    assert session.save_now() == ""


def test_an_edit_of_the_file_is_shown(session: Session, qtbot: QtBot) -> None:
    path = _draft(session).path
    document = json.loads(path.read_text(encoding="utf-8"))
    document["cameras"][0]["name"] = "By hand"
    with qtbot.waitSignal(session.site_changed, timeout=LONGEST_MS):
        path.write_text(json.dumps(document), encoding="utf-8")
    assert (_shown(session), _draft(session).undoes) == ("By hand", "edit of the file")


def test_a_store_that_cannot_be_opened_leaves_the_one_that_is(session: Session, qtbot: QtBot) -> None:
    before = session.site
    with qtbot.waitSignal(session.trouble, timeout=LONGEST_MS) as said:
        session.open_store("none")
    assert said.args is not None
    assert "no such file" in said.args[0]
    assert session.site is before
