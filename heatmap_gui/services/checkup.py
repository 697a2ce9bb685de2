"""What a configuration names, looked at without changing anything or posting to anybody: a Finding each."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.outbound import refusal
from heatmap_gui.core.production import Schedule
from heatmap_gui.core.schedule import overlapping
from heatmap_gui.core.site_checks import Finding
from heatmap_gui.services import redis_broker
from heatmap_gui.services.endpoints import read_endpoint
from heatmap_gui.services.secrets import KEY_FILE, resolve
from heatmap_gui.services.sinks.mail import Mail
from heatmap_gui.services.sinks.nvr import Recorder
from heatmap_gui.services.sinks.webhook import Webhook
from heatmap_gui.settings import Settings
from heatmap_gui.store import database

_LEAST_FREE = 2 << 30  # bytes
_LEAST_KEY = 32
_PLACEHOLDER = "your_api_token_here"


def check_servers(settings: Settings) -> Iterator[Finding]:
    """Database, Redis, disk, and the key of sealed secrets."""
    deployment = None
    try:
        schema, deployment = database.look(resolve(settings.database_url), settings.home)
        yield Finding("ok", "database", f"answers, schema {schema}" if schema else "empty: it is made at the start")
    except HeatmapError as error:
        yield Finding("error", "database", error.message)
    if settings.redis_url:
        yield _tried("redis", lambda: f"{redis_broker.look(resolve(settings.redis_url), deployment)} answers")
    else:
        yield Finding("ok", "redis", "none: one process does it all")
    yield _check_disk(settings.home)
    yield _check_key(settings)


def check_schedule(schedule: Schedule, settings: Settings) -> Iterator[Finding]:
    """Where a schedule's results are posted, and with what token."""
    subject = f"schedule {schedule.id}"
    if not schedule.webhook_enabled:
        yield Finding("ok", f"{subject} webhook", "none")
    elif schedule.api_token == _PLACEHOLDER:
        yield Finding(
            "warn", f"{subject} webhook", "api_token is still the guide's placeholder: write a reference to yours"
        )
    else:
        yield _check_webhook(f"{subject} webhook", schedule.webhook_url, schedule.api_token, settings)


def check_overlaps(schedules: Iterable[Schedule]) -> Iterator[Finding]:
    """Schedules that measure one store at the same time."""
    stores: dict[str, list[Schedule]] = {}
    for schedule in schedules:
        if schedule.enabled:
            stores.setdefault(schedule.store_name, []).append(schedule)
    for store, same in stores.items():
        for earlier, later in overlapping(same):
            said = f"overlaps schedule {earlier}: both measure {store} then, at twice the cost: change hours or days"
            yield Finding("warn", f"schedule {later}", said)


def check_log_file(path: Path) -> Finding:
    """Whether log_file can be written, as far as that is seen without writing."""
    there = next(place for place in (path, *path.parents) if place.exists())
    if there.is_dir() == (there == path):
        return Finding("error", "log_file", f"{path}: {there} is in its place: change log_file")
    if not os.access(there, os.W_OK):
        return Finding("error", "log_file", f"{path}: {there} cannot be written by this user: change its permissions")
    return Finding("ok", "log_file", str(path))


def check_alerts(settings: Settings) -> Iterator[Finding]:
    """Whoever is told of alerts, and what signs what is posted."""
    if settings.webhook_secret:
        yield _tried("webhook_secret", lambda: _signs(settings))
    if settings.alert_webhook_url:
        yield _check_webhook("alert_webhook_url", settings.alert_webhook_url, "", settings)
    if settings.smtp_url:
        yield _tried("smtp_url", lambda: _formed(Mail, settings.smtp_url))
    if settings.nvr_url:
        yield _tried("nvr_url", lambda: _formed(Recorder, settings.nvr_url))
    needed = {"webhook": "alert_webhook_url", "hikvision": "nvr_url", "mail": "alert_email"}
    key = needed.get(settings.alerting_protocol)
    if key and not getattr(settings, key):
        yield Finding(
            "error", "alerting_protocol", f"{settings.alerting_protocol} needs {key}: write it, or take stdout"
        )
    if settings.alert_email and not settings.smtp_url:
        yield Finding(
            "error" if settings.alerting_protocol == "mail" else "warn",
            "alert_email",
            "no mail is sent to it without smtp_url: write smtp://HOST:587",
        )
    if settings.rois_file and not settings.cameras_file:
        yield Finding("warn", "rois_file", "it is not read without cameras_file: name that too")


def _tried(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding("ok", subject, look())
    except HeatmapError as error:
        return Finding("error", subject, error.message)


def _check_webhook(subject: str, url: str, token: str, settings: Settings) -> Finding:
    try:
        endpoint = read_endpoint(resolve(url), resolve(token), time.time())
        found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except HeatmapError as error:
        return Finding("error", subject, error.message)
    except (OSError, UnicodeError):
        return Finding("error", subject, "its host is not found: correct webhook_url, or the network's name server")
    loopback = endpoint.host.lower() in {host.rstrip(".").lower() for host in settings.webhook_allow_hosts}
    refused = [why for *_, target in found if (why := refusal(str(target[0]), loopback=loopback))]
    if len(refused) == len(found):
        return Finding("error", subject, f"{endpoint.host}: nothing is sent there: it is {refused[0]}")
    if not endpoint.tls:
        return Finding("warn", subject, f"{endpoint.host}: results and the token travel unencrypted: use https://")
    return Finding("ok", subject, f"{endpoint.host}, not asked: nothing is posted by a check")


def _signs(settings: Settings) -> str:
    Webhook((), resolve(settings.webhook_secret), resolve).close()
    return "what is posted is signed"


def _formed(sink: type[Mail] | type[Recorder], url: str) -> str:
    sink(resolve(url)).close()
    return "well formed, not asked"


def _check_disk(home: Path) -> Finding:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    said = f"{free / 2**30:.1f} GiB free for {home}"
    return Finding("ok", "disk", said) if free >= _LEAST_FREE else Finding("warn", "disk", f"{said}: free some")


def _check_key(settings: Settings) -> Finding:
    if not settings.secret_key:
        several = " (hosts that share Redis and database need one SECRET_KEY)" if settings.redis_url else ""
        return Finding("ok", "secret_key", f"none: {KEY_FILE} in {settings.home} seals{several}")
    try:
        key = resolve(settings.secret_key)
    except HeatmapError as error:
        return Finding("error", "secret_key", error.message)
    if len(key) < _LEAST_KEY:
        return Finding("warn", "secret_key", f"shorter than {_LEAST_KEY} letters: `openssl rand -base64 48` makes one")
    return Finding("ok", "secret_key", "seals inline secrets")
