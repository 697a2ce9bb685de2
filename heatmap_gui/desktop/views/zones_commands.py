"""What can be done with zones and lines, by keys and from the command palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, Qt
from PyQt6.QtGui import QAction, QKeySequence

from heatmap_gui.desktop.widgets.basics import tip
from heatmap_gui.desktop.widgets.button_commands import ButtonCommands

if TYPE_CHECKING:
    from heatmap_gui.desktop.views.zones import ZonesView

translate = QCoreApplication.translate


class ZoneCommands(ButtonCommands):
    """Tools, places, revisions, and what the inspector does with the selected one."""

    def __init__(self, view: ZonesView) -> None:
        super().__init__(view)
        tools, inspector = view.tools, view.inspector
        self.add("zones", *tools.tools.values(), tools.snap, tools.where)
        self.add("history", tools.revisions.menu_button, tools.revisions.save_button)
        self.add("copy", inspector.twin)
        for name, keys, deed in (
            (translate("ZonesView", "Delete the selected zone or line"), "Ctrl+Backspace", "delete"),
            (translate("ZonesView", "Swap in and out of the line"), "F", "flip"),
        ):
            action = QAction(name, view)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(tip(name, keys))
            action.triggered.connect(partial(view.act, deed))
            view.addAction(action)
