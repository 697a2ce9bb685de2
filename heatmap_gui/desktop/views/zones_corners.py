"""The corners of a shape as numbers, to be read and written."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QToolButton, QWidget

from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import label, tool

_FAR = 99_999.0


class Corners(QWidget):
    """edited: corner number and its new place (x, y) in the unit shown. removed: a corner."""

    edited = pyqtSignal(int, float, float)
    removed = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.GAP)
        self._grid.setVerticalSpacing(tokens.GAP - 2)
        for column, text in enumerate(("#", self.tr("x, right"), self.tr("y, down"))):
            self._grid.addWidget(label(text, "caption"), 0, column)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._names: list[QLabel] = []
        self._fields: list[tuple[QDoubleSpinBox, QDoubleSpinBox]] = []
        self._removes: list[QToolButton] = []

    def show_corners(self, corners: F8, unit: str, *, names: str = "", fewest: int = 3) -> None:
        """corners (n, 2) in a unit. names: of the corners, a letter each; else they are numbered."""
        while len(self._fields) > len(corners):
            self._drop()
        while len(self._fields) < len(corners):
            self._add()
        decimals, step = (2, 0.05) if unit == "m" else (0, 1.0)
        for number, (pair, point) in enumerate(zip(self._fields, corners.tolist(), strict=True)):
            self._names[number].setText(names[number : number + 1] or str(number + 1))
            for field, value in zip(pair, point, strict=True):
                field.blockSignals(True)
                field.setDecimals(decimals)
                field.setSingleStep(step)
                field.setSuffix(f"\u202f{unit}")
                if abs(field.value() - value) > 0.5 * 10**-decimals:
                    field.setValue(value)
                field.blockSignals(False)
            self._removes[number].setVisible(len(corners) > fewest)

    def _add(self) -> None:
        number = len(self._fields)
        fields = QDoubleSpinBox(), QDoubleSpinBox()
        for field, name in zip(fields, (self.tr("Corner %1, x"), self.tr("Corner %1, y")), strict=True):
            field.setRange(-_FAR, _FAR)
            field.setKeyboardTracking(False)
            field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
            field.setAccessibleName(name.replace("%1", str(number + 1)))
            field.setMinimumWidth(76)
            field.valueChanged.connect(lambda _: self.edited.emit(number, fields[0].value(), fields[1].value()))
        self._fields.append(fields)
        self._names.append(label(kind="tertiary"))
        words = self.tr("Remove corner %1").replace("%1", str(number + 1))
        self._removes.append(tool(words, "delete", clicked=lambda: self.removed.emit(number)))
        for column, widget in enumerate((self._names[-1], *fields, self._removes[-1])):
            self._grid.addWidget(widget, number + 1, column, Qt.AlignmentFlag.AlignVCenter)

    def _drop(self) -> None:
        for widget in (*self._fields.pop(), self._names.pop(), self._removes.pop()):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
