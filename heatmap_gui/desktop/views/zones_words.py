"""What kinds of zones and lines are called, and what each measures."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from heatmap_gui.core.drawn_edits import Kind
from heatmap_gui.core.shape_editing import Refusal
from heatmap_gui.core.site import Line, Site, Zone, ZoneType

Key = tuple[Kind, str]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Zones", text)


def type_names() -> dict[ZoneType, str]:
    return {
        "entry": _tr("Entry"),
        "queue": _tr("Queue"),
        "shelf": _tr("Shelf"),
        "checkout": _tr("Checkout"),
        "general": _tr("General"),
        "forbidden": _tr("Forbidden"),
    }


def measures(drawn: Zone | Line) -> str:
    """What is measured there, as in "Queue: length, wait"."""
    if isinstance(drawn, Line):
        return _tr("Stop line: who goes over it") if drawn.kind == "stop" else _tr("Line: in, out")
    return {
        "entry": _tr("Entry: in, out, inside"),
        "queue": _tr("Queue: length, wait"),
        "shelf": _tr("Shelf: stops, dwell"),
        "checkout": _tr("Checkout: served, time"),
        "general": _tr("General: people, time"),
        "forbidden": _tr("Forbidden: alerts"),
    }[drawn.type]


def refusal(why: Refusal) -> str:
    return {
        "": "",
        "crossing": _tr("Edges must not cross"),
        "tiny": _tr("Too small to measure anything"),
        "few": _tr("A zone needs three corners"),
    }[why]


def deed_words(deed: str) -> str:
    """What a gesture on %1, a zone or line, and perhaps its corner %2, is called where it can be undone."""
    return {
        "corner": _tr("move corner %2 of %1"),
        "whole": _tr("move %1"),
        "insert": _tr("add corner %2 to %1"),
        "remove": _tr("remove a corner of %1"),
        "nudge": _tr("nudge %1"),
    }[deed]


def drawing_hint(tool: str | None) -> str:
    """What to do with a tool."""
    return {
        "zones": _tr(
            "Click corner after corner, and the first one again or Enter to end; or drag a rectangle. "
            "Backspace takes a corner back, Esc ends."
        ),
        "lines": _tr("Click where the line begins and where it ends, or drag. Walkers go across it."),
    }.get(tool or "", "")


def all_drawn(site: Site) -> tuple[Zone | Line, ...]:
    return (*site.zones, *site.lines)


def find_drawn(site: Site, key: Key | None) -> Zone | Line | None:
    """None when there is none of that id (any more)."""
    if key is None:
        return None
    return next((one for one in all_drawn(site) if key_of(one) == key), None)


def key_of(drawn: Zone | Line) -> Key:
    return ("zones" if isinstance(drawn, Zone) else "lines"), drawn.id


def symbol_of(drawn: Zone | Line) -> str:
    """The name of its colour's token and of its icon."""
    return drawn.type if isinstance(drawn, Zone) else "line"
