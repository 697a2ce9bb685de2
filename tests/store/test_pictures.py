"""Pictures are read in colour, or refused in a line."""

from __future__ import annotations

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
