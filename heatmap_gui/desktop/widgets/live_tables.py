"""Beside the wall: each zone's people and day, and what happened last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PyQt6.QtCore import QLocale, QModelIndex, QObject, Qt
from PyQt6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Site, Zone
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.durations import duration
from heatmap_gui.desktop.icons import icon

UNKNOWN = "\N{EN DASH}"
_SYMBOLS = {"queue": "people"}
_EVENT_SYMBOLS = {"camera_recovered": ("done", "ok"), "forbidden_zone": ("forbidden", "error")}
_Left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Cells(QStandardItemModel):
    """Cells that Qt keeps itself: a table asks for each of them many times, and would wait for Python each time."""

    def __init__(self, heads: Sequence[str], parent: QObject, *, figures: bool) -> None:
        """figures: in all columns but the first."""
        super().__init__(0, len(heads), parent)
        self._aligned = [_Right if column and figures else _Left for column in range(len(heads))]
        self.setHorizontalHeaderLabels(list(heads))
        for column, aligned in enumerate(self._aligned):
            self.setHeaderData(column, Qt.Orientation.Horizontal, aligned, Qt.ItemDataRole.TextAlignmentRole)

    def show(self, rows: Sequence[Sequence[str]]) -> None:
        """The texts of all cells; only those that changed are touched."""
        self.setRowCount(len(rows))
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = self.item(number, column)
                if item is None:
                    item = QStandardItem()
                    item.setEditable(False)
                    item.setTextAlignment(self._aligned[column])
                    self.setItem(number, column, item)
                if item.text() != text:
                    item.setText(text)

    def mark(self, row: int, column: int, picture: QIcon, hint: str = "") -> None:
        item = self.item(row, column)
        assert item is not None
        item.setIcon(picture)
        item.setToolTip(hint)


class ZoneTable(QTableView):
    """A line a zone. Click one to see where it is."""

    def __init__(self) -> None:
        super().__init__()
        heads = (self.tr("Zone"), self.tr("People now"), self.tr("Visits today"), self.tr("Mean stay"))
        self._cells = _Cells(heads, self, figures=True)
        self._zones: tuple[Zone, ...] = ()
        self.setModel(self._cells)
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
        self._cells.show([self._texts(zone, counts, visits) for zone in site.zones])
        if self._zones != site.zones:
            self._zones = site.zones
            for row, zone in enumerate(site.zones):
                self._cells.mark(row, 0, icon(_SYMBOLS.get(zone.type, zone.type), f"zone.{zone.type}"))

    def _texts(
        self, zone: Zone, counts: Mapping[str, int], visits: Mapping[str, tuple[int, float]] | None
    ) -> tuple[str, ...]:
        locale = QLocale()
        count, stay_s = (None, None) if visits is None else visits.get(zone.id, (0, None))
        return (
            zone.name,
            locale.toString(counts[zone.id]) if zone.id in counts else self.tr("not observed"),
            UNKNOWN if count is None else locale.toString(count),
            UNKNOWN if stay_s is None else duration(stay_s),
        )

    def zone_at(self, index: QModelIndex) -> Zone:
        return self._zones[index.row()]


class EventList(QTableView):
    """What happened last, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._cells = _Cells((self.tr("Time"), self.tr("Event")), self, figures=False)
        self._events: tuple[Alert, ...] = ()
        self.setModel(self._cells)
        _plain(self, self.tr("Events"))
        head = self.horizontalHeader()
        assert head is not None
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_events(self, site: Site, events: Sequence[Alert]) -> None:
        zone = ZoneInfo(site.timezone)
        self._cells.show([(f"{datetime.fromtimestamp(one.at, zone):%H:%M:%S}", one.reason) for one in events])
        if self._events != tuple(events):
            self._events = tuple(events)
            for row, one in enumerate(events):
                symbol = icon(*_EVENT_SYMBOLS.get(one.kind, ("warning", "warn")))
                self._cells.mark(row, 1, symbol, one.reason)


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
