"""Calibrate: pairs of places in a camera's still and on the plan, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.grading import grade
from heatmap_gui.core.lens_fit import best_k1, start_lens, write_k1
from heatmap_gui.core.pair_editing import PairEdit
from heatmap_gui.core.pair_fit import PairFit, camera_of, fit_pairs, lens_of, read_pairs, write_pairs
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.views.calibrate_cameras import CameraStrip
from heatmap_gui.desktop.views.calibrate_desk import PairDesk
from heatmap_gui.desktop.views.calibrate_floor import FloorPane
from heatmap_gui.desktop.views.calibrate_grade import GradePanel, NextSteps
from heatmap_gui.desktop.views.calibrate_lens import LensPanel
from heatmap_gui.desktop.views.calibrate_loading import Grades, PlanInk, Stills, same_shape
from heatmap_gui.desktop.views.calibrate_opacity import OpacitySlider
from heatmap_gui.desktop.views.calibrate_pictures import Sheet
from heatmap_gui.desktop.views.calibrate_revisions import CalibrationRevisions
from heatmap_gui.desktop.views.calibrate_study import Study, study
from heatmap_gui.desktop.views.calibrate_table import PairTable
from heatmap_gui.desktop.widgets.basics import Banner, EmptyState, Segments, bar, frame, hairline, label, tip, tool
from heatmap_gui.services.conditions import CameraStatus

_LOOK_MS = 2000  # how the camera is


class CalibrateView(View):
    """One camera at a time. Pairs are the site document's; the fit to them is made here at once, the rest behind."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._camera_id = ""
        self.fitted: PairFit | None = None
        self._basis: tuple[object, ...] = ()  # scale, lens and size that the fit was made with
        self.sheet: Sheet | None = None
        background = session.background
        self.stills, self.ink, self.grades = (
            Stills(background, self),
            PlanInk(background, self),
            Grades(background, self),
        )
        self.revisions = CalibrationRevisions(session, self, lambda: self._camera_id)
        self._study: Study | None = None
        self._moved = ""  # the camera that the banner is about
        self._seen = False
        self._build()
        self._connect()

    # ---- building

    def _build(self) -> None:
        self.strip, self.desk, self.table = CameraStrip(), PairDesk(), PairTable()
        self.grade_panel, self.steps, self.banner = GradePanel(), NextSteps(), Banner()
        self.lens = LensPanel()
        self.steps.extra.addWidget(self.lens)
        below = QHBoxLayout()
        below.setSpacing(tokens.GAP)
        below.addWidget(frame("panel", self.table, pad=1), 2)
        below.addWidget(self.grade_panel, 1)
        below.addWidget(self.steps, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        column.setSpacing(tokens.GAP)
        column.addWidget(self.strip)
        column.addWidget(self.desk, 3)
        column.addLayout(below, 2)
        self.floor_pane = FloorPane(self.session, self.stills)
        all_cameras = QWidget()
        around = QVBoxLayout(all_cameras)
        around.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        around.addWidget(self.floor_pane)
        nothing = EmptyState(
            "calibrate", self.tr("No store is open"),
            self.tr("Set up a store with a floor plan and cameras first; then each camera is tied to the plan here."),
        )  # fmt: skip
        self._stack = QStackedLayout()
        for page in (inside, nothing, all_cameras):
            self._stack.addWidget(page)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(self._tool_bar())
        outside.addWidget(self.banner)
        outside.addLayout(self._stack, 1)

    def _tool_bar(self) -> QFrame:
        session = self.session
        modes = {"pairs": self.tr("Pairs"), "mosaic": self.tr("Mosaic"), "walk": self.tr("Walk test")}
        self.modes = Segments(modes, self.tr("What is shown"))
        self._undo = tool(self.tr("Undo"), "undo", clicked=session.undo)
        self._redo = tool(self.tr("Redo"), "redo", clicked=session.redo)
        self._undo.setToolTip(tip(self.tr("Undo"), "Ctrl+Z"))
        self._redo.setToolTip(tip(self.tr("Redo"), "Ctrl+Shift+Z"))
        self._undoes = label(kind="caption")
        self._opacity = OpacitySlider()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look_at_camera)
        self._again = tool(self.tr("Take the still again"), "picture", clicked=self._retake)
        return bar(
            label(self.tr("Calibrate"), "title"), self.modes, hairline(vertical=True), self._undo, self._redo,
            self._undoes, None, self._opacity, self._again,
            hairline(vertical=True), self.revisions.menu_button, self.revisions.save_button,
        )  # fmt: skip

    def _connect(self) -> None:
        self.session.site_changed.connect(self._refresh)
        self.modes.chosen.connect(lambda _: self._refresh())
        self.stills.changed.connect(lambda _: self._refresh())
        self.ink.changed.connect(self._inked)
        self.grades.changed.connect(lambda: self.strip.show_grades(self.grades.known))
        self.revisions.failed.connect(self.banner.say)
        self.revisions.told.connect(lambda words: self.banner.say(words, "ok"))
        self.strip.chosen.connect(self.show_camera)
        self.desk.edited.connect(self._take)
        self.desk.moved_on.connect(self._show_selection)
        self.desk.retried.connect(self._retake)
        self.banner.acted.connect(self._retake)
        self.table.chosen.connect(self._choose_pair)
        self.table.pairs.held.connect(lambda number, held: self._take(self.desk.editor.hold_out(number, held), ""))
        self.steps.acted.connect(self._act)
        self.lens.moved.connect(self._set_k1)
        self.lens.asked.connect(self._find_k1)
        self._opacity.changed.connect(self._show_opacity)
        for symbol, words, run in (
            ("picture", self.tr("Take the still again"), self._retake),
            ("snap", self.tr("Snap to the corner"), self.desk.snap),
        ):
            action = QAction(icon(symbol), words, self)
            action.triggered.connect(lambda _, run=run: run())
            self.addAction(action)

    # ---- screen

    def enter(self) -> None:
        self._seen = True
        self._timer.start()
        self._refresh()
        self.revisions.read()

    def leave(self) -> None:
        self._seen = False
        self._timer.stop()
        self.floor_pane.stop()
        self.desk.editor.cancel()

    def remembered(self) -> Mapping[str, Any]:
        return {"camera": self._camera_id, "opacity": self._opacity.per_cent}

    def remember(self, choices: Mapping[str, Any]) -> None:
        self._camera_id = str(choices.get("camera") or "")
        if "opacity" in choices:
            self._opacity.put(choices["opacity"])

    def show_camera(self, camera_id: str) -> None:
        """The one that is calibrated from now on."""
        self._camera_id = camera_id
        self.fitted = self._study = None
        self.desk.editor.clear()
        self.desk.show_warps(None, None)
        self._refresh()

    # ---- from the document to the screen

    def _camera(self) -> tuple[Site, Camera] | None:
        site = self.session.site
        if site is None or not site.cameras:
            return None
        found = next((camera for camera in site.cameras if camera.id == self._camera_id), site.cameras[0])
        self._camera_id = found.id
        return site, found

    def _refresh(self) -> None:
        if not self._seen:
            return
        shown = self._camera()
        mode = self.modes.choice if shown else ""
        self._stack.setCurrentIndex({"pairs": 0, "": 1}.get(mode, 2))
        self._show_history()
        if mode != "walk":
            self.floor_pane.stop()
        if shown is None:
            return
        site, camera = shown
        if mode != "pairs":
            self.ink.want(site.floor.plan_path)
            (self.floor_pane.show_walk if mode == "walk" else self.floor_pane.show_mosaic)(site)
            return
        self.strip.show_cameras(site.cameras, camera.id)
        self._show_plan(site)
        self._show_still(camera)
        self._show_pairs(site, camera)
        self.grades.want(site, besides=camera.id)

    def _show_pairs(self, site: Site, camera: Camera) -> None:
        document = camera_of(site.document, camera.id)
        pairs, lens = read_pairs(document), document.get("lens")
        self.lens.show_k1(float(lens.get("k1", 0.0)) if lens else 0.0)
        basis = (site.floor.metres_per_pixel, lens, self._size(camera))
        fitted = self.fitted
        if fitted is None or basis != self._basis or not fitted.pairs.same(pairs):
            fitted = fit_pairs(pairs, basis[0], lens_of(document), basis[2])
        self.fitted, self._basis = fitted, basis
        before = self._study if self._study is not None else Study()
        self.sheet = Sheet(
            site.floor, fitted, before.projection if fitted.fit else None, before.contours,
            before.advice[0] if before.advice and fitted.fit else None,
        )  # fmt: skip
        self.desk.show_sheet(self.sheet)
        self.table.show_pairs(fitted, site.floor, self.desk.editor.selected)
        self._show_grade()
        self._begin_study(site, camera)

    def _size(self, camera: Camera) -> tuple[int, int] | None:
        """The px that the pairs of a camera are in."""
        still = self.stills.of(camera)
        return camera.frame_size or (still.size if still else None)

    def _begin_study(self, site: Site, camera: Camera) -> None:
        size = self._size(camera)
        if camera.calibration is None or size is None:
            self._studied(Study())
            return
        still = self.stills.of(camera)
        image, ink = still.image if still else None, self.ink.ink

        def done(found: tuple[str, Study]) -> None:
            shown = self._camera()
            if shown is not None and shown[1].id == found[0] and shown[1].calibration is not None:
                self._studied(found[1])

        self.session.background.newest(
            "calibrate study", lambda: (camera.id, study(site.floor, camera, size, image, ink)), done, self._say
        )

    def _studied(self, found: Study) -> None:
        self._study = found
        sheet = self.sheet
        if sheet is None:
            return
        sheet.projection, sheet.contours = found.projection, found.contours
        sheet.advice = found.advice[0] if found.advice else None
        self.desk.show_warps(found.laid, found.ink, found.lines)
        self.desk.show_sheet(sheet)
        self._show_grade()

    def _show_grade(self) -> None:
        if self.fitted is None:
            return
        found = self._study
        made = grade(self.fitted, found.loose if found else None)
        if made.letter == "A" and self.sheet is not None:
            self.sheet.advice = None  # nothing is left to do
        self.grade_panel.show_grade(made)
        snap = ""
        if self.fitted.suspects:
            number = self.fitted.suspects[0]
            apart = self.desk.corner_apart(number)
            if apart is not None and apart > 0.5:
                snap = self.tr("Snap pair %1 to its corner").replace("%1", str(number + 1))
        gain = found.advice[1:] if found and found.advice else None
        self.steps.show_steps(made, self.fitted.problem, gain, snap)
        self.grades.put(self._camera_id, made if self.fitted.fit is not None else None)

    # ---- pictures

    def _show_still(self, camera: Camera) -> None:
        self.stills.want(camera)
        name, still = f"{camera.id}  {camera.name}", self.stills.of(camera)
        self.desk.heads["image"].setText(name)
        if still is not None:
            self.desk.show_still(still.image, self._size(camera) or still.size)
            said = self.tr("still, people removed")
            if camera.frame_size is not None and not same_shape(still.size, camera.frame_size):
                said = self.tr("its shape is not the one that was calibrated")
            self.desk.heads["image"].setText(f"{name}   {said}")
        elif trouble := self.stills.trouble(camera):
            self.desk.show_no_still(self.tr("No picture from this camera"), trouble, retry=True)
        else:
            sentence = self.tr("It looks for some seconds, so that people who walk about are not in it.")
            self.desk.show_no_still(self.tr("Taking a still of %1").replace("%1", camera.name), sentence, retry=False)

    def look_at_camera(self) -> None:
        """Says when the camera was moved: what it is tied to is not what it shows any more."""
        state = self.session.camera_states().get(self._camera_id)
        moved = state is not None and state.condition.status is CameraStatus.MOVED
        if moved and state is not None and self._moved != self._camera_id:
            words = self.tr("Camera %1 was moved: %2. Move its pairs onto the new picture.")
            words = words.replace("%1", self._camera_id).replace("%2", state.condition.reason)
            self.banner.say(words, "warn", self.tr("Take a new still"))
        elif not moved and self._moved == self._camera_id:
            self.banner.hide()
        self._moved = self._camera_id if moved else ""

    def _retake(self) -> None:
        shown = self._camera()
        if shown is not None:
            self.stills.retake(shown[1])
            self._refresh()

    def _show_plan(self, site: Site) -> None:
        floor = site.floor
        size = self.tr("no scale yet")
        if floor.metres_per_pixel is not None:
            metres = [f"{side * floor.metres_per_pixel:.1f}" for side in (floor.width_px, floor.height_px)]
            size = f"{metres[0]} \N{MULTIPLICATION SIGN} {metres[1]} m"
        self.desk.heads["plan"].setText(f"{self.tr('Floor plan')}   {size}")
        self.desk.show_site(site)
        self.ink.want(floor.plan_path)

    def _inked(self) -> None:
        self.desk.show_ink(self.ink.ink)
        self.floor_pane.show_ink(self.ink.ink)
        self._refresh()

    def _show_opacity(self, share: float) -> None:
        self.desk.show_opacity(share)
        self.floor_pane.show_opacity(share)

    # ---- edits

    def _take(self, edit: PairEdit, joins: str) -> None:
        shown = self._camera()
        if shown is None:
            return
        site, camera = shown
        size = self._size(camera)
        document = camera_of(site.document, camera.id)
        fitted = fit_pairs(edit.pairs, site.floor.metres_per_pixel, lens_of(document), size)
        self.fitted, self._basis = fitted, (site.floor.metres_per_pixel, document.get("lens"), size)
        words = {
            "add": self.tr("add pair %1"), "move": self.tr("move pair %1"), "nudge": self.tr("nudge pair %1"),
            "snap": self.tr("snap pair %1"), "delete": self.tr("delete pair %1"),
            "hold out": self.tr("hold out pair %1"), "use": self.tr("use pair %1"),
        }[edit.deed].replace("%1", str(edit.number + 1))  # fmt: skip
        named = f"{camera.id} {joins}" if joins else ""
        self.session.edit(
            lambda document: write_pairs(camera_of(document, camera.id), fitted, size), words, joins=named
        )

    def _set_k1(self, k1: float) -> None:
        shown = self._camera()
        size = self._size(shown[1]) if shown else None
        if shown is None or size is None:
            return
        site, camera = shown
        self.session.edit(
            lambda document: write_k1(camera_of(document, camera.id), k1, site.floor.metres_per_pixel, size),
            self.tr("set the lens"), joins=f"{camera.id} lens",
        )  # fmt: skip

    def _find_k1(self) -> None:
        shown = self._camera()
        size = self._size(shown[1]) if shown else None
        if shown is None or size is None:
            return
        document = camera_of(shown[0].document, shown[1].id)
        pairs = read_pairs(document)
        self.session.background.newest(
            "calibrate lens",
            lambda: best_k1(pairs, lens_of(document) or start_lens(pairs, size), size), self._set_k1, self._say,
        )  # fmt: skip

    def _choose_pair(self, number: int) -> None:
        self.desk.editor.selected = number
        if self.fitted is not None:
            self.desk.still.show_place(*self.fitted.pairs.image[number].tolist())
            self.desk.plan.show_place(*self.fitted.pairs.plan[number].tolist())
        self.desk.repaint_pictures()

    def _show_selection(self) -> None:
        if self.fitted is not None and self.session.site is not None:
            self.table.show_pairs(self.fitted, self.session.site.floor, self.desk.editor.selected)

    def _act(self, what: str) -> None:
        if what == "snap" and self.fitted is not None and self.fitted.suspects:
            self.desk.snap_pair(self.fitted.suspects[0])

    def _show_history(self) -> None:
        draft = self.session.draft
        undoes, redoes = (draft.undoes, draft.redoes) if draft else ("", "")
        self._undo.setEnabled(bool(undoes))
        self._redo.setEnabled(bool(redoes))
        self._undoes.setText(self.tr("Undo: %1").replace("%1", undoes) if undoes else "")

    def _say(self, error: HeatmapError) -> None:
        self.banner.say(error.message)
