"""First question: the demo store, or one's own and its name."""

from __future__ import annotations

from PyQt6.QtCore import Qt, QTimeZone, pyqtSignal
from PyQt6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.set_up import check_store_name, new_document
from heatmap_gui.core.site import Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.first_start_page import Page
from heatmap_gui.desktop.widgets.basics import button, frame, label, row

_CARD_PX = 340


class StorePage(Page):
    """demo: the demo store is wanted."""

    demo = pyqtSignal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.title = self.tr("Which store?")
        self.sentence = self.tr("Look around in a made-up one first, or begin with yours.")
        self._open = ""
        self._made = ""
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the store"))
        self.name.setPlaceholderText(self.tr("Harbour Street"))
        self.name.textChanged.connect(lambda _: self._typed())
        self.name.returnPressed.connect(self._entered)
        self.zone = QComboBox()
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.setAccessibleName(self.tr("Time zone"))
        self.zone.addItems([bytes(name.data()).decode() for name in QTimeZone.availableTimeZoneIds()])
        self.zone.setCurrentText(bytes(QTimeZone.systemTimeZoneId().data()).decode())
        completer = self.zone.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.wrong = label(kind="error", wrap=True)
        self.wrong.hide()
        self.present = label(kind="secondary", wrap=True)
        self.arrange(self._cards())
        session.refused.connect(self._refused)

    def _cards(self) -> QWidget:
        demo = frame(
            "panel",
            label(self.tr("Demo store"), "title"),
            label(
                self.tr("Three synthetic cameras above one floor. Everything is calibrated, people walk and buy."),
                "secondary", wrap=True,
            ),
            None,
            button(self.tr("Open the demo store"), symbol="play", clicked=self.demo.emit),
            pad=20,
        )  # fmt: skip
        own = frame(
            "panel",
            label(self.tr("My own store"), "title"),
            label(self.tr("Name"), "secondary"), self.name, self.wrong,
            label(self.tr("Time zone"), "secondary"), self.zone, self.present, None,
            pad=20,
        )  # fmt: skip
        for card in (demo, own):
            card.setFixedWidth(_CARD_PX)
            card.setMinimumHeight(280)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.addStretch(1)
        layout.addWidget(row(None, demo, own, None, gap=tokens.PAD * 2))
        layout.addStretch(2)
        return middle

    def show_site(self, site: Site | None) -> None:
        self._open = site.name if site else ""
        said = self.tr("%1 is open. Go on with it, or write the name of another store.").replace("%1", self._open)
        self.present.setText(said if site else "")
        if self._made and self._open == self._made:
            self._made = ""
            self.name.clear()
            self.stepped.emit()

    def enter(self) -> None:
        self.name.setFocus()

    def may_go_on(self, answered: bool) -> bool:
        return answered or bool(self.name.text().strip())

    def go_on(self) -> bool:
        if not self.name.text().strip():
            return bool(self._open)
        try:
            name = check_store_name(self.name.text())
        except InputError as error:
            self._say(error.message)
            return False
        zone = self.zone.currentText()
        if not QTimeZone(zone.encode()).isValid():
            self._say(self.tr("There is no time zone %1: choose one of the list.").replace("%1", zone))
            return False
        self._made = name
        self.session.create_store(name, new_document(name, zone))
        return False

    def _entered(self) -> None:
        if self.name.text().strip() and self.go_on():
            self.stepped.emit()

    def _typed(self) -> None:
        self._say("")
        self.answerable.emit()

    def _refused(self, why: str) -> None:
        if self._made:
            self._made = ""
            self._say(why)

    def _say(self, why: str) -> None:
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))
