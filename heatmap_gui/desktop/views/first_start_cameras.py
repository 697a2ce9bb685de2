"""Fourth question: which cameras there are. Each is looked through before it is added, its password kept apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from heatmap_gui.core.errors import DeniedError, HeatmapError, InputError, UnavailableError
from heatmap_gui.core.set_up import NewCamera, add_cameras, remove_camera
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.first_start_camera_form import CameraForm, Wanted
from heatmap_gui.desktop.views.first_start_page import Page
from heatmap_gui.desktop.widgets.basics import EmptyState, button, frame, label, row, tool
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.pictures import bgr_image
from heatmap_gui.services.camera_addresses import SERVICE, free_id, keyring_name, with_reference
from heatmap_gui.services.camera_trial import Trial, try_streams
from heatmap_gui.services.secrets import is_reference, keep_in_keyring
from heatmap_gui.vision.sources.address import Address

_TICK_MS = 1000
_LIST_PX, _WHERE_PX = 260, 190


def write_camera(wanted: Wanted, store: str, *, inline: bool, size: tuple[int, int] | None) -> NewCamera:
    """The camera as the site file has it, its password in the keyring, or with `inline` in the file. Slow.

    Raises UnavailableError where there is no keyring.
    """
    login = wanted
    if wanted.password and not inline and not is_reference(wanted.password):
        reference = keep_in_keyring(SERVICE, keyring_name(store, wanted.id), wanted.password)
        login = replace(wanted, password=reference)
        assert with_reference(wanted.url, wanted.user, reference) == login.with_password(wanted.url)
    return NewCamera(
        wanted.id, wanted.name, login.with_password(wanted.url),
        login.with_password(wanted.detect_url), size,
    )  # fmt: skip


class CamerasPage(Page):
    """A look through a camera ends when it is given up, and when the page is left. kept: cameras are written."""

    kept = pyqtSignal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.title = self.tr("Which cameras look at it?")
        self.sentence = self.tr(
            "Add one after the other. Look at its picture first: what it shows is what is measured."
        )
        self._stop_look: Callable[[], None] = lambda: None
        self._waited_s = 0
        self._sizes: dict[str, tuple[int, int]] = {}  # by address: what was seen there
        self._unkept: list[Wanted] = []
        self._edited = ""  # id of the camera that the form is about; "": a new one
        self.form = CameraForm(session)
        self.form.changed.connect(self._tell)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Cameras of the store"))
        self.list.setSpacing(2)
        self.list.itemSelectionChanged.connect(self._tell)
        self.canvas = ImageCanvas()
        self.canvas.setAccessibleName(self.tr("Picture of the camera"))
        self.nothing = EmptyState("camera", self.tr("No picture yet"), self.tr("Write an address, then press Test."))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.arrange(self._middle(), self._panel())
        self.banner.acted.connect(self._keep_inline)

    def _middle(self) -> QWidget:
        self.pictures = QStackedWidget()
        self.pictures.addWidget(self.nothing)
        self.pictures.addWidget(self.canvas)
        self.seen = label(kind="secondary", wrap=True)
        self.cancel = button(self.tr("Cancel"), clicked=self._give_up)
        self.cancel.hide()
        status = row(self.seen, self.cancel, margins=(16, 0, 16, 0))
        self.seen.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        status.setFixedHeight(tokens.TOOL_BAR)
        self.of_listed = [
            tool(self.tr("Test the chosen camera"), "picture", clicked=self._test_listed),
            tool(self.tr("Edit the chosen camera"), "edit", clicked=self._edit),
            tool(self.tr("Remove the chosen camera"), "delete", clicked=self._remove),
        ]
        self._listing = frame("list", label(self.tr("Cameras"), "section"), self.list, row(*self.of_listed, None))
        self._listing.setFixedWidth(_LIST_PX)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pictures, 1)
        column.addWidget(status)
        return row(self._listing, shown, gap=0)

    def _panel(self) -> QWidget:
        self.test = button(self.tr("Test"), symbol="picture", clicked=self._test)
        self.add = button(self.tr("Add camera"), symbol="add", clicked=self._add)
        self.heading = label(self.tr("Add a camera"), "section")
        self.wrong = label(kind="error", wrap=True)
        self.wrong.hide()
        inside = frame(
            "", self.heading, self.form, self.wrong, row(self.test, self.add, None), None,
            pad=16,
        )  # fmt: skip
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    # ---- what is shown

    def show_site(self, site: Site | None) -> None:
        cameras = site.cameras if site else ()
        chosen = self._listed()
        self.list.clear()
        for camera in cameras:
            address = Address(camera.id, camera.url).shown
            where = address if "://" in address else Path(address).name
            where = self.fontMetrics().elidedText(where, Qt.TextElideMode.ElideMiddle, _WHERE_PX)
            item = QListWidgetItem(icon("camera"), f"{camera.name}\n{where}")
            item.setData(Qt.ItemDataRole.UserRole, camera.id)
            item.setToolTip(f"{camera.id}: {address}")
            self.list.addItem(item)
            if chosen is not None and camera.id == chosen.id:
                self.list.setCurrentItem(item)
        self._tell()

    def leave(self) -> None:
        self.form.search.stop()
        self._give_up()

    def _listed(self) -> Camera | None:
        item, site = self.list.currentItem(), self.session.site
        if item is None or site is None:
            return None
        wanted = item.data(Qt.ItemDataRole.UserRole)
        return next((camera for camera in site.cameras if camera.id == wanted), None)

    def _tell(self) -> None:
        filled, busy = self.form.filled, self._timer.isActive()
        self.test.setEnabled(filled and not busy)
        self.add.setEnabled(filled and self.session.site is not None)
        listed = self._listed() is not None
        for one in self.of_listed:
            one.setEnabled(listed and not busy)
        self._say_wrong("")

    def _say_wrong(self, why: str) -> None:
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))

    # ---- looking through one

    def _test(self) -> None:
        try:
            wanted = self.form.wanted()[0]
        except InputError as error:
            self._say_wrong(error.message)
            return
        self._try(wanted.url, wanted.with_password(wanted.url), wanted.with_password(wanted.detect_url))

    def _test_listed(self) -> None:
        camera = self._listed()
        if camera is not None:
            self._try(camera.url, camera.url, camera.detect_url or "")

    def _try(self, known_as: str, url: str, detect_url: str) -> None:
        self._waited_s = 0
        self.banner.hide()
        self.seen.setText(self.tr("Asking the camera…"))
        self._timer.start()
        self._tell()
        self._stop_look = self.session.background.run_apart(
            partial(try_streams, "test", url, detect_url), partial(self._show_trial, known_as), self._failed
        )

    def _tick(self) -> None:
        self._waited_s += 1
        self.seen.setText(self.tr("Asking the camera… %1 s").replace("%1", str(self._waited_s)))
        self.cancel.show()

    def _give_up(self) -> None:
        if self._timer.isActive():
            self._stop_look()
            self._ended(self.tr("Given up."))

    def _ended(self, words: str) -> None:
        self._timer.stop()
        self.cancel.hide()
        self.seen.setText(words)
        self._tell()

    def _show_trial(self, known_as: str, found: tuple[Trial, Trial | None]) -> None:
        main, sub = found
        self._sizes[known_as] = main.size
        said = self._words(main)
        if sub is not None:
            said = self.tr("%1; sub-stream %2").replace("%1", said).replace("%2", self._words(sub))
        self._ended(said)
        self.canvas.show_image(bgr_image(main.picture))
        self.pictures.setCurrentWidget(self.canvas)

    def _words(self, trial: Trial) -> str:
        rate = "" if trial.fps is None else self.tr(", %1 frames a second").replace("%1", f"{trial.fps:.0f}")
        return f"{trial.size[0]} \N{MULTIPLICATION SIGN} {trial.size[1]} px{rate}"

    def _failed(self, error: HeatmapError) -> None:
        self._ended("")
        denied = isinstance(error, DeniedError)
        self.nothing.title.setText(self.tr("User or password refused") if denied else self.tr("No picture"))
        self.nothing.sentence.setText(error.message)
        self.pictures.setCurrentWidget(self.nothing)
        if denied:
            self.form.password.setFocus()

    # ---- adding and removing

    def _add(self) -> None:
        site = self.session.site
        try:
            wanted = self.form.wanted()
        except InputError as error:
            self._say_wrong(error.message)
            return
        if site is not None:
            number = self._edited or free_id(camera.id for camera in site.cameras)
            named = self.tr("Camera %1")
            known = [replace(one, id=one.id or number) for one in wanted]
            self._write([replace(one, name=one.name or named.replace("%1", one.id)) for one in known], inline=False)

    def _write(self, wanted: Sequence[Wanted], *, inline: bool) -> None:
        site = self.session.site
        if site is None:
            return
        store, sizes = site.name, dict(self._sizes)
        self._unkept = list(wanted)
        self.session.background.newest(
            "cameras",
            lambda: [write_camera(one, store, inline=inline, size=sizes.get(one.url)) for one in wanted],
            lambda made: self._written(made, store),
            self._not_kept,
        )

    def _written(self, made: Sequence[NewCamera], store: str) -> None:
        self._unkept = []
        if self.session.site is None or self.session.site.name != store:
            return
        words = self.tr("edit of a camera") if self._edited else self.tr("new camera")
        if self.session.edit(lambda document: add_cameras(document, made), words):
            self.banner.hide()
            self._begin("")
            self.kept.emit()

    def _not_kept(self, error: HeatmapError) -> None:
        if not isinstance(error, UnavailableError):
            self.banner.say(error.message)
            return
        self.banner.say(
            self.tr("This computer has no keyring for the password. It can be kept in the site file, readable by"
                    " whoever can read that file."),
            "warn", self.tr("Keep it in the site file"),
        )  # fmt: skip

    def _keep_inline(self) -> None:
        self._write(self._unkept, inline=True)

    def _edit(self) -> None:
        """What is written about the chosen camera, in the form."""
        camera = self._listed()
        if camera is not None:
            self._begin(camera.id)
            self.form.write(camera)

    def edit_alone(self, camera: Camera) -> None:
        """The form is about this camera, and no other one is shown."""
        self._listing.hide()
        self.nothing.sentence.setText(self.tr("Press Test to see what the camera shows."))
        self._begin(camera.id)
        self.form.write(camera)

    def _begin(self, edited: str) -> None:
        """The form is for this camera; "": for a new one."""
        self._edited = edited
        self.heading.setText(self.tr("Edit the camera") if edited else self.tr("Add a camera"))
        self.add.setText(self.tr("Save camera") if edited else self.tr("Add camera"))
        self.add.setAccessibleName(self.add.text())
        self.add.setIcon(icon("done" if edited else "add"))
        self.form.clear()

    def _remove(self) -> None:
        camera = self._listed()
        if camera is not None:
            self.session.edit(lambda document: remove_camera(document, camera.id), self.tr("camera removed"))
