"""What the pages of the set-up have in common, and the list of its steps."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from heatmap_gui.core.set_up import STEPS, Step
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import U1
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import paint_icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.basics import Banner, frame

_DOT_PX = 24


class Page(QWidget):
    """One question. Its answer is in the site's document alone; a page only shows and changes that.

    stepped: the next question. wanted: another screen. answerable: whether `go_on` may be asked for has changed.
    """

    stepped = pyqtSignal()
    wanted = pyqtSignal(str)
    answerable = pyqtSignal()
    title = ""
    sentence = ""
    skipping = ""  # what it means to leave the question open; "": it cannot be

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.banner = Banner()
        self.tools: QWidget | None = None  # at the right of the title

    def arrange(self, centre: QWidget, side: QWidget | None = None) -> None:
        """The middle, with messages over it, and the panel at its right."""
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(centre, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(column, 1)
        if side is not None:
            holder = frame("side", side, pad=0)
            holder.setFixedWidth(tokens.INSPECTOR)
            layout.addWidget(holder)

    def show_site(self, site: Site | None) -> None:
        """The store as it is now; None: there is none yet."""

    def show_plan(self, ink: U1 | None, picture: U1 | None) -> None:
        """The plan's ink (height, width) and the picture itself (height, width, 3) BGR, once they are read."""

    def enter(self) -> None:
        """It is on screen from now on."""

    def leave(self) -> None:
        """It is not any more."""

    def may_go_on(self, answered: bool) -> bool:
        """Whether there is a next question now. answered: by the document."""
        return answered

    def go_on(self) -> bool:
        """The operator wants to go on -> whether that is possible at once; else `stepped` comes later."""
        return True

    @property
    def has_clicks(self) -> bool:
        """Whether `undo_click` has anything to take back."""
        return False

    def undo_click(self) -> bool:
        """Takes back what is not in the document yet -> whether there was anything."""
        return False


class StepRow(QAbstractButton):
    """A step: its number or a tick, its name, and what was answered."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number, self._name, self._detail = number, name, ""
        self._done = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(50)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, detail: str, done: bool) -> None:
        self._detail, self._done = detail, done
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(f"{detail}, {self.tr('done') if done else self.tr('to do')}")
        self.setToolTip(detail)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(tokens.LIST, 50)

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isChecked() or self.underMouse():
                painter.fillRect(self.rect(), THEME.colour("bg.selected" if self.isChecked() else "bg.hover"))
            self._paint_dot(painter, QRectF(16, (self.height() - _DOT_PX) / 2, _DOT_PX, _DOT_PX))
            room = QRectF(52, 0, self.width() - 60, self.height())
            colour = "text.primary" if self.isEnabled() else "text.disabled"
            for text, written, top, ink in (
                (self._name, font(tokens.BODY, tokens.MEDIUM), 7, colour),
                (self._detail, font(tokens.SMALL), 26, "text.tertiary" if self.isEnabled() else "text.disabled"),
            ):
                painter.setFont(written)
                painter.setPen(THEME.colour(ink))
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
                painter.drawText(room.adjusted(0, top, 0, 0), Qt.AlignmentFlag.AlignTop, shown)

    def _paint_dot(self, painter: QPainter, box: QRectF) -> None:
        current, fill = self.isChecked(), "ok.bg" if self._done else ""
        fill = "accent.fill" if current else fill
        painter.setPen(Qt.PenStyle.NoPen if fill else QPen(THEME.colour("border.strong"), 1))
        painter.setBrush(THEME.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.center(), box.width() / 2 - 0.5, box.height() / 2 - 0.5)
        if self._done:
            mark = QRectF(0, 0, tokens.ICON_SMALL, tokens.ICON_SMALL)
            mark.moveCenter(box.center())
            paint_icon(painter, "done", mark, "text.on_accent" if current else "ok")
            return
        painter.setFont(font(tokens.SMALL, tokens.MEDIUM))
        painter.setPen(THEME.colour("text.on_accent" if current else "text.secondary"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepList(QWidget):
    """All steps; one is shown. chosen: the operator wants another."""

    chosen = pyqtSignal(str)

    def __init__(self, names: Mapping[Step, str]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Steps"))
        self.rows: dict[Step, StepRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number, step in enumerate(STEPS, 1):
            row = StepRow(number, names[step])
            row.clicked.connect(lambda _, step=step: self.chosen.emit(step))
            layout.addWidget(row)
            self.rows[step] = row
