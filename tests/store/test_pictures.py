"""Pictures are read in colour, or refused in a line."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.store.pictures import read_picture


def test_a_grey_picture_with_any_name_is_read_as_colour(tmp_path: Path) -> None:
    path = tmp_path / "Lageplan Süd.png"
    path.write_bytes(cv2.imencode(".png", np.full((4, 6), 77, np.uint8))[1].tobytes())
    picture = read_picture(path)
    assert picture.shape == (4, 6, 3)
    assert (picture == 77).all()


@pytest.mark.parametrize(("content", "said"), [(None, "No such file"), (b"", "not a picture"), (b"GIF?", "not a pic")])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "plan.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_picture(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="devices and pipes are files here alone")
def test_what_has_no_end_is_not_begun(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), tmp_path / "pipe", tmp_path):
        with pytest.raises(InputError, match="not a file"):
            read_picture(path)


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/plan.png", "file:///etc/hostname", "//10.0.0.5/share/a.png"]
)
def test_an_address_is_the_name_of_a_file_that_is_not_there(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a site file would bring it: nothing is fetched."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(InputError, match="No such file"):
        read_picture(tmp_path / address)
