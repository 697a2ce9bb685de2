"""The lens of a camera: one slider between barrel and cushion, checked against edges that are straight in the world."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QLocale, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QSlider, QVBoxLayout, QWidget

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.lens_fit import MOST_K1, best_k1, start_lens, write_k1
from heatmap_gui.core.pair_fit import camera_of, lens_of, read_pairs
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.core.straight_edges import bend, straightest_k1
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate_edges import EdgeTool
from heatmap_gui.desktop.widgets.basics import button, hairline, label, row, tool

_STEPS = 100  # a unit of k1
Shown = Callable[[], tuple[Site, Camera, tuple[int, int] | None] | None]


class LensPanel(QWidget):
    """moved: k1 is to be this. asked: it is to be found. checked: edges are to be drawn, or no more."""

    moved = pyqtSignal(float)
    asked = pyqtSignal()
    checked = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._value, self._said = label(kind="secondary"), label(kind="caption", wrap=True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(-MOST_K1 * _STEPS), round(MOST_K1 * _STEPS))
        self.slider.setAccessibleName(self.tr("Lens, from barrel to cushion"))
        self.slider.valueChanged.connect(self._moved)
        self.edges = tool(self.tr("Check with straight edges"), "segment", checkable=True)
        self.edges.toggled.connect(self.checked)
        self.find_lens = button(self.tr("Find"), "link", clicked=self.asked.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(hairline())
        layout.addWidget(row(label(self.tr("Lens"), "section"), None, self._value, self.edges, self.find_lens))
        ends = (label(self.tr("barrel"), "caption"), label(self.tr("cushion"), "caption"))
        layout.addWidget(row(ends[0], self.slider, ends[1]))
        layout.addWidget(self._said)
        self.show_k1(0.0)

    @property
    def said(self) -> str:
        """What the edges tell."""
        return self._said.text()

    def show_k1(self, k1: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(k1 * _STEPS))
        self.slider.blockSignals(False)
        self._show(k1)

    def show_bends(self, on: bool, bends: tuple[float, float] | None) -> None:
        """on: whether edges are drawn. bends: how bent they are, px, without and with this lens; None: none."""
        self.edges.blockSignals(True)
        self.edges.setChecked(on)
        self.edges.blockSignals(False)
        known = bends is not None
        self.find_lens.setToolTip(self.tr("Find it from the edges") if known else self.tr("Find it from the pairs"))
        if bends is not None:
            locale = QLocale()
            said = self.tr("Bent by %1 px, with this lens by %2 px.")
            for number, bent in enumerate(bends, 1):
                said = said.replace(f"%{number}", locale.toString(bent, "f", 1))
        else:
            said = self.tr("Draw in the picture along something straight: a shelf, a wall. Del takes it away.")
        self._said.setText(said)
        self._said.setVisible(on or known)

    def _moved(self, steps: int) -> None:
        self._show(steps / _STEPS)
        self.moved.emit(steps / _STEPS)

    def _show(self, k1: float) -> None:
        figure = QLocale().toString(abs(k1), "f", 2)
        sign = "\N{MINUS SIGN}" if k1 < 0 else ""
        self._value.setText(f"k1 {sign}{figure}")


class LensEdits(QObject):
    """What the panel says, done to the site's document. failed: why a lens was not found."""

    failed = pyqtSignal(HeatmapError)

    def __init__(self, session: Session, panel: LensPanel, edges: EdgeTool, shown: Shown, parent: QObject) -> None:
        """shown: the camera on screen, with the size its pairs are in."""
        super().__init__(parent)
        self._session, self._panel, self._edges, self._shown = session, panel, edges, shown
        panel.moved.connect(self._put)
        panel.asked.connect(self._find)
        panel.checked.connect(edges.turn)
        edges.changed.connect(self.show)

    def show(self) -> None:
        """What the camera on screen has."""
        shown = self._shown()
        if shown is None:
            return
        site, camera, _ = shown
        lens = lens_of(camera_of(site.document, camera.id))
        edges = self._edges.editor.edges
        self._panel.show_k1(lens.k1 if lens else 0.0)
        self._panel.show_bends(self._edges.on, (bend(edges, None), bend(edges, lens)) if edges else None)

    def _put(self, k1: float) -> None:
        shown = self._shown()
        if shown is None or shown[2] is None:
            return
        site, camera, size = shown[0], shown[1], shown[2]
        self._session.edit(
            lambda document: write_k1(camera_of(document, camera.id), k1, site.floor.metres_per_pixel, size),
            self.tr("set the lens"), joins=f"{camera.id} lens",
        )  # fmt: skip

    def _find(self) -> None:
        shown = self._shown()
        if shown is None or shown[2] is None:
            return
        site, camera, size = shown[0], shown[1], shown[2]
        document = camera_of(site.document, camera.id)
        pairs, edges = read_pairs(document), self._edges.editor.edges
        lens = lens_of(document) or start_lens(pairs, size)
        self._session.background.newest(
            "calibrate lens", lambda: straightest_k1(edges, lens) if edges else best_k1(pairs, lens, size),
            self._put, self.failed.emit,
        )  # fmt: skip
