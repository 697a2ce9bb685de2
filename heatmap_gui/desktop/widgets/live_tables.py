"""Beside the wall: each zone's people and day, and what happened last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PyQt6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, Qt
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Site, Zone
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.durations import duration
from heatmap_gui.desktop.icons import icon

UNKNOWN = "\N{EN DASH}"
_SYMBOLS = {"queue": "people"}
_EVENT_SYMBOLS = {"camera_recovered": ("done", "ok"), "forbidden_zone": ("forbidden", "error")}
_Display, _Align = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole
_Left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """people None: no live camera sees the zone; or it is not known yet. visits, stay_s: of today."""

    zone: Zone
    people: int | None
    visits: int | None
    stay_s: float | None


class _Rows(QAbstractTableModel):
    """Cells of rows that are replaced as a whole; views keep their place."""

    figures = False  # in all columns but the first

    def __init__(self, heads: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._heads = heads
        self.rows: list[Any] = []

    def show(self, rows: list[Any]) -> None:
        if rows == self.rows:
            return
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        self.rows = rows
        self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._heads) - 1))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == _Display:
            return self._heads[section]
        if orientation is Qt.Orientation.Horizontal and role == _Align:
            return _Right if section and self.figures else _Left
        return None


class _ZoneRows(_Rows):
    figures = True

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row: ZoneRow = self.rows[index.row()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return icon(_SYMBOLS.get(row.zone.type, row.zone.type), f"zone.{row.zone.type}")
        if role == _Align and index.column():
            return _Right
        if role != _Display:
            return None
        locale = QLocale()
        return (
            row.zone.name,
            self.tr("not observed") if row.people is None else locale.toString(row.people),
            UNKNOWN if row.visits is None else locale.toString(row.visits),
            UNKNOWN if row.stay_s is None else duration(row.stay_s),
        )[index.column()]


class _EventRows(_Rows):
    def __init__(self, heads: Sequence[str], parent: QObject) -> None:
        super().__init__(heads, parent)
        self.zone = ZoneInfo("UTC")

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        event: Alert = self.rows[index.row()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return icon(*_EVENT_SYMBOLS.get(event.kind, ("warning", "warn")))
        if role == Qt.ItemDataRole.ToolTipRole:
            return event.reason
        if role == _Display:
            return (f"{datetime.fromtimestamp(event.at, self.zone):%H:%M:%S}", event.reason)[index.column()]
        return None


class ZoneTable(QTableView):
    """A line a zone. Click one to see where it is."""

    def __init__(self) -> None:
        super().__init__()
        heads = (self.tr("Zone"), self.tr("People now"), self.tr("Visits today"), self.tr("Mean stay"))
        self._rows = _ZoneRows(heads, self)
        self.setModel(self._rows)
        _plain(self, self.tr("Zones"))
        head = self.horizontalHeader()
        assert head is not None
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_zones(
        self,
        site: Site,
        counts: Mapping[str, int],
        visits: Mapping[str, tuple[int, float]] | None,
    ) -> None:
        """counts: people now, by id of the zones that live cameras see. visits: today's; None: not known yet."""
        rows = []
        for zone in site.zones:
            count, stay_s = (None, None) if visits is None else visits.get(zone.id, (0, None))
            rows.append(ZoneRow(zone, counts.get(zone.id), count, stay_s))
        self._rows.show(rows)

    def zone_at(self, index: QModelIndex) -> Zone:
        row: ZoneRow = self._rows.rows[index.row()]
        return row.zone


class EventList(QTableView):
    """What happened last, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = _EventRows((self.tr("Time"), self.tr("Event")), self)
        self.setModel(self._rows)
        _plain(self, self.tr("Events"))
        head = self.horizontalHeader()
        assert head is not None
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_events(self, site: Site, events: Sequence[Alert]) -> None:
        self._rows.zone = ZoneInfo(site.timezone)
        self._rows.show(list(events))


def _plain(table: QTableView, name: str) -> None:
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    down = table.verticalHeader()
    assert down is not None
    down.hide()
    down.setDefaultSectionSize(tokens.ROW)
    down.setMinimumSectionSize(tokens.ROW)
