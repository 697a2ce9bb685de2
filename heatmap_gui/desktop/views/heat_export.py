"""What is on screen as a file: a picture, a table, or arrays as a measurement leaves them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QFileDialog, QMenu

from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.basics import button
from heatmap_gui.services import heat_files
from heatmap_gui.services.heat_answers import Answer

translate = QCoreApplication.translate

if TYPE_CHECKING:
    from heatmap_gui.desktop.views.heat import HeatView

_FORMS = {"png": "picture", "csv": "general", "npz": "general"}


class HeatExport:
    """The button with its menu; writes in the background and says where, or why not."""

    def __init__(self, view: HeatView) -> None:
        self._view = view
        words = {
            "png": translate("HeatExport", "Picture (PNG)…"),
            "csv": translate("HeatExport", "Table (CSV)…"),
            "npz": translate("HeatExport", "Arrays (NPZ)…"),
        }
        self.button = button(translate("HeatExport", "Export"), symbol="export")
        self.button.setEnabled(False)
        menu = QMenu(self.button)
        self.actions = {
            form: menu.addAction(icon(symbol), words[form], partial(self._choose, form))
            for form, symbol in _FORMS.items()
        }
        menu.aboutToShow.connect(self._before)
        self.button.setMenu(menu)

    def _before(self) -> None:
        answer = self._view.answer
        comparing = answer is not None and answer.question.against is not None
        picture = self.actions["png"]
        assert picture is not None
        picture.setEnabled(not comparing)

    def _choose(self, form: str) -> None:
        answer = self._view.answer
        if answer is None:
            return
        name = f"heatmap_{answer.question.site.name}.{form}"
        chosen, _ = QFileDialog.getSaveFileName(self._view, self.button.text(), name, f"*.{form}")
        if chosen:
            self.save(Path(chosen).with_suffix(f".{form}"))

    def save(self, path: Path) -> None:
        """What is on screen; the name's ending says how."""
        view, answer = self._view, self._view.answer
        if answer is None:
            return
        question = answer.question
        title = f"{question.site.name}: {view.side.figure.text()} {view.side.figure_unit.text()}"
        note = view.times.words_of(question.of.start, question.of.end)
        work = partial(_save, path, answer, title, note, light=THEME.mode == "light")
        saved = translate("HeatExport", "Saved: %1").replace("%1", str(path))
        view.session.background.run(
            work, lambda _: view.banner.say(saved, "ok"), lambda error: view.banner.say(error.message)
        )


def _save(path: Path, answer: Answer, title: str, note: str, *, light: bool) -> None:
    heat, picture, question = answer.heat, answer.picture, answer.question
    assert heat is not None
    assert picture is not None
    if picture.difference is not None:
        heat_files.save_difference(path, heat.grid, picture.difference)
    elif path.suffix == ".npz":
        heat_files.save_arrays(path, heat, question.label)
    elif path.suffix == ".csv":
        heat_files.save_table(path, heat, question.label)
    else:
        heat_files.save_picture(
            path, heat, picture.floor, question.site, question.kind, title=title, note=note, light=light,
            label=question.label, full=question.full,
        )  # fmt: skip
