"""Colours: the two themes, and colour maps whose steps look equal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import cv2
import numpy as np

from heatmap_gui.core.types import F8, U1

ALPHA_MAX = 0.94
_OPAQUE_FROM = 0.05  # of full scale: below it heat fades into the plan

# Anchors at equal steps of lightness: more is farther from the background.
_ANCHORS = {
    "ember": (
        "14112E 21164B 341967 4D1E7C 6A2085 882183 A41D76 BC2063 D13150 E24740 F0602C F87C21 FC9927 FDB431 FCCF4E "
        "FAE784 FBF7BC"
    ),
    "paper": (
        "FDFBEA FBEFBA FBDC8B FEC560 FEAE44 FE9424 F87A1D EF6025 E14732 D03340 B9244B A11A54 88165C 6D1560 53145B "
        "3A124F 240F3E"
    ),
}
# The same for differences: less, no change (the floor's colour), more.
_DIVERGING = {
    "dusk": (
        "98DBFF 63C4FE 35AAF6 2B8BDA 226EBA 215593 1E3F6A 1B2B41 1A1918 3B2515 603111 85400B AA510C CD670B EA8407 "
        "FAA83A FECB73"
    ),
    "dawn": (
        "0F3277 07499A 0864B5 247FC9 459BDA 6DB4E5 99CBED C6E1F4 F5F3F0 F0DCBE EAC08B E7A15A DE8036 C96325 B14716 "
        "933312 712614"
    ),
}
_FROM_OPENCV = {
    "viridis": cv2.COLORMAP_VIRIDIS,
    "inferno": cv2.COLORMAP_INFERNO,
    "magma": cv2.COLORMAP_MAGMA,
    "plasma": cv2.COLORMAP_PLASMA,
}
THEMED = tuple(_ANCHORS)  # ours: for the dark theme, for the light one
DIVERGING = tuple(_DIVERGING)  # for the dark theme, for the light one
COLORMAPS = (*THEMED, *_FROM_OPENCV)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of pictures and pages as RRGGBB."""

    name: Literal["dark", "light"]
    background: str
    surface: str
    floor: str
    ink: str
    border: str
    hatch: str
    text: str
    text_secondary: str
    accent: str
    warn: str
    warn_background: str
    line: str
    casing: str
    zones: tuple[tuple[str, str], ...]

    def zone(self, kind: str) -> str:
        """The colour of a zone type."""
        return dict(self.zones)[kind]


DARK = Theme(
    "dark", "0E1114", "15191E", "171B20", "8A94A0", "2A3038", "5B6672", "E9EDF2", "B2BBC6", "62AEFF", "F0B648",
    "2E2613", "EDEB4A", "0A0C0F",
    (("entry", "3FA37C"), ("queue", "F7BB7C"), ("shelf", "3DB2F5"), ("checkout", "C673AA"), ("general", "E4EBF2"),
     ("forbidden", "F4541E")),
)  # fmt: skip
LIGHT = Theme(
    "light", "E9ECF0", "FFFFFF", "FFFFFF", "4A545F", "D5DBE2", "9AA4AF", "14181D", "404A55", "0B5CB8", "7A4F00",
    "FFF3D6", "6A5E00", "FFFFFF",
    (("entry", "2F7D66"), ("queue", "C67F1E"), ("shelf", "1F86EE"), ("checkout", "A0148C"), ("general", "333A42"),
     ("forbidden", "661A06")),
)  # fmt: skip


def theme_of(colormap: str) -> Theme:
    """The theme whose background a colour map begins at."""
    return LIGHT if colormap in (THEMED[1], DIVERGING[1]) else DARK


def bgr(colour: str) -> tuple[int, int, int]:
    """RRGGBB as OpenCV wants it."""
    red, green, blue = bytes.fromhex(colour)
    return blue, green, red


@cache
def lookup(colormap: str) -> U1:
    """One of COLORMAPS or DIVERGING as 256 entries (256, 3) BGR; ours are interpolated in OKLab."""
    if colormap in _FROM_OPENCV:
        ramp = np.arange(256, dtype=np.uint8)
        return np.asarray(cv2.applyColorMap(ramp, _FROM_OPENCV[colormap])[:, 0], np.uint8)
    anchors = np.array([bgr(colour)[::-1] for colour in (_ANCHORS | _DIVERGING)[colormap].split()]) / 255
    lab = _to_oklab(anchors)
    steps = np.linspace(0, len(lab) - 1, 256)
    mixed = np.stack([np.interp(steps, np.arange(len(lab)), channel) for channel in lab.T], axis=1)
    return np.rint(_from_oklab(mixed)[:, ::-1] * 255).astype(np.uint8)


def colourise(share: F8, colormap: str, alpha: float = ALPHA_MAX) -> U1:
    """share of full scale (rows, columns), NaN: nothing -> BGRA. alpha: opacity, reached at 5 % of full scale."""
    known = np.nan_to_num(share).clip(0, 1)
    return _coloured(known, known, colormap, alpha)


def colourise_difference(share: F8, colormap: str, alpha: float = ALPHA_MAX) -> U1:
    """share of full scale (rows, columns) from -1 to 1, NaN: nothing -> BGRA by one of DIVERGING, faded as heat is."""
    known = np.nan_to_num(share).clip(-1, 1)
    return _coloured((known + 1) / 2, np.abs(known), colormap, alpha)


def _coloured(place: F8, strength: F8, colormap: str, alpha: float) -> U1:
    over = np.empty((*place.shape, 4), np.uint8)
    over[..., :3] = lookup(colormap).take(np.rint(place * 255).astype(np.uint8), axis=0)
    over[..., 3] = np.rint(255 * alpha * (strength / _OPAQUE_FROM).clip(0, 1))
    return over


# OKLab: B. Ottosson, "A perceptual color space for image processing" (2020).
_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip


def _to_oklab(srgb: F8) -> F8:
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _LMS.T) @ _LAB.T)


def _from_oklab(lab: F8) -> F8:
    linear = ((lab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_LMS).T).clip(0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
