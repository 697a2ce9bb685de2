"""Calibrate: pairs of places in a camera's still and on the plan, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.grading import grade
from heatmap_gui.core.landmarks import landmarks
from heatmap_gui.core.pair_fit import PairFit, camera_of, read_pairs
from heatmap_gui.core.realigning import moved_points, realigned
from heatmap_gui.core.reference import Reference
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.views.calibrate_cameras import CameraStrip
from heatmap_gui.desktop.views.calibrate_desk import PairDesk
from heatmap_gui.desktop.views.calibrate_edits import PairEdits
from heatmap_gui.desktop.views.calibrate_floor import FloorPane
from heatmap_gui.desktop.views.calibrate_grade import GradePanel, NextSteps
from heatmap_gui.desktop.views.calibrate_history import UndoButtons
from heatmap_gui.desktop.views.calibrate_landmarks import LandmarkOffer
from heatmap_gui.desktop.views.calibrate_lens import LensEdits, LensPanel
from heatmap_gui.desktop.views.calibrate_loading import Grades, PlanInk, Stills, same_shape
from heatmap_gui.desktop.views.calibrate_moved import Moved
from heatmap_gui.desktop.views.calibrate_opacity import OpacitySlider
from heatmap_gui.desktop.views.calibrate_pictures import Sheet
from heatmap_gui.desktop.views.calibrate_revisions import CalibrationRevisions
from heatmap_gui.desktop.views.calibrate_study import Study, study
from heatmap_gui.desktop.views.calibrate_table import PairTable
from heatmap_gui.desktop.views.revisions import Revision
from heatmap_gui.desktop.widgets.basics import Banner, EmptyState, Segments, bar, frame, hairline, label, tool

_LOOK_MS = 2000  # how the camera is
_LATE_MS = 120  # figures, behind a hand that drags: nobody reads faster


class CalibrateView(View):
    """One camera at a time. Pairs are the site document's; the fit to them is made here at once, the rest behind."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._camera_id = ""
        self.fitted: PairFit | None = None
        self.sheet: Sheet | None = None
        background = session.background
        self.stills, self.ink, self.grades = (
            Stills(background, self),
            PlanInk(background, self),
            Grades(background, self),
        )
        self.revisions = CalibrationRevisions(session, self, lambda: self._camera_id)
        self._study: Study | None = None
        self._looked: Revision | None = None
        self.moved = Moved(session, self._camera, self)
        self.edits = PairEdits(session, self._sized, self._shows, self)
        self._seen = False
        self._build()
        self._connect()

    # ---- building

    def _build(self) -> None:
        self.strip, self.desk, self.table = CameraStrip(), PairDesk(), PairTable()
        self.grade_panel, self.steps, self.banner = GradePanel(), NextSteps(), Banner()
        self.lens, self.offer = LensPanel(), LandmarkOffer()
        self.lens_edits = LensEdits(self.session, self.lens, self.desk.edges, self._sized, self)
        for part in (self.offer, self.lens):
            self.steps.extra.addWidget(part)
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
        outside.addWidget(self.moved.banner)
        outside.addLayout(self._stack, 1)

    def _tool_bar(self) -> QFrame:
        modes = {"pairs": self.tr("Pairs"), "mosaic": self.tr("Mosaic"), "walk": self.tr("Walk test")}
        self.modes = Segments(modes, self.tr("What is shown"))
        self._undo = UndoButtons(self.session)
        self._opacity = OpacitySlider()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATE_MS)
        self._late.timeout.connect(self._show_figures)
        self._timer.timeout.connect(lambda: self.moved.look(self._camera_id))
        self._timer.timeout.connect(lambda: self.strip.show_states(self.session.camera_states()))
        self._again = tool(self.tr("Take the still again"), "picture", clicked=self._retake)
        return bar(
            label(self.tr("Calibrate"), "title"), self.modes, hairline(vertical=True), self._undo, None,
            self._opacity, self._opacity.person, self._again, hairline(vertical=True),
            self.revisions.menu_button, self.revisions.save_button,
        )  # fmt: skip

    def _connect(self) -> None:
        self.session.site_changed.connect(self._refresh)
        self.modes.chosen.connect(lambda _: self._refresh())
        self.stills.changed.connect(lambda _: self._refresh())
        self.ink.changed.connect(self._inked)
        self.grades.changed.connect(lambda: self.strip.show_grades(self.grades.known))
        self.revisions.failed.connect(self.banner.say)
        self.revisions.told.connect(lambda words: self.banner.say(words, "ok"))
        self.revisions.looked.connect(self._look_back)
        self.revisions.save_button.pressed.connect(self.edits.remember)
        self.strip.chosen.connect(self.show_camera)
        self.desk.edited.connect(self.edits.take)
        self.desk.released.connect(self.edits.let_go)
        self.desk.moved_on.connect(self._show_selection)
        self.desk.retried.connect(self._retake)
        self.desk.edges.refused.connect(self.banner.say)
        self.desk.edges.changed.connect(self.banner.hide)
        self.moved.retried.connect(self._retake)
        self.moved.changed.connect(self._refresh)
        self.table.chosen.connect(self._choose_pair)
        self.table.deleted.connect(self.desk.delete)
        self.table.pairs.held.connect(lambda number, held: self.edits.take(self.desk.editor.hold_out(number, held)))
        self.table.pairs.named.connect(lambda number, name: self.edits.take(self.desk.editor.name(number, name)))
        self.steps.acted.connect(self._act)
        self.offer.asked.connect(self.desk.offer)
        self.offer.skipped.connect(self.desk.skip)
        self.lens_edits.failed.connect(self._say)
        self._opacity.changed.connect(self._show_opacity)
        self._opacity.person.toggled.connect(self.desk.show_person)
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
        self._late.stop()
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
        self.desk.edges.clear()
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
        self._undo.show_history()
        self._opacity.person.setVisible(mode == "pairs")
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
        pairs = read_pairs(document)
        self.lens_edits.show()
        self.fitted = fitted = self.edits.fit(pairs, site, camera, self._size(camera))
        self.moved.measure(site.floor, camera, document, self._shows(camera))
        proposal = self.moved.proposal
        before = self._study if self._study is not None else Study()
        self.sheet = Sheet(
            site.floor, fitted, before.projection if fitted.fit else None, before.contours,
            before.advice[0] if before.advice and fitted.fit else None, landmarks(site.document, camera.id),
            None if proposal is None else moved_points(pairs.image, proposal.found),
        )  # fmt: skip
        self.desk.show_sheet(self.sheet)
        if not self.edits.rushing:
            self._show_figures()
        elif not self._late.isActive():
            self._late.start()
        self._begin_study(site, camera)

    def _show_figures(self) -> None:
        self._show_grade()
        self._show_selection()

    def _sized(self) -> tuple[Site, Camera, tuple[int, int] | None] | None:
        """What is shown, with the size that its pairs are in."""
        shown = self._camera()
        return None if shown is None else (*shown, self._size(shown[1]))

    def _shows(self, camera: Camera) -> Reference | None:
        """What the still of a camera shows, in the px of its pairs."""
        size = self._size(camera)
        return None if size is None else self.stills.seen(camera, size)

    def _size(self, camera: Camera) -> tuple[int, int] | None:
        """The px that the pairs of a camera are in."""
        still = self.stills.of(camera)
        return camera.frame_size or (still.size if still else None)

    def _begin_study(self, site: Site, camera: Camera) -> None:
        size = self._size(camera)
        if camera.calibration is None or size is None:
            self._studied(Study())
            return
        still, proposal = self.stills.of(camera), self.moved.proposal
        image, ink = still.image if still else None, self.ink.ink
        studied = camera
        if self._looked is not None:
            studied = next((one for one in self._looked.site.cameras if one.id == camera.id), camera)
        elif proposal is not None:  # shown as it would be
            studied = replace(camera, calibration=realigned(camera.calibration, proposal.found))

        def done(found: tuple[str, Study]) -> None:
            shown = self._camera()
            if shown is not None and shown[1].id == found[0] and shown[1].calibration is not None:
                self._studied(found[1])

        self.session.background.newest(
            "calibrate study", lambda: (camera.id, study(site.floor, studied, size, image, ink)), done, self._say
        )

    def _look_back(self, revision: Revision | None) -> None:
        """The pictures are shown as an earlier revision would have them."""
        self._looked = revision
        shown = self._camera()
        if shown is not None:
            self._begin_study(*shown)

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
        self._show_offer()

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

    def _choose_pair(self, number: int) -> None:
        self.desk.editor.selected = number
        if self.fitted is not None:
            self.desk.still.show_place(*self.fitted.pairs.image[number].tolist())
            self.desk.plan.show_place(*self.fitted.pairs.plan[number].tolist())
        self.desk.repaint_pictures()

    def _show_selection(self) -> None:
        if self.fitted is not None and self.session.site is not None:
            self.table.show_pairs(self.fitted, self.session.site.floor, self.desk.editor.selected)
            self._show_offer()

    def _show_offer(self) -> None:
        editor = self.desk.editor
        wanted = editor.landmarks.at(editor.begun[1], 0.0) if editor.offering and editor.begun else None
        name = "" if wanted is None else editor.landmarks.names[wanted]
        done = self.grade_panel.letter == "A" and wanted is None
        self.offer.show_offer(0 if done else len(self.desk.left()), name, offering=wanted is not None)
        self.steps.make_room(on=wanted is not None)

    def _act(self, what: str) -> None:
        if what == "snap" and self.fitted is not None and self.fitted.suspects:
            self.desk.snap_pair(self.fitted.suspects[0])

    def _say(self, error: HeatmapError) -> None:
        self.banner.say(error.message)
