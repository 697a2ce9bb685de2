"""Below the plan: the cameras that see the selected shape, with it in their pictures, and how exact places are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PyQt6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from heatmap_gui.core.drawn_views import Exactness, corners_of, share_seen, to_plan
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.views.zones_painting import projected
from heatmap_gui.desktop.views.zones_ruler import UNKNOWN, number
from heatmap_gui.desktop.views.zones_words import symbol_of
from heatmap_gui.desktop.widgets.basics import label
from heatmap_gui.desktop.widgets.plan import zone_pen

_HEIGHT, _MOST = 200, 3
_SEEN = 0.02  # a camera that sees less of it does not see it
_SIZE = (640, 360)  # of pictures whose own is not known yet; and as large as they are wanted here
_SPACE = "\u202f"
_GOOD = {"queue": 0.3, "checkout": 0.3, "entry": 0.3, "shelf": 0.4}  # m; what a type can do with


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One camera that sees a share of the shape. outline (n, 2): px of `size`. image: None: no picture, and why."""

    camera: str
    name: str
    share: float
    outline: F8
    size: tuple[int, int]
    image: QImage | None
    why: str


Picture = Callable[[Camera], tuple[QImage | None, tuple[int, int] | None, str]]


def sightings_of(site: Site, cameras: Mapping[str, Projection], drawn: Zone | Line, picture: Picture) -> list[Sighting]:
    """Of the cameras that see some of it, or that it is drawn on. picture: see `CameraStills.picture`."""
    plan_px = to_plan(site.floor, cameras, drawn.on, corners_of(drawn))
    found = []
    for camera in site.cameras:
        share = 1.0 if camera.id == drawn.on else 0.0
        if plan_px is not None and camera.id in cameras:
            share = max(share, share_seen(site.floor, cameras[camera.id], plan_px))
        outline = projected(site, cameras, camera.id, drawn) if share >= _SEEN else None
        if outline is not None:
            image, size, why = picture(camera)
            found.append(Sighting(camera.id, camera.name, share, outline, size or _SIZE, image, why))
    return found


def best_camera(site: Site, cameras: Mapping[str, Projection], drawn: Zone | Line | None) -> str:
    """The one that sees most of it, else the first of a site that has cameras."""
    seen = [] if drawn is None else sightings_of(site, cameras, drawn, lambda camera: (None, None, ""))
    return max(seen, key=lambda one: one.share).camera if seen else site.cameras[0].id


