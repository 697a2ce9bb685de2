"""Settings of one run: each field says its form, default, unit, title, help, environment names and keys in one place.

`environment.py` reads them: a flag beats the environment, which beats `.env`, a file, and the default.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, get_type_hints

from heatmap_gui.core import forms
from heatmap_gui.core.api_settings import ApiSettings
from heatmap_gui.core.device import AUTO
from heatmap_gui.core.forms import SECRET, Setting

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
ALERTING_PROTOCOLS = ("stdout", "webhook", "hikvision", "mail")
ALERT_FORMATS = ("json", "slack", "discord")
ALERT_SNAPSHOTS = ("none", "blurred", "full")
_HTTP = forms.matching(
    rf"(?i)https?://[^\s/?#]+\S*|{forms.REFERENCE}|", f"an address http://... or https://..., {SECRET}", secret=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ApiSettings):
    """What the environment and the configuration's file decide. Secrets are as they are written."""

    home: Annotated[
        Path,
        Setting(
            "Data folder",
            "Where models, logs, the database and the key of sealed secrets are kept "
            "(default: the platform's data folder).",
            forms.path("a folder"),
            env=("HEATMAP_HOME",),
        ),
    ]

    # what measures
    model: Annotated[
        str,
        Setting(
            "Model",
            "What finds people and vehicles; auto takes a fetched model, or motion when there is none.",
            forms.model(),
            env=("INFERENCE_MODEL_PATH",),
            keys=("model", "model_path"),
        ),
    ] = "auto"
    device: Annotated[
        str,
        Setting(
            "Device",
            "Where a model runs; auto takes the fastest on this machine.",
            forms.device(),
            env=("INFERENCE_DEVICE", "MODEL_DEVICE"),
            keys=("device",),
        ),
    ] = AUTO
    confidence: Annotated[
        float,
        Setting(
            "Confidence",
            "Detections below it are not reported (the tracker may still use them).",
            forms.number("a number above 0, at most 1", 0, 1, above=True),
            env=("INFERENCE_CONFIDENCE",),
            keys=("confidence",),
            unit="0..1",
        ),
    ] = 0.5
    batch_size: Annotated[
        int,
        Setting(
            "Batch size",
            "The most frames that a model is given at once; 0: as many as it likes, 1: the lowest latency.",
            forms.whole("a whole number, 0 to 256", 0, 256),
            keys=("batch_size",),
            unit="frames",
        ),
    ] = 0
    fp16: Annotated[
        bool,
        Setting("Half precision", "Compute with 16 bits where the device can.", forms.flag(), keys=("fp16",)),
    ] = False
    frame_rate: Annotated[
        float,
        Setting(
            "Frame rate",
            "How often services look at a live camera without fps_target; 0: at every frame that it sends.",
            forms.number("a number of frames a second, 0 to 240", 0, 240),
            env=("FRAME_RATE",),
            keys=("frame_rate",),
            unit="frames/s",
        ),
    ] = 0.0
    detection_interval: Annotated[
        int,
        Setting(
            "Detection interval",
            "Of the frames of a watched store only every so manieth is looked at; schedules say it by frame_skip.",
            forms.whole("a whole number, 1 to 1000", 1, 1000),
            env=("DETECTION_INTERVAL",),
            keys=("detection_interval",),
            unit="frames",
        ),
    ] = 1

    # stores
    calibration_dir: Annotated[
        Path,
        Setting(
            "Site files",
            "The folder of calibration_<store>.json (default: calibration_data beside the configuration).",
            forms.path("a folder"),
            keys=("calibration_dir",),
        ),
    ] = Path("calibration_data")
    cameras_file: Annotated[
        Path | None,
        Setting("Cameras", "A cameras.yaml: one more store.", forms.path("a file"), keys=("cameras_file",)),
    ] = None
    rois_file: Annotated[
        Path | None,
        Setting("ROIs", "The rois.yaml of cameras_file.", forms.path("a file"), keys=("rois_file",)),
    ] = None
    services_file: Annotated[
        Path | None,
        Setting(
            "Services",
            "A services.yaml with model_path, batch_size, fp16, debounce_window_seconds; what is said here beats it.",
            forms.path("a file"),
            keys=("services_file",),
        ),
    ] = None
    watch: Annotated[
        tuple[str, ...] | None,
        Setting(
            "Watched stores",
            "Stores that are measured all the time (default: that of cameras_file).",
            forms.words("a list of stores"),
            keys=("watch",),
        ),
    ] = None

    # other servers
    redis_url: Annotated[
        str,
        Setting(
            "Redis",
            "Its address (default: made of the host, port, number and password below; none: one process does it all).",
            forms.matching(
                rf"(?i)(rediss?|unix)://.+|{forms.REFERENCE}|", f"redis://HOST:PORT/NUMBER, {SECRET}", secret=True
            ),
            env=("REDIS_URL",),
            keys=("redis_url",),
        ),
    ] = field(default="", repr=False)
    redis_host: Annotated[
        str,
        Setting(
            "Redis host",
            "The machine that Redis runs on.",
            forms.matching(r"[^\s/@]*", "a host's name"),
            env=("REDIS_HOST",),
            keys=("redis_host",),
        ),
    ] = ""
    redis_port: Annotated[
        int,
        Setting(
            "Redis port",
            "The port that Redis listens on.",
            forms.whole("a whole number, 1 to 65535", 1, 65535),
            env=("REDIS_PORT",),
            keys=("redis_port",),
        ),
    ] = 6379
    redis_db: Annotated[
        int,
        Setting(
            "Redis number",
            "The number of the database in Redis.",
            forms.whole("a whole number, 0 to 65535", 0, 65535),
            keys=("redis_db",),
        ),
    ] = 0
    redis_password: Annotated[
        str,
        Setting(
            "Redis password",
            "What Redis asks for.",
            forms.text(f"a text, {SECRET}", secret=True),
            env=("REDIS_PASSWORD",),
            keys=("redis_password",),
        ),
    ] = field(default="", repr=False)
    database_url: Annotated[
        str,
        Setting(
            "Database",
            "Where the ledger and the history are (default: SQLite in the data folder).",
            forms.text(f"sqlite:///FILE or postgresql://USER@HOST/NAME, {SECRET}", secret=True),
            env=("DATABASE_URL",),
            keys=("database_url",),
        ),
    ] = field(default="", repr=False)
    retention_days: Annotated[
        int,
        Setting(
            "Retention",
            "History older than this is erased; 0: none is.",
            forms.whole("a whole number, 0 to 36500", 0, 36_500),
            keys=("retention_days",),
            unit="days",
        ),
    ] = 365

    # who is told
    webhook_secret: Annotated[
        str,
        Setting(
            "Webhook secret",
            "Signs what is posted to webhooks (Standard Webhooks, whsec_...).",
            forms.text(f"a text, {SECRET}", secret=True),
            keys=("webhook_secret",),
        ),
    ] = field(default="", repr=False)
    webhook_allow_hosts: Annotated[
        tuple[str, ...],
        Setting(
            "Webhook hosts",
            "Hosts that may be posted to although they are this machine.",
            forms.words("a list of hosts"),
            keys=("webhook_allow_hosts",),
        ),
    ] = ()
    webhook_max_detections: Annotated[
        int,
        Setting(
            "Webhook size",
            "A result of more detections than this is posted in parts.",
            forms.whole("a whole number, 1 to 10000000", 1, 10_000_000),
            keys=("webhook_max_detections",),
            unit="detections",
        ),
    ] = 50_000
    alerting_protocol: Annotated[
        str,
        Setting(
            "Alerts go to",
            "stdout prints them, webhook posts them to alert_webhook_url, hikvision tells nvr_url, mail alert_email.",
            forms.choice(*ALERTING_PROTOCOLS),
            env=("ALERTING_PROTOCOL",),
            keys=("alerting_protocol",),
        ),
    ] = "stdout"
    debounce_s: Annotated[
        float,
        Setting(
            "Debounce",
            "The same rule, track and zone alert once in this time.",
            forms.number("a number of seconds, 0 to 86400", 0, 86_400),
            keys=("debounce_window_seconds",),
            unit="s",
        ),
    ] = 30.0
    alert_webhook_url: Annotated[
        str,
        Setting("Alert webhook", "Where alerts are posted.", _HTTP, keys=("alert_webhook_url",)),
    ] = field(default="", repr=False)
    alert_format: Annotated[
        str,
        Setting("Alert format", "What is posted.", forms.choice(*ALERT_FORMATS), keys=("alert_format",)),
    ] = "json"
    alert_snapshot: Annotated[
        str,
        Setting(
            "Alert picture",
            "Whether a picture goes with an alert, and whether people in it are blurred.",
            forms.choice(*ALERT_SNAPSHOTS),
            keys=("alert_snapshot",),
        ),
    ] = "none"
    alert_email: Annotated[
        str,
        Setting(
            "Alert mail",
            "Who is written to when something is wrong.",
            forms.matching(r"([^\s@,]+@[^\s@,]+(,\s*[^\s@,]+@[^\s@,]+)*)?", "addresses of mail, commas between them"),
            keys=("alert_email",),
        ),
    ] = ""
    smtp_url: Annotated[
        str,
        Setting(
            "Mail server",
            "Takes the mail: smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps://...:465.",
            forms.matching(rf"(?i)smtps?://.+|{forms.REFERENCE}|", f"smtp://... or smtps://..., {SECRET}", secret=True),
            keys=("smtp_url",),
        ),
    ] = field(default="", repr=False)
    nvr_url: Annotated[
        str,
        Setting("Recorder", "A Hikvision NVR: http://USER:PASSWORD@HOST.", _HTTP, keys=("nvr_url",)),
    ] = field(default="", repr=False)

    # the program itself
    enable_monitoring: Annotated[
        bool,
        Setting("Monitoring", "Write events `metrics` to the log.", forms.flag(), keys=("enable_monitoring",)),
    ] = True
    log_level: Annotated[
        str,
        Setting(
            "Log level",
            "The least severe message that is logged.",
            forms.choice(*LOG_LEVELS),
            env=("LOG_LEVEL",),
            keys=("log_level",),
        ),
    ] = "WARNING"
    log_file: Annotated[
        Path | None,
        Setting("Log file", "Services write JSON lines there too.", forms.path("a file"), keys=("log_file",)),
    ] = None
    secret_key: Annotated[
        str,
        Setting(
            "Secret key",
            "Seals inline secrets and signs log-ins (default: a key file in the data folder); all hosts need the same.",
            forms.text(f"a text, {SECRET}", secret=True),
            env=("SECRET_KEY",),
        ),
    ] = field(default="", repr=False)


def describe() -> dict[str, Setting]:
    """What is said about each field of Settings, by its name."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def file_keys() -> frozenset[str]:
    """What a configuration's file may hold beside schedules."""
    return frozenset(key for setting in describe().values() for key in setting.keys)
