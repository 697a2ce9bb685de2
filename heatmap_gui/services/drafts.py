"""A site that somebody edits: every state of it is a valid site, every edit can be undone, and the file follows."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from heatmap_gui.core.editing import History
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.site_files import keep_version, read_parts

Document = dict[str, Any]
_VERSION_S = 600.0  # what was saved is kept as a version when it is older than this at the next save


class Draft:
    """The newest state of a site file, which may be ahead of the file. Mutable, owned by one thread but for `write`.

    site: what the document says. dirty: whether the file does not say it yet.
    Raises InputError when the file cannot be read or is no site.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = _stamp(path)
        self._saved, self._matrices = read_parts(path)
        self.site = self._read(self._saved)
        self._history: History[Document] = History(self._saved)

    @property
    def document(self) -> Document:
        """Not to be changed in place."""
        return self._history.value

    @property
    def undoes(self) -> str:
        return self._history.undoes

    @property
    def redoes(self) -> str:
        return self._history.redoes

    @property
    def dirty(self) -> bool:
        return self._history.value is not self._saved

    def edit(self, change: Callable[[Document], object], what: str, joins: str = "") -> None:
        """`change` alters a copy of the document. Raises InputError, with nothing changed, when it is no site then."""
        document = copy.deepcopy(self.document)
        change(document)
        self._take(document, what, joins)

    def part(self) -> None:
        """A gesture ended: the next edit is a step of its own."""
        self._history.part()

    def undo(self) -> bool:
        return self._moved(self._history.undo())

    def redo(self) -> bool:
        return self._moved(self._history.redo())

    def _moved(self, moved: bool) -> bool:
        if moved:
            self.site = self._read(self._history.value)
        return moved

    def _take(self, document: Document, what: str, joins: str = "") -> None:
        self.site = self._read(document)
        self._history.put(document, what, joins)

    def _read(self, document: Document) -> Site:
        return read_site(document, self.path, self._matrices)

    def pending(self, now: datetime, *, version: bool = False) -> Callable[[], None]:
        """What writes the state there is now; any thread may call it, one at a time. version: keep what the file said
        before, however new it is.
        """
        document = self._history.value
        stamped = document | {"metadata": {**document.get("metadata", {}), "created_at": _written(now)}}
        keeps = version or self._is_old(now)

        def write() -> None:
            """Raises InputError and UnavailableError when it cannot be written."""
            if keeps or _stamp(self.path) != self._seen:
                keep_version(self.path)
            write_atomically(self.path, json.dumps(stamped, indent=1, ensure_ascii=False).encode())
            self._seen = _stamp(self.path)
            self._saved = document

        return write

    def _is_old(self, now: datetime) -> bool:
        try:
            return now.timestamp() - self.path.stat().st_mtime > _VERSION_S
        except OSError:
            return False

    def changed_outside(self) -> bool:
        """Whether somebody else wrote the file since it was last read or written here."""
        return _stamp(self.path) not in (self._seen, None)

    def take_outside(self) -> None:
        """The file's content as one edit, which can be undone. Raises InputError when it is no site; then the state
        here stays, and the next write keeps the file's content as a version.
        """
        stamp = _stamp(self.path)
        try:
            document, _ = read_parts(self.path)
            self._read(document)
        except InputError:
            self._seen = None
            raise
        self._seen = stamp
        self._take(document, "edit of the file")
        self._saved = document


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is edited or replaced; None when it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _written(now: datetime) -> str:
    return now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
