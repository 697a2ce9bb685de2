"""A floor plan that somebody brings: what it is by its first bytes, and the picture that the site keeps of it.

Sources: PNG (W3C, 3rd edition) 5.2 and 11.2.1; JPEG, ITU-T T.81 B.1 and B.2.2; PDF, ISO 32000-1 7.5.2.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO, Literal

import cv2
import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import U1
from heatmap_gui.store.files import write_atomically

MOST_PX = 64_000_000  # of a picture: what is more costs gigabytes to look at
LONGEST_PX = 2400  # of the picture that is kept: 2 cm a pixel on a floor of 50 m, and drawn without a stall
_MOST_BYTES = 256 << 20
_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
_PDF_WITHIN = 1024  # bytes: readers forgive so many before the header
# start of frame: all of C0 to CF but tables (C4), a reserved one (C8) and arithmetic conditioning (CC)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEGMENTS = 1000


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a file says that it is. width, height: px, as stored; 0 for a PDF, whose pages have sizes of their own."""

    path: Path
    kind: Literal["png", "jpeg", "pdf"]
    width: int = 0
    height: int = 0


def look_at_plan(path: Path) -> PlanFile:
    """Reads the header alone. Raises InputError in one line for what cannot be a plan."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            found = _header(path, file)
    except IsADirectoryError:
        raise InputError(f"{path.name}: a folder: choose a PNG, a JPEG or a PDF") from None
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}: check the path") from None
    if size > _MOST_BYTES:
        raise InputError(f"{path.name}: {size >> 20} MiB: a plan may have {_MOST_BYTES >> 20} MiB: export it smaller")
    if found.width * found.height > MOST_PX:
        raise InputError(
            f"{path.name}: {found.width}x{found.height} px is too large: a plan may have"
            f" {MOST_PX // 1_000_000} million px, such as 8000x8000: export it smaller"
        )
    return found


def _header(path: Path, file: BinaryIO) -> PlanFile:
    start = file.read(_PDF_WITHIN)
    if start.startswith(_PNG) and start[12:16] == b"IHDR" and len(start) >= 24:
        width, height = struct.unpack(">II", start[16:24])
        return PlanFile(path, "png", width, height)
    if start.startswith(_JPEG):
        width, height = _jpeg_size(path, file)
        return PlanFile(path, "jpeg", width, height)
    if _PDF in start:
        return PlanFile(path, "pdf")
    said = "PDF" if path.suffix.lower() == ".pdf" else "picture"
    raise InputError(f"{path.name}: not a {said} that can be read: choose a PNG, a JPEG or a PDF")


def _jpeg_size(path: Path, file: BinaryIO) -> tuple[int, int]:
    """Width, height in px: goes from segment to segment until the one that says it."""
    file.seek(2)
    for _ in range(_SEGMENTS):
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            break
        marker, length = head[1], int.from_bytes(head[2:])
        if marker == 0xFF:  # a fill byte before the marker
            file.seek(-3, 1)
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", file.read(5)[1:].ljust(4, b"\0"))
            if width and height:
                return width, height
            break
        file.seek(length - 2, 1)
    raise InputError(f"{path.name}: a damaged JPEG: open it in a picture program and save it again")


def read_plan_picture(path: Path) -> U1:
    """A PNG or JPEG as (height, width, 3) BGR, upright, on white where it is transparent, at most LONGEST_PX long.

    Raises InputError for what cannot be a plan, before it is read whole.
    """
    found = look_at_plan(path)
    if found.kind == "pdf":
        raise InputError(f"{path.name}: a PDF has pages, not a picture: choose a page of it")
    try:
        content = np.fromfile(path, np.uint8)
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}: check the disk that it is on") from None
    how = cv2.IMREAD_UNCHANGED if found.kind == "png" else cv2.IMREAD_COLOR  # only that turns by what EXIF says
    picture = cv2.imdecode(content, how)
    if picture is None:
        raise InputError(f"{path.name}: damaged or cut off: open it in a picture program and save it again")
    return _reduced(on_white(np.asarray(picture)))


def on_white(picture: U1) -> U1:
    """Grey, BGR or BGRA of 8 or 16 bits as (height, width, 3) BGR, white where it is transparent."""
    if picture.dtype == np.uint16:
        picture = (picture // 257).astype(np.uint8)
    if picture.ndim == 2:
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8)
    if picture.shape[2] == 3:
        return picture
    covered = picture[..., 3:].astype(np.uint16)
    return ((picture[..., :3] * covered + 255 * (255 - covered)) // 255).astype(np.uint8)


def _reduced(picture: U1) -> U1:
    height, width = picture.shape[:2]
    factor = LONGEST_PX / max(height, width)
    if factor >= 1:
        return picture
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def keep_plan(picture: U1, folder: Path, store: str) -> str:
    """Writes a picture (height, width, 3) BGR beside the site file -> its name. An earlier plan's file stays: an edit
    that brings it back may be undone to. Raises InputError and UnavailableError when it cannot be written.
    """
    done, encoded = cv2.imencode(".png", picture)
    assert done, "any picture has a PNG"
    content = encoded.tobytes()
    for number in count(1):
        path = folder / (f"plan_{store}.png" if number == 1 else f"plan_{store}_{number}.png")
        if not path.exists():
            write_atomically(path, content)
            return path.name
        if path.read_bytes() == content:
            return path.name
    raise AssertionError("numbers do not end")
