"""Plans are recognised by their header; what is too large or damaged is refused before it is read."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.services import plan_import
from heatmap_gui.services.plan_import import PlanFile, keep_plan, look_at_plan, read_plan_picture


def png_header(width: int, height: int) -> bytes:
    """The beginning of a picture of that size, without one pixel."""
    fields = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\r" + fields + struct.pack(">I", zlib.crc32(fields))


def write(path: Path, picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Path:
    assert cv2.imwrite(str(path), picture)
    return path


def test_pictures_are_known_by_their_content_not_by_their_name(tmp_path: Path) -> None:
    picture = np.zeros((30, 50, 3), np.uint8)
    jpeg = write(tmp_path / "a.jpg", picture).rename(tmp_path / "plan.pdf")
    png = write(tmp_path / "b.png", picture)
    (tmp_path / "c.png").write_bytes(b"\n%PDF-1.7\n")
    assert look_at_plan(jpeg) == PlanFile(jpeg, "jpeg", 50, 30)
    assert look_at_plan(png) == PlanFile(png, "png", 50, 30)
    assert look_at_plan(tmp_path / "c.png").kind == "pdf"


def test_a_long_comment_before_the_size_of_a_jpeg_is_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpg", np.zeros((30, 50, 3), np.uint8))
    content = path.read_bytes()
    comment = b"\xff\xff\xfe" + struct.pack(">H", 60_002) + b"\xff\xc0" * 30_000
    path.write_bytes(content[:2] + comment + content[2:])
    assert look_at_plan(path) == PlanFile(path, "jpeg", 50, 30)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("huge.png", png_header(20_000, 20_000), "huge.png: 20000x20000 px is too large: a plan may have 64 million"),
        ("plan.pdf", b"no pdf at all", "plan.pdf: not a PDF that can be read: choose a PNG, a JPEG or a PDF"),
        ("plan.gif", b"GIF89a", "plan.gif: not a picture that can be read"),
        ("empty.png", b"", "empty.png: not a picture"),
        ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10", "cut.jpg: a damaged JPEG"),
        ("none.jpg", b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x00\x00\x00", "none.jpg: a damaged JPEG"),
    ],
)
def test_what_cannot_be_a_plan_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        look_at_plan(tmp_path / name)
    assert caught.value.message.startswith(said)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.png"
    with path.open("wb") as file:
        file.write(png_header(100, 100))
        file.truncate(300 << 20)
    with pytest.raises(InputError, match="300 MiB"):
        look_at_plan(path)
    with pytest.raises(InputError, match=r"a folder|cannot be read"):
        look_at_plan(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        look_at_plan(tmp_path / "none.png")


def test_a_picture_that_ends_early_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.png").write_bytes(png_header(100, 100))
    with pytest.raises(InputError, match="damaged or cut off"):
        read_plan_picture(tmp_path / "plan.png")


def test_clear_paper_is_white(tmp_path: Path) -> None:
    drawing = np.zeros((20, 30, 4), np.uint8)
    drawing[5:8, :, 3] = 255
    picture = read_plan_picture(write(tmp_path / "a.png", drawing))
    assert picture.shape == (20, 30, 3)
    assert picture[0, 0].tolist() == [255, 255, 255]
    assert picture[6, 0].tolist() == [0, 0, 0]


def test_grey_pictures_are_read(tmp_path: Path) -> None:
    grey = np.full((20, 30), 200, np.uint8)
    assert read_plan_picture(write(tmp_path / "a.png", grey))[3, 3].tolist() == [200, 200, 200]
    assert cv2.imwrite(str(tmp_path / "b.png"), grey.astype(np.uint16) * 257)
    assert read_plan_picture(tmp_path / "b.png")[3, 3].tolist() == [200, 200, 200]


def test_a_large_picture_is_kept_smaller(tmp_path: Path) -> None:
    picture = read_plan_picture(write(tmp_path / "a.png", np.zeros((10, 2 * plan_import.LONGEST_PX, 3), np.uint8)))
    assert picture.shape == (5, plan_import.LONGEST_PX, 3)


def test_an_earlier_plan_stays(tmp_path: Path) -> None:
    first, second = np.zeros((4, 4, 3), np.uint8), np.ones((4, 4, 3), np.uint8)
    names = [keep_plan(picture, tmp_path, "north") for picture in (first, second, first)]
    assert names == ["plan_north.png", "plan_north_2.png", "plan_north.png"]
    assert (read_plan_picture(tmp_path / names[1]) == second).all()
