"""The tool bar of the zones: tools, type of new zones, snapping, undo, and the picture that is drawn on."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QButtonGroup, QComboBox, QToolButton, QVBoxLayout, QWidget

from heatmap_gui.core.site import PLAN, ZONE_TYPES, Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.zones_revisions import ZoneRevisions
from heatmap_gui.desktop.views.zones_words import type_names
from heatmap_gui.desktop.widgets.basics import Segments, bar, hairline, label, tip, tool


class Tools(QWidget):
    """used: select, zones (polygons) or lines. snapped: on or off. went: to the plan, a camera, or "camera": any."""

    used = pyqtSignal(str)
    snapped = pyqtSignal(bool)
    went = pyqtSignal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.revisions = ZoneRevisions(session, self)
        group = QButtonGroup(self)
        self.tools: dict[str, QToolButton] = {}
        for name, text, symbol, key in (
            ("select", self.tr("Select"), "select", "V"),
            ("zones", self.tr("Polygon"), "polygon", "P"),
            ("lines", self.tr("Line"), "line", "L"),
        ):
            one = tool(text, symbol, shortcut=key, checkable=True, words=True, clicked=partial(self.used.emit, name))
            group.addButton(one)
            self.tools[name] = one
        self.new_type = QComboBox()
        self.new_type.setAccessibleName(self.tr("Type of new zones"))
        self.new_type.setToolTip(self.tr("Type of new zones"))
        for kind, text in type_names().items():
            self.new_type.addItem(icon(tokens.ZONE_ICON[kind], f"zone.{kind}"), text, kind)
        self.new_type.activated.connect(lambda _: self.used.emit("zones"))
        self.snap = tool(self.tr("Snap to corners, lines and a 5 cm grid"), "snap", shortcut="S", checkable=True)
        self.snap.setChecked(True)
        self.snap.toggled.connect(self.snapped)
        self._undo = tool(self.tr("Undo"), "undo", clicked=session.undo)
        self._redo = tool(self.tr("Redo"), "redo", clicked=session.redo)
        self._undoes = label(kind="tertiary")
        places = {"plan": self.tr("Plan"), "camera": self.tr("Camera")}
        self.where = Segments(places, self.tr("Draw on"), {"plan": "plan", "camera": "camera"})
        self.where.chosen.connect(self.went)
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Camera to draw on"))
        self.which.activated.connect(lambda _: self.went.emit(str(self.which.currentData())))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar(
            label(self.tr("Zones"), "title"), *self.tools.values(), self.new_type, hairline(vertical=True),
            self.snap, self._undo, self._redo, self._undoes, None, self.revisions.menu_button,
            self.revisions.save_button, self.which, self.where,
        ))  # fmt: skip

    @property
    def type(self) -> str:
        """Of new zones."""
        return str(self.new_type.currentData())

    def choose_type(self, kind: str) -> None:
        self.new_type.setCurrentIndex(self.new_type.findData(kind if kind in ZONE_TYPES else "queue"))

    def fold(self, width: int) -> None:
        """Where there is little room, what can be seen elsewhere goes, then the words of the tools and revisions."""
        self._undoes.setVisible(width >= tokens.NARROW - tokens.RAIL)
        style = Qt.ToolButtonStyle
        for shown, short in (
            (style.ToolButtonTextBesideIcon, False),
            (style.ToolButtonIconOnly, False),
            (style.ToolButtonIconOnly, True),
        ):
            for one in self.tools.values():
                one.setToolButtonStyle(shown)
            self.revisions.fold(short=short)
            if self.sizeHint().width() <= width:
                break

    def show_place(self, site: Site, place: str) -> None:
        self.which.clear()
        for camera in site.cameras:
            self.which.addItem(f"{camera.id}  {camera.name}", camera.id)
        self.which.setVisible(place != PLAN)
        self.which.setCurrentIndex(max(0, self.which.findData(place)))
        self.where.setEnabled(bool(site.cameras and site.floor.width_px))
        self.where.choose("plan" if place == PLAN else "camera")

    def show_history(self, undoes: str, redoes: str) -> None:
        """What can be undone and redone, in words."""
        for one, words, text, keys in (
            (self._undo, undoes, self.tr("Undo"), "Ctrl+Z"),
            (self._redo, redoes, self.tr("Redo"), "Ctrl+Shift+Z"),
        ):
            one.setEnabled(bool(words))
            one.setToolTip(tip(f"{text}: {words}" if words else text, keys))
        self._undoes.setText(self.tr("Undo: %1").replace("%1", undoes) if undoes else "")
        self.fold(self.width())
