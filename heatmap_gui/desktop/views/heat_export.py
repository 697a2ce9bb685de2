"""What is on screen as a file: a picture, a table, or arrays as a measurement leaves them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFileDialog, QMenu

from heatmap_gui.desktop.icons import icon
from heatmap_gui.desktop.widgets.basics import button
from heatmap_gui.services import heat_files
from heatmap_gui.services.heat_answers import Answer
from heatmap_gui.services.heat_picture import HeatPicture

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
        self.actions: dict[str, QAction] = {}
        for form, symbol in _FORMS.items():
            action = menu.addAction(icon(symbol), words[form], partial(self._choose, form))
            assert action is not None
            self.actions[form] = action
        self.button.setMenu(menu)

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
        if answer is None or answer.picture is None:
            return
        picture = answer.picture
        if "contour" not in view.canvas.shows:
            picture = replace(picture, lines=())
        work = partial(_save, path, answer, picture, *self._words(answer))
        saved = translate("HeatExport", "Saved: %1").replace("%1", str(path))
        view.session.background.run(
            work, lambda _: view.banner.say(saved, "ok"), lambda error: view.banner.say(error.message)
        )

    def _words(self, answer: Answer) -> tuple[str, str]:
        """Title and note of a picture."""
        view, question = self._view, answer.question
        when = view.times.words_of(question.of.start, question.of.end)
        before = question.against
        if before is None:
            return f"{question.site.name}: {view.side.figure.text()} {view.side.figure_unit.text()}", when
        title = translate("HeatExport", "%1: B minus A, %2").replace("%1", question.site.name)
        note = f"A: {view.times.words_of(before.start, before.end)} · B: {when}"
        return title.replace("%2", view.side.change.text()), note


def _save(path: Path, answer: Answer, shown: HeatPicture, title: str, note: str) -> None:
    heat, found = answer.heat, shown.difference
    assert heat is not None
    if path.suffix == ".png":
        heat_files.save_picture(path, shown, answer.question.site, title=title, note=note)
    elif found is not None:
        heat_files.save_difference(path, heat.grid, found)
    elif path.suffix == ".npz":
        heat_files.save_arrays(path, heat, answer.question.label)
    else:
        heat_files.save_table(path, heat, answer.question.label)
