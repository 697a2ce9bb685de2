"""Zones and lines: drawn on the plan or on a camera's picture, exact to the centimetre, recounted while one drags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QAction, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heatmap_gui.core.drawn_edits import Kind
from heatmap_gui.core.drawn_views import between, corners_of, exactness, projections, to_plan
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.shape_editing import Refusal
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.views.revisions import Revision
from heatmap_gui.desktop.views.zones_cameras import CameraStrip, best_camera, sightings_of
from heatmap_gui.desktop.views.zones_commands import ZoneCommands
from heatmap_gui.desktop.views.zones_deeds import ShapeDeeds
from heatmap_gui.desktop.views.zones_inspector import Inspector
from heatmap_gui.desktop.views.zones_list import ShapeList
from heatmap_gui.desktop.views.zones_painting import with_corners
from heatmap_gui.desktop.views.zones_places import Places
from heatmap_gui.desktop.views.zones_preview import Figures
from heatmap_gui.desktop.views.zones_recounting import Recounting
from heatmap_gui.desktop.views.zones_revisions import different
from heatmap_gui.desktop.views.zones_ruler import Ruler
from heatmap_gui.desktop.views.zones_still import CameraStills
from heatmap_gui.desktop.views.zones_tools import Tools
from heatmap_gui.desktop.views.zones_warning import LineWarning, impassable
from heatmap_gui.desktop.views.zones_words import Key, deed_words, drawing_hint, find_drawn, key_of
from heatmap_gui.desktop.widgets.plan import read_plan

_LOOK_MS = 500  # between two looks at live pictures
_ENOUGH_PEOPLE = 5  # near a line that nobody crosses: then it lies wrong


class ZonesView(View):
    """The screen. selected: what the keys, the inspector and the strip are about."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.selected: Key | None = None
        self._drawing: str | None = None
        self._kept: set[Key] = set()
        self._impassable: set[Key] = set()
        self._wrong: Line | None = None
        self._uncrossed: Key | None = None
        self._cameras: Mapping[str, Projection] = {}
        self._geometry_of: object = None
        self.deeds, self.stills = ShapeDeeds(session), CameraStills(session, self)
        self.recounting = Recounting(session, self)
        self.tools, self.list, self.places = Tools(session), ShapeList(), Places()
        self.strip, self.inspector = CameraStrip(), Inspector()
        self.warning = LineWarning(self.places.plan)
        self._plan_read: object = None
        self._build()
        self._connect()
        self._commands = ZoneCommands(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    # ---- building

    def _build(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.places, 1)
        column.addWidget(self.strip)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.list)
        across.addWidget(centre, 1)
        self.inspector.setFixedWidth(tokens.INSPECTOR)
        across.addWidget(self.inspector)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tools)
        whole.addLayout(across, 1)

    def _connect(self) -> None:
        session, places, inspector = self.session, self.places, self.inspector
        session.site_changed.connect(self._refresh)
        session.engine_changed.connect(self._ask_preview)
        self.list.chosen.connect(self.select)
        self.list.wanted.connect(self.use_tool)
        self.list.hid.connect(self._refresh)
        places.shaped.connect(self._shaped)
        places.finished.connect(self._finished)
        places.drawn.connect(self._drawn)
        places.picked.connect(self.select)
        places.wanted.connect(self.act)
        places.plan.viewed.connect(self._warn)
        inspector.changed.connect(self._put_field)
        inspector.corner_edited.connect(self._put_corner)
        inspector.corner_removed.connect(self._remove_corner)
        inspector.copied.connect(self._copy)
        inspector.wanted.connect(self.act)
        inspector.empty.acted.connect(partial(self.use_tool, "zones"))
        self.strip.chosen.connect(self.go)
        self.tools.used.connect(self.use_tool)
        self.tools.snapped.connect(places.snap)
        self.tools.went.connect(self.go)
        self.warning.turned.connect(partial(self._answer, turn=True))
        self.warning.kept.connect(partial(self._answer, turn=False))
        self.recounting.told.connect(inspector.preview.say)
        self.recounting.figures.connect(self._show_figures)
        self.stills.came.connect(self._look)
        self.tools.revisions.failed.connect(session.refused)
        self.tools.revisions.looked.connect(self._compare)

    # ---- the screen

    def enter(self) -> None:
        self._timer.start()
        self.use_tool("select")
        self.tools.revisions.read()
        self._refresh()

    def leave(self) -> None:
        self._timer.stop()
        self.stills.leave()

    def commands(self) -> Sequence[QAction]:
        return [*self._commands.offered(), *self.actions()]

    def remembered(self) -> Mapping[str, Any]:
        return {"snaps": int(self.tools.snap.isChecked()), "type": self.tools.type}

    def remember(self, choices: Mapping[str, Any]) -> None:
        self.tools.snap.setChecked(str(choices.get("snaps", 1)) != "0")
        self.tools.choose_type(str(choices.get("type")))

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        narrow = self.width() < tokens.NARROW - tokens.RAIL
        self.inspector.setFixedWidth(tokens.INSPECTOR_NARROW if narrow else tokens.INSPECTOR)
        self.tools.fold(self.width())
        super().resizeEvent(event)

    # ---- what is shown

    @property
    def site(self) -> Site | None:
        return self.session.site

    def drawn(self) -> Zone | Line | None:
        """The selected one as the document says."""
        return None if self.site is None else find_drawn(self.site, self.selected)

    def shown(self) -> Zone | Line | None:
        """The selected one as it is under the hand, in px of what it is drawn on."""
        drawn, editor, site = self.drawn(), self.places.editor, self.site
        if drawn is None or site is None or editor is None or not editor.dragging:
            return drawn
        corners = between(site.floor, self._cameras, self.places.place, drawn.on, editor.corners)
        return drawn if corners is None else with_corners(drawn, corners)

    def _refresh(self) -> None:
        """The document, or another one, is to be shown."""
        site = self.site
        if site is None:
            return
        if self.places.editor is not None and self.places.editor.dragging:
            return
        if self._geometry_of != (site.name, site.floor, site.cameras):
            self._cameras, self._geometry_of = projections(site), (site.name, site.floor, site.cameras)
        self._read_plan(site)
        if self.places.place not in (PLAN, *(camera.id for camera in site.cameras)):
            self.places.go(PLAN)
        if self.places.place == PLAN and not site.floor.width_px and site.cameras:
            self.places.go(site.cameras[0].id)
            self.stills.take(site.cameras[0])
        if self.drawn() is None:
            self.selected = None
        self._impassable, hidden = impassable(site, self._cameras), self.list.hidden()
        self.places.show_site(site, self._cameras, hidden)
        self.places.select(self.selected)
        self.list.fill(site.zones, site.lines, self._warned(), hidden)
        self.list.choose(self.selected)
        self.tools.show_place(site, self.places.place)
        draft = self.session.draft
        self.tools.show_history(draft.undoes if draft else "", draft.redoes if draft else "")
        self.inspector.show_drawn(site, self.drawn())
        self._shaped()
        self._warn()

    def _read_plan(self, site: Site) -> None:
        path = site.floor.plan_path
        if path == self._plan_read:
            return
        self._plan_read = path
        self.places.plan.show_ink(None)
        if path is not None:
            self.session.background.newest(
                "zones plan", lambda: read_plan(path), self.places.plan.show_ink, lambda error: None
            )

    def _compare(self, revision: Revision | None) -> None:
        site = self.site
        self.places.show_ghosts([] if revision is None or site is None else different(revision.site, site))

    def _shaped(self) -> None:
        """The shape is another, in the document or only under the hand."""
        drawn, site = self.shown(), self.site
        if drawn is not None and site is not None:
            self._show_corners(site, drawn)
            self._ask_preview()
        self._look()

    def _show_corners(self, site: Site, drawn: Zone | Line) -> None:
        ruler, corners = Ruler(site, self._cameras, drawn.on), corners_of(drawn)
        placed = ruler.units(corners)
        extent = ruler.extent(corners, closed=isinstance(drawn, Zone))
        self.inspector.show_corners(
            corners if placed is None else placed, ruler.unit if placed is not None else "px", extent
        )
        editor = self.places.editor
        self.inspector.say_refused(editor.refused if editor is not None else "")

    def _ask_preview(self) -> None:
        drawn, site = self.shown(), self.site
        if drawn is not None and site is not None and self.isVisible():
            self.recounting.ask(site, drawn)

    def _show_figures(self, figures: Figures) -> None:
        self.inspector.preview.show_figures(figures)
        line = self.drawn()
        now = figures.now
        if isinstance(line, Line) and not hasattr(now, "visits"):
            nobody = now.inwards + now.outwards == 0 and now.near >= _ENOUGH_PEOPLE
            self._uncrossed = key_of(line) if nobody else None
            self._warn()

    def _look(self) -> None:
        """New pictures, and the shape in them."""
        site, drawn = self.site, self.shown()
        if site is None or not self.isVisible():
            return
        if self.recounting.stale(site):
            self._ask_preview()
        place = self.places.place
        if place != PLAN:
            self.places.show_picture(*self.stills.picture(site.camera(place)))
        plan_px = None if drawn is None else to_plan(site.floor, self._cameras, drawn.on, corners_of(drawn))
        sightings = [] if drawn is None else sightings_of(site, self._cameras, drawn, self.stills.picture)
        exact = None if plan_px is None else exactness(site.floor, self._cameras, plan_px)
        self.strip.show_sightings(sightings, drawn, exact, drawing_hint(self._drawing))
        wanted = {**self.strip.wanted(), **({} if place == PLAN else {place: (1280, 720)})}
        self.stills.want(wanted)

    # ---- tools and selection

    def use_tool(self, name: str) -> None:
        """select, zones (polygons) or lines."""
        self.tools.tools[name].setChecked(True)
        self._drawing = None if name == "select" else name
        if name != "select":
            self.select(None)
        kind = {"zones": str(self.tools.type), "lines": "line"}.get(name)
        self.places.sketch(kind)
        self._look()
        self._warn()
        self.places.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, key: Key | None) -> None:
        if self.session.draft is not None:
            self.session.draft.part()
        self.selected = key
        self._uncrossed = None
        if self.places.editor is not None:
            self.places.editor.active = None
        self.recounting.begin(self.drawn())
        if key is not None and self._drawing is not None:
            self.use_tool("select")
        self._refresh()

    def go(self, place: str) -> None:
        """Draws on the plan or on a camera's picture from now on; "camera": the one that sees most of it."""
        if place == "camera" and self.site is not None:
            place = best_camera(self.site, self._cameras, self.drawn())
        self.places.go(place)
        if self.site is not None and place != PLAN:
            self.stills.take(self.site.camera(place))
        self._refresh()
        self.use_tool(self._drawing or "select")

    # ---- deeds

    def _finished(self, deed: str) -> None:
        drawn, editor, site = self.drawn(), self.places.editor, self.site
        if drawn is None or editor is None or site is None:
            return
        corners = between(site.floor, self._cameras, self.places.place, drawn.on, editor.corners)
        if corners is None:
            self.session.refused.emit(self.tr("Not moved: that is beyond the horizon of this camera"))
            self._refresh()
            return
        number = "" if editor.active is None else str(editor.active + 1)
        joins = f"nudge {self.selected} {number}" if deed == "nudge" else ""
        if not self.deeds.put_corners(drawn, corners, deed_words(deed).replace("%2", number), joins):
            self._refresh()
        if deed != "nudge" and self.session.draft is not None:
            self.session.draft.part()

    def _drawn(self, corners: F8) -> None:
        kind: Kind = "lines" if self._drawing == "lines" else "zones"
        width, height = self.places.canvas.picture_size
        size = round(width), round(height)
        made = self.deeds.add(corners, self.places.place, kind, self.tools.type, size)
        self.use_tool("select")
        self.select(made)

    def act(self, deed: str, _checked: bool = False) -> None:
        drawn = self.drawn()
        if deed == "select":
            if self._drawing is None:
                self.select(None)
            self.use_tool("select")
        elif drawn is not None and deed == "delete":
            self.select(None)
            self.deeds.delete(drawn)
        elif drawn is not None and deed == "duplicate":
            self.select(self.deeds.duplicate(drawn) or self.selected)
        elif isinstance(drawn, Line) and deed == "flip":
            self.deeds.flip(drawn)

    def _copy(self, place: str) -> None:
        drawn = self.drawn()
        made = None if drawn is None else self.deeds.copy_to(drawn, place)
        if made is not None:
            self.go(place)
            self.select(made)

    def _put_field(self, field: str, value: object, words: str) -> None:
        drawn = self.drawn()
        if drawn is not None and getattr(drawn, field) != value:
            self.deeds.put_field(drawn, field, value, words)

    def _put_corner(self, number: int, x: float, y: float) -> None:
        self._say_refused(number, lambda drawn: self.deeds.put_number(drawn, number, (x, y)))

    def _remove_corner(self, number: int) -> None:
        self._say_refused(None, lambda drawn: self.deeds.remove_corner(drawn, number))

    def _say_refused(self, active: int | None, deed: Callable[[Zone | Line], Refusal]) -> None:
        drawn = self.drawn()
        if drawn is None or self.site is None:
            return
        why = deed(drawn)
        if self.places.editor is not None and not why:
            self.places.editor.active = active
        self._shaped()
        self.inspector.say_refused(why)

    # ---- lines that nobody can cross

    def _warned(self) -> set[Key]:
        return (self._impassable | ({self._uncrossed} if self._uncrossed is not None else set())) - self._kept

    def _warn(self) -> None:
        """Beside the selected line, or else the first that is wrong."""
        site = self.site
        if site is None or self.places.place != PLAN:
            return
        warned = self._warned()
        line = next((one for one in site.lines if key_of(one) in warned and key_of(one) == self.selected), None)
        line = line or next((one for one in site.lines if key_of(one) in warned and self.selected is None), None)
        ends = None if line is None else to_plan(site.floor, self._cameras, line.on, corners_of(line))
        self._wrong = line
        if line is None or ends is None or self._drawing is not None:
            self.warning.hide()
            return
        around = self.places.plan.polygon(ends).boundingRect()
        self.warning.say(line.name, around, passable=key_of(line) not in self._impassable)

    def _answer(self, *, turn: bool) -> None:
        if self._wrong is not None and turn:
            self.deeds.turn(self._wrong)
        elif self._wrong is not None:
            self._kept.add(key_of(self._wrong))
            self._refresh()
