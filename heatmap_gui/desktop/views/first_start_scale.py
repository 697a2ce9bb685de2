"""Third question: how large the plan is. Two clicks on one length that somebody knows, and that length."""

from __future__ import annotations

from PyQt6.QtCore import QLocale, QPointF, QRectF, Qt
from PyQt6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QDoubleSpinBox, QLabel, QVBoxLayout, QWidget

from heatmap_gui.core.scale_editing import ScaleEditor
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import U1
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.first_start_page import Page
from heatmap_gui.desktop.views.first_start_plan import PlanPage
from heatmap_gui.desktop.widgets.basics import Segments, bar, frame, hairline, label, row, tool
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.loupe import LOUPE, RADIUS, paint_loupe
from heatmap_gui.desktop.widgets.pictures import bgr_image
from heatmap_gui.desktop.widgets.plan import PlanCanvas, paint_chip

_NARROW = "\N{NARROW NO-BREAK SPACE}"
_STEP = 1.25
_LARGEST_M = 2000.0
_NUDGES = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


def _number(value: float, decimals: int = 2) -> str:
    return QLocale().toString(value, "f", decimals)


class ScalePage(Page):
    """The clicks are gone when it is left; the scale they gave is in the document."""

    def __init__(self, session: Session, plan: PlanPage) -> None:
        super().__init__(session)
        self.title = self.tr("How large is this plan?")
        self.sentence = self.tr("Click the two ends of one length that you know. The longer it is, the better.")
        self.skipping = self.tr("Skip this and all lengths stay in plan pixels.")
        self.editor = ScaleEditor()
        self._plan = plan
        self._picture: QImage | None = None
        self._pointer: QPointF | None = None
        self._plan_path: object = None
        self.canvas = PlanCanvas()
        self.canvas.shows_zones = False
        self._lines = list(self.canvas.layers)
        self.shown_as = Segments({"lines": self.tr("Lines"), "original": self.tr("Original")}, self.tr("Plan shown as"))
        self.shown_as.chosen.connect(lambda _: self._show_picture())
        self.tools = row(None, label(self.tr("Plan shown as"), "secondary"), self.shown_as)
        shown = frame("", self.canvas, self._zoom_bar(), gap=0, pad=0)
        layout = shown.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretchFactor(self.canvas, 1)
        self.arrange(shown, self._panel())
        self.canvas.layers = [*self._lines, self._paint]
        self.canvas.setCursor(Qt.CursorShape.CrossCursor)
        self.canvas.pressed.connect(self._press)
        self.canvas.moved.connect(self._move)
        self.canvas.released.connect(self._release)
        self.canvas.left.connect(self._leave_canvas)
        self.canvas.key.connect(self._key)
        self.banner.acted.connect(self._use_ratio)

    def _zoom_bar(self) -> QWidget:
        self.zoomed, self.place = label(kind="secondary"), label(kind="secondary")
        self.zoomed.setMinimumWidth(52)
        self.zoomed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.canvas.viewed.connect(
            lambda: self.zoomed.setText(f"{_number(100 * self.canvas.scale, 0)}{_NARROW}%")
        )  # fmt: skip
        return bar(
            tool(self.tr("Smaller"), "less", clicked=lambda: self.canvas.zoom(1 / _STEP)), self.zoomed,
            tool(self.tr("Larger"), "add", clicked=lambda: self.canvas.zoom(_STEP)),
            tool(self.tr("Whole plan"), "full", shortcut="0", words=True, clicked=self.canvas.fit), None, self.place,
            height=tokens.CONTROL + tokens.GAP,
        )  # fmt: skip

    def _panel(self) -> QWidget:
        self.length = QDoubleSpinBox()
        self.length.setRange(0, _LARGEST_M)
        self.length.setDecimals(2)
        self.length.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.length.setSpecialValueText(self.tr("length in metres"))
        self.length.setSuffix(f"{_NARROW}m")
        self.length.setAccessibleName(self.tr("The length you clicked, in metres"))
        self.length.setEnabled(False)
        self.length.valueChanged.connect(lambda _: self._take())
        self.hint = label(kind="tertiary", wrap=True)
        self.values: dict[str, QLabel] = {}
        rows = []
        for key, words in (
            ("pixel", self.tr("One pixel of the plan")), ("whole", self.tr("The whole plan")),
            ("area", self.tr("Area")), ("exact", self.tr("Exact to")),
        ):  # fmt: skip
            self.values[key] = label("\N{EN DASH}")
            self.values[key].setAccessibleName(words)
            rows.append(row(label(words, "secondary"), None, self.values[key]))
        return frame(
            "", label(self.tr("The length you clicked"), "section"), self.length, self.hint, hairline(),
            label(self.tr("That makes"), "section"), *rows, hairline(),
            label(self.tr("Does it look right?"), "section"),
            label(self.tr("A person and a trolley follow the pointer at this scale: hold them beside a door or an"
                          " aisle that you know."), "secondary", wrap=True),
            None, pad=16, gap=tokens.PAD,
        )  # fmt: skip

    # ---- what is shown

    def show_site(self, site: Site | None) -> None:
        floor = site.floor if site else None
        if floor is None or site is None or not floor.width_px:
            return
        if floor.plan_path != self._plan_path:
            self._plan_path = floor.plan_path
            self.editor.ends.clear()
            self.length.setValue(0)
        self.canvas.show_site(site)
        scale = floor.metres_per_pixel
        for value in self.values.values():
            value.setText("\N{EN DASH}")
        if scale is not None:
            wide, deep = floor.width_px * scale, floor.height_px * scale
            self.values["pixel"].setText(f"{_number(100 * scale)}{_NARROW}cm")
            self.values["whole"].setText(f"{_number(wide)} \N{MULTIPLICATION SIGN} {_number(deep)}{_NARROW}m")
            self.values["area"].setText(f"{_number(wide * deep, 0)}{_NARROW}m²")
            if self.editor.length_px:
                share = self.editor.relative_error
                off = f"{_number(100 * share * max(wide, deep), 0)}{_NARROW}cm"
                said = self.tr("± %1 %, %2 on %3")
                parts = (_number(100 * share, 1), off, f"{_number(max(wide, deep), 0)}{_NARROW}m")
                for number, part in enumerate(parts, 1):
                    said = said.replace(f"%{number}", part, 1)
                self.values["exact"].setText(said)
        self._say_hint(scale)
        self._offer_ratio(floor.width_px, scale)

    def _say_hint(self, scale: float | None) -> None:
        ends = len(self.editor.ends)
        self.length.setEnabled(ends == 2)
        if ends == 1:
            self.hint.setText(self.tr("Now the other end."))
        elif ends == 2:
            self.hint.setText(self.tr("As you measured it on the ground, end to end. Drag the ends to correct them."))
        elif scale is not None:
            self.hint.setText(self.tr("The scale is known. Click two ends to measure it anew."))
        else:
            self.hint.setText(self.tr("Click one end, then the other: a wall, a row of shelves, a shop front."))

    def _offer_ratio(self, width_px: float, scale: float | None) -> None:
        brought = self._plan.brought
        if brought is None or brought.ratio is None or brought.metres_per_px in (None, scale):
            self.banner.hide()
            return
        assert brought.metres_per_px is not None
        said = self.tr("The PDF says 1:%1. That would make the plan %2 m wide.")
        said = said.replace("%1", str(brought.ratio)).replace("%2", _number(width_px * brought.metres_per_px, 1))
        self.banner.say(said, "info", self.tr("Use 1:%1").replace("%1", str(brought.ratio)))

    def show_plan(self, ink: U1 | None, picture: U1 | None) -> None:
        self.canvas.show_ink(ink)
        self._picture = None if picture is None else bgr_image(picture)
        self._show_picture()

    def _show_picture(self) -> None:
        original = self.shown_as.choice == "original" and self._picture is not None
        self.canvas.show_image(self._picture if original else None, self.canvas.picture_size)
        self.canvas.layers = [self._paint] if original else [*self._lines, self._paint]
        self.canvas.update()

    # ---- gestures

    def _press(self, at: QPointF, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.editor.press((at.x(), at.y()), tokens.VERTEX_HIT / 2 / self.canvas.scale)
        self._changed()
        if len(self.editor.ends) == 2 and not self.length.value():
            self.length.setFocus()
            self.length.selectAll()

    def _move(self, at: QPointF, _event: QMouseEvent) -> None:
        self._pointer = at
        self.place.setText(f"x {_number(at.x(), 0)}{_NARROW}px, y {_number(at.y(), 0)}{_NARROW}px")
        self.editor.move((at.x(), at.y()))
        if self.editor.held is not None:
            self._changed()
        self.canvas.update()

    def _release(self, _at: QPointF, _event: QMouseEvent) -> None:
        self.editor.release()

    def _leave_canvas(self) -> None:
        self._pointer = None
        self.place.clear()
        self.canvas.update()

    def _key(self, event: QKeyEvent) -> None:
        nudge = _NUDGES.get(Qt.Key(event.key()))
        if nudge is not None and self.editor.ends:
            x, y = self.editor.ends[-1]
            self.editor.ends[-1] = (x + nudge[0], y + nudge[1])
            event.accept()
            self._changed()

    @property
    def has_clicks(self) -> bool:
        return bool(self.editor.ends)

    def undo_click(self) -> bool:
        taken = self.editor.take_back()
        if taken:
            self._changed()
        return taken

    def _changed(self) -> None:
        self._take()
        self.show_site(self.session.site)
        self.answerable.emit()
        self.canvas.update()

    def _take(self) -> None:
        """Into the document, as soon as there are two ends and a length."""
        scale = self.editor.metres_per_pixel(self.length.value())
        if scale is not None:
            self._write(scale, "scale")

    def _use_ratio(self) -> None:
        if self._plan.brought is not None and self._plan.brought.metres_per_px is not None:
            self.editor.ends.clear()
            self._write(self._plan.brought.metres_per_px, "")

    def _write(self, scale: float, joins: str) -> None:
        self.session.edit(
            lambda document: document["store"].update(metres_per_pixel=scale), self.tr("scale of the plan"), joins
        )

    # ---- painting

    def _paint(self, painter: QPainter, canvas: ImageCanvas) -> None:
        ends = [canvas.to_window(*end) for end in self.editor.ends]
        if len(ends) == 2:
            for pen in (QPen(THEME.colour("person.halo"), 4.5), QPen(THEME.colour("accent"), 2)):
                painter.setPen(pen)
                painter.drawLine(ends[0], ends[1])
            self._paint_length(painter, (ends[0] + ends[1]) / 2)
        painter.setPen(QPen(THEME.colour("accent.fill"), 2))
        painter.setBrush(THEME.colour("text.on_accent"))
        for end in ends:
            painter.drawEllipse(end, tokens.VERTEX / 2, tokens.VERTEX / 2)
        if self._pointer is not None:
            self._paint_walkers(painter, canvas.to_window(self._pointer.x(), self._pointer.y()))
            self._paint_loupe(painter, canvas, self._pointer)

    def _paint_length(self, painter: QPainter, at: QPointF) -> None:
        pixels = f"{_number(self.editor.length_px, 0)}{_NARROW}px"
        said = self.tr("%1 on the plan").replace("%1", pixels)
        if self.length.value():
            said = self.tr("%1 m on the ground, %2").replace("%1", _number(self.length.value())).replace("%2", said)
        paint_chip(painter, at + QPointF(0, 20), said, background="accent.fill")

    def _paint_walkers(self, painter: QPainter, at: QPointF) -> None:
        """Somebody 0.5 m across with a trolley of 0.6 m by 1 m, beside the pointer."""
        site = self.session.site
        scale = site.floor.metres_per_pixel if site else None
        if scale is None or len(self.editor.ends) == 1:
            return
        metre = self.canvas.scale / scale
        if metre < 6:
            return
        beside = at + QPointF(0.6 * metre + 12, 0)
        painter.setPen(QPen(THEME.colour("person.halo"), 2))
        painter.setBrush(THEME.colour("person"))
        painter.drawEllipse(beside, 0.25 * metre, 0.25 * metre)
        painter.setPen(QPen(THEME.colour("person"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(beside.x() - 0.3 * metre, beside.y() + 0.35 * metre, 0.6 * metre, metre), 2, 2
        )  # fmt: skip

    def _paint_loupe(self, painter: QPainter, canvas: ImageCanvas, at: QPointF) -> None:
        """What is under the pointer, four times as large, in the corner that is farthest away."""
        window = canvas.to_window(at.x(), at.y())
        x = canvas.width() - RADIUS - 24 if window.x() < canvas.width() / 2 else RADIUS + 24
        y = canvas.height() - RADIUS - 36 if window.y() < canvas.height() / 2 else RADIUS + 24
        centre = QPointF(x, y)

        def paint() -> None:
            if self.shown_as.choice == "original" and self._picture is not None:
                painter.drawImage(canvas.picture_rect(), self._picture)
            else:
                for layer in self._lines:
                    layer(painter, canvas)

        paint_loupe(painter, window, centre, paint)
        painter.setPen(QPen(THEME.colour("accent"), 1))
        for arm in (QPointF(RADIUS, 0), QPointF(0, RADIUS)):
            painter.drawLine(centre - arm, centre - arm * 0.15)
            painter.drawLine(centre + arm * 0.15, centre + arm)
        painter.setPen(QPen(THEME.colour("text.primary"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, RADIUS, RADIUS)
        paint_chip(painter, centre + QPointF(0, RADIUS + 16), f"{LOUPE:.0f}\N{MULTIPLICATION SIGN}")
