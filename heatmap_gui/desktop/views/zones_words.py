"""What kinds of zones and lines are called, and what each measures."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from heatmap_gui.core.drawn_edits import Kind
from heatmap_gui.core.shape_editing import Refusal
from heatmap_gui.core.site import Line, Site, Zone, ZoneType

translate = QCoreApplication.translate

Key = tuple[Kind, str]


def type_names() -> dict[ZoneType, str]:
    return {
        "entry": translate("Zones", "Entry"),
        "queue": translate("Zones", "Queue"),
        "shelf": translate("Zones", "Shelf"),
        "checkout": translate("Zones", "Checkout"),
        "general": translate("Zones", "General"),
        "forbidden": translate("Zones", "Forbidden"),
    }


def measures(drawn: Zone | Line) -> str:
    """What is measured there, as in "Queue: length, wait"."""
    if isinstance(drawn, Line):
        return (
            translate("Zones", "Stop line: who goes over it")
            if drawn.kind == "stop"
            else translate("Zones", "Line: in, out")
        )
    return {
        "entry": translate("Zones", "Entry: in, out, inside"),
        "queue": translate("Zones", "Queue: length, wait"),
        "shelf": translate("Zones", "Shelf: stops, dwell"),
        "checkout": translate("Zones", "Checkout: served, time"),
        "general": translate("Zones", "General: people, time"),
        "forbidden": translate("Zones", "Forbidden: alerts"),
    }[drawn.type]


def refusal(why: Refusal) -> str:
    return {
        "": "",
        "crossing": translate("Zones", "Edges must not cross"),
        "tiny": translate("Zones", "Too small to measure anything"),
        "few": translate("Zones", "A zone needs three corners"),
    }[why]


def deed_words(deed: str) -> str:
    """What a gesture on %1, a zone or line, and perhaps its corner %2, is called where it can be undone."""
    return {
        "corner": translate("Zones", "move corner %2 of %1"),
        "whole": translate("Zones", "move %1"),
        "insert": translate("Zones", "add corner %2 to %1"),
        "remove": translate("Zones", "remove a corner of %1"),
        "nudge": translate("Zones", "nudge %1"),
    }[deed]


def drawing_hint(tool: str | None) -> str:
    """What to do with a tool."""
    return {
        "zones": translate(
            "Zones",
            "Click corner after corner, and the first one again or Enter to end; or drag a rectangle. "
            "Backspace takes a corner back, Esc ends.",
        ),
        "lines": translate("Zones", "Click where the line begins and where it ends, or drag. Walkers go across it."),
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
