"""Settings of one run: each field says its type, default, unit, title, help and environment names in one place.

A flag beats the environment, which beats `.env` in the working folder, which beats the default.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

from heatmap_gui.core.device import AUTO, DEVICES, parse_device
from heatmap_gui.core.errors import InputError

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def default_home(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The platform's folder for this program's data."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Heatmap"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Heatmap"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "heatmap"


def _device(text: str) -> str:
    parse_device(text)
    return text.strip()


def _confidence(text: str) -> float:
    value = float(text)
    if not 0.0 < value <= 1.0:
        raise ValueError
    return value


def _log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError
    return text.upper()


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


class Setting(NamedTuple):
    """All there is to say about a setting; of several names in `env` the first that is set wins."""

    env: tuple[str, ...]
    title: str
    help: str
    allowed: str
    parse: Callable[[str], Any] = str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment decides."""

    home: Annotated[
        Path,
        Setting(
            env=("HEATMAP_HOME",),
            title="Data folder",
            help="Where models, logs and what was measured once are kept (default: the platform's data folder).",
            allowed="a folder",
            parse=_folder,
        ),
    ]
    model: Annotated[
        str,
        Setting(
            env=("INFERENCE_MODEL_PATH",),
            title="Model",
            help="What finds people and vehicles; auto takes a fetched model, or motion when there is none.",
            allowed="auto, motion, a model card's name or a model file",
        ),
    ] = "auto"
    device: Annotated[
        str,
        Setting(
            env=("INFERENCE_DEVICE", "MODEL_DEVICE"),
            title="Device",
            help="Where a model runs; auto takes the fastest on this machine.",
            allowed=DEVICES,
            parse=_device,
        ),
    ] = AUTO
    confidence: Annotated[
        float,
        Setting(
            env=("INFERENCE_CONFIDENCE",),
            title="Confidence",
            help="Detections below it are not reported (the tracker may still use them).",
            allowed="a number above 0, at most 1",
            parse=_confidence,
            unit="0..1",
        ),
    ] = 0.5
    log_level: Annotated[
        str,
        Setting(
            env=("LOG_LEVEL",),
            title="Log level",
            help="The least severe message that is logged on standard error.",
            allowed=", ".join(LOG_LEVELS),
            parse=_log_level,
        ),
    ] = "WARNING"


def describe() -> dict[str, Setting]:
    """What is said about each field of Settings, by its name."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines of a `.env` file; comments, quotes and a leading `export` as in a shell. {} without a file."""
    if not path.is_file():
        return {}
    values = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        line = raw.strip().removeprefix("export ").strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise InputError(f"{path}, line {number}: expected NAME=value")
        quoted = re.match(r"""(["'])(.*?)\1""", value)
        values[name] = quoted[2] if quoted else re.split(r"\s+#", value)[0]
    return values


def load_settings(environ: Mapping[str, str], env_file: Path) -> Settings:
    """Settings from the environment over `env_file` over defaults. Raises InputError naming the wrong variable."""
    known = {**read_env_file(env_file), **environ}
    values: dict[str, Any] = {"home": default_home(known)}
    for field, setting in describe().items():
        name = next((n for n in setting.env if known.get(n)), None)
        if name is None:
            continue
        try:
            values[field] = setting.parse(known[name])
        except (ValueError, InputError):
            raise InputError(f"{name} is {known[name]!r}: it must be {setting.allowed}") from None
    return Settings(**values)