class CameraTile(QAbstractButton):
    """A camera's picture with the shape in it; a click goes there."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(150, 120)
        self._sighting: Sighting | None = None
        self._drawn: Zone | Line | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def camera(self) -> str:
        return self._sighting.camera if self._sighting else ""

    def show_sighting(self, sighting: Sighting, drawn: Zone | Line) -> None:
        self._sighting, self._drawn = sighting, drawn
        self.setAccessibleName(f"{sighting.camera} {sighting.name}, {self._words(sighting)}")
        self.setToolTip(self.tr("Draw on the picture of %1").replace("%1", sighting.name))
        self.update()

    def _words(self, sighting: Sighting) -> str:
        what = self.tr("sees %1 of this line") if isinstance(self._drawn, Line) else self.tr("sees %1 of this zone")
        return what.replace("%1", f"{sighting.share * 100:.0f}{_SPACE}%")

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(260, _HEIGHT - 24)

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        sighting, drawn = self._sighting, self._drawn
        if sighting is None or drawn is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect())
            painter.fillRect(box, THEME.colour("bg.raised"))
            head = QRectF(box.left() + 8, box.top(), box.width() - 16, tokens.TILE_HEAD)
            painter.setFont(font(tokens.SMALL, tokens.MEDIUM))
            painter.setPen(THEME.colour("text.primary"))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, f"{sighting.camera}  {sighting.name}")
            painter.setFont(font(tokens.CAPTION))
            painter.setPen(THEME.colour("text.secondary"))
            words = self._words(sighting) if box.width() > 230 else f"{sighting.share * 100:.0f}{_SPACE}%"
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
            self._paint_picture(painter, box.adjusted(0, tokens.TILE_HEAD, 0, 0), sighting, drawn)
            if self.hasFocus() or self.underMouse():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(THEME.colour("focus" if self.hasFocus() else "border.strong"), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_picture(self, painter: QPainter, room: QRectF, sighting: Sighting, drawn: Zone | Line) -> None:
        painter.fillRect(room, THEME.colour("bg.canvas"))
        scale = min(room.width() / sighting.size[0], room.height() / sighting.size[1])
        width, height = sighting.size[0] * scale, sighting.size[1] * scale
        place = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
        if sighting.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, sighting.image)
        else:
            painter.setPen(THEME.colour("text.secondary"))
            painter.setFont(font(tokens.SMALL))
            words = room.adjusted(8, 4, -8, -4)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(words, int(flags), sighting.why)
        painter.setClipRect(room)
        to_window = QTransform(scale, 0, 0, scale, place.left(), place.top())
        outline = to_window.map(QPolygonF([QPointF(x, y) for x, y in sighting.outline.tolist()]))
        kind = symbol_of(drawn)
        for pen in (QPen(THEME.colour("person.halo"), 4), zone_pen(kind, selected=True)):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(outline) if isinstance(drawn, Zone) else painter.drawPolyline(outline)


class CameraStrip(QFrame):
    """chosen: a camera to draw on."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "toolbar")
        self.setFixedHeight(_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.PAD, tokens.GAP, tokens.PAD, tokens.GAP)
        layout.setSpacing(tokens.GAP)
        self.tiles = [CameraTile() for _ in range(_MOST)]
        for tile in self.tiles:
            tile.clicked.connect(lambda _, tile=tile: self.chosen.emit(tile.camera))
            layout.addWidget(tile, 1)
            tile.hide()
        self._nobody = label(kind="secondary", wrap=True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._nobody, 1)
        self._exact = QWidget()
        column = QVBoxLayout(self._exact)
        column.setContentsMargins(tokens.GAP, 0, 0, 0)
        column.setSpacing(4)
        self._figure, self._verdict = label(kind="heading"), label(kind="secondary", wrap=True)
        column.addWidget(label(self.tr("How exact positions are here"), "secondary", wrap=True))
        column.addWidget(self._figure)
        column.addWidget(self._verdict)
        column.addStretch(1)
        self._exact.setFixedWidth(176)
        layout.addWidget(self._exact)

    def wanted(self) -> Mapping[str, tuple[int, int]]:
        """The size in which each camera's picture is wanted."""
        return {tile.camera: _SIZE for tile in self.tiles if tile.isVisible() and tile.camera}

    def show_sightings(
        self, sightings: list[Sighting], drawn: Zone | Line | None, exact: Exactness | None, hint: str = ""
    ) -> None:
        """The ones that see most of it first. hint: what to do, where there is nothing to see."""
        best = sorted(sightings, key=lambda one: -one.share)[:_MOST]
        for number_, tile in enumerate(self.tiles):
            tile.setVisible(number_ < len(best))
            if number_ < len(best) and drawn is not None:
                tile.show_sighting(best[number_], drawn)
        self._nobody.setVisible(not best)
        self._nobody.setText(
            hint or self.tr("Select a zone or a line to see which cameras see it.")
            if drawn is None
            else self.tr("No calibrated camera sees this place: nobody is counted here.")
        )
        self._exact.setVisible(drawn is not None)
        self._show_exactness(exact, drawn)

    def _show_exactness(self, exact: Exactness | None, drawn: Zone | Line | None) -> None:
        if exact is None or drawn is None:
            self._figure.setText(UNKNOWN)
            self._verdict.setText("" if drawn is None else self.tr("Not known: calibrate a camera that sees it."))
            return
        mean, worst = (f"±{_SPACE}{number(value * 100, 0)}{_SPACE}cm" for value in (exact.mean, exact.worst))
        self._figure.setText(mean)
        good = exact.worst <= _GOOD.get(symbol_of(drawn), 0.5)
        said = self.tr("Good enough for this type.") if good else self.tr("Too coarse at its far end.")
        self._verdict.setText(f"{self.tr('Mean; %1 at the worst place.').replace('%1', worst)} {said}")
