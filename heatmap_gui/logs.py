"""Logging as text for people or JSON lines for machines, with every secret masked on its way out."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from heatmap_gui.log_files import RotatedFile

CONTEXT = ("request_id", "user", "endpoint", "duration_ms", "camera", "job_id", "delivery_id")
_SECRET = r"(?:password|passwd|pwd|token|secret|api[_-]?key|authorization|signature)"
_NAMED = _SECRET + r"[\w-]{0,99}"  # bounded: texts of strangers are logged, and may be long
_MASKS = (
    # scheme://user:password@host; a password may hold @, the last one before the path ends it
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]{0,20}://[^/\s:@]*):[^/\s]*@"), r"\1:***@"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 ***"),
    (re.compile(rf"(?i)({_NAMED}[\"']?\s*[=:]\s*)([\"'])(?:\\.|(?!\2).)*\2"), r"\1\2***\2"),
    (re.compile(rf"(?i)({_NAMED}\s*[=:]\s*)(?!bearer\b|basic\b)[^\s\"'&,;}}]+"), r"\1***"),
    (re.compile(r"\b(?:sk-[\w-]{8,}|hmt_[\w-]{8,}|eyJ[\w-]+\.[\w-]+\.[\w-]+)"), "***"),
)
_LOGGER = logging.getLogger("heatmap_gui")
_REFERENCE = re.compile(r"(env|file|cred|keyring):\S+")
_SHORTEST_SECRET = 4  # a shorter one would blot out half of every line


class _Known:
    """Values that are secrets wherever they stand."""

    def __init__(self) -> None:
        self._values: set[str] = set()
        self._lock = threading.Lock()
        self.pattern: re.Pattern[str] | None = None

    def add(self, value: str) -> None:
        with self._lock:
            self._values |= {value, quote(value, safe=""), json.dumps(value)[1:-1]}
            longest_first = sorted(self._values, key=len, reverse=True)
            self.pattern = re.compile("|".join(map(re.escape, longest_first)))


_KNOWN = _Known()


def register_secret(value: str) -> None:
    """From now on this value is masked wherever it stands, also quoted as in a URL or in JSON. Four signs at least."""
    if len(value) >= _SHORTEST_SECRET and not _REFERENCE.fullmatch(value):
        _KNOWN.add(value)


def mask(text: str) -> str:
    """The text with registered secrets, credentials in URLs, bearer tokens and `password=`-like values as ***."""
    if _KNOWN.pattern is not None:
        text = _KNOWN.pattern.sub("***", text)
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    return text


def mask_values(value: Any) -> Any:
    """A JSON value with every text masked, and *** for what stands under a secret's name, unless it is a reference."""
    if isinstance(value, Mapping):
        return {key: _masked_under(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [mask_values(inner) for inner in value]
    return mask(value) if isinstance(value, str) else value


def _masked_under(name: str, value: Any) -> Any:
    if value in (None, "") or not re.search(_SECRET, name, re.IGNORECASE):
        return mask_values(value)
    return value if isinstance(value, str) and _REFERENCE.fullmatch(value) else "***"


class TextFormatter(logging.Formatter):
    """`12:00:01 WARNING heatmap_gui.vision.sources: camera 1 …`, in local time."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", "%H:%M:%S", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: timestamp (UTC), level, logger, message, what applies of CONTEXT (by `extra`).

    An event's own figures come as `extra={"fields": {...}}`.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        context = {name: getattr(record, name) for name in CONTEXT if hasattr(record, name)}
        line |= {name: mask(value) if isinstance(value, str) else value for name, value in context.items()}
        line |= mask_values(getattr(record, "fields", {}))
        if record.exc_info:
            line["exception"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class _Stream(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nobody reads it any more. logging's own way would print the record unmasked."""


def set_up_logs(level: str, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Send the program's own loggers to `stream` (standard error); libraries' loggers stay as they are."""
    handler = _Stream(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else TextFormatter())
    handler.setLevel(level)
    for old in _LOGGER.handlers[:]:
        _LOGGER.removeHandler(old)
        old.close()
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(level)
    _LOGGER.propagate = False


def log_to_file(path: Path, level: str, *, most_bytes: int = 10 << 20, kept: int = 5) -> None:
    """Log JSON lines into `path` as well, and those of ERROR and above into `error.log` beside it.

    A file of most_bytes is renamed to `.1`, the one before to `.2`, and so on; `kept` of them stay. What cannot be
    written is said on the other logs, and nothing stops.
    """
    for file, least in ((path, level), (path.with_name("error.log"), "ERROR")):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handler = RotatedFile(file, most_bytes, kept)
        except OSError as error:
            _LOGGER.warning("%s: no log is written there: %s: mend it, or change log_file", file, error.strerror)
            continue
        handler.setFormatter(JsonFormatter())
        handler.setLevel(least)
        _LOGGER.addHandler(handler)
        _LOGGER.setLevel(min(_LOGGER.level, handler.level))


@contextmanager
def log_apart(name: str, path: Path, *, most_bytes: int = 10 << 20, kept: int = 5) -> Iterator[None]:
    """Meanwhile what this logger says at INFO goes into a file of its own as well, rotated as `log_to_file` does."""
    logger = logging.getLogger(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatedFile(path, most_bytes, kept)
    except OSError as error:
        _LOGGER.warning("%s: no log is written there: %s: mend it, or change log_file", path, error.strerror)
        yield
        return
    handler.setFormatter(JsonFormatter())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


def reopen_logs() -> None:
    """Begin anew with files at the same paths: somebody has moved them away."""
    for handler in _LOGGER.handlers:
        if isinstance(handler, RotatedFile):
            handler.reopen()
