"""The table of pairs: how far each is off in the fit and left out of it, worst first, with a bar and a check box."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PyQt6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QShowEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from heatmap_gui.core.pair_editing import Pairs
from heatmap_gui.core.pair_fit import PairFit, fit_pairs
from heatmap_gui.core.site import Floor
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME

PAIR, NAME, IN_FIT, LEFT_OUT, BAR, PLACE = range(6)
_UNKNOWN = "\N{EN DASH}"
_PAIR_PX, _NAME_PX, _ROUND_PX = 64, 96, 24
_LONGEST_PLACE = "000.00; 000.00"
_NO_INDEX = QModelIndex()
_FULL_BAR_M, _FULL_BAR_PX = 0.30, 15.0  # at least


class PairModel(QAbstractTableModel):
    """Rows are pairs, worst first. held: the check box of a pair (from 0) was cleared, or set. named: somebody gave it
    a name.
    """

    held = pyqtSignal(int, bool)
    named = pyqtSignal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._fitted = fit_pairs(Pairs.none(), None)
        self._floor = Floor(None, 1.0, 1.0)
        self.order: list[int] = []
        self.full_bar = _FULL_BAR_M  # the error that fills a bar

    def show(self, fitted: PairFit, floor: Floor) -> None:
        order = fitted.worst_first()
        same = len(order) == len(self.order) and floor.unit == self._floor.unit
        if not same:
            self.beginResetModel()
        self._fitted, self._floor, self.order = fitted, floor, order
        least = _FULL_BAR_M if floor.unit == "m" else _FULL_BAR_PX
        self.full_bar = float(np.nanmax([least, *fitted.left_out]))
        if same and order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(order) - 1, PLACE))
        elif not same:
            self.endResetModel()

    def left_out(self, row: int) -> tuple[float, bool]:
        """The error of a row, NaN where it is not known, and whether the others contradict the pair."""
        number = self.order[row]
        return float(self._fitted.left_out[number]), number in self._fitted.suspects

    def rowCount(self, parent: QModelIndex = _NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: QModelIndex = _NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else PLACE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        metres = self._floor.unit == "m"
        error, place = ("cm", "m") if metres else ("px", "px")
        words = (
            self.tr("Pair"), self.tr("Landmark"), self.tr("In the fit, %1").replace("%1", error),
            self.tr("Left out, %1").replace("%1", error), "", self.tr("Plan x, y, %1").replace("%1", place),
        )  # fmt: skip
        return words[section]

    def data(self, index: QModelIndex, role: int = 0) -> Any:
        number, column = self.order[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.EditRole and column == NAME):
            return self._text(number, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == PAIR:
            return Qt.CheckState.Checked if self._fitted.pairs.used[number] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column in (PAIR, NAME) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column == LEFT_OUT and number in self._fitted.suspects:
            return THEME.colour("error")
        if role == Qt.ItemDataRole.ForegroundRole and column in (IN_FIT, PLACE):
            return THEME.colour("text.secondary")
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            return self.tr("A name, for people; the landmark is offered to the other cameras (F2)")
        if role == Qt.ItemDataRole.ToolTipRole and number in self._fitted.suspects:
            return self.tr("The other pairs contradict this one: look at both of its points.")
        return None

    def _text(self, number: int, column: int) -> str:
        if column == PAIR:
            return str(number + 1)
        if column == NAME:
            return self._fitted.pairs.names[number]
        if column == IN_FIT and not self._fitted.pairs.used[number]:
            return self.tr("held out")
        if column in (IN_FIT, LEFT_OUT):
            return self._error(float((self._fitted.in_fit, self._fitted.left_out)[column - IN_FIT][number]))
        if column == PLACE:
            x, y = self._floor.from_px(self._fitted.pairs.plan[number]).tolist()
            digits = 2 if self._floor.unit == "m" else 0
            locale = QLocale()
            return f"{locale.toString(x, 'f', digits)}; {locale.toString(y, 'f', digits)}"
        return ""

    def _error(self, value: float) -> str:
        if math.isnan(value):
            return _UNKNOWN
        return QLocale().toString(100 * value if self._floor.unit == "m" else value, "f", 1)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        more = {PAIR: Qt.ItemFlag.ItemIsUserCheckable, NAME: Qt.ItemFlag.ItemIsEditable}
        return super().flags(index) | more.get(index.column(), Qt.ItemFlag.NoItemFlags)

    def setData(self, index: QModelIndex, value: Any, role: int = 0) -> bool:  # noqa: N802
        if role == Qt.ItemDataRole.EditRole and index.column() == NAME:
            if value != self._text(self.order[index.row()], NAME):
                self.named.emit(self.order[index.row()], str(value))
            return True
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.held.emit(self.order[index.row()], Qt.CheckState(value) != Qt.CheckState.Checked)
        return True


class _Bars(QStyledItemDelegate):
    """The left-out error as a bar."""

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, option, index)
        model = index.model()
        if painter is None or not isinstance(model, PairModel):
            return
        error, wrong = model.left_out(index.row())
        box = QRectF(option.rect).adjusted(6, 0, -6, 0)
        box = QRectF(box.left(), box.center().y() - 3, box.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("border.subtle"))
        painter.drawRoundedRect(box, 2, 2)
        if math.isfinite(error):
            box.setWidth(max(2.0, box.width() * min(1.0, error / model.full_bar)))
            painter.setBrush(THEME.colour("error" if wrong else "accent"))
            painter.drawRoundedRect(box, 2, 2)


class PairTable(QTableView):
    """chosen: the pair (from 0) of the row that somebody went to. deleted: it is to go."""

    chosen = pyqtSignal(int)
    deleted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.pairs = PairModel()
        self.setModel(self.pairs)
        self.setAccessibleName(self.tr("Pairs, the worst first"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegateForColumn(BAR, _Bars(self))
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        assert rows is not None and columns is not None
        rows.hide()
        rows.setDefaultSectionSize(tokens.ROW)
        rows.setMinimumSectionSize(tokens.ROW_DENSE)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # to look at every cell at each step takes long
        columns.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        for column, width_px in ((PAIR, _PAIR_PX), (NAME, _NAME_PX)):
            columns.resizeSection(column, width_px)
        columns.setHighlightSections(False)
        self._showing = False
        selection = self.selectionModel()
        assert selection is not None
        selection.currentRowChanged.connect(self._went)

    def show_pairs(self, fitted: PairFit, floor: Floor, selected: int | None) -> None:
        self._showing = True
        self.pairs.show(fitted, floor)
        if selected is not None and selected in self.pairs.order:
            self.selectRow(self.pairs.order.index(selected))
        else:
            self.setCurrentIndex(QModelIndex())
        self._showing = False

    def _went(self, current: QModelIndex) -> None:
        if not self._showing and current.isValid():
            self.chosen.emit(self.pairs.order[current.row()])

    def showEvent(self, event: QShowEvent | None) -> None:  # noqa: N802
        """Only now the font is the style sheet's."""
        super().showEvent(event)
        columns = self.horizontalHeader()
        assert columns is not None
        least = {PLACE: self.fontMetrics().horizontalAdvance(_LONGEST_PLACE) + _ROUND_PX}
        for column in (IN_FIT, LEFT_OUT, PLACE):
            columns.resizeSection(column, max(columns.sectionSizeHint(column), least.get(column, 0)))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """F2 names the pair, Del takes it away."""
        key = event.key() if event is not None and self.currentIndex().isValid() else None
        if key == Qt.Key.Key_F2:
            self.edit(self.pairs.index(self.currentIndex().row(), NAME))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(480, tokens.TABLE_HEAD + 6 * tokens.ROW)
