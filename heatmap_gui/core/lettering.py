"""Text on pictures: OpenCV's stroke font, drawn large and taken down so that it is smooth, with the signs it lacks."""

from __future__ import annotations

import re
import unicodedata

import cv2
import numpy as np

from heatmap_gui.core.palette import bgr
from heatmap_gui.core.types import U1

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_CAP = 21.5  # px of a capital at scale 1
_LARGER = 4
_LACKING = "·²≥-"  # its hyphen is a dash


def text_width(text: str, size: float, bold: bool = False) -> int:
    """Width in px of a line whose capitals are `size` px high."""
    return -(-_write(None, text, 0, size * _LARGER, bold) // _LARGER)


def draw_text(image: U1, text: str, at: tuple[int, int], size: float, colour: str, bold: bool = False) -> None:
    """Writes a line with its left end and base line at x, y; capitals are `size` px high. Cut at the picture's edge."""
    x, y = at
    above, below = int(size * 1.5) + 2, int(size * 0.6) + 2
    mask = np.zeros(((above + below) * _LARGER, (text_width(text, size, bold) + 4) * _LARGER), np.uint8)
    _write(mask, text, above * _LARGER, size * _LARGER, bold)
    small = cv2.resize(mask, None, fx=1 / _LARGER, fy=1 / _LARGER, interpolation=cv2.INTER_AREA)
    top, left = max(y - above, 0), max(x, 0)
    target = image[top : y + below, left : x + small.shape[1]]
    cut = small[top - (y - above) :, left - x :][: target.shape[0], : target.shape[1]]
    share = cut[..., None] / 255.0
    target[:] = np.rint(target * (1 - share) + np.array(bgr(colour)) * share).astype(np.uint8)


def _write(mask: U1 | None, text: str, base: int, size: float, bold: bool) -> int:
    """Draws into the mask, if there is one; returns where the line ends."""
    x, weight = 0, max(1, round(size / (6 if bold else 8.5)))
    for part in re.split(f"([{_LACKING}])", text.replace("\u2212", "-")):
        if part == "²":
            x += _strokes(mask, "2", (x, round(base - 0.45 * size)), 0.6 * size, max(1, round(0.75 * weight)))
        elif part == "≥":
            end = x + _strokes(mask, ">", (x, round(base - 0.1 * size)), size, weight)
            if mask is not None:
                y = base + round(0.1 * size)
                cv2.line(mask, (x + weight, y), (end - weight, y), 255, weight, cv2.LINE_AA)
            x = end
        elif part == "-":
            if mask is not None:
                y = round(base - 0.36 * size)
                cv2.line(mask, (x + round(0.04 * size), y), (x + round(0.36 * size), y), 255, weight, cv2.LINE_AA)
            x += round(0.48 * size)
        elif part == "·":
            if mask is not None:
                cv2.circle(mask, (x + round(0.25 * size), round(base - 0.4 * size)), weight, 255, -1, cv2.LINE_AA)
            x += round(0.5 * size)
        elif part:
            x += _strokes(mask, _plain(part), (x, base), size, weight)
    return x


def _strokes(mask: U1 | None, text: str, at: tuple[int, int], size: float, weight: int) -> int:
    if mask is not None:
        cv2.putText(mask, text, at, _FONT, size / _CAP, 255, weight, cv2.LINE_AA)
    return int(cv2.getTextSize(text, _FONT, size / _CAP, weight)[0][0])


def _plain(text: str) -> str:
    """Letters without their accents; what is still not ASCII becomes a question mark."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.encode("ascii", "replace").decode()
