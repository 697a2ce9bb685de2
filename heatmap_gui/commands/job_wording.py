"""Jobs in words: a line each in a table, or all there is to say about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heatmap_gui.core.work import Job
from heatmap_gui.logs import mask

_HEAD = ("job", "status", "due", "store", "done", "tries", "found", "error")
_ERROR = 60  # letters of an error in a table
_RIGHT = ("done", "tries", "found")


def job_table(jobs: Sequence[Job]) -> str:
    """Aligned columns; `due` is in each store's own time."""
    rows = [_HEAD, *(_row(job) for job in jobs)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if title in _RIGHT else cell.ljust(width)
            for title, cell, width in zip(_HEAD, row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def whole_text(document: Mapping[str, Any]) -> str:
    """The same for people, a line each."""
    plain = {key: value for key, value in document.items() if not isinstance(value, dict | list)}
    lines = [f"{key + ':':<22} {value}" for key, value in plain.items() if value not in (None, "")]
    lines += [f"{f'camera {camera}:':<22} {seconds:,.1f} s seen" for camera, seconds in document["exposed_s"].items()]
    lines += [f"{key + ':':<22} {value}" for key, value in document["config"].items() if value not in (None, "")]
    for sent in document["deliveries"]:
        tries = f"{sent['status']} after {sent['attempts']} of {sent['most_attempts']} tries"
        lines.append(f"delivery {sent['delivery_id']} to {sent['endpoint']} ({sent['sink']}): {tries}")
        if sent["answer"]:
            lines.append(f"  it said: {sent['answer']}")
    if not document["deliveries"]:
        lines.append("deliveries: none")
    return "\n".join(lines)


def _row(job: Job) -> tuple[str, ...]:
    error = " ".join(mask(job.error or "").split())
    shortened = error if len(error) <= _ERROR else error[: _ERROR - 1] + "…"
    due = datetime.fromtimestamp(job.due, _zone(job)).strftime("%Y-%m-%d %H:%M:%S %Z")
    progress = f"{100 * job.progress:.0f} %"
    return (
        job.id,
        str(job.status),
        due,
        job.store_name,
        progress,
        str(job.attempt),
        f"{job.detections_count:,}",
        shortened,
    )


def _zone(job: Job) -> ZoneInfo:
    store = (job.site.get("document") or {}).get("store") or {}
    try:
        return ZoneInfo(store.get("timezone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
