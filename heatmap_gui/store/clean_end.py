"""Whether an SQLite file was left in order: who has it open says so, and the last one to close it takes it back.

A lock tells the two ways to find the mark gone apart: somebody else has the file open, or the last one died.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl


class Usage:
    """That this process has a file open: a shared lock on a file beside it. Windows has none: nobody is ever alone."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.with_name(path.name + ".lock").open("ab")
        self.alone = self._alone()
        if sys.platform != "win32":
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def last(self) -> bool:
        """Whether nobody else has it open now."""
        return self._alone()

    def close(self) -> None:
        self._file.close()

    def _alone(self) -> bool:
        if sys.platform == "win32":
            return False
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
