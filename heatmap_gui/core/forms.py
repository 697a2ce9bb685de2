"""How a value is written by people, in a document and in the environment, and what of it is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from heatmap_gui.core.device import DEVICES, parse_device
from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError

_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_MODEL_FILES = (".onnx", ".xml", ".pt", ".engine")
_CLOCK = re.compile(r"(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")
_DAY_MIN = 1440
REFERENCE = r"(?:env|file|cred|keyring):.+"  # where a secret is, in place of it
SECRET = "or where it is: env:NAME, file:/path, cred:NAME or keyring:service/user"


class Form(NamedTuple):
    """One way to write a value.

    allowed: for people. read: a document's value -> ours, a path as it is written; raises InputError.
    meant: a text of the environment -> what a document would have in its place; raises ValueError.
    """

    allowed: str
    read: Callable[[Node], Any]
    meant: Callable[[str], Any] = str


class Setting(NamedTuple):
    """All there is to say about a setting. Of several names in `env`, or `keys` in a file, the first one set wins."""

    title: str
    help: str
    form: Form
    env: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    unit: str = ""


def text(allowed: str, *, secret: bool = False) -> Form:
    """secret: its value is not shown when it is refused."""
    return Form(allowed, lambda node: node.text(allowed, secret).strip())


def matching(pattern: str, allowed: str, *, secret: bool = False) -> Form:
    """A text all of which matches a pattern."""

    def read(node: Node) -> str:
        found = node.text(allowed, secret).strip()
        if not re.fullmatch(pattern, found):
            node.refuse(allowed, secret)
        return found

    return Form(allowed, read)


def number(allowed: str, least: float, most: float, *, above: bool = False) -> Form:
    """least: itself is not allowed where `above` is set."""

    def read(node: Node) -> float:
        value = node.number(allowed, least)
        if value > most or (above and value == least):
            node.refuse(allowed)
        return value

    return Form(allowed, read, float)


def whole(allowed: str, least: int, most: int) -> Form:
    def read(node: Node) -> int:
        value = node.number(allowed, least)
        if value > most or not value.is_integer():
            node.refuse(allowed)
        return int(value)

    return Form(allowed, read, int)


def flag() -> Form:
    def meant(written: str) -> bool:
        if written.lower() not in _SWITCH:
            raise ValueError
        return _SWITCH[written.lower()]

    return Form("true or false", lambda node: node.flag(), meant)


def choice(*choices: str) -> Form:
    """One of some words, in capitals or not."""
    words = {word.casefold(): word for word in choices}
    allowed = ", ".join(choices)

    def read(node: Node) -> str:
        return words.get(node.text(allowed).strip().casefold()) or node.refuse(allowed)

    return Form(allowed, read)


def words(allowed: str) -> Form:
    """A list of texts; in the environment with commas between them."""

    def read(node: Node) -> tuple[str, ...]:
        found = tuple(item.text(allowed).strip() for item in node.items(allowed))
        return found if all(found) else node.refuse(allowed)

    return Form(allowed, read, lambda written: [word for word in re.split(r"[\s,]+", written) if word])


def origins(allowed: str) -> Form:
    """Where web pages come from (RFC 6454): scheme, host and port, nothing behind."""
    return _matching_words(r"https?://[\w.-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?", allowed)


def hosts(allowed: str) -> Form:
    """Names and addresses of machines."""
    return _matching_words(r"(\*\.)?[\w.-]+|\[?[0-9a-fA-F:]+\]?|\*", allowed)


def _matching_words(pattern: str, allowed: str) -> Form:
    form = words(allowed)

    def read(node: Node) -> tuple[str, ...]:
        found: tuple[str, ...] = form.read(node)
        return found if all(re.fullmatch(pattern, word) for word in found) else node.refuse(allowed)

    return form._replace(read=read)


def path(allowed: str) -> Form:
    def read(node: Node) -> Path:
        written = node.text(allowed).strip()
        if not written or "\0" in written:
            node.refuse(allowed)
        return Path(written)

    return Form(allowed, read)


def model() -> Form:
    """A model's name (str) or its file (Path)."""
    allowed = "auto, motion, a model card's name or a model file"

    def read(node: Node) -> str | Path:
        written = node.text(allowed).strip() or node.refuse(allowed)
        return Path(written) if "/" in written or written.lower().endswith(_MODEL_FILES) else written

    return Form(allowed, read)


def device() -> Form:
    def read(node: Node) -> str:
        written = node.text(DEVICES).strip()
        try:
            parse_device(written)
        except InputError:
            node.refuse(DEVICES)
        return written

    return Form(DEVICES, read)


def clock(allowed: str) -> Form:
    """HH:MM -> minutes of the day."""

    def read(node: Node) -> int:
        found = _CLOCK.fullmatch(node.text(allowed)) or node.refuse(allowed)
        return int(found[1]) * 60 + int(found[2]) if found[1] else _DAY_MIN

    return Form(allowed, read)
