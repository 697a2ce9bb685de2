"""What is written about one camera, changed beside the wall: the same form as when the store was set up."""

from __future__ import annotations

from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QDialog, QVBoxLayout, QWidget

from heatmap_gui.core.site import Camera
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.first_start_cameras import CamerasPage

_SIZE = QSize(920, 620)


class CameraDialog(QDialog):
    """Closes itself once the camera is saved, and forgets what was written when it is closed before."""

    def __init__(self, session: Session, camera: Camera, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Edit camera %1").replace("%1", camera.name))
        self.resize(_SIZE)
        self.page = CamerasPage(session)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.page.show_site(session.site)
        self.page.edit_alone(camera)
        self.page.kept.connect(self.accept)
        self.page.form.url.setFocus()
        self.finished.connect(lambda _: self._end())

    def _end(self) -> None:
        self.page.leave()
        self.deleteLater()
