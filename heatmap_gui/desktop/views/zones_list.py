"""The zones and lines of a site, each with what it measures and an eye."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PyQt6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from heatmap_gui.core.drawn_edits import Kind
from heatmap_gui.core.site import Line, Zone
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import paint_icon
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.views.zones_words import Key, key_of, measures, symbol_of
from heatmap_gui.desktop.widgets.basics import hairline, label, row, tool

_ROW = 42
_KEYS_FROM = 640  # px of height: a lower window has no room for words about keys
_SQUARE, _EYE = 20.0, 16.0
_SYMBOL, _DETAIL, _WARNS, _KEY, _HIDDEN = range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 5)


class _Rows(QStyledItemDelegate):
    """Icon on its colour, name over what it measures, eye."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:  # noqa: N802
        return QSize(0, _ROW)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, THEME.colour("bg.selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, THEME.colour("bg.hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(THEME.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        warns, hidden = index.data(_WARNS), index.data(_HIDDEN)
        self._paint_symbol(painter, box, index.data(_SYMBOL), warns=warns)
        words = box.adjusted(tokens.PAD + _SQUARE + tokens.GAP, 4, -_EYE - 20, -4)
        for text, size, weight, colour, upper in (
            (index.data(), tokens.BODY, tokens.MEDIUM, "text.tertiary" if hidden else "text.primary", True),
            (index.data(_DETAIL), tokens.SMALL - 1, tokens.REGULAR, "warn" if warns else "text.tertiary", False),
        ):
            painter.setFont(font(size, weight))
            painter.setPen(THEME.colour(colour))
            kept = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()))
            half = QRectF(words.left(), words.top() if upper else words.center().y(), words.width(), words.height() / 2)
            painter.drawText(half, Qt.AlignmentFlag.AlignVCenter, kept)
        paint_icon(painter, "hide" if hidden else "show", eye_of(box), "text.tertiary")
        painter.restore()

    def _paint_symbol(self, painter: QPainter, box: QRectF, kind: str, *, warns: bool) -> None:
        square = QRectF(box.left() + tokens.PAD, box.center().y() - _SQUARE / 2, _SQUARE, _SQUARE)
        colour = THEME.colour("warn" if warns else f"zone.{kind}")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(square, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        inner = square.adjusted(3, 3, -3, -3)
        paint_icon(painter, "warning" if warns else tokens.ZONE_ICON[kind], inner, _ink_on(colour))

    def editorEvent(  # noqa: N802
        self,
        event: QEvent | None,
        model: QAbstractItemModel | None,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        on_eye = isinstance(event, QMouseEvent) and eye_of(QRectF(option.rect)).adjusted(-8, -12, 12, 12).contains(
            event.position()
        )
        if on_eye and event is not None and event.type() == QEvent.Type.MouseButtonRelease and model is not None:
            return model.setData(model.index(index.row(), 0), not index.data(_HIDDEN), _HIDDEN)
        return False


def eye_of(box: QRectF) -> QRectF:
    """Where the eye of a row is."""
    return QRectF(box.right() - _EYE - tokens.PAD, box.center().y() - _EYE / 2, _EYE, _EYE)


def _ink_on(colour: QColor) -> str:
    """The token whose colour stands out from this one."""
    light = (colour.red() * 299 + colour.green() * 587 + colour.blue() * 114) / 1000 > 130
    return ("bg.app" if THEME.mode == "dark" else "text.primary") if light else "text.on_accent"


class _Kind(QListWidget):
    """All of one kind."""

    toggled = pyqtSignal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.itemChanged.connect(lambda _: self.toggled.emit())

    def fill(self, drawn: Sequence[Zone | Line], warned: Collection[Key], hidden: Collection[Key]) -> None:
        self.blockSignals(True)
        while self.count() > len(drawn):
            self.takeItem(self.count() - 1)
        while self.count() < len(drawn):
            self.addItem(QListWidgetItem())
        for number, one in enumerate(drawn):
            item, key = self.item(number), key_of(one)
            if item is None:
                continue
            detail = self.tr("Line: nobody can cross") if key in warned else measures(one)
            item.setText(one.name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {detail}")
            item.setToolTip(self.tr("%1 (H shows or hides it)").replace("%1", one.name))
            for role, value in (
                (_SYMBOL, symbol_of(one)),
                (_DETAIL, detail),
                (_WARNS, key in warned),
                (_KEY, key),
                (_HIDDEN, key in hidden),
            ):
                item.setData(role, value)
        self.setFixedHeight(max(1, len(drawn)) * _ROW)
        self.blockSignals(False)
        self.viewport().update()  # type: ignore[union-attr]

    def choose(self, key: Key | None) -> None:
        self.blockSignals(True)
        self.setCurrentRow(-1)
        self.clearSelection()
        for number in range(self.count()):
            item = self.item(number)
            if item is not None and item.data(_KEY) == key:
                self.setCurrentRow(number)
        self.blockSignals(False)

    def hidden(self) -> set[Key]:
        items = [self.item(number) for number in range(self.count())]
        return {item.data(_KEY) for item in items if item is not None and item.data(_HIDDEN)}

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        item = self.currentItem()
        if event is not None and event.key() == Qt.Key.Key_H and item is not None:
            item.setData(_HIDDEN, not item.data(_HIDDEN))
        else:
            super().keyPressEvent(event)


class ShapeList(QFrame):
    """chosen: a key was picked. wanted: a new one of this kind. hid: the eyes changed."""

    chosen = pyqtSignal(object)
    wanted = pyqtSignal(str)
    hid = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "list")
        self.setFixedWidth(tokens.LIST)
        self._lists: dict[Kind, _Kind] = {"zones": _Kind(self.tr("Zones")), "lines": _Kind(self.tr("Lines"))}
        self._counts: dict[Kind, QLabel] = {"zones": label(kind="tertiary"), "lines": label(kind="tertiary")}
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        titles = {"zones": self.tr("Zones"), "lines": self.tr("Lines")}
        adds = {"zones": self.tr("Draw a zone"), "lines": self.tr("Draw a line")}
        for kind, one in self._lists.items():
            add = tool(adds[kind], "add", clicked=partial(self.wanted.emit, kind))
            head = row(
                label(titles[kind], "section"), self._counts[kind], None, add, margins=(tokens.PAD, 0, tokens.GAP, 0)
            )
            head.setFixedHeight(40)
            layout.addWidget(head)
            layout.addWidget(one)
            layout.addWidget(hairline())
            one.itemSelectionChanged.connect(partial(self._picked, kind))
            one.toggled.connect(self.hid.emit)
        layout.addStretch(1)
        self._keys = self._key_words()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._keys)

    def fill(
        self, zones: Sequence[Zone], lines: Sequence[Line], warned: Collection[Key], hidden: Collection[Key]
    ) -> None:
        for kind, drawn in (("zones", zones), ("lines", lines)):
            found: Kind = "zones" if kind == "zones" else "lines"
            self._lists[found].fill(drawn, warned, hidden)
            self._counts[found].setText(str(len(drawn)))

    def choose(self, key: Key | None) -> None:
        for one in self._lists.values():
            one.choose(key)
        self._keys.setVisible(key is not None and self.height() >= _KEYS_FROM)

    def hidden(self) -> frozenset[Key]:
        return frozenset(key for one in self._lists.values() for key in one.hidden())

    def _picked(self, kind: Kind) -> None:
        item = self._lists[kind].currentItem()
        if item is not None:
            self.chosen.emit(item.data(_KEY))

    def _key_words(self) -> QWidget:
        """What the keys do while something is selected."""
        made = QFrame()
        grid = QGridLayout(made)
        grid.setContentsMargins(tokens.PAD, tokens.PAD, tokens.PAD, tokens.PAD)
        grid.setVerticalSpacing(6)
        grid.addWidget(label(self.tr("While one is selected"), "secondary"), 0, 0, 1, 2)
        rows = (
            (self.tr("Arrows"), self.tr("move 1 cm")),
            (self.tr("Shift Arrows"), self.tr("move 10 cm")),
            ("Tab", self.tr("next corner")),
            ("Del", self.tr("remove corner")),
            ("Alt", self.tr("no snapping")),
            ("Esc", self.tr("undo this drag")),
        )
        for number, (keys, deed) in enumerate(rows, 1):
            grid.addWidget(label(keys, "key"), number, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(deed, "secondary"), number, 1)
        grid.setColumnStretch(1, 1)
        return made
