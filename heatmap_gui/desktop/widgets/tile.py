"""One camera's tile on the wall: its head, and its picture or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from PyQt6.QtCore import QCoreApplication, QLocale, QRect, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QRegion

from heatmap_gui.core.camera_view import CameraView
from heatmap_gui.core.site import Camera
from heatmap_gui.core.wall import Cell
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.durations import duration
from heatmap_gui.desktop.icons import paint_icon
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.overlays import Drawn
from heatmap_gui.desktop.widgets.pictures import bgrx_image
from heatmap_gui.services.board import Shown
from heatmap_gui.services.picture_state import PictureState, Sight

translate = QCoreApplication.translate

_MANY_SKIPPED = 0.1  # of a minute's frames: then it is told in the colour of warnings
REMEDIES_BELOW_PX = 40  # the middle of a lost camera's tile
_REMEDIES_LEAST_PX = 170
_NAME_LEAST_PX = 64  # of a head, for number and name
_WIDE_PX, _NARROW_PX = 300, 190  # of a head: below it leaves figures out


@dataclass(slots=True, eq=False)
class Tile:
    """What is known of one. number: as on the plan. skipped: frames of the last minute; of: that came in it."""

    camera: Camera
    number: int
    cell: Cell = field(default_factory=lambda: Cell(0, 0, 1, 1))
    state: PictureState = field(default_factory=lambda: PictureState(Sight.OFF))
    shown: Shown | None = None
    image: QImage | None = None
    view: CameraView | None = None
    heat: QImage | None = None  # to be laid over the picture
    drawn: Drawn = field(default_factory=Drawn)
    skipped: int = 0
    skipped_share: float = 0.0

    whole: QRect = field(default_factory=QRect)
    head: QRect = field(default_factory=QRect)  # where its name and figures are
    room: QRect = field(default_factory=QRect)  # where the picture may be
    box: QRect = field(default_factory=QRect)  # where it is
    strips: tuple[QRect, ...] = ()  # what it leaves of the room
    fits: bool = False  # the picture was made for its box

    def place(self, cell: Cell) -> None:
        """Puts it there."""
        left, top, width, height = self.cell = cell
        self.whole = QRect(left, top, width, height)
        self.head = QRect(left, top, width, tokens.TILE_HEAD)
        self.room = QRect(left, top + tokens.TILE_HEAD, width, max(1, height - tokens.TILE_HEAD))
        self._fit()

    def show(self, shown: Shown | None, ratio: float) -> None:
        """The newest picture; ratio: device px per px."""
        before = None if self.image is None else (self.image.size(), self.image.devicePixelRatio())
        self.shown, self.image = shown, None
        if shown is not None and shown.image is not None:
            self.image = bgrx_image(shown.image)
            self.image.setDevicePixelRatio(ratio)
            if (self.image.size(), ratio) != before:
                self._fit()

    def _fit(self) -> None:
        """The picture lies in the middle of the room, in its own shape, on whole px."""
        room, size = self.room, self.shown.size if self.shown is not None else (16, 9)
        scale = min(room.width() / size[0], room.height() / size[1])
        self.box = QRect(0, 0, max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
        self.box.moveCenter(room.center())
        rest = QRegion(room).subtracted(QRegion(self.box))
        edges = (
            QRect(room.left(), room.top(), room.width(), self.box.top() - room.top()),
            QRect(room.left(), self.box.bottom() + 1, room.width(), room.bottom() - self.box.bottom()),
            QRect(room.left(), self.box.top(), self.box.left() - room.left(), self.box.height()),
            QRect(self.box.right() + 1, self.box.top(), room.right() - self.box.right(), self.box.height()),
        )
        self.strips = tuple(edge for edge in edges if rest.intersects(edge))
        self.fits = self.image is not None and _made_for(self.image, self.box)

    def head_words(self) -> list[tuple[str, str]]:
        """Right in the head, from the right: texts and the tokens of their colours."""
        state, locale = self.state, QLocale()
        match state.sight:
            case Sight.LIVE:
                rate = translate("Tile", "%1 fps").replace("%1", locale.toString(state.fps, "f", 1))
                age = translate("Tile", "%1 s").replace("%1", locale.toString(state.age_s or 0.0, "f", 1))
                skipped = translate("Tile", "%1 skipped").replace("%1", locale.toString(self.skipped))
                kept = "warn" if self.skipped_share > _MANY_SKIPPED else "text.secondary"
                words = [(skipped, kept), (age, "text.secondary"), (rate, "text.secondary")]
                return words[3 - self._figures() :]
            case Sight.STALE | Sight.UNFIT:
                return [(translate("Tile", "Not live"), "warn")]
            case Sight.GONE if state.since_s < 1:
                return [(translate("Tile", "No picture"), "error")]
            case Sight.GONE:
                return [(translate("Tile", "No picture for %1").replace("%1", duration(state.since_s)), "error")]
            case Sight.WAITING:
                return [(translate("Tile", "Connecting…"), "text.secondary")]
            case Sight.OFF:
                return [(translate("Tile", "Not measured"), "text.tertiary")]

    def _figures(self) -> int:
        return 3 if self.cell.width >= _WIDE_PX else 2 if self.cell.width >= _NARROW_PX else 1

    def whole_words(self) -> str:
        """All that it may have had no room for."""
        said = (f"{self.number}   {self.camera.name}", *self.words(), retry_words(self.state))
        return "\n".join(filter(None, said))

    def words(self) -> tuple[str, str]:
        """In place of the picture, or over it: what is the matter, and why or what to do."""
        state = self.state
        age = QLocale().toString(state.age_s or 0.0, "f", 1)
        match state.sight:
            case Sight.STALE:
                said = translate("Tile", "Not live: picture is %1 s old").replace("%1", age)
                if state.overloaded:
                    return said, translate("Tile", "This computer is too busy to look at newer ones")
                return said, translate("Tile", "Nothing is counted here until it moves")
            case Sight.UNFIT:
                return translate("Tile", "Not live: picture is %1 s old").replace("%1", age), state.reason
            case Sight.GONE if state.denied:
                return translate("Tile", "Camera refuses user or password"), state.reason
            case Sight.GONE if state.unsuitable:
                return translate("Tile", "Pictures do not fit the calibration"), state.reason
            case Sight.GONE:
                return translate("Tile", "Camera does not answer"), state.reason
            case Sight.WAITING:
                return translate("Tile", "Connecting…"), state.reason
            case Sight.OFF:
                return translate("Tile", "Not measured"), translate("Tile", "Start measuring in the bar above.")
            case Sight.LIVE:
                return "", ""


def paint_head(painter: QPainter, tile: Tile, *, selected: bool) -> None:
    """State, number, name; at the right what is known of the picture."""
    bar = QRectF(tile.head)
    painter.fillRect(bar, THEME.colour("bg.raised" if selected else "bg.surface"))
    sight = tile.state.sight
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    symbol, colour = _SYMBOLS[sight]
    spot = QRectF(bar.left() + 8, bar.center().y() - 7, 14, 14)
    if symbol:
        paint_icon(painter, symbol, spot, colour)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour(colour))
        painter.drawEllipse(spot.center(), 4, 4)
    painter.setFont(font(tokens.SMALL))
    metrics = QFontMetricsF(painter.font())
    inner = bar.adjusted(28, 0, -8, 0)
    for words, words_colour in tile.head_words():
        if inner.width() - metrics.horizontalAdvance(words) < _NAME_LEAST_PX:
            break  # which camera it is matters most
        painter.setPen(THEME.colour(words_colour))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        inner.setRight(inner.right() - metrics.horizontalAdvance(words) - 12)
    painter.setFont(font(tokens.SMALL, tokens.MEDIUM))
    name = QFontMetricsF(painter.font()).elidedText(
        f"{tile.number}   {tile.camera.name}", Qt.TextElideMode.ElideRight, inner.width()
    )
    painter.setPen(THEME.colour("text.primary"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


_SYMBOLS = {
    Sight.LIVE: ("", "ok"),
    Sight.STALE: ("warning", "warn"),
    Sight.UNFIT: ("warning", "warn"),
    Sight.GONE: ("lost", "error"),
    Sight.WAITING: ("again", "text.secondary"),
    Sight.OFF: ("pause", "text.tertiary"),
}


def paint_picture(painter: QPainter, tile: Tile, region: QRegion) -> bool:
    """A ready picture as it is -> whether there is one; else the room is empty. region: what is to be painted."""
    image = tile.image
    if image is None or tile.state.sight in (Sight.GONE, Sight.OFF, Sight.WAITING):
        painter.fillRect(tile.room, THEME.colour("bg.canvas"))
        return False
    for strip in tile.strips:
        if region.intersects(strip):
            painter.fillRect(strip, THEME.colour("bg.canvas"))
    if tile.fits:
        painter.drawImage(tile.box.topLeft(), image)
    else:  # until the next one comes
        painter.drawImage(tile.box, image)
    return True


def _made_for(image: QImage, box: QRect) -> bool:
    """Whether its px are those of the box."""
    made = image.deviceIndependentSize()
    return abs(made.width() - box.width()) < 1 and abs(made.height() - box.height()) < 1


def paint_heat(painter: QPainter, box: QRect, heat: QImage) -> None:
    """Lays the floor's heat over a picture."""
    if _made_for(heat, box):
        painter.drawImage(box.topLeft(), heat)
    else:  # until there is one of this size
        painter.drawImage(box, heat)


