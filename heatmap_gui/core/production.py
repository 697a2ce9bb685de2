"""What production_config.json says of schedules: when which store is measured, how, and who is told.

Whatever is left out has a default: the store is the schedule's key, the window is every day all day, a job is an hour
long, and results are posted where there is a webhook_url.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from heatmap_gui.core import forms
from heatmap_gui.core.document import Node
from heatmap_gui.core.forms import Form

DAY_MIN = 1440
OUTPUT_FORMATS = ("json", "csv", "parquet")
_WEEK = "a list of days, 0 (Monday) to 6 (Sunday), each once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One entry of `schedules`.

    start_min, end_min: minutes of the day, in the store's time zone; an end that is not after the start is on the next
    day. days_of_week: 0 = Monday, the days on which a window starts. interval_s: from one job's start to the next's.
    timeout_s: counts from the end of measuring. api_token: as written, a reference or plain; "": none is sent.
    """

    id: str
    store_name: str
    enabled: bool = True
    start_min: int = 0
    end_min: int = DAY_MIN
    days_of_week: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    duration_s: float = 3600.0
    interval_s: float = 3600.0
    frame_skip: int = 1
    confidence_threshold: float = 0.5
    export_enabled: bool = True
    output_format: str = "json"
    webhook_url: str = ""
    webhook_enabled: bool = False
    retry_count: int = 3
    timeout_s: float = 1800.0
    api_token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """A configuration that can be worked with.

    schedules: by id. warnings: what was odd but usable, in words. document: as it was read, unknown keys and all, for
    saving it again. hash: SHA-256 (hex) of all of it.
    """

    schedules: Mapping[str, Schedule]
    warnings: tuple[str, ...]
    document: Mapping[str, Any]
    hash: str


def _days(node: Node) -> tuple[int, ...]:
    days = sorted(_DAY.read(item) for item in node.items(_WEEK))
    if not days or len(set(days)) < len(days):
        node.refuse(_WEEK)
    return tuple(days)


_DAY = forms.whole(_WEEK, 0, 6)
_TIME = forms.clock("a time of day HH:MM, 00:00 to 24:00")
_MINUTES = forms.number("a number of minutes, 1/60 (a second) to 1440", 1 / 60, DAY_MIN)
_SECONDS = _MINUTES._replace(read=lambda node: 60.0 * _MINUTES.read(node))
_STORE = forms.matching(
    r"(?!\.{1,2}$)[^/\\\x00-\x1f]{1,100}", "a store's name, as in calibration_<store>.json, of at most 100 letters"
)
_URL = forms.matching(r"(?i)(https?://[^\s/?#]+\S*)?", "an address http://... or https://...", secret=True)
_FIELDS: Mapping[str, tuple[str, Form]] = {  # by key: the field, and how it is written
    "store_name": ("store_name", _STORE),
    "enabled": ("enabled", forms.flag()),
    "start_time": ("start_min", _TIME),
    "end_time": ("end_min", _TIME),
    "days_of_week": ("days_of_week", Form(_WEEK, _days)),
    "duration_minutes": ("duration_s", _SECONDS),
    "interval_minutes": ("interval_s", _SECONDS),
    "frame_skip": ("frame_skip", forms.whole("a whole number, 0 or 1 (every frame) to 10000", 0, 10_000)),
    "confidence_threshold": ("confidence_threshold", forms.number("a number above 0, at most 1", 0, 1, above=True)),
    "export_enabled": ("export_enabled", forms.flag()),
    "output_format": ("output_format", forms.choice(*OUTPUT_FORMATS)),
    "webhook_url": ("webhook_url", _URL),
    "webhook_enabled": ("webhook_enabled", forms.flag()),
    "retry_count": ("retry_count", forms.whole("a whole number, 0 to 100", 0, 100)),
    "timeout_seconds": (
        "timeout_s", forms.number("a number of seconds, above 0, at most 604800 (a week)", 0, 604_800, above=True),
    ),
    "api_token": ("api_token", forms.text(f"a text, {forms.SECRET}", secret=True)),
}  # fmt: skip


def read_production(root: Node, settings_keys: Collection[str]) -> Production:
    """The schedules of a parsed document. settings_keys: the keys beside `schedules` that others read.

    Raises InputError in one line, with its path and what is allowed, for the first value that is wrong.
    """
    root.warn_unknown({"schedules", *settings_keys})
    found = root.get("schedules")
    if found is None:
        root.warnings.append(f"{root.name}: schedules is missing: only the stores in watch are measured")
    schedules = {key: _schedule(node, key) for key, node in found.members().items()} if found else {}
    text = json.dumps(root.value, sort_keys=True, separators=(",", ":"))
    return Production(
        schedules=MappingProxyType(schedules),
        warnings=tuple(root.warnings),
        document=root.value,
        hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def _schedule(node: Node, key: str) -> Schedule:
    node.warn_unknown(_FIELDS)
    said = {field: form.read(value) for name, (field, form) in _FIELDS.items() if (value := node.get(name)) is not None}
    said["store_name"] = said.get("store_name") or _STORE.read(Node(key, node.path, node.name))
    if said.setdefault("webhook_enabled", bool(said.get("webhook_url"))) and not said.get("webhook_url"):
        allowed = f"{_URL.allowed}, or webhook_enabled false"
        node.need("webhook_url", allowed).refuse(allowed)
    schedule = Schedule(id=key, **said)
    if "interval_s" not in said:
        return replace(schedule, interval_s=schedule.duration_s)
    if schedule.interval_s < schedule.duration_s:
        node.need("interval_minutes", "").refuse(
            f"duration_minutes ({schedule.duration_s / 60:g}) or more: a store is measured once at a time"
        )
    return schedule
