"""One instance a data folder, as functions of one process; tests/end_to_end/test_console_raised.py has two."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.only_one import only_one


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    raised: list[int] = []
    (tmp_path / "elsewhere").mkdir()
    first = only_one(tmp_path, lambda: raised.append(1))
    assert first is not None
    for starts in range(1, 40):  # more than a server keeps waiting
        assert only_one(tmp_path / "." / "x" / "..", lambda: None) is None
        qtbot.waitUntil(lambda starts=starts: len(raised) == starts)  # type: ignore[misc]
    elsewhere = only_one(tmp_path / "elsewhere", lambda: None)
    assert elsewhere is not None
    elsewhere.close()
    first.close()
    again = only_one(tmp_path, lambda: None)
    assert again is not None
    again.close()
