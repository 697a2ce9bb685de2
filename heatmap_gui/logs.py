"""Logging as text for people or JSON lines for machines, with every secret masked on its way out."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

CONTEXT = ("request_id", "user", "endpoint", "duration_ms", "camera", "job_id", "delivery_id")
_SECRET_NAME = r"[\w-]*(?:password|passwd|pwd|token|secret|api[_-]?key|authorization|signature)[\w-]*"
_MASKS = (
    # scheme://user:password@host; a password may hold @, the last one before the path ends it
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^/\s:@]*):[^/\s]*@"), r"\1:***@"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 ***"),
    (re.compile(rf"(?i)({_SECRET_NAME}[\"']?\s*[=:]\s*)([\"'])(?:\\.|(?!\2).)*\2"), r"\1\2***\2"),
    (re.compile(rf"(?i)({_SECRET_NAME}\s*[=:]\s*)(?!bearer\b|basic\b)[^\s\"'&,;}}]+"), r"\1***"),
    (re.compile(r"\bsk-[\w-]{8,}"), "***"),
)


def mask(text: str) -> str:
    """The text with credentials in URLs, bearer tokens and `password=`-like values replaced by ***."""
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    return text


class TextFormatter(logging.Formatter):
    """`12:00:01 WARNING heatmap_gui.vision.sources: camera 1 …`, in local time."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", "%H:%M:%S", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: timestamp (UTC), level, logger, message, and what applies of CONTEXT (by `extra`)."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        context = {name: getattr(record, name) for name in CONTEXT if hasattr(record, name)}
        line |= {name: mask(value) if isinstance(value, str) else value for name, value in context.items()}
        if record.exc_info:
            line["exception"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up_logs(level: str, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Send the program's own loggers to `stream` (standard error); libraries' loggers stay as they are."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else TextFormatter())
    logger = logging.getLogger("heatmap_gui")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
