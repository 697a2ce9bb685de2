"""A camera that was moved: by how much is measured on its still, and its pairs can go along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QLocale, QObject, pyqtSignal

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.pair_fit import camera_of
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.realigning import floor_shift, measured, realign, realign_drawn, refer
from heatmap_gui.core.reference import Movement, Reference
from heatmap_gui.core.site import Camera, Floor, Site
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate_grade import centimetres
from heatmap_gui.desktop.widgets.basics import Banner
from heatmap_gui.services.conditions import CameraStatus


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """found: how the picture of a camera moved since it was calibrated. seen: what its still shows now. shift: what
    that is on the floor, in floor units; None: unknown.
    """

    camera_id: str
    found: Movement
    seen: Reference
    shift: float | None


class Moved(QObject):
    """The banner, and what it proposes of the camera on screen. settled: that is of what the still shows.

    changed: the proposal did; retried: a new still is wanted.
    """

    changed = pyqtSignal()
    retried = pyqtSignal()

    def __init__(self, session: Session, shown: Callable[[], tuple[Site, Camera] | None], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._shown = session, shown
        self.banner = Banner()
        self.banner.acted.connect(self._accept)
        self.banner.declined.connect(self._decline)
        self.proposal: Proposal | None = None
        self.settled = True
        self._measured: tuple[Any, ...] = ()  # what the proposal is of
        self._warned = ""  # the camera that the engine says was moved

    def measure(self, floor: Floor, camera: Camera, written: dict[str, Any], seen: Reference | None) -> None:
        """Looks whether the still shows what the camera was calibrated for. written: the camera in the document."""
        of = (camera.id, seen, (written.get("calibration") or {}).get("reference"), written.get("lens"))
        if of == self._measured:
            return
        self._measured = of
        self._propose(None)
        calibration = camera.calibration
        self.settled = seen is None or calibration is None
        if seen is None or calibration is None:
            return

        def work() -> Proposal | None:
            found = measured(written, calibration, seen)
            if found is None or not found.moved:
                return None
            try:
                shift = floor_shift(found, Projection.of(floor, camera, seen.size))
            except InputError:
                shift = None
            return Proposal(camera.id, found, seen, shift if floor.unit == "m" else None)

        def done(proposal: Proposal | None) -> None:
            if of == self._measured:
                self.settled = True
                self._propose(proposal)

        self._session.background.newest("calibrate moved", work, done, lambda _: None)

    def _propose(self, proposal: Proposal | None) -> None:
        if proposal is None and self.proposal is None:
            return
        self.proposal = proposal
        if proposal is None:
            self.banner.hide()
        else:
            words = self.tr("Camera %1 was turned: its picture is off by %2 px, people on the floor by %3.")
            if not proposal.found.turned:
                words = self.tr("Camera %1 was moved: its picture is off by %2 px, people on the floor by %3.")
            pixels = QLocale().toString(proposal.found.shift_px, "f", 0)
            words = words.replace("%1", proposal.camera_id).replace("%2", pixels)
            words = words.replace("%3", centimetres(proposal.shift))
            self.banner.say(words, "warn", self.tr("Move its pairs along"), self.tr("They are right as they are"))
        self.changed.emit()

    def look(self, camera_id: str) -> None:
        """Says when the engine noticed that the camera was moved: a new still shows by how much."""
        state = self._session.camera_states().get(camera_id)
        moved = state is not None and state.condition.status is CameraStatus.MOVED
        if moved and state is not None and self._warned != camera_id:
            self._warned = camera_id
            if self.proposal is None:
                words = self.tr("Camera %1 was moved: %2. Move its pairs onto the new picture.")
                words = words.replace("%1", camera_id).replace("%2", state.condition.reason)
                self.banner.say(words, "warn", "", self.tr("They are right as they are"))
            self.retried.emit()
        elif not moved and self._warned == camera_id:
            self._warned = ""
            if self.proposal is None:
                self.banner.hide()

    def _accept(self) -> None:
        shown, proposal = self._shown(), self.proposal
        calibration = shown[1].calibration if shown else None
        if proposal is None or calibration is None:
            return

        def change(document: dict[str, Any]) -> None:
            realign(camera_of(document, proposal.camera_id), calibration, proposal.found, proposal.seen)
            realign_drawn(document, proposal.camera_id, proposal.found)

        words = self.tr("move the pairs of camera %1 along")
        self._session.edit(change, words.replace("%1", proposal.camera_id))

    def _decline(self) -> None:
        """What the camera shows now is what its pairs are for."""
        shown, proposal = self._shown(), self.proposal
        if shown is None:
            return
        state = self._session.camera_states().get(shown[1].id)
        if state is not None:
            state.believed = True
        self.banner.hide()
        if proposal is not None:
            words = self.tr("keep the pairs of camera %1").replace("%1", proposal.camera_id)
            self._session.edit(lambda document: refer(camera_of(document, proposal.camera_id), proposal.seen), words)
