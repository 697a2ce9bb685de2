"""What `bench --only repaint` measures: a repaint of a whole wall, and that of a plain one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from PyQt6.QtCore import QRect
from PyQt6.QtWidgets import QApplication

from heatmap_gui.core.site import Camera, Floor, Site
from heatmap_gui.core.types import U1, Detections, Frame, Live, Observation
from heatmap_gui.core.wall import lay_out
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.plain_wall import PlainWall
from heatmap_gui.desktop.run import application
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.wall import Wall
from heatmap_gui.services.board import Board, Shown
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition

_PEOPLE = 4  # a camera
_FPS = 15.0


def sides(tiles: int, canvas: tuple[int, int], frames: Sequence[U1]) -> Mapping[str, Callable[[], object]]:
    """plain: new frames shown and painted. ours: the same of a `Wall`, whose pictures a worker made ready; overlays:
    with boxes and ids. scaling: what the worker does for one picture. copy: a canvas of this size copied.
    """
    app = application()
    THEME.choose("dark")
    cells = lay_out(tiles, *canvas, gap=tokens.GAP, head=tokens.TILE_HEAD)
    plain = PlainWall([QRect(*cell) for cell in cells])
    bare, full = (_OurWall(app, tiles, canvas, frames, people) for people in (0, _PEOPLE))
    for wall in (plain, bare.wall, full.wall):
        wall.resize(*canvas)
        wall.show()
    app.processEvents()
    number = [0]

    def show_plain() -> None:
        number[0] += 1
        plain.show_frames([frames[(number[0] + n) % len(frames)] for n in range(tiles)])
        app.processEvents()

    # zeros would be one page of memory, read again and again
    source = np.full((canvas[1], canvas[0], 4), 7, np.uint8)
    target = np.ones_like(source)
    return {
        "plain": show_plain,
        "ours": bare.repaint,
        "overlays": full.repaint,
        "scaling": lambda: bare.scale(frames[0]),
        "copy": lambda: np.copyto(target, source),
    }


class _OurWall:
    """A wall of cameras that all have a new picture at each repaint."""

    def __init__(
        self, app: QApplication, tiles: int, canvas: tuple[int, int], frames: Sequence[U1], people: int
    ) -> None:
        self._app = app
        names = [str(number) for number in range(1, tiles + 1)]
        cameras = tuple(Camera(name, f"Camera {name}", "", name) for name in names)
        site = Site("bench", Floor(None, 100, 100), cameras)
        self.wall = Wall()
        self.wall.resize(*canvas)
        self.wall.show_site(site)
        self._states = {name: CameraState(condition=Condition(CameraStatus.OK, 0.0), fps=_FPS) for name in names}
        self._board = Board(site)
        # two sets of pictures, each of them an array of its own
        self._ready = [self._seen(Board(site), names, frame, people) for frame in frames[:2]]
        self._count = 0

    def _seen(self, board: Board, names: Sequence[str], frame: U1, people: int) -> dict[str, Shown]:
        board.wanted = self.wall.wanted()
        size = (frame.shape[1], frame.shape[0])
        left = np.linspace(0, size[0] * 0.8, people)
        box = np.stack([left, left * 0 + 300, left + 160, left * 0 + 800], axis=1)
        ids, none = np.arange(people), np.zeros(people)
        live = Live(ids, none, none, box, np.ones(people, np.bool_), np.zeros(people, np.int16), ("person",))
        for name in names:
            board.show(Observation(Frame(name, 0, 0.0, frame, size), Detections.empty(), live))
        return board.newest()

    def scale(self, frame: U1) -> None:
        self._seen(self._board, ["1"], frame, 0)

    def repaint(self) -> None:
        self._count += 1
        newest = self._ready[self._count % len(self._ready)]
        for state in self._states.values():
            state.frame_at = 0.1
        self.wall.show_instant(Instant(0.1, newest, self._states))
        self._app.processEvents()
        while self.wall.turns.due:
            self._app.processEvents()
        self._app.processEvents()
