"""Revisions of a site file: keep one, compare with earlier ones and go back to what a screen is about in them."""

from __future__ import annotations

from abc import abstractmethod
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from PyQt6.QtCore import QCoreApplication, QLocale, QObject, pyqtSignal
from PyQt6.QtWidgets import QMenu, QWidget, QWidgetAction

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.basics import button, label
from heatmap_gui.store.site_files import read_parts, versions

translate = QCoreApplication.translate  # tr would ask for the subclass's words

_MOST = 12  # in the menu


class Revision(NamedTuple):
    """An earlier state of a site file: where, when (UTC), and what it says."""

    path: Path
    at: datetime
    site: Site


class Revisions(QObject):
    """Two buttons for a tool bar; what of a site they are about is a subclass's. told: what was taken over, in words;
    failed: why it was not. looked: a revision is looked at in the menu, None: no more.
    """

    told = pyqtSignal(str)
    failed = pyqtSignal(str)
    looked = pyqtSignal(object)

    def __init__(self, session: Session, parent: QWidget, hint: str, save_look: str = "") -> None:
        """hint: what the menu is for."""
        super().__init__(parent)
        self._session = session
        self.menu_button = button("", symbol="history")
        self.menu_button.setToolTip(hint)
        self.menu = QMenu(self.menu_button)
        self.menu_button.setMenu(self.menu)
        self.save_button = button("", save_look, symbol="done", clicked=lambda: session.save(version=True))
        self._kept: list[Revision] = []
        self._count, self._short = 0, False
        session.saved.connect(self.read)
        self.menu.aboutToShow.connect(self._fill)
        self.menu.aboutToHide.connect(lambda: self.looked.emit(None))

    # ---- what a subclass says

    @abstractmethod
    def heading(self, now: Site) -> str:
        """What there is now, in words; empty: there is nothing that could be gone back to."""

    @abstractmethod
    def words(self, then: Site, now: Site) -> str:
        """What is in a revision, beside what there is now."""

    @abstractmethod
    def take(self, revision: Revision) -> None:
        """Goes back to it, as one edit."""

    def more(self) -> None:
        """Adds to the menu."""

    # ---- the buttons

    def read(self) -> None:
        """Looks what there is on disk."""
        draft = self._session.draft
        for one in (self.menu_button, self.save_button):
            one.setVisible(draft is not None)
        if draft is not None:
            path, name = draft.path, f"{type(self).__name__} read"
            self._session.background.newest(
                name, lambda: _read(path), self._show, lambda error: self.failed.emit(error.message)
            )

    def _show(self, found: tuple[int, list[Revision]]) -> None:
        self._count, self._kept = found
        for one, words, number in (
            (self.menu_button, translate("Revisions", "Revision %1"), self._count + 1),
            (self.save_button, translate("Revisions", "Save as revision %1"), self._count + 2),
        ):
            one.setAccessibleName(words.replace("%1", str(number)))
        self.fold(short=self._short)

    def fold(self, *, short: bool) -> None:
        """Where there is little room, symbols say what the buttons are for."""
        self._short = short
        self.save_button.setToolTip(self.save_button.accessibleName() if short else "")
        for one in (self.menu_button, self.save_button):
            one.setText("" if short else one.accessibleName())

    def _fill(self) -> None:
        self.menu.clear()
        now = self._session.site
        heading = "" if now is None else self.heading(now)
        if now is None or not heading:
            return
        head, words_now = QWidgetAction(self.menu), label(heading, "secondary")
        words_now.setContentsMargins(tokens.PAD, 6, tokens.PAD, 6)
        head.setDefaultWidget(words_now)
        self.menu.addAction(head)
        self.menu.addSeparator()
        for number, one in enumerate(self._kept):
            when = QLocale().toString(one.at.astimezone(), QLocale.FormatType.ShortFormat)
            words = translate("Revisions", "Go back to revision %1, %2: %3").replace("%1", str(self._count - number))
            words = words.replace("%2", when).replace("%3", self.words(one.site, now))
            action = self.menu.addAction(icon("undo"), words, lambda one=one: self.take(one))
            assert action is not None
            action.hovered.connect(lambda one=one: self.looked.emit(one))
        if not self._kept:
            none = self.menu.addAction(translate("Revisions", "No earlier revision is kept yet"))
            assert none is not None
            none.setEnabled(False)
        self.more()


def _read(path: Path) -> tuple[int, list[Revision]]:
    """How many revisions are kept, and the newest of them that can be read."""
    files = versions(path)
    found = []
    for file in files[:_MOST]:
        try:
            site = read_site(read_parts(file)[0], path)
            at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        except (HeatmapError, OSError):
            continue
        found.append(Revision(file, at, site))
    return len(files), found
