"""Logs: secrets masked everywhere, one JSON object a line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from heatmap_gui.logs import mask, set_up_logs


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    root = logging.getLogger("heatmap_gui")
    state = (root.handlers[:], root.level, root.propagate)
    yield logging.getLogger("heatmap_gui.test")
    root.handlers[:], root.level, root.propagate = state


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("open rtsp://ann:pw@10.0.0.7:554/s1", "open rtsp://ann:***@10.0.0.7:554/s1"),
        ("rtsp://ann:p@ss:w?rd@cam/s1 lost", "rtsp://ann:***@cam/s1 lost"),
        ("redis://:secret@host:6379/0", "redis://:***@host:6379/0"),
        ("postgresql+psycopg://u:p@h/db", "postgresql+psycopg://u:***@h/db"),
        ("http://host:8000/path?a=b@c", "http://host:8000/path?a=b@c"),
        ("rtsp://ann@cam/s1", "rtsp://ann@cam/s1"),
        ("Authorization: Bearer abc.def-1", "Authorization: Bearer ***"),
        ("GET /x?token=abc&size=3", "GET /x?token=***&size=3"),
        ("{'api_key': 'abc', 'size': 3}", "{'api_key': '***', 'size': 3}"),
        ("SECRET_KEY=abc next", "SECRET_KEY=*** next"),
        ('"password": "a b"', '"password": "***"'),
        ("with sk-abcdef123456", "with ***"),
        ("camera 1: 25 fps", "camera 1: 25 fps"),
    ],
)
def test_secrets_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_json_lines_hold_what_applies(logger: logging.Logger) -> None:
    stream = io.StringIO()
    set_up_logs("INFO", as_json=True, stream=stream)
    logger.debug("not this")
    logger.info("lost %s", "rtsp://ann:pw@cam/1", extra={"camera": "1", "duration_ms": 12.5})
    try:
        raise ValueError("token=abc")
    except ValueError:
        logger.exception("failed")
    first, second = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert first.pop("timestamp").endswith("+00:00")
    assert first == {
        "level": "INFO",
        "logger": "heatmap_gui.test",
        "message": "lost rtsp://ann:***@cam/1",
        "camera": "1",
        "duration_ms": 12.5,
    }
    assert "ValueError" in second["exception"]
    assert "abc" not in second["exception"]


def test_text_is_masked_as_well(logger: logging.Logger) -> None:
    stream = io.StringIO()
    set_up_logs("WARNING", as_json=False, stream=stream)
    logger.warning("lost rtsp://ann:pw@cam/1")
    assert stream.getvalue().endswith("WARNING heatmap_gui.test: lost rtsp://ann:***@cam/1\n")
