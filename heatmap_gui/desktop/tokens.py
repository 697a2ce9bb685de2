"""The console's measures and colours: one set for both themes. Names say what a colour is for, never how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from heatmap_gui.core.palette import DARK, LIGHT

Mode = Literal["dark", "light"]

# name, dark, light
_TABLE = """
bg.app          0E1114 E9ECF0
bg.canvas       0A0C0F F3F5F7
bg.surface      15191E FFFFFF
bg.raised       1C2127 F5F7F9
bg.input        101418 FFFFFF
bg.hover        262D35 E8ECF1
bg.pressed      2E3640 DCE2E9
bg.selected     16314D DCEBFB
bg.overlay      22282F FFFFFF
border.subtle   2A3038 D5DBE2
border.strong   6C7682 77828F
text.primary    E9EDF2 14181D
text.secondary  B2BBC6 404A55
text.tertiary   929CA8 596470
text.disabled   626B76 98A2AE
accent          62AEFF 0B5CB8
accent.fill     1C6BC9 1C6BC9
accent.hover    2070D0 155BB0
text.on_accent  FFFFFF FFFFFF
focus           8CC4FF 0B5CB8
ok              57C79A 0B6B47
warn            F0B648 7A4F00
error           FF8577 B3261E
warn.bg         2E2613 FFF3D6
error.bg        35191A FDE8E6
ok.bg           12291F E1F4EA
info.bg         13283E E3EFFC
plan.floor      171B20 FFFFFF
plan.fixture    262C33 E6EAEE
plan.line       4A535E AEB7C1
plan.wall       8A94A0 4A545F
plan.grid       1F252B ECEFF2
hatch           5B6672 9AA4AF
person          F2F5F8 14181D
person.halo     0A0C0F FFFFFF
"""


def _colours(column: int, zones: tuple[tuple[str, str], ...], line: str) -> Mapping[str, str]:
    rows = (row.split() for row in _TABLE.strip().splitlines())
    named = {row[0]: f"#{row[column]}" for row in rows}
    return MappingProxyType(named | {f"zone.{kind}": f"#{value}" for kind, value in (*zones, ("line", line))})


# pictures and pages take some of the same colours from core.palette: zones are defined there alone
COLOURS: Mapping[Mode, Mapping[str, str]] = MappingProxyType(
    {"dark": _colours(1, DARK.zones, DARK.line), "light": _colours(2, LIGHT.zones, LIGHT.line)}
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
