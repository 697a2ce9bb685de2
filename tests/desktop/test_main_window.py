"""The frame: what is around the screens."""

from __future__ import annotations

from heatmap_gui.desktop.main_window import MainWindow


def test_the_window_names_the_store(window: MainWindow) -> None:
    assert window.session.site is not None
    assert window.minimumWidth() == 1280
