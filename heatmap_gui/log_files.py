"""Log files that several processes may share: rotated by one of them, followed by the others."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class RotatedFile(RotatingFileHandler):
    """A file that starts anew when it is full, and wherever its path leads to another file than before.

    What cannot be written (a full disk) is counted in `lost`, and tried anew with the next line. Raises OSError when
    it cannot be opened at all.
    """

    def __init__(self, path: Path, most_bytes: int, kept: int) -> None:
        super().__init__(path, maxBytes=most_bytes, backupCount=kept, encoding="utf-8", errors="backslashreplace")
        self.lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and not self._is_ours():
                self._drop()
            if self.stream is None:
                self.stream = self._open()
        except OSError:
            self.handleError(record)
            return
        super().emit(record)

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802
        return self.stream is not None and os.fstat(self.stream.fileno()).st_size >= self.maxBytes

    def doRollover(self) -> None:  # noqa: N802
        """Rotates, unless another process did it while we waited for our turn."""
        full = self.stream
        if full is None:
            return
        if sys.platform != "win32":
            fcntl.flock(full, fcntl.LOCK_EX)  # goes with the file, when it is closed
        if self._is_ours():
            with os.fdopen(os.dup(full.fileno())):  # keeps the lock until the new file is there
                super().doRollover()
        else:
            self._drop()
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """logging's own way would print the record, unmasked."""
        self.lost += 1
        self._drop()

    def reopen(self) -> None:
        """Go on in a new file at the path."""
        with self.lock or contextlib.nullcontext():
            self._drop()

    def _is_ours(self) -> bool:
        try:
            there = Path(self.baseFilename).stat()
        except FileNotFoundError:
            return False
        return self.stream is not None and os.path.samestat(os.fstat(self.stream.fileno()), there)

    def _drop(self) -> None:
        stream, self.stream = self.stream, None
        if stream is not None:
            with contextlib.suppress(OSError):  # what it still holds does not fit on the disk
                stream.close()
