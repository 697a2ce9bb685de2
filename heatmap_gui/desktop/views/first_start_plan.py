"""Second question: what the floor looks like. A picture or a page of a PDF, or only its size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QDoubleSpinBox, QFileDialog, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.set_up import put_empty_floor, put_plan
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import U1
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.first_start_page import Page
from heatmap_gui.desktop.widgets.basics import EmptyState, button, frame, hairline, label, row
from heatmap_gui.desktop.widgets.pdf import read_pdf_page
from heatmap_gui.desktop.widgets.plan import PlanCanvas
from heatmap_gui.services.plan_import import keep_plan, look_at_plan, read_plan_picture

_SMALLEST_M, _LARGEST_M = 1.0, 2000.0


@dataclass(frozen=True, slots=True)
class Brought:
    """A plan that was taken in. source: where it came from; pages: 0 for a picture; ratio: 100 where the page says
    1:100, which would make `metres_per_px`.
    """

    source: Path
    name: str
    size_px: tuple[int, int]
    page: int = 0
    pages: int = 0
    ratio: int | None = None
    metres_per_px: float | None = None


def bring(source: Path, page: int, folder: Path, store: str) -> Brought:
    """Reads a plan and keeps a picture of it beside the site file. Slow. Raises InputError and UnavailableError."""
    if look_at_plan(source).kind != "pdf":
        picture = read_plan_picture(source)
        name = keep_plan(picture, folder, store)
        return Brought(source, name, (picture.shape[1], picture.shape[0]))
    read = read_pdf_page(source, page)
    name = keep_plan(read.picture, folder, store)
    size = read.picture.shape[1], read.picture.shape[0]
    scale = read.paper_m * read.ratio if read.ratio else None
    return Brought(source, name, size, page, read.pages, read.ratio, scale)


class DropPlace(QStackedWidget):
    """Takes files that are dropped on it."""

    dropped = pyqtSignal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._over = False

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:  # noqa: N802
        data = event.mimeData() if event is not None else None
        if event is not None and data is not None and any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()
            self._turn(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent | None) -> None:  # noqa: N802
        self._turn(False)

    def dropEvent(self, event: QDropEvent | None) -> None:  # noqa: N802
        self._turn(False)
        data = event.mimeData() if event is not None else None
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data is not None else []
        if event is not None and files:
            event.acceptProposedAction()
            self.dropped.emit(Path(files[0]))

    def _turn(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(THEME.colour("accent" if self._over else "border.strong"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.rect().adjusted(16, 16, -16, -16), 12, 12)


class PlanPage(Page):
    """brought: what was taken in last, for the page that asks for its scale."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.title = self.tr("What does the floor look like?")
        self.sentence = self.tr("A drawing seen from above: an architect's plan, a fire escape plan, even a sketch.")
        self.brought: Brought | None = None
        self._busy = False
        self.canvas = PlanCanvas()
        self.canvas.shows_zones = False
        self.empty = EmptyState(
            "plan", self.tr("Drop the floor plan here"), self.tr("A PNG, a JPEG or a page of a PDF."),
            self.tr("Choose a file…"),
        )  # fmt: skip
        self.empty.acted.connect(self._choose)
        self.place = DropPlace()
        self.place.addWidget(self.empty)
        self.place.addWidget(self.canvas)
        self.place.dropped.connect(lambda path: self.take(path))
        self.arrange(self.place, self._panel())

    def _panel(self) -> QWidget:
        self.said = label(kind="secondary", wrap=True)
        self.page_number = QSpinBox()
        self.page_number.setAccessibleName(self.tr("Page"))
        self.page_number.setKeyboardTracking(False)
        self.page_number.valueChanged.connect(self._turn_page)
        self.page_row = row(label(self.tr("Page"), "secondary"), None, self.page_number)
        self.page_row.hide()
        self.other = button(self.tr("Choose another file…"), symbol="folder", clicked=self._choose)
        self.width_m, self.depth_m = self._metres(self.tr("Width of the floor"), 20), self._metres(
            self.tr("Depth of the floor"), 12
        )  # fmt: skip
        self.use_empty = button(self.tr("Use an empty floor"), clicked=self._take_empty)
        panel = frame(
            "", label(self.tr("Floor plan"), "section"), self.said, self.page_row, self.other, hairline(),
            label(self.tr("No plan at hand?"), "section"),
            label(self.tr("An empty floor of the right size does. A plan can follow later."), "secondary", wrap=True),
            row(label(self.tr("Width"), "secondary"), None, self.width_m),
            row(label(self.tr("Depth"), "secondary"), None, self.depth_m),
            self.use_empty, None, pad=16, gap=tokens.PAD,
        )  # fmt: skip
        layout = panel.layout()
        assert isinstance(layout, QVBoxLayout)
        return panel

    def _metres(self, name: str, value: float) -> QDoubleSpinBox:
        made = QDoubleSpinBox()
        made.setRange(_SMALLEST_M, _LARGEST_M)
        made.setDecimals(2)
        made.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        made.setValue(value)
        made.setSuffix("\N{NARROW NO-BREAK SPACE}m")
        made.setAccessibleName(name)
        return made

    def show_site(self, site: Site | None) -> None:
        floor = site.floor if site else None
        there = floor is not None and floor.width_px > 0
        self.place.setCurrentWidget(self.canvas if there else self.empty)
        self.other.setVisible(there)
        if site is not None and floor is not None and there:
            self.canvas.show_site(site)
        if self.brought is not None and (floor is None or floor.plan_path is None):
            self.brought = None
        self.page_row.setVisible(self.brought is not None and self.brought.pages > 1)
        self.said.setText(self._words(site))

    def _words(self, site: Site | None) -> str:
        if site is None or not site.floor.width_px:
            return self.tr("None yet.")
        size = f"{site.floor.width_px:.0f} \N{MULTIPLICATION SIGN} {site.floor.height_px:.0f} px"
        if site.floor.plan_path is None:
            return self.tr("An empty floor.")
        name = self.brought.source.name if self.brought else site.floor.plan_path.name
        return f"{name}, {size}"

    def show_plan(self, ink: U1 | None, picture: U1 | None) -> None:
        self.canvas.show_ink(ink)

    def _choose(self) -> None:
        kinds = self.tr("Plans (*.png *.jpg *.jpeg *.pdf)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose the floor plan"), str(Path.home()), kinds)
        if chosen:
            self.take(Path(chosen))

    def take(self, source: Path, page: int = 0) -> None:
        """Makes this file the plan."""
        site, folder = self.session.site, self.session.folder
        if site is None:
            return
        store = site.name
        self.banner.say(self.tr("Reading %1…").replace("%1", source.name), "info")
        self.session.background.newest(
            "plan", lambda: bring(source, page, folder, store), lambda found: self._taken(found, store), self._refused
        )

    def _taken(self, found: Brought, store: str) -> None:
        site = self.session.site
        if site is None or site.name != store:
            return
        self.banner.hide()
        placed = [camera for camera in site.cameras if camera.calibration is not None]
        self.brought = found
        self._show_pages(found)
        self.session.edit(
            lambda document: put_plan(document, found.name, found.size_px),
            self.tr("floor plan"),
            joins=f"plan {found.source}",
        )
        if placed or site.zones:
            self.banner.say(
                self.tr("Cameras and zones were placed on the earlier plan. Check them, or undo the change."), "warn"
            )

    def _show_pages(self, found: Brought) -> None:
        self._busy = True
        self.page_number.setRange(1, max(1, found.pages))
        self.page_number.setSuffix(self.tr(" of %1").replace("%1", str(found.pages)))
        self.page_number.setValue(found.page + 1)
        self._busy = False

    def _refused(self, error: HeatmapError) -> None:
        self.banner.say(error.message)

    def _turn_page(self, number: int) -> None:
        if not self._busy and self.brought is not None:
            self.take(self.brought.source, number - 1)

    def _take_empty(self) -> None:
        width, depth = self.width_m.value(), self.depth_m.value()
        self.banner.hide()
        self.brought = None
        self.session.edit(lambda document: put_empty_floor(document, width, depth), self.tr("empty floor"))
