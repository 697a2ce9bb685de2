"""Cameras that are found in the network: who is there, and which streams each has."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QProgressBar, QVBoxLayout, QWidget

from heatmap_gui.core.errors import DeniedError, HeatmapError
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.basics import button, label, look, row
from heatmap_gui.services import onvif

_LIST_PX = 132
_TICK_MS = 100


class NetworkSearch(QWidget):
    """found: the streams of the chosen device, the largest first, with its name; the form asks them next."""

    found = pyqtSignal(str, list)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._asked = 0
        self._waited_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.login: tuple[QLineEdit, QLineEdit] | None = None
        self.search = button(self.tr("Search the network"), symbol="search", clicked=self.start)
        self.cancel = button(self.tr("Cancel"), clicked=self._give_up)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("How far the search is"))
        self.progress.setTextVisible(False)
        self.progress.setRange(0, round(1000 * onvif.SEARCH_S))
        self.cancel.hide()
        self.progress.hide()
        self.host = QLineEdit()
        self.host.setAccessibleName(self.tr("Host of the camera"))
        self.host.setPlaceholderText(self.tr("or its address: 192.168.1.64"))
        self.host.returnPressed.connect(self.ask)
        self.devices = QListWidget()
        self.devices.setAccessibleName(self.tr("Cameras in the network"))
        self.devices.setFixedHeight(_LIST_PX)
        self.devices.itemSelectionChanged.connect(self._chosen)
        self.devices.hide()
        self.said = label(kind="secondary", wrap=True)
        self.said.hide()
        self.streams = button(self.tr("Ask for its streams"), symbol="network", clicked=self.ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        for widget in (row(self.search, self.cancel, None), self.progress, self.devices, self.host, self.said):
            layout.addWidget(widget)

    def start(self) -> None:
        """Asks who is there."""
        asked = self._begin(self.tr("Searching for %1 s…").replace("%1", f"{onvif.SEARCH_S:.0f}"))
        self.progress.show()
        self._session.background.newest(
            "onvif search",
            lambda: onvif.find_devices(given_up=lambda: asked != self._asked),
            lambda found: self._show(found, asked),
            lambda error: self._failed(error, asked),
        )

    def _begin(self, words: str) -> int:
        """Something is asked now -> the number of this question."""
        self.stop()
        self._say(words)
        self.search.setEnabled(False)
        self.cancel.show()
        self._waited_ms = 0
        self._timer.start()
        self._tick()
        return self._asked

    def _tick(self) -> None:
        self.progress.setValue(min(self._waited_ms, self.progress.maximum()))
        self._waited_ms += _TICK_MS

    def _give_up(self) -> None:
        self.stop()
        self._say(self.tr("Given up."))

    def stop(self) -> None:
        """What comes from now on is of no interest."""
        self._asked += 1
        self._timer.stop()
        self.search.setEnabled(True)
        self.cancel.hide()
        self.progress.hide()

    def _show(self, found: Sequence[onvif.Device], asked: int) -> None:
        if asked != self._asked:
            return
        self.stop()
        self.devices.clear()
        for device in found:
            words = " · ".join(filter(None, (device.name, device.hardware)))
            item = QListWidgetItem(icon("camera"), f"{words}\n{device.host}")
            item.setData(Qt.ItemDataRole.UserRole, device.address)
            self.devices.addItem(item)
        self.devices.setVisible(bool(found))
        if found:
            self._say(self.tr("Choose one, and write user and password of it below."))
        else:
            self._say(
                self.tr("No camera answers. Switch ONVIF on in the camera, or write its address: both have to be in one"
                        " network.")
            )  # fmt: skip

    def _chosen(self) -> None:
        item = self.devices.currentItem()
        if item is not None:
            self.host.setText(str(item.data(Qt.ItemDataRole.UserRole)))

    def ask(self) -> None:
        """Asks the device for its streams."""
        text = self.host.text().strip()
        if not text:
            self._say(self.tr("Choose a camera, or write its address first."), "warn")
            return
        address = onvif.device_address(text)
        user, password = (field.text() for field in self.login) if self.login else ("", "")
        name = self._name_of(address)
        asked = self._begin(self.tr("Asking %1…").replace("%1", text))
        self._session.background.newest(
            "onvif streams", lambda: onvif.find_streams(address, user, password),
            lambda found: self._streams(name, found, asked), lambda error: self._failed(error, asked),
        )  # fmt: skip

    def _name_of(self, address: str) -> str:
        for number in range(self.devices.count()):
            item = self.devices.item(number)
            if item is not None and item.data(Qt.ItemDataRole.UserRole) == address:
                return item.text().partition("\n")[0].partition(" · ")[0]
        return ""

    def _streams(self, name: str, found: Sequence[onvif.Stream], asked: int) -> None:
        if asked == self._asked:
            self.stop()
            self._say(
                self.tr("%1 streams found: look at the picture, then add the camera.").replace("%1", str(len(found)))
            )
            self.found.emit(name, list(found))

    def _failed(self, error: HeatmapError, asked: int) -> None:
        if asked == self._asked:
            self.stop()
            self._say(error.message, "error")
            if isinstance(error, DeniedError) and self.login is not None:
                self.login[0].setFocus()

    def _say(self, text: str, kind: str = "secondary") -> None:
        look(self.said, kind)
        self.said.setText(text)
        self.said.show()
