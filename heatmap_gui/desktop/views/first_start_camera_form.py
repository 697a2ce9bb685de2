"""What somebody writes about a camera that is to be added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Camera
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.first_start_search import NetworkSearch
from heatmap_gui.desktop.widgets.basics import button, label, row
from heatmap_gui.services.camera_addresses import PLACE, read_numbers, split_login, with_login, with_reference
from heatmap_gui.services.onvif import Stream
from heatmap_gui.services.secrets import is_reference

_FIELD_PX = 170


@dataclass(frozen=True, slots=True)
class Wanted:
    """A camera as it was written: addresses without user and password, those apart. id "": the next free one."""

    id: str
    name: str
    url: str
    detect_url: str
    user: str
    password: str

    def with_password(self, url: str) -> str:
        """An address that can be opened."""
        if not url or not self.password:
            return with_login(url, self.user, "")
        write = with_reference if is_reference(self.password) else with_login
        return write(url, self.user, self.password)


class CameraForm(QWidget):
    """changed: anything was written. found in the network, an address or a template, a file, a webcam."""

    changed = pyqtSignal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.kind = self._box(self.tr("Kind of camera"))
        for key, words, symbol in (
            ("address", self.tr("By its address"), "link"),
            ("network", self.tr("In the network (ONVIF)"), "network"),
            ("file", self.tr("Video file"), "folder"),
            ("webcam", self.tr("Webcam"), "camera"),
        ):
            self.kind.addItem(icon(symbol), words, key)
        self.kind.currentIndexChanged.connect(lambda _: self._show())
        self.search = NetworkSearch(session)
        self.search.found.connect(self._take_streams)
        self.url = self._line(self.tr("Address of the main stream"), "rtsp://192.168.1.64/stream1")
        self.detect = self._line(self.tr("Address of the sub-stream"), self.tr("optional: smaller, for detection"))
        self.main_stream, self.sub_stream = self._box(self.tr("Main stream")), self._box(
            self.tr("Sub-stream")
        )  # fmt: skip
        self.numbers = self._line(self.tr("Camera numbers"), "1-8")
        self.user = self._line(self.tr("User"), "")
        self.password = self._line(self.tr("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.search.login = (self.user, self.password)
        self.file = self._line(self.tr("Video file"), self.tr("a video or a folder of pictures"))
        self.webcam = QSpinBox()
        self.webcam.setAccessibleName(self.tr("Number of the webcam"))
        self.name = self._line(self.tr("Name"), self.tr("Front door"))
        self._rows: list[tuple[QWidget, frozenset[str]]] = []
        self._known = False  # it is about a camera that is there already
        self._build()
        self._show()

    def _line(self, name: str, example: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(example)
        made.textChanged.connect(lambda _: self._show())
        return made

    def _box(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        return made

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self.kind)

        def add(kinds: str, *widgets: QWidget) -> None:
            for widget in widgets:
                layout.addWidget(widget)
                self._rows.append((widget, frozenset(kinds.split())))

        def named(widget: QWidget, pixels: int = 0) -> QWidget:
            if pixels:
                widget.setFixedWidth(pixels)
            return row(label(widget.accessibleName(), "secondary"), None, widget)

        add("network", self.search)
        add("address", label(self.url.accessibleName(), "secondary"), self.url)
        add("several", label(self.tr("%1 stands for the number of each of several cameras.").replace("%1", PLACE),
                             "tertiary", wrap=True))  # fmt: skip
        add("template", named(self.numbers, 120))
        add("address", label(self.detect.accessibleName(), "secondary"), self.detect)
        add("file", self.file, button(self.tr("Choose a file…"), symbol="folder", clicked=self._choose))
        add("webcam", named(self.webcam, 80))
        add("address network", named(self.user, _FIELD_PX), named(self.password, _FIELD_PX))
        add("network", self.search.streams)
        add("streams", named(self.main_stream), named(self.sub_stream))
        add("address network file webcam", named(self.name, _FIELD_PX))

    def _show(self) -> None:
        kinds = {self._kind}
        if self._kind == "address" and not self._known:
            kinds |= {"several", "template"} if PLACE in self.url.text() else {"several"}
        if self._kind == "network" and self.main_stream.count():
            kinds.add("streams")
        for widget, needed in self._rows:
            widget.setVisible(bool(needed & kinds))
        self.changed.emit()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a video"), str(Path.home()))
        if chosen:
            self.file.setText(chosen)

    def _take_streams(self, name: str, found: Sequence[Stream]) -> None:
        for box in (self.main_stream, self.sub_stream):
            box.clear()
        self.sub_stream.addItem(self.tr("None"), "")
        for stream in found:
            size = f", {stream.width}x{stream.height}" if stream.width else ""
            for box in (self.main_stream, self.sub_stream):
                box.addItem(f"{stream.name}{size}", stream.url)
        self.sub_stream.setCurrentIndex(self.sub_stream.count() - 1 if len(found) > 1 else 0)
        if name and not self.name.text():
            self.name.setText(name)
        self._show()

    def _addresses(self) -> tuple[str, str]:
        """Main and sub-stream as they are written."""
        kinds: dict[str, Callable[[], tuple[str, str]]] = {
            "address": lambda: (self.url.text().strip(), self.detect.text().strip()),
            "network": lambda: (str(self.main_stream.currentData() or ""), str(self.sub_stream.currentData() or "")),
            "file": lambda: (self.file.text().strip(), ""),
            "webcam": lambda: (str(self.webcam.value()), ""),
        }
        return kinds[self._kind]()

    @property
    def _kind(self) -> str:
        return str(self.kind.currentData())

    @property
    def filled(self) -> bool:
        return bool(self._addresses()[0])

    def wanted(self) -> list[Wanted]:
        """The cameras that this means. Raises InputError for what is written wrong."""
        url, detect = self._addresses()
        if not url:
            raise InputError(self.tr("No address yet: write it first."))
        url, user, password = split_login(url)
        detect = split_login(detect)[0]
        if self._kind in ("address", "network"):
            user, password = self.user.text().strip() or user, self.password.text() or password
        name = self.name.text().strip()
        written = Wanted("", name, url, detect, user, password)
        if PLACE not in url:
            return [written]
        return [
            replace(
                written,
                id=number,
                name=f"{name} {number}" if name else "",
                url=url.replace(PLACE, number),
                detect_url=detect.replace(PLACE, number),
            )
            for number in read_numbers(self.numbers.text())
        ]

    def write(self, camera: Camera) -> None:
        """What the site file says of a camera; a password that lies elsewhere stays the reference to it."""
        self._known = True
        url, user, password = split_login(camera.url)
        kind = "webcam" if url.isdecimal() else "address" if "://" in url or ":" in url[2:] else "file"
        self.kind.setCurrentIndex(self.kind.findData(kind))
        if kind == "webcam":
            self.webcam.setValue(int(url))
        else:
            (self.file if kind == "file" else self.url).setText(url)
        self.detect.setText(split_login(camera.detect_url or "")[0])
        for line, text in ((self.user, user), (self.password, password), (self.name, camera.name)):
            line.setText(text)

    def clear(self) -> None:
        """For the next camera: user and password are often the same."""
        self._known = False
        for line in (self.url, self.detect, self.file, self.name, self.numbers, self.search.host):
            line.clear()
        self.main_stream.clear()
        self.sub_stream.clear()
        self._show()
