"""The console's measures and colours: one set for both themes. Names say what a colour is for, never how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from heatmap_gui.core.palette import DARK, LIGHT

Mode = Literal["dark", "light"]

_NAMES = [
    "bg.app",
    "bg.canvas",
    "bg.surface",
    "bg.raised",
    "bg.input",
    "bg.hover",
    "bg.pressed",
    "bg.selected",
    "bg.overlay",
    "border.subtle",
    "border.strong",
    "text.primary",
    "text.secondary",
    "text.tertiary",
    "text.disabled",
    "accent",
    "accent.fill",
    "accent.hover",
    "text.on_accent",
    "focus",
    "ok",
    "warn",
    "error",
    "warn.bg",
    "error.bg",
    "ok.bg",
    "info.bg",
    "plan.floor",
    "plan.fixture",
    "plan.line",
    "plan.wall",
    "plan.grid",
    "hatch",
    "person",
    "person.halo",
]
_DARK = [
    "0E1114",
    "0A0C0F",
    "15191E",
    "1C2127",
    "101418",
    "262D35",
    "2E3640",
    "16314D",
    "22282F",
    "2A3038",
    "6C7682",
    "E9EDF2",
    "B2BBC6",
    "929CA8",
    "626B76",
    "62AEFF",
    "1C6BC9",
    "2070D0",
    "FFFFFF",
    "8CC4FF",
    "57C79A",
    "F0B648",
    "FF8577",
    "2E2613",
    "35191A",
    "12291F",
    "13283E",
    "171B20",
    "262C33",
    "4A535E",
    "8A94A0",
    "1F252B",
    "5B6672",
    "F2F5F8",
    "0A0C0F",
]
_LIGHT = [
    "E9ECF0",
    "F3F5F7",
    "FFFFFF",
    "F5F7F9",
    "FFFFFF",
    "E8ECF1",
    "DCE2E9",
    "DCEBFB",
    "FFFFFF",
    "D5DBE2",
    "77828F",
    "14181D",
    "404A55",
    "596470",
    "98A2AE",
    "0B5CB8",
    "1C6BC9",
    "155BB0",
    "FFFFFF",
    "0B5CB8",
    "0B6B47",
    "7A4F00",
    "B3261E",
    "FFF3D6",
    "FDE8E6",
    "E1F4EA",
    "E3EFFC",
    "FFFFFF",
    "E6EAEE",
    "AEB7C1",
    "4A545F",
    "ECEFF2",
    "9AA4AF",
    "14181D",
    "FFFFFF",
]


def _colours(values: list[str], zones: Mapping[str, str], line: str) -> Mapping[str, str]:
    named = dict(zip(_NAMES, (f"#{value}" for value in values), strict=True))
    named |= {f"zone.{kind}": f"#{value}" for kind, value in zones.items()}
    return MappingProxyType(named | {"zone.line": f"#{line}"})


# pictures and pages take some of the same colours from core.palette: zones are defined there alone
COLOURS: Mapping[Mode, Mapping[str, str]] = MappingProxyType(
    {"dark": _colours(_DARK, dict(DARK.zones), DARK.line), "light": _colours(_LIGHT, dict(LIGHT.zones), LIGHT.line)}
)

FAMILIES = ("Inter", "Segoe UI", "Noto Sans", "DejaVu Sans")
# px: text size and line height
CAPTION, SMALL, BODY, TITLE, HEADING, FIGURE = 11, 12, 13, 15, 20, 28
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600

# px
GAP, PAD = 8, 12
RADIUS_CHIP, RADIUS_CONTROL, RADIUS_PANEL, RADIUS_DIALOG = 4, 6, 8, 12
TOP_BAR, RAIL, RAIL_ITEM, TOOL_BAR, STATUS_BAR = 48, 72, 54, 48, 28
LIST, INSPECTOR, INSPECTOR_NARROW, TIME_BAR = 224, 320, 288, 128
CONTROL, CONTROL_SMALL, ROW, ROW_DENSE, TABLE_HEAD, TILE_HEAD = 32, 28, 28, 24, 28, 24
ICON_SMALL, ICON, ICON_LARGE, ICON_HUGE = 14, 16, 20, 28
VERTEX, VERTEX_HIT, DOT, LOUPE = 11, 24, 11, 128
NARROW = 1360  # of the window: below it panels shrink
SMALLEST = (1280, 800)

# ms
FAST, BASE, SLOW = 90, 140, 220
TOAST, TOAST_UNDO, TOOL_TIP = 6000, 8000, 500

ZONE_FILL: Mapping[str, float] = MappingProxyType({"general": 0.08, "forbidden": 0.10})  # of 1; others 0.16
ZONE_DASH: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {"queue": (6, 3), "checkout": (2, 3), "general": (10, 4, 2, 4)}  # px; others are solid
)
ZONE_ICON: Mapping[str, str] = MappingProxyType(
    {
        "entry": "entry",
        "queue": "people",
        "shelf": "shelf",
        "checkout": "checkout",
        "general": "general",
        "forbidden": "forbidden",
        "line": "line",
    }
)
