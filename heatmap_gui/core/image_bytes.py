"""A picture that somebody sent, as bytes: what it is by its content, how large it would become, and its pixels.

The header is read before anything is decoded, so that a few bytes cannot ask for gigabytes. Layouts: ITU-T T.81 (JPEG),
PNG 3rd edition (W3C), RFC 9649 (WebP), GIF89a, and Microsoft's BITMAPINFOHEADER (BMP).
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import U1

MOST_BYTES = 16 << 20
MOST_PIXELS = 40_000_000
_MOST_SEGMENTS = 1000  # of a JPEG before its size is said
_MOST_SCANS = 100  # of a JPEG; each costs as much as a picture
_REDUCED = {8: cv2.IMREAD_REDUCED_COLOR_8, 4: cv2.IMREAD_REDUCED_COLOR_4, 2: cv2.IMREAD_REDUCED_COLOR_2}
_TAKEN = "JPEG, PNG, WebP, BMP and GIF are taken"
_START_OF_FRAME = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """format: jpeg, png, webp, bmp or gif. width, height: px as stored; a camera that was held upright may have noted
    that they are to be turned.
    """

    format: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """image: (rows, columns, 3) uint8 BGR, upright, perhaps smaller than it was sent. size: width, height px it had."""

    image: U1
    size: tuple[int, int]


def read_header(content: bytes) -> ImageHeader:
    """What the bytes say they are, within the limits. Raises InputError where they are none, or ask for too much."""
    if not content:
        raise InputError(f"the image is empty: {_TAKEN}")
    if len(content) > MOST_BYTES:
        raise InputError(f"the image has more than {MOST_BYTES >> 20} MiB: send a smaller one")
    found = next((name for name, (begins, _) in _FORMATS.items() if begins(content)), None)
    if found is None:
        raise InputError(f"the content is no image that is known here: {_TAKEN}")
    try:
        width, height = _FORMATS[found][1](content)
    except (struct.error, IndexError):
        width = height = 0
    if width < 1 or height < 1:
        raise InputError(f"the {found} image says no size: it is damaged, send it again")
    if width * height > MOST_PIXELS:
        raise InputError(
            f"the image is {width} x {height} px: at most {MOST_PIXELS // 1_000_000} million pixels are taken"
        )
    if found == "jpeg" and content.count(b"\xff\xda") > _MOST_SCANS:
        raise InputError(f"the JPEG image has more than {_MOST_SCANS} scans: save it again as a usual one")
    return ImageHeader(found, width, height)


def decode(content: bytes, header: ImageHeader, enough_px: int) -> Picture:
    """The picture's first frame in 8 bits, upright, without transparency; where it is much larger than `enough_px` on
    its longer side it is read at a half, a quarter or an eighth. Raises InputError when it is damaged.
    """
    width, height = header.width, header.height
    times = next((times for times in _REDUCED if max(width, height) >= times * enough_px), 1)
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), _REDUCED.get(times, cv2.IMREAD_COLOR))
    except cv2.error:
        image = None
    if image is None:
        raise InputError(f"the {header.format} image cannot be read: it is damaged, send it again")
    turned = (image.shape[0] > image.shape[1]) != (height > width) and image.shape[0] != image.shape[1]
    return Picture(np.asarray(image, np.uint8), (height, width) if turned else (width, height))


def _jpeg(content: bytes) -> tuple[int, int]:
    """Of the first frame's header, segment by segment."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        length, _, height, width = struct.unpack_from(">HBHH", content, at + 1)
        if marker in _START_OF_FRAME:
            return width, height
        at += 1 + length
    return 0, 0


def _png(content: bytes) -> tuple[int, int]:
    kind, width, height = struct.unpack_from(">4sII", content, 12)
    return (width, height) if kind == b"IHDR" else (0, 0)


def _webp(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        sides = struct.unpack_from("<HBHB", content, 24)
        return sides[0] + (sides[1] << 16) + 1, sides[2] + (sides[3] << 16) + 1
    return 0, 0


def _gif(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _bmp(content: bytes) -> tuple[int, int]:
    if struct.unpack_from("<I", content, 14)[0] < 40:
        return 0, 0
    width, height = struct.unpack_from("<ii", content, 18)
    return width, abs(height)  # negative: the rows begin at the top


_FORMATS: dict[str, tuple[Callable[[bytes], bool], Callable[[bytes], tuple[int, int]]]] = {
    "jpeg": (lambda c: c.startswith(b"\xff\xd8\xff"), _jpeg),
    "png": (lambda c: c.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    "webp": (lambda c: c.startswith(b"RIFF") and c[8:12] == b"WEBP", _webp),
    "gif": (lambda c: c.startswith((b"GIF87a", b"GIF89a")), _gif),
    "bmp": (lambda c: c.startswith(b"BM"), _bmp),
}
