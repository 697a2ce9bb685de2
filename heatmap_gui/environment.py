"""Where settings come from: the environment, `.env` in the working folder, files, in this order."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.forms import REFERENCE, Setting
from heatmap_gui.settings import Settings, describe

_LARGEST_ENV_FILE = 1 << 20  # bytes


class SettingsFile(NamedTuple):
    """A parsed document with settings among its keys. folder: where relative paths in it start."""

    root: Node
    folder: Path


def default_home(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The platform's folder for this program's data."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Heatmap"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Heatmap"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "heatmap"


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines of a `.env` file; comments, quotes and a leading `export` as in a shell. {} without a file."""
    values = {}
    for number, raw in enumerate(_lines(path), start=1):
        line = raw.strip().removeprefix("export ").strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise InputError(f"{path}, line {number}: expected NAME=value")
        quoted = re.match(r"""(["'])(.*?)\1""", value)
        values[name] = quoted[2] if quoted else re.split(r"\s+#", value)[0]
    return values


def _lines(path: Path) -> list[str]:
    try:
        if not path.is_file():
            return []
        if path.stat().st_size > _LARGEST_ENV_FILE:
            raise InputError(f"{path}: more than the {_LARGEST_ENV_FILE >> 10} KiB that are read: shorten it")
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text in UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}: check its permissions") from None


def load_settings(environ: Mapping[str, str], env_file: Path, *files: SettingsFile) -> Settings:
    """Settings from the environment over `env_file` over the files, the first of them first, over defaults.

    Raises InputError naming the variable or the key that is wrong, and what is allowed.
    """
    variables = (environ, read_env_file(env_file))
    values: dict[str, Any] = {"home": default_home(variables[1] | dict(environ))}
    ranks: dict[str, int] = {}
    start = files[0].folder if files else Path()
    values["calibration_dir"] = (start / "calibration_data").absolute()
    for name, setting in describe().items():
        for rank, (node, folder) in _said(setting, variables, files):
            ranks[name] = rank
            values[name] = _placed(setting.form.read(node), folder)
            break
    if isinstance(values.get("model"), Path):
        values["model"] = str(values["model"])
    values["redis_url"] = _redis_url(values, ranks)
    return Settings(**values)


def _said(
    setting: Setting, variables: tuple[Mapping[str, str], ...], files: tuple[SettingsFile, ...]
) -> Iterator[tuple[int, tuple[Node, Path]]]:
    """Where a setting is given, the strongest first: its rank, its value, and the folder that its path starts at."""
    for rank, known in enumerate(variables):
        for name in setting.env:
            if known.get(name):
                yield rank, (_variable(setting, name, known[name]), Path())
    for rank, (root, folder) in enumerate(files, start=len(variables)):
        for key in setting.keys:
            if (node := root.get(key)) is not None:
                yield rank, (node, folder)


def _variable(setting: Setting, name: str, written: str) -> Node:
    node = Node(written, name, "environment")
    try:
        return Node(setting.form.meant(written), name, "environment")
    except ValueError:
        node.refuse(setting.form.allowed)


def _placed(value: Any, folder: Path) -> Any:
    """A path from its folder on; everything else as it is."""
    if not isinstance(value, Path):
        return value
    with suppress(RuntimeError):  # ~ of nobody: a folder of that name then
        value = value.expanduser()
    return (folder / value).absolute()


def _redis_url(values: Mapping[str, Any], ranks: Mapping[str, int]) -> str:
    """The address as it is given, unless a stronger place gives a host; "" where no place gives either."""
    said = {name: values.get(name, field.default) for name, field in Settings.__dataclass_fields__.items()}
    weakest = sys.maxsize
    url = str(said["redis_url"])
    if ranks.get("redis_host", weakest) < ranks.get("redis_url", weakest):
        url = f"redis://{said['redis_host']}:{said['redis_port']}/{said['redis_db']}"
    password = str(said["redis_password"])
    if not password or "@" in url:
        return url
    return url.replace("://", f"://:{password if re.fullmatch(REFERENCE, password) else quote(password, safe='')}@", 1)
