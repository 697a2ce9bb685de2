"""Which URL opens what, and that no message shows a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.vision.sources import open_source
from heatmap_gui.vision.sources.address import Address
from tests.vision.sources.clips import noise, write_clip


@pytest.mark.parametrize("url", ["", "ftp://server/clip.mp4", "rtsq://camera/1"])
def test_an_unknown_kind_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        open_source("1", url)


def test_relative_paths_start_at_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_clip(tmp_path / "a clip #1.mp4", [noise(0)] * 3)
    monkeypatch.chdir(tmp_path)
    for url in (path.name, str(path)):
        source = open_source("1", url)
        assert isinstance(source, Source)
        source.close()


def test_a_synthetic_store_is_a_source() -> None:
    source = open_source("till", "synthetic:store?seed=1&camera=1")
    assert source.grab() == (0, 0)
    assert source.retrieve().camera == "till"
    source.close()


def test_a_webcam_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(UnavailableError, match="webcam 97"):
        open_source("1", "97")


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://user:secret@host:554/live",
        "rtsp://user:secret/secret@host:554/live",
        "rtsp://user:se?cret@secret@host:554/live?password=secret",
        "rtsp://host:554/live?user=user&password=secret",
    ],
)
def test_the_form_for_people_has_no_credentials(url: str) -> None:
    assert Address("1", url).shown == "rtsp://host:554/live"
