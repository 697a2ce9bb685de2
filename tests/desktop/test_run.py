"""The start: a data folder that cannot be, a display that does not answer, the demo store."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.desktop import run
from heatmap_gui.store.site_files import load_site


def test_a_data_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="set HEATMAP_HOME to a folder of yours"):
        run._make_home(tmp_path / "file" / "home")


@pytest.mark.skipif(sys.platform != "linux", reason="X servers are Linux's")
def test_a_display_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(UnavailableError, match=r"no display: :4711|no window"):
        run._check_display()


def test_the_demo_store_is_a_copy_that_may_be_edited(tmp_path: Path) -> None:
    assert run.install_demo(tmp_path) == "demo"
    path = tmp_path / "calibration_demo.json"
    site = load_site(path)
    assert site.floor.plan_path == tmp_path / "plan_demo.png"
    assert site.floor.plan_path.is_file()
    path.write_text(path.read_text(encoding="utf-8").replace('"Entrance"', '"Door"'), encoding="utf-8")
    run.install_demo(tmp_path)
    assert '"Door"' in path.read_text(encoding="utf-8")
