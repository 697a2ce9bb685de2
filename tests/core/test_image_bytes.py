"""Pictures by their bytes: what they are, how large they would become, and what they show."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.image_bytes import MOST_BYTES, MOST_PIXELS, ImageHeader, decode, read_header
from heatmap_gui.core.types import U1

FORMATS = {".jpg": "jpeg", ".png": "png", ".webp": "webp", ".bmp": "bmp", ".gif": "gif"}
BLUE, RED = (200, 20, 20), (20, 20, 200)


def halves(width: int = 60, height: int = 40) -> U1:
    """Blue on the left, red on the right."""
    image = np.full((height, width, 3), BLUE, np.uint8)
    image[:, width // 2 :] = RED
    return image


def encoded(image: U1, suffix: str = ".png", *parameters: int) -> bytes:
    return cv2.imencode(suffix, image, list(parameters))[1].tobytes()


def png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG of one grey that says to have this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b""))
    parts = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_is_known_by_its_content(suffix: str) -> None:
    content = encoded(halves(), suffix)
    header = read_header(content)
    assert header == ImageHeader(FORMATS[suffix], 60, 40)
    picture = decode(content, header, 640)
    assert picture.size == (60, 40) and picture.image.shape == (40, 60, 3)
    assert np.abs(picture.image[20, [10, 50]].astype(int) - (BLUE, RED)).max() <= 40


@pytest.mark.parametrize("quality", [80, 101])  # lossy, and above 100 without loss
def test_both_kinds_of_webp(quality: int) -> None:
    content = encoded(halves(301, 77), ".webp", cv2.IMWRITE_WEBP_QUALITY, quality)
    assert read_header(content) == ImageHeader("webp", 301, 77)


def test_webp_with_transparency_says_its_canvas() -> None:
    image = np.dstack([halves(33, 21), np.full((21, 33), 128, np.uint8)])
    assert read_header(encoded(image, ".webp")) == ImageHeader("webp", 33, 21)


@pytest.mark.parametrize(
    "image",
    [
        halves().astype(np.uint16) * 257,
        np.dstack([halves(), np.full((40, 60), 255, np.uint8)]),
        np.dstack([halves().astype(np.uint16) * 257, np.full((40, 60), 65535, np.uint16)]),
    ],
    ids=["16 bits", "alpha", "16 bits and alpha"],
)
def test_more_bits_and_transparency_become_colours(image: U1) -> None:
    content = encoded(image)
    assert np.array_equal(decode(content, read_header(content), 640).image, halves())


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_grey_becomes_three_equal_colours(dtype: type) -> None:
    grey: NDArray[Any] = (np.arange(60 * 40).reshape(40, 60) % 256 * (257 if dtype is np.uint16 else 1)).astype(dtype)
    content = cv2.imencode(".png", grey)[1].tobytes()
    image = decode(content, read_header(content), 640).image
    assert (image == (np.arange(60 * 40).reshape(40, 60) % 256)[..., None]).all()


def turned_jpeg(orientation: int) -> bytes:
    """The picture with the note of a camera that was turned."""
    content = encoded(halves(), ".jpg")
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
    segment = b"Exif\x00\x00" + tiff
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + content[2:]


@pytest.mark.parametrize(("orientation", "blue"), [(1, "left"), (3, "right"), (6, "top"), (8, "bottom")])
@pytest.mark.parametrize("enough_px", [640, 25])
def test_a_turned_picture_is_upright(orientation: int, blue: str, enough_px: int) -> None:
    content = turned_jpeg(orientation)
    picture = decode(content, read_header(content), enough_px)
    height, width = picture.image.shape[:2]
    assert picture.size == ((40, 60) if blue in ("top", "bottom") else (60, 40))
    assert (width > height) == (blue in ("left", "right"))
    row, column = {"left": (0.5, 0.1), "right": (0.5, 0.9), "top": (0.1, 0.5), "bottom": (0.9, 0.5)}[blue]
    assert picture.image[int(row * height), int(column * width)].argmax() == 0


@pytest.mark.parametrize(("width", "rows"), [(1279, 1279), (1280, 640), (2561, 641), (8000, 1000)])
def test_a_large_picture_is_read_smaller_and_keeps_its_size(width: int, rows: int) -> None:
    content = encoded(halves(width, 100), ".jpg")
    picture = decode(content, read_header(content), 640)
    assert picture.size == (width, 100) and picture.image.shape[1] == rows


@pytest.mark.parametrize("content", [b"", b"\xff", b"<svg/>", b"II*\x00\x08\x00", b"\x00" * 40, b"BMxx", b"GIF89a"])
def test_what_is_no_image_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"JPEG, PNG, WebP, BMP and GIF|says no size"):
        read_header(content)


@given(st.sampled_from(sorted(FORMATS)), st.data())
def test_a_damaged_image_is_refused_or_read(suffix: str, data: st.DataObject) -> None:
    """Bytes changed and the end cut off: an error in words, or a picture of the size that the header says."""
    content = bytearray(encoded(halves(), suffix))
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 255)), max_size=4)):
        content[min(at, len(content) - 1)] = value
    cut = bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        header = read_header(cut)
        picture = decode(cut, header, 640)
    except InputError:
        return
    assert sorted(picture.size) == sorted((header.width, header.height))


def test_too_many_bytes_and_scans_are_refused() -> None:
    with pytest.raises(InputError, match="more than 16 MiB"):
        read_header(encoded(halves()) + bytes(MOST_BYTES))
    with pytest.raises(InputError, match="scans"):
        read_header(encoded(halves(), ".jpg") + b"\xff\xda" * 101)
    with pytest.raises(InputError, match="says no size"):
        read_header(b"\xff\xd8" + b"\xff\xe1\x00\x02" * 2000)


def bombs() -> dict[str, bytes]:
    """A few bytes that ask for gigabytes."""
    side = 30_000
    jpeg = bytearray(encoded(halves(), ".jpg"))
    struct.pack_into(">HH", jpeg, jpeg.index(b"\xff\xc0") + 5, side, side)
    bmp = bytearray(encoded(halves(), ".bmp"))
    struct.pack_into("<ii", bmp, 18, side, -side)
    gif = bytearray(encoded(halves(), ".gif"))
    struct.pack_into("<HH", gif, 6, side, side)
    canvas = struct.pack("<I", side - 1)[:3]
    webp = b"RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00" + canvas + canvas
    return {
        "png": png(side, side, bytes(side)),
        "jpeg": bytes(jpeg),
        "bmp": bytes(bmp),
        "gif": bytes(gif),
        "webp": webp,
    }


@pytest.mark.parametrize("name", bombs())
def test_bombs_are_refused_by_their_header(name: str) -> None:
    with pytest.raises(InputError, match="30000 x 30000 px: at most 40 million"):
        read_header(bombs()[name])


_PROBE = """
import resource, sys
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.image_bytes import decode, read_header
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # whoever writes to a file is killed
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    content = open(path, "rb").read()
    try:
        decode(content, read_header(content), 640)
    except InputError:
        pass
sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are Linux's")
def test_bombs_take_no_memory_and_nothing_is_written(tmp_path: Path) -> None:
    """In a process that may not write a byte to a file, and whose growth is read."""
    images = {f"{name}.bomb": content for name, content in bombs().items()}
    images |= {f"good{suffix}": encoded(halves(2000, 1000), suffix) for suffix in FORMATS}
    images["largest.jpg"] = encoded(np.zeros((MOST_PIXELS // 8000, 8000, 3), np.uint8), ".jpg")
    for name, content in images.items():
        (tmp_path / name).write_bytes(content)
    paths = sorted(str(path) for path in tmp_path.iterdir())
    command = [sys.executable, "-c", _PROBE, *paths]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"TMPDIR": str(tmp_path)}, check=True)
    assert int(done.stderr.split()[-1]) < 64 << 10  # KiB
