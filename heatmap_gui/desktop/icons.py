"""Icons by what they mean, from the Phosphor font of QtAwesome: painted as text, so crisp at any scale."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import qtawesome
from PyQt6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from heatmap_gui.desktop.theme import THEME

_NAMED = """
live=squares-four map=map-trifold calibrate=crosshair zones=polygon heatmap=fire analytics=chart-bar
traffic=traffic-sign jobs=list-dashes alerts=bell system=activity settings=gear search=magnifying-glass
store=storefront down=caret-down right=caret-right computer=monitor light=sun dark=moon pause=pause play=play
back=skip-back forward=skip-forward entry=sign-in people=users shelf=rows checkout=receipt general=square
forbidden=prohibit line=arrow-right warning=warning error=warning-circle lost=video-camera-slash
camera=video-camera show=eye hide=eye-slash delete=trash copy=copy add=plus close=x done=check
undo=arrow-counter-clockwise redo=arrow-clockwise picture=camera full=corners-out window=corners-in
boxes=bounding-box ids=tag trails=path blur=user-focus export=download-simple import=upload-simple
calendar=calendar clock=clock select=cursor polygon=polygon segment=line-segment snap=magnet adjust=sliders
person=user walk=person-simple-walk save=floppy-disk info=info folder=folder-open image=image pdf=file-pdf key=key
network=wifi-high site=globe again=arrows-clockwise command=command help=question plan=house measure=ruler pan=hand
history=clock-counter-clockwise edit=pencil-simple move=arrows-out-cardinal compare=intersect flow=wind dot=circle
flip=arrows-left-right mosaic=puzzle-piece language=translate more=dots-three link=link filter=funnel
left=caret-left less=minus heat=fire
"""
_GLYPHS = dict(pair.split("=") for pair in _NAMED.split())


def icon(name: str, colour: str = "text.secondary", selected: str = "accent") -> QIcon:
    """The icon of this meaning in a token's colour; `selected` is its colour where it is switched on."""
    return QIcon(_Glyph(_character(_GLYPHS[name]), colour, selected))


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: str = "text.secondary") -> None:
    """The same for widgets that paint themselves."""
    _draw(painter, _character(_GLYPHS[name]), box, colour)


class _Glyph(QIconEngine):
    """Asks for its colour when it is painted, so icons change with the theme."""

    def __init__(self, character: str, colour: str, selected: str) -> None:
        super().__init__()
        self._character, self._colour, self._selected = character, colour, selected

    def paint(self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if painter is None:
            return
        on = state == QIcon.State.On or mode == QIcon.Mode.Selected
        colour = "text.disabled" if mode == QIcon.Mode.Disabled else self._selected if on else self._colour
        _draw(painter, self._character, QRectF(rect), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        return _Glyph(self._character, self._colour, self._selected)


def _draw(painter: QPainter, character: str, box: QRectF, colour: str) -> None:
    font = QFont(_family())
    font.setPixelSize(max(1, round(box.height())))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(THEME.colour(colour))
    beside = Qt.AlignmentFlag.AlignLeft if box.width() > box.height() else Qt.AlignmentFlag.AlignHCenter
    painter.drawText(box, beside | Qt.AlignmentFlag.AlignVCenter, character)
    painter.restore()


@cache
def _family() -> str:
    (font,) = _folder().glob("phosphor-*.ttf")
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))[0]


@cache
def _characters() -> dict[str, str]:
    (charmap,) = _folder().glob("phosphor-charmap-*.json")
    named: dict[str, str] = json.loads(charmap.read_text(encoding="utf-8"))
    return named


def _character(glyph: str) -> str:
    return chr(int(_characters()[glyph], 16))


def _folder() -> Path:
    return Path(qtawesome.__file__).parent / "fonts"
