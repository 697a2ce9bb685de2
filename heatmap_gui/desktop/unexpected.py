"""An error that nobody expected: what happened, what to report; the program goes on."""

from __future__ import annotations

import logging
import platform
import threading
import traceback
from types import TracebackType

from PyQt6.QtCore import PYQT_VERSION_STR, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from heatmap_gui import __version__
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import button, label, row
from heatmap_gui.logs import mask

_SIZE = (640, 380)
_log = logging.getLogger(__name__)


class Unexpected(QObject):
    """What `sys.excepthook` becomes. It may be called on any thread, and amid a paint: the dialog comes later, by the
    event loop. A place in the program is told of once, as one that paints would fail sixty times a second.
    """

    _came = pyqtSignal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told: set[tuple[str, str, int]] = set()
        self._open: Report | None = None
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        places = traceback.extract_tb(trace)
        place = (kind.__name__, places[-1].filename, places[-1].lineno or 0) if places else (kind.__name__, "", 0)
        if place in self._told:
            return
        self._told.add(place)
        report = mask("".join(traceback.format_exception(kind, error, trace)))
        _log.error("unexpected: %s", report)
        self._came.emit(report)

    def of_thread(self, failed: threading.ExceptHookArgs) -> None:
        """What `threading.excepthook` becomes."""
        self(failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback)

    def _show(self, report: str) -> None:
        if self._open is not None:
            self._open.add(report)
            return
        self._open = Report(self._window, report)
        self._open.finished.connect(self._closed)
        self._open.open()

    def _closed(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
            self._open = None


class Report(QDialog):
    """Esc closes it."""

    def __init__(self, window: QWidget, report: str) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Something unexpected happened"))
        self.resize(*_SIZE)
        versions = f"Python {platform.python_version()}, PyQt {PYQT_VERSION_STR}, {platform.platform()}"
        self._text = QPlainTextEdit(f"Traffic Heatmap {__version__}\n{versions}\n\n{report}")
        self._text.setReadOnly(True)
        self._text.setProperty("look", "report")
        self._text.setAccessibleName(self.tr("Report"))
        words = self.tr(
            "The program goes on, and nothing that was saved is lost. Please report this with the text below."
        )
        copy = button(self.tr("Copy report"), symbol="copy", clicked=self._copy)
        go_on = button(self.tr("Go on"), "primary", clicked=self.accept)
        go_on.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(tokens.PAD)
        for widget in (
            label(self.windowTitle(), "title"), label(words, "secondary", wrap=True), self._text, row(None, copy, go_on)
        ):  # fmt: skip
            layout.addWidget(widget)
        go_on.setFocus()

    def add(self, report: str) -> None:
        """What happened since."""
        self._text.appendPlainText(f"\n{report}")

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self._text.toPlainText())
