"""How an alert reads: for other programs, for chats and for people's mailboxes.

Names in it are an operator's or a camera's: they must not become markup, a mention of everybody or a header.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from heatmap_gui.core.rules import Alert
from heatmap_gui.services.alerting import alert_document

_DISCORD_MARKUP = re.compile(r"([\\`*_~|>#\[\]()<@:])")
_SLACK_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Discord takes 256 characters of a title, 4096 of a description and 6000 of all; escaped ones are twice as long. Slack
# cuts a text after 40,000, and its blocks after 3,000.
_MOST_TITLE, _MOST_TEXT, _MOST_FACT = 120, 1500, 200


def full_document(alert: Alert) -> dict[str, Any]:
    """All that an alert says."""
    return {"id": alert.id, "rule": alert.rule, **alert_document(alert)}


def flat(alert: Alert) -> dict[str, str]:
    """The same as texts, for a stream; what does not apply is empty."""
    return {name: "" if value is None else str(value) for name, value in full_document(alert).items()}


def json_body(alert: Alert, picture: bytes | None) -> dict[str, Any]:
    """`snapshot` holds a JPEG where there is one."""
    document = full_document(alert)
    if picture is not None:
        document["snapshot"] = {"media_type": "image/jpeg", "data": base64.b64encode(picture).decode()}
    return document


def slack_body(alert: Alert, _picture: bytes | None) -> dict[str, Any]:
    """A message for an incoming webhook, which takes no pictures."""
    lines = [title(alert), *(f"{name}: {value}" for name, value in _facts(alert))]
    return {"text": "\n".join(lines).translate(_SLACK_ENTITIES), "mrkdwn": False}


def discord_body(alert: Alert, _picture: bytes | None) -> dict[str, Any]:
    """An embed, which mentions nobody; a picture would need another form of request."""
    embed = {
        "title": _escaped(title(alert)[:_MOST_TITLE]),
        "description": "\n".join(f"{name}: {_escaped(value)}" for name, value in _facts(alert)),
        "timestamp": datetime.fromtimestamp(alert.at, UTC).isoformat(timespec="milliseconds"),
    }
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


BODIES: Mapping[str, Callable[[Alert, bytes | None], dict[str, Any]]] = {
    "json": json_body,
    "slack": slack_body,
    "discord": discord_body,
}


def posted(alert: Alert, form: str, picture: bytes | None) -> bytes:
    """The body of a POST; form: one of BODIES."""
    return json.dumps(BODIES[form](alert, picture), ensure_ascii=False).encode()


def title(alert: Alert) -> str:
    """One line: what kind of thing, and where."""
    return _line(f"{alert.kind.replace('_', ' ')}{f' at {alert.store_name}' if alert.store_name else ''}", _MOST_FACT)


def mail_text(alert: Alert) -> bytes:
    """The text of a mail."""
    return "".join(f"{name}: {value}\n" for name, value in _facts(alert)).encode()


def _facts(alert: Alert) -> list[tuple[str, str]]:
    said = [
        ("What", _line(alert.reason, _MOST_TEXT)),
        ("When", datetime.fromtimestamp(alert.at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")),
        ("Camera", _line(alert.camera or "", _MOST_FACT)),
        ("Zone", _line(alert.zone_id or "", _MOST_FACT)),
        ("Alert", alert.id),
    ]
    return [(name, value) for name, value in said if value]


def _line(text: str, most: int) -> str:
    """Printable, on one line, and not longer than that."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _escaped(text: str) -> str:
    return _DISCORD_MARKUP.sub(r"\\\1", text)
