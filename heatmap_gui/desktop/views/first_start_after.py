"""The steps that have screens of their own: how far they are, and the way there."""

from __future__ import annotations

from heatmap_gui.core.site import Site
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.first_start_page import Page
from heatmap_gui.desktop.widgets.basics import EmptyState


class CalibratePage(Page):
    """Sends to the screen that calibrates."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.title = self.tr("Where does each camera look?")
        self.sentence = self.tr("Click the same points in the picture and on the plan: under two minutes a camera.")
        self.skipping = self.tr("Skip this and people are counted in pictures, not placed on the plan.")
        self.way = EmptyState("calibrate", "", "", self.tr("Calibrate"))
        self.way.acted.connect(lambda: self.wanted.emit("calibrate"))
        self.arrange(self.way)

    def show_site(self, site: Site | None) -> None:
        cameras = [camera for camera in site.cameras if camera.enabled] if site else []
        open_ones = [camera.name for camera in cameras if camera.calibration is None]
        if not cameras:
            self.way.title.setText(self.tr("No cameras yet"))
            self.way.sentence.setText(self.tr("Add a camera first: go back one step."))
        elif not open_ones:
            self.way.title.setText(self.tr("All cameras are calibrated"))
            self.way.sentence.setText(self.tr("Their errors, and which point is worst, stand on the Calibrate screen."))
        else:
            done = self.tr("%1 of %2 cameras are calibrated")
            self.way.title.setText(
                done.replace("%1", str(len(cameras) - len(open_ones))).replace("%2", str(len(cameras)))
            )
            self.way.sentence.setText(self.tr("Still to do: %1.").replace("%1", ", ".join(open_ones)))
        self.way.action.setEnabled(bool(cameras))


class ZonesPage(Page):
    """Sends to the screen that draws zones."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.title = self.tr("What is to be counted, and where?")
        self.sentence = self.tr("A line at the door counts who comes in; zones tell how long people stay.")
        self.skipping = self.tr("Skip this and there is a heat map, but no counts.")
        self.way = EmptyState("zones", "", "", self.tr("Draw zones"))
        self.way.acted.connect(lambda: self.wanted.emit("zones"))
        self.arrange(self.way)

    def show_site(self, site: Site | None) -> None:
        zones, lines = (len(site.zones), len(site.lines)) if site else (0, 0)
        if not zones + lines:
            self.way.title.setText(self.tr("No zones yet"))
            self.way.sentence.setText(self.tr("Begin with one line across the entrance."))
            return
        self.way.title.setText(self.tr("Zones: %1, lines: %2").replace("%1", str(zones)).replace("%2", str(lines)))
        self.way.sentence.setText(self.tr("More can be drawn at any time, also while it measures."))


class LivePage(Page):
    """Starts to measure."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.title = self.tr("Ready to measure")
        self.sentence = self.tr("From now on this store is measured whenever the program runs.")
        self.way = EmptyState("live", "", "", self.tr("Start to measure"))
        self.way.acted.connect(self.start)
        self.arrange(self.way)

    def show_site(self, site: Site | None) -> None:
        ready = site is not None and bool(site.cameras)
        self.way.action.setEnabled(ready)
        if site is None or not ready:
            self.way.title.setText(self.tr("No cameras yet"))
            self.way.sentence.setText(self.tr("There is nothing to measure. Add a camera first."))
            return
        self.way.title.setText(site.name)
        missing = []
        if any(camera.enabled and camera.calibration is None for camera in site.cameras):
            missing.append(self.tr("Cameras without a calibration are measured in their own pictures."))
        if site.floor.metres_per_pixel is None:
            missing.append(self.tr("Without a scale lengths are in plan pixels."))
        if not (site.zones or site.lines):
            missing.append(self.tr("Without zones and lines nothing is counted."))
        self.way.sentence.setText(" ".join(missing) or self.tr("Everything is set up."))

    def may_go_on(self, answered: bool) -> bool:
        return False

    def start(self) -> None:
        """This store is measured from now on."""
        if self.session.site is not None:
            self.session.measure([self.session.site.name])
            self.wanted.emit("live")
