"""First start: from nothing to a store that is measured, one question a page, left and resumed anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QLocale, Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.core.set_up import STEPS, Step, done
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import U1
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.run import install_demo
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.views.first_start_after import CalibratePage, LivePage, ZonesPage
from heatmap_gui.desktop.views.first_start_cameras import CamerasPage
from heatmap_gui.desktop.views.first_start_page import Page, StepList
from heatmap_gui.desktop.views.first_start_plan import PlanPage
from heatmap_gui.desktop.views.first_start_scale import ScalePage
from heatmap_gui.desktop.views.first_start_store import StorePage
from heatmap_gui.desktop.widgets.basics import bar, button, frame, label, look, row, tip
from heatmap_gui.desktop.widgets.plan import read_plan
from heatmap_gui.store.pictures import read_picture

_HEAD_PX, _FOOT_PX = 72, 56
_PAGES: Mapping[Step, Callable[[Session], Page]] = {
    "plan": PlanPage, "cameras": CamerasPage, "calibrate": CalibratePage, "zones": ZonesPage, "live": LivePage,
}  # fmt: skip
_Plan = tuple[U1 | None, U1 | None]


class FirstStartView(View):
    """Which steps are done is read from the document; which one is shown is not kept."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._step: Step = "store"
        self._plan_path: Path | None = None
        self.names: Mapping[Step, str] = {
            "store": self.tr("Store"), "plan": self.tr("Floor plan"), "scale": self.tr("Scale"),
            "cameras": self.tr("Cameras"), "calibrate": self.tr("Calibrate"), "zones": self.tr("Zones"),
            "live": self.tr("Live"),
        }  # fmt: skip
        self._pages: dict[Step, Page] = {}
        self._plan: _Plan = None, None
        self._build()
        session.site_changed.connect(self._site_changed)
        session.engine_changed.connect(self._tell)

    # ---- building

    def page(self, step: Step) -> Page:
        """Of a step; made when it is first asked for."""
        if step not in self._pages:
            page = self._make(step)
            self._pages[step] = page
            page.stepped.connect(partial(self._step_on, step))
            page.wanted.connect(self.wanted)
            page.answerable.connect(self._tell)
            self.stack.addWidget(page)
            if page.tools is not None:
                self._tools.addWidget(page.tools)
            page.show_site(self.session.site)
            page.show_plan(*self._plan)
        return self._pages[step]

    def _make(self, step: Step) -> Page:
        if step == "store":
            store = StorePage(self.session)
            store.demo.connect(self.open_demo)
            return store
        if step == "scale":
            plan = self.page("plan")
            assert isinstance(plan, PlanPage)
            return ScalePage(self.session, plan)
        return _PAGES[step](self.session)

    def _build(self) -> None:
        self.steps = StepList(self.names)
        self.steps.chosen.connect(lambda step: self.show_step(step))
        demo = button(self.tr("See the demo"), symbol="play", clicked=self.open_demo)
        side = frame(
            "list", _inset(label(self.tr("Set up your store"), "heading", wrap=True),
                           label(self.tr("About one evening for eight cameras. You can stop at any step; everything is"
                                         " kept."), "secondary", wrap=True)),
            self.steps, None,
            _inset(label(self.tr("Only looking?"), "secondary"), demo),
            pad=0,
        )  # fmt: skip
        side.setFixedWidth(tokens.LIST)
        self.title, self.sentence = label(kind="heading"), label(kind="secondary", wrap=True)
        self._tools = QStackedWidget()
        self._tools.addWidget(QWidget())
        words = frame("", None, self.title, self.sentence, None, gap=2, pad=0)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._tools.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        head = bar(words, self._tools, height=_HEAD_PX)
        self.stack = QStackedWidget()
        middle = frame("", head, self.stack, self._foot(), gap=0, pad=0)
        column = middle.layout()
        assert isinstance(column, QVBoxLayout)
        column.setStretchFactor(self.stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        across = row(side, middle, gap=0)
        whole.addWidget(across)

    def _foot(self) -> QWidget:
        self.back = button("", "flat", symbol="left", clicked=self._go_back)
        self.undo = button(self.tr("Undo"), "flat", symbol="undo", clicked=self._undo)
        self.skipping = label(kind="tertiary", wrap=True)
        self.skipping.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.skipping.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.skip = button(self.tr("Skip"), "flat", clicked=lambda: self._step_on(self._step))
        self.later = button(self.tr("Go on later"), clicked=lambda: self.wanted.emit("live"))
        self.next = button("", "primary", clicked=self._go_on)
        for one, words, keys in ((self.back, self.tr("One step back"), "Alt+Left"),
                                 (self.next, self.tr("The next step"), "Alt+Right")):  # fmt: skip
            one.setToolTip(tip(words, keys))
            self._keys(keys, one.click)
        return bar(self.back, self.undo, self.skipping, self.skip, self.later, self.next, height=_FOOT_PX)

    def _keys(self, keys: str, run: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)

    # ---- steps

    def enter(self) -> None:
        """At the first question that is open; with all answered at the store, for another one."""
        self._load_plan()
        self._show_site()
        state = self._done()
        self.show_step(next((step for step in STEPS if not state[step]), "store"))

    def leave(self) -> None:
        self.page(self._step).leave()

    def show_step(self, step: Step) -> None:
        """Asks this question."""
        if step != "store" and self.session.site is None:
            step = "store"
        if step != self._step:
            self.page(self._step).leave()
        self._step = step
        page = self.page(step)
        self.stack.setCurrentWidget(page)
        self.steps.rows[step].setChecked(True)
        self.title.setText(page.title)
        self.sentence.setText(page.sentence)
        self._tools.setVisible(page.tools is not None)
        if page.tools is not None:
            self._tools.setCurrentWidget(page.tools)
        self._tell()
        page.enter()

    def _step_on(self, step: Step) -> None:
        """From this step to the next."""
        if step == self._step:
            self.show_step(STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)])

    def _go_on(self) -> None:
        if self.page(self._step).go_on():
            self._step_on(self._step)

    def _go_back(self) -> None:
        self.show_step(STEPS[max(0, STEPS.index(self._step) - 1)])

    def _undo(self) -> None:
        if not self.page(self._step).undo_click():
            self.session.undo()

    def open_demo(self) -> None:
        """Installs the demo store, measures it, and shows it live."""
        folder = self.session.folder

        def install() -> str:
            try:
                return install_demo(folder)
            except OSError as error:
                raise InputError(f"{folder}: the demo store cannot be put there: {error.strerror}") from None

        self.session.background.run(install, self._demo_there, self._no_demo)

    def _demo_there(self, name: str) -> None:
        self.session.open_store(name)
        self.session.measure([name])
        self.wanted.emit("live")

    def _no_demo(self, error: HeatmapError) -> None:
        self.page(self._step).banner.say(error.message)

    # ---- what is shown

    def _done(self) -> Mapping[Step, bool]:
        return done(self.session.site, measured=self.session.board() is not None)

    def _site_changed(self) -> None:
        if self.isVisible():
            self._load_plan()
            self._show_site()

    def _show_site(self) -> None:
        for page in list(self._pages.values()):
            page.show_site(self.session.site)
        self._tell()

    def _load_plan(self) -> None:
        site = self.session.site
        path = site.floor.plan_path if site else None
        if path == self._plan_path:
            return
        self._plan_path = path
        self._show_plan(None, None)
        if path is None:
            return

        def read() -> _Plan:
            return read_plan(path), read_picture(path)

        def there(plan: _Plan) -> None:
            if path == self._plan_path:
                self._show_plan(*plan)

        def missing(error: HeatmapError) -> None:
            self.page("plan").banner.say(error.message)

        self.session.background.newest("plan picture", read, there, missing)

    def _show_plan(self, ink: U1 | None, picture: U1 | None) -> None:
        self._plan = ink, picture
        for page in self._pages.values():
            page.show_plan(ink, picture)

    def _tell(self) -> None:
        """What list and foot say."""
        site, state, page = self.session.site, self._done(), self.page(self._step)
        details = self._details(site)
        for step, row_ in self.steps.rows.items():
            row_.setEnabled(site is not None or step == "store")
            row_.tell(details[step], state[step])
        number = STEPS.index(self._step)
        self.back.setVisible(number > 0)
        self.back.setText(self.names[STEPS[number - 1]])
        self.back.setAccessibleName(self.tr("Back: %1").replace("%1", self.back.text()))
        self._tell_undo(page)
        may = page.may_go_on(state[self._step])
        last = number == len(STEPS) - 1
        self.next.setVisible(not last)
        if not last:
            self.next.setText(self.tr("Next: %1").replace("%1", self.names[STEPS[number + 1]].lower()))
            self.next.setAccessibleName(self.next.text())
        self.next.setEnabled(may)
        look(self.next, "primary" if may else "")
        self.skipping.setText("" if may else page.skipping)
        self.skip.setVisible(bool(page.skipping) and not may)
        self.later.setVisible(site is not None)

    def _tell_undo(self, page: Page) -> None:
        draft = self.session.draft
        what = draft.undoes if draft is not None else ""
        self.undo.setVisible(draft is not None)
        self.undo.setEnabled(bool(what) or page.has_clicks)
        self.undo.setToolTip(self.tr("Undo: %1 (Ctrl+Z)").replace("%1", what) if what else "Ctrl+Z")

    def _details(self, site: Site | None) -> Mapping[Step, str]:
        """What was answered, in a few words."""
        open_words: dict[Step, str] = {
            "store": self.tr("The demo, or yours"), "plan": self.tr("A picture, or a size"),
            "scale": self.tr("One length that you know"), "cameras": self.tr("Address and a test picture"),
            "calibrate": self.tr("Under 2 minutes a camera"), "zones": self.tr("What to count, and where"),
            "live": self.tr("Start to measure"),
        }  # fmt: skip
        if site is None:
            return open_words
        floor, locale = site.floor, QLocale()
        said = dict(open_words) | {"store": f"{site.name}, {site.timezone.rpartition('/')[2].replace('_', ' ')}"}
        if floor.width_px:
            said["plan"] = floor.plan_path.name if floor.plan_path else self.tr("Empty floor")
        if floor.metres_per_pixel is not None:
            wide, deep = (
                locale.toString(px * floor.metres_per_pixel, "f", 1) for px in (floor.width_px, floor.height_px)
            )
            said["scale"] = f"{wide} \N{MULTIPLICATION SIGN} {deep}\N{NARROW NO-BREAK SPACE}m"
        if site.cameras:
            calibrated = sum(camera.calibration is not None for camera in site.cameras)
            said["cameras"] = self.tr("%1 added").replace("%1", str(len(site.cameras)))
            said["calibrate"] = self.tr("%1 of %2").replace("%1", str(calibrated)).replace("%2", str(len(site.cameras)))
        if site.zones or site.lines:
            said["zones"] = self.tr("Zones: %1, lines: %2").replace("%1", str(len(site.zones))).replace(
                "%2", str(len(site.lines))
            )  # fmt: skip
        if self.session.board() is not None:
            said["live"] = self.tr("Measuring")
        return said


def _inset(*widgets: QWidget) -> QWidget:
    return frame("", *widgets, pad=16)
