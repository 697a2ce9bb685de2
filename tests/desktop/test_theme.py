"""Colours: every token that is used is there, both themes have the same, and what is written can be read."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QApplication

import heatmap_gui
from heatmap_gui.desktop.theme import THEME, _style_sheet
from heatmap_gui.desktop.tokens import COLOURS, Mode
from heatmap_gui.resources import resource

MODES: tuple[Mode, ...] = ("dark", "light")
GROUNDS = ("bg.app", "bg.surface", "bg.raised", "bg.input", "bg.hover", "bg.selected", "bg.overlay")
TINTS = {"ok": "ok.bg", "warn": "warn.bg", "error": "error.bg", "accent": "info.bg", "text.primary": "info.bg"}
TEXTS = ("text.primary", "text.secondary", "text.tertiary", "accent", "ok", "warn", "error")
READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11


def luminance(colour: str) -> float:
    """Relative, of #RRGGBB (WCAG 2.2)."""
    shares = (part / 255 for part in bytes.fromhex(colour.removeprefix("#")))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_what_is_written_can_be_read_on_every_surface(mode: Mode) -> None:
    colours = COLOURS[mode]
    pairs = [
        *product(TEXTS, GROUNDS),
        *product(TEXTS[:2], ["bg.pressed"]),
        *TINTS.items(),
        ("text.on_accent", "accent.fill"),
        ("text.on_accent", "accent.hover"),
    ]
    pairs += [("text.secondary", "bg.canvas"), ("bg.app", "error")]  # on a canvas; in a badge
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < READABLE}


@pytest.mark.parametrize("mode", MODES)
def test_edges_focus_and_drawings_can_be_seen(mode: Mode) -> None:
    colours = COLOURS[mode]
    grounds = ("bg.app", "bg.surface", "bg.raised", "bg.input", "bg.overlay")
    pairs = [*product(("border.strong", "focus", "accent"), grounds)]
    pairs += [(zone, "plan.floor") for zone in colours if zone.startswith("zone.")]
    pairs += [("person", "plan.floor"), ("person", "person.halo"), ("plan.wall", "plan.floor")]
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < VISIBLE}


@pytest.mark.parametrize("name", ["down", "up"])
def test_arrows_are_seen_in_both_themes(name: str) -> None:
    text = (resource("resources") / "themes" / f"{name}.svg").read_text(encoding="utf-8")
    [colour] = re.findall(r'stroke="(#\w{6})"', text)
    for mode, ground in product(MODES, ("bg.app", "bg.input", "bg.raised")):
        assert contrast(colour, COLOURS[mode][ground]) >= VISIBLE


@pytest.mark.parametrize("mode", MODES)
def test_the_style_sheet_has_no_open_token_and_names_files_that_are_there(mode: Mode) -> None:
    sheet = _style_sheet(mode)
    assert not re.findall(r"\{[a-z._]+\}", sheet)
    assert sheet.count("{") == sheet.count("}")
    named = re.findall(r'url\("([^"]+)"\)', sheet)
    assert named
    assert all(Path(name).is_file() for name in named)


def test_both_themes_have_the_same_tokens_and_all_that_are_asked_for() -> None:
    dark, light = (set(COLOURS[mode]) for mode in MODES)
    assert dark == light
    folder = Path(heatmap_gui.__file__).parent / "desktop"
    asked = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r'(?:colour|show_colour)\("([\w.]+)"', path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= dark


def test_a_theme_reaches_palette_and_painters(qapp: QApplication) -> None:
    for mode in (*MODES, "dark"):
        THEME.choose(mode)
        assert qapp.palette().window().color() == QColor(COLOURS[THEME.mode]["bg.app"])
        assert THEME.colour("accent", 0.5).alphaF() == pytest.approx(0.5, abs=0.01)
        assert COLOURS[THEME.mode]["bg.overlay"] in qapp.styleSheet()


def test_symbols_on_screen_change_with_the_theme() -> None:
    folder = Path(heatmap_gui.__file__).parent / "desktop"
    kept = {path.name for path in folder.rglob("*.py") if "setPixmap(" in path.read_text(encoding="utf-8")}
    assert not kept, "a pixmap has the colours of the day it was made: use basics.Symbol"
