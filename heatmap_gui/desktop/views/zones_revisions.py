"""Revisions of a site's zones and lines; the one that is looked at in the menu is drawn over those of now."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.drawn_edits import Kind
from heatmap_gui.core.site import Line, Site, Zone
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.revisions import Revision, Revisions
from heatmap_gui.desktop.views.zones_words import Key, all_drawn, key_of

translate = QCoreApplication.translate


class ZoneRevisions(Revisions):
    """Of the zones and lines alone: cameras and their calibrations stay."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent, translate("Revisions", "Earlier zones and lines"))

    def heading(self, now: Site) -> str:
        return translate("Revisions", "Zones and lines now: %1").replace("%1", str(len(_entries(now))))

    def words(self, then: Site, now: Site) -> str:
        there, here = _entries(then), _entries(now)
        changed = sum(there[key] != here[key] for key in there.keys() & here)
        parts = [
            words.replace("%1", str(count))
            for words, count in (
                (translate("Revisions", "%1 changed since"), changed),
                (translate("Revisions", "%1 deleted since"), len(there.keys() - here)),
                (translate("Revisions", "%1 added since"), len(here.keys() - there)),
            )
            if count
        ]
        return ", ".join(parts) or translate("Revisions", "the same as now")

    def take(self, revision: Revision) -> None:
        kept, session = revision.site.document, self._session

        def change(document: dict[str, Any]) -> None:
            for kind in ("zones", "lines"):
                document[kind] = kept.get(kind, [])

        if session.edit(change, translate("Revisions", "go back to earlier zones")):
            said = translate("Revisions", "Zones and lines are the earlier ones again")
            session.told.emit(said, translate("Zones", "Undo"), session.undo)


def different(then: Site, now: Site) -> list[Zone | Line]:
    """The zones and lines of then that are another now, or gone."""
    there, here = _entries(then), _entries(now)
    return [one for one in all_drawn(then) if there[key_of(one)] != here.get(key_of(one))]


def _entries(site: Site) -> dict[Key, Any]:
    """What the document says of each."""
    kinds: tuple[Kind, ...] = ("zones", "lines")
    return {(kind, str(entry["id"])): entry for kind in kinds for entry in site.document.get(kind, ())}
