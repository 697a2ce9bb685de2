"""A site that somebody edits: every state of it is a valid site, every edit can be undone, and the file follows."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from heatmap_gui.core.editing import History
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.site_files import keep_version, read_parts

Document = dict[str, Any]
_Stamp = tuple[int, int, int]
_GONE_LOOKS = 2  # in a row: whoever saves by hand may take a file away for a moment
_VERSION_S = 600.0  # what was saved is kept as a version when it is older than this at the next save


class Draft:
    """The newest state of a site file, which may be ahead of the file. Mutable, owned by one thread, but what touches
    the file (`outside`, and what `pending` returns) may be called by any.

    site: what the document says. dirty: whether the file does not say it yet.
    Raises InputError when the file cannot be read or is no site.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._asked = 0  # how often `pending` was
        self._file = threading.Lock()  # of the path and what follows
        self._seen = _stamp(path)
        self._refused: _Stamp | None = None
        self._missed = 0  # looks in a row that found no file
        self._written = 0
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
        document = _copied(self.document)
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
        self._asked += 1
        number = self._asked

        def write() -> None:
            """Raises InputError and UnavailableError when it cannot be written."""
            with self._file:
                if number < self._written:
                    return  # a newer state is in the file
                if version or self._is_old(now) or _stamp(self.path) != self._seen:
                    keep_version(self.path)
                written = write_atomically(self.path, json.dumps(stamped, indent=1, ensure_ascii=False).encode())
                self._seen, self._missed = _stamp_of(written), 0
                self._saved, self._written = document, number

        return write

    def _is_old(self, now: datetime) -> bool:
        try:
            return now.timestamp() - self.path.stat().st_mtime > _VERSION_S
        except OSError:
            return False

    def outside(self) -> Document | None:
        """What somebody else wrote into the file since it was last read or written here, for `take`; else None.

        Raises InputError, once, when that is no site: the state here stays, and the next write keeps a version of it.
        UnavailableError, once, when the file was removed: the state here is `dirty` then.
        """
        with self._file:
            stamp = _stamp(self.path)
            self._missed = 0 if stamp else self._missed + 1
            if self._missed == _GONE_LOOKS and self._seen is not None:
                self._seen, self._saved = None, {}
                gone = "it was removed: what you see here stays, and is written again as soon as its folder is there"
                raise UnavailableError(f"{self.path}: {gone}")
            if stamp in (self._seen, self._refused, None):
                return None
            self._refused = stamp
            document: Document = read_parts(self.path)[0]
            self._read(document)
            self._seen = stamp
            self._saved = document
            return document

    def take(self, document: Document) -> None:
        """The file's content as one edit, which can be undone."""
        self._take(document, "edit of the file")


def _copied(value: Any) -> Any:
    """Of what JSON can say; `copy.deepcopy` takes four times as long, and this is done at each step of a drag."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _stamp(path: Path) -> _Stamp | None:
    """What changes when a file is edited or replaced; None when it is not there."""
    try:
        return _stamp_of(path.stat())
    except OSError:
        return None


def _stamp_of(stat: os.stat_result) -> _Stamp:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _written(now: datetime) -> str:
    return now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