def paint_not_live(painter: QPainter, tile: Tile) -> None:
    """Greys and hatches a picture, frames it, and says how old it is."""
    box, room = QRectF(tile.box), QRectF(tile.room)
    painter.fillRect(box, _veil())
    painter.fillRect(box, QBrush(THEME.colour("warn", 0.28), Qt.BrushStyle.BDiagPattern))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(THEME.colour("warn"), 2))
    painter.drawRect(room.adjusted(1, 1, -1, -1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    title, why = tile.words()
    _paint_card(painter, room, title, why)


def paint_lost(painter: QPainter, tile: Tile) -> None:
    """Fault, reason, when the next try is, above what can be done. In a small tile the reason goes first."""
    room = QRectF(tile.room)
    if tile.state.sight is Sight.GONE:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(THEME.colour("error"), 1))
        painter.drawRect(room.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    text = room.adjusted(12, 4, -12, -4)
    if has_remedies(tile):
        text.setBottom(room.center().y() + REMEDIES_BELOW_PX - tokens.GAP)
    title, why = tile.words()
    lines = [
        (font(tokens.BODY, tokens.SEMIBOLD), "text.primary", title),
        (font(tokens.SMALL), "text.secondary", why),
        (font(tokens.SMALL, tokens.MEDIUM), "text.primary", retry_words(tile.state)),
    ]
    heights = [_height(face, words, text) for face, _, words in lines]
    for least in (1, 2):
        if sum(heights) > text.height():
            heights[least] = 0.0
    icon_px = tokens.ICON_HUGE + 8 if text.height() > sum(heights) + 60 else 0
    y = text.top() + max(0.0, (text.height() - sum(heights) - icon_px) / 2)
    if icon_px:
        symbol, colour = _SYMBOLS[tile.state.sight]
        paint_icon(painter, symbol, QRectF(text.center().x() - 14, y, 28, 28), colour)
        y += icon_px
    for (face, colour, words), height in zip(lines, heights, strict=True):
        if height:
            painter.setFont(face)
            painter.setPen(THEME.colour(colour))
            painter.drawText(QRectF(text.left(), y, text.width(), height), _wrapped(face, words, text.width()), words)
            y += height


def _height(face: QFont, words: str, room: QRectF) -> float:
    """Of a text and what is below it; 0 where there is none."""
    wrapped = _wrapped(face, words, room.width())
    return QFontMetricsF(face).boundingRect(room, wrapped, words).height() + 4 if words else 0.0


def _wrapped(face: QFont, words: str, width: float) -> int:
    """Between words; within one only where it is longer than a line, as addresses may be."""
    metrics = QFontMetricsF(face)
    longest = max((metrics.horizontalAdvance(word) for word in words.split()), default=0.0)
    wrap = Qt.TextFlag.TextWrapAnywhere if longest > width else Qt.TextFlag.TextWordWrap
    return int(wrap | Qt.AlignmentFlag.AlignHCenter)


def has_remedies(tile: Tile) -> bool:
    """Whether buttons stand below the reason; in smaller tiles the menu has them."""
    return tile.state.sight is Sight.GONE and min(tile.room.width(), tile.room.height()) >= _REMEDIES_LEAST_PX


def retry_words(state: PictureState) -> str:
    """When a lost camera is tried again."""
    if state.sight is not Sight.GONE or state.retry_in_s is None:
        return ""
    number = QLocale().toString(state.tries + 1)
    return translate("Tile", "Try %1 in %2").replace("%1", number).replace("%2", duration(state.retry_in_s))


def _paint_card(painter: QPainter, room: QRectF, title: str, why: str) -> None:
    title_font, why_font = font(tokens.BODY, tokens.SEMIBOLD), font(tokens.SMALL)
    most = room.width() - 24
    title = QFontMetricsF(title_font).elidedText(title, Qt.TextElideMode.ElideRight, most - 24)
    why = QFontMetricsF(why_font).elidedText(why, Qt.TextElideMode.ElideRight, most - 24)
    width = 32 + max(QFontMetricsF(title_font).horizontalAdvance(title), QFontMetricsF(why_font).horizontalAdvance(why))
    tall = room.height() > 70
    card = QRectF(0, 0, min(width, most), 52 if tall else 30)
    card.moveCenter(room.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour("bg.overlay", 0.95))
    painter.drawRoundedRect(card, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
    painter.setFont(title_font)
    painter.setPen(THEME.colour("warn"))
    painter.drawText(card.adjusted(0, 7, 0, 0), Qt.AlignmentFlag.AlignHCenter, title)
    if tall:
        painter.setFont(why_font)
        painter.setPen(THEME.colour("text.primary"))
        painter.drawText(card.adjusted(0, 28, 0, 0), Qt.AlignmentFlag.AlignHCenter, why)


def _veil() -> QColor:
    """Takes most of a picture's colour and light away, in both themes."""
    return QColor(40, 44, 50, 185)
