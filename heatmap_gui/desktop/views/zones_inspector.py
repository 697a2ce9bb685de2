"""What is known of the selected zone or line, and may be changed."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from heatmap_gui.core.shape_editing import Refusal
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.views.zones_corners import Corners
from heatmap_gui.desktop.views.zones_preview import Preview
from heatmap_gui.desktop.views.zones_words import measures, refusal, symbol_of, type_names
from heatmap_gui.desktop.widgets.basics import EmptyState, Segments, Symbol, button, hairline, label, row, tool

_TO = "\u2013"  # between the two times of an interval


class Inspector(QStackedWidget):
    """changed: a field of the document and its value (None: as by itself). copied: to which place. Wishes: duplicate,
    delete, flip.
    """

    changed = pyqtSignal(str, object, str)
    corner_edited = pyqtSignal(int, float, float)
    corner_removed = pyqtSignal(int)
    copied = pyqtSignal(str)
    wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.empty = EmptyState(
            "zones",
            self.tr("Nothing selected"),
            self.tr("Choose a zone or a line at the left or on the picture, or draw one: P for a zone, L for a line."),
            self.tr("Draw a zone"),
        )
        self.empty.sentence.setFixedWidth(tokens.INSPECTOR_NARROW - 4 * tokens.PAD)
        self.addWidget(self.empty)
        self._drawn: Zone | Line | None = None
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(tokens.PAD, tokens.PAD, tokens.PAD, tokens.PAD)
        self._layout.setSpacing(tokens.PAD)
        self._build_head()
        self._build_corners()
        self.preview = Preview()
        self._layout.addWidget(hairline())
        self._layout.addWidget(self.preview)
        self._build_counts()
        self._layout.addStretch(1)
        scroll.setWidget(body)
        self.addWidget(scroll)

    # ---- building

    def _build_head(self) -> None:
        self._symbol = Symbol(size_px=tokens.ICON_LARGE)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        self.name.editingFinished.connect(self._name_edited)
        self.twin = tool(self.tr("Duplicate"), "copy", shortcut="Ctrl+D", clicked=lambda: self.wanted.emit("duplicate"))
        delete = tool(self.tr("Delete"), "delete", clicked=lambda: self.wanted.emit("delete"))
        head = QWidget()
        across = QHBoxLayout(head)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(tokens.GAP)
        across.addWidget(self._symbol)
        across.addWidget(self.name, 1)
        across.addWidget(self.twin)
        across.addWidget(delete)
        self._layout.addWidget(head)
        self.type = QComboBox()
        self.type.setAccessibleName(self.tr("Type"))
        for kind, text in type_names().items():
            self.type.addItem(text, kind)
        self.type.activated.connect(lambda _: self.changed.emit("type", self.type.currentData(), self.tr("type of %1")))
        self.line_kind = QComboBox()
        self.line_kind.setAccessibleName(self.tr("Kind of line"))
        self.line_kind.addItem(self.tr("Counts who crosses"), "count")
        self.line_kind.addItem(self.tr("Stop line"), "stop")
        self.line_kind.activated.connect(
            lambda _: self.changed.emit("kind", self.line_kind.currentData(), self.tr("kind of %1"))
        )
        self._measures = label(kind="secondary", wrap=True)
        self._place = label()
        self._copy = button(self.tr("Copy to…"), "link")
        self._copy_menu = QMenu(self._copy)
        self._copy.setMenu(self._copy_menu)
        self.flip = button(self.tr("Swap in and out"), symbol="flip", clicked=lambda: self.wanted.emit("flip"))
        self._head = form()
        self._head.addRow(label(self.tr("Type"), "secondary"), self.type)
        self._head.addRow(label(self.tr("Kind"), "secondary"), self.line_kind)
        self._head.addRow(label(self.tr("Measures"), "secondary"), self._measures)
        self._head.addRow(label(self.tr("Drawn on"), "secondary"), row(self._place, None, self._copy))
        self._head.addRow(label(self.tr("Direction"), "secondary"), self.flip)
        self._layout.addLayout(self._head)

    def _build_corners(self) -> None:
        self._extent = label(kind="secondary")
        self._corners_title = label(self.tr("Corners"), "section")
        self.corners = Corners()
        self.corners.edited.connect(self.corner_edited.emit)
        self.corners.removed.connect(self.corner_removed.emit)
        self._wrong = label(kind="error")
        policy = self._wrong.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing jumps under the hand
        self._wrong.setSizePolicy(policy)
        self._wrong.hide()
        self._layout.addWidget(hairline())
        self._layout.addWidget(row(self._corners_title, None, self._extent))
        self._layout.addWidget(self.corners)
        self._layout.addWidget(self._wrong)

    def _build_counts(self) -> None:
        self._counts = QWidget()
        column = QVBoxLayout(self._counts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.PAD)
        column.addWidget(hairline())
        column.addWidget(label(self.tr("Counts"), "section"))
        self.classes = QLineEdit()
        self.classes.setAccessibleName(self.tr("Classes that are allowed"))
        self.classes.setPlaceholderText(self.tr("all, as in: person, cart"))
        self.classes.editingFinished.connect(
            lambda: self._list_edited("allowed_classes", self.classes, self.tr("classes of %1"))
        )
        self.alerts = QLineEdit()
        self.alerts.setAccessibleName(self.tr("Classes that alert"))
        self.alerts.setPlaceholderText(self.tr("all that are not allowed"))
        self.alerts.editingFinished.connect(
            lambda: self._list_edited("alert_classes", self.alerts, self.tr("alerts of %1"))
        )
        self.anchor = Segments({"foot": self.tr("Feet"), "centre": self.tr("Centre")}, self.tr("A person is"))
        self.anchor.chosen.connect(lambda key: self.changed.emit("anchor", key, self.tr("anchor of %1")))
        self.hours = QLineEdit()
        self.hours.setAccessibleName(self.tr("Hours"))
        self.hours.setPlaceholderText(self.tr("always, as in: 08:00-21:00"))
        self.hours.editingFinished.connect(self._hours_edited)
        rows = form()
        for text, widget in (
            (self.tr("Classes"), self.classes),
            (self.tr("Alert on"), self.alerts),
            (self.tr("A person is"), self.anchor),
            (self.tr("Hours"), self.hours),
        ):
            rows.addRow(label(text, "secondary"), widget)
        self._hours_wrong = label(kind="error", wrap=True)
        self._hours_wrong.hide()
        column.addLayout(rows)
        column.addWidget(self._hours_wrong)
        self._layout.addWidget(self._counts)

    # ---- what is shown

    def show_drawn(self, site: Site, drawn: Zone | Line | None) -> None:
        """All but the corners."""
        self.setCurrentIndex(0 if drawn is None else 1)
        self._drawn = drawn
        if drawn is None:
            return
        kind = symbol_of(drawn)
        self._symbol.show_symbol(tokens.ZONE_ICON[kind], f"zone.{kind}")
        if not self.name.hasFocus() or self.name.text() != drawn.name:
            self.name.setText(drawn.name)
        self._measures.setText(measures(drawn))
        self._show_places(site, drawn)
        zone = isinstance(drawn, Zone)
        for widget, there in (
            (self.type, zone),
            (self.line_kind, not zone),
            (self.flip, not zone),
        ):
            self._head.setRowVisible(widget, there)
        self._counts.setVisible(zone)
        if isinstance(drawn, Zone):
            self.type.setCurrentIndex(self.type.findData(drawn.type))
            self.classes.setText(", ".join(drawn.allowed_classes))
            self.alerts.setText(", ".join(drawn.alert_classes))
            self.anchor.choose(drawn.anchor)
            self.hours.setText(", ".join(_TO.join(times) for times in drawn.active_hours))
            self._hours_wrong.hide()
        else:
            self.line_kind.setCurrentIndex(self.line_kind.findData(drawn.kind))

    def _show_places(self, site: Site, drawn: Zone | Line) -> None:
        names = {PLAN: self.tr("Floor plan")} | {camera.id: camera.name for camera in site.cameras}
        self._place.setText(names.get(drawn.on, drawn.on))
        self._copy_menu.clear()
        for place, name in names.items():
            if place != drawn.on:
                action = self._copy_menu.addAction(icon("plan" if place == PLAN else "camera"), name)
                if action is not None:
                    action.triggered.connect(lambda _, place=place: self.copied.emit(place))

    def show_corners(self, placed: F8, unit: str, extent: str) -> None:
        """placed (n, 2): in the unit."""
        line = isinstance(self._drawn, Line)
        self._corners_title.setText(self.tr("Ends") if line else self.tr("Corners"))
        self._extent.setText(extent)
        self.corners.show_corners(placed, unit, names="ab" if line else "", fewest=2 if line else 3)

    def say_refused(self, why: Refusal) -> None:
        self._wrong.setText(refusal(why))
        self._wrong.setVisible(bool(why))

    # ---- what is edited

    def _name_edited(self) -> None:
        name = self.name.text().strip()
        if self._drawn is not None and name and name != self._drawn.name:
            self.changed.emit("name", name, self.tr("name of %1"))
        elif self._drawn is not None:
            self.name.setText(self._drawn.name)

    def _list_edited(self, field: str, editor: QLineEdit, words: str) -> None:
        names = [name.strip() for name in editor.text().split(",") if name.strip()]
        if self._drawn is not None and tuple(names) != getattr(self._drawn, field):
            self.changed.emit(field, names or None, words)

    def _hours_edited(self) -> None:
        spans = [part.strip().replace("-", _TO).split(_TO) for part in self.hours.text().split(",")]
        hours = [[time.strip() for time in span] for span in spans if any(span)]
        wrong = not all(len(span) == 2 and all(_is_time(time) for time in span) for span in hours)
        self._hours_wrong.setText(self.tr("Two times, as in 08:00-21:00; several with commas between"))
        self._hours_wrong.setVisible(wrong)
        before = isinstance(self._drawn, Zone) and [list(times) for times in self._drawn.active_hours]
        if not wrong and before is not False and hours != before:
            self.changed.emit("active_hours", hours or None, self.tr("hours of %1"))


def form() -> QFormLayout:
    made = QFormLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(tokens.PAD)
    made.setVerticalSpacing(tokens.GAP)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def _is_time(text: str) -> bool:
    hours, _, minutes = text.partition(":")
    good = len(hours) == 2 and len(minutes) == 2 and hours.isdigit() and minutes.isdigit()
    return good and (int(hours) < 24 or text == "24:00") and int(minutes) < 60
