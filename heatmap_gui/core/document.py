"""JSON documents written by people: every value is read with its path, and a wrong one is refused in words."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from heatmap_gui.core.errors import InputError

if TYPE_CHECKING:
    from heatmap_gui.core.types import F8

_ID = re.compile(r"[A-Za-z0-9_-]+")
_ID_ALLOWED = "a whole number or a text of letters, digits, _ and -"
_SHOWN = 40
_LONGEST_PATH = 200
_HUGE, _TINY = 1e12, 1e-12  # beyond any length, time or scale that a person means


class _Key(NamedTuple):
    owner: dict[str, Any]
    name: str


def parse(text: str, name: str) -> Node:
    """The root of a JSON document; `name` is what messages call it.

    Raises InputError with line and column, or with the path of a key that is there twice.
    """
    repeated: list[_Key] = []

    def read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.append(_Key(found, Counter(key for key, _ in pairs).most_common(1)[0][0]))
        return found

    try:
        root = json.loads(text, object_pairs_hook=read)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{name}: not JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}: correct it there"
        ) from None
    except (RecursionError, ValueError):
        raise InputError(f"{name}: not usable: its JSON is nested too deeply or has a number too long") from None
    if repeated:  # nothing around the last one is: so it is still part of what was read
        where = _path_of(repeated[-1], root)
        raise InputError(f"{name}: {where[:_LONGEST_PATH]} is there twice: keep one of them")
    return Node(root, "", name)


def _path_of(key: _Key, root: Any) -> str:
    """Where in a document a key is."""
    left: list[tuple[str, Any]] = [("", root)]
    while left:
        path, value = left.pop()
        if value is key.owner:
            return f"{path}.{key.name}".lstrip(".")
        if isinstance(value, dict):
            left += ((f"{path}.{name}", inner) for name, inner in value.items())
        elif isinstance(value, list):
            left += ((f"{path}[{i}]", inner) for i, inner in enumerate(value))
    return key.name


@dataclass(frozen=True)
class Node:
    """One value of a document and the way to it. warnings: shared by all nodes of a document."""

    value: Any
    path: str
    name: str
    warnings: list[str] = field(default_factory=list)

    def refuse(self, allowed: str, secret: bool = False) -> NoReturn:
        """Raise InputError: where, what is there, what is allowed. A secret value is not shown."""
        shown = " is wrong" if secret else f" is {_shown(self.value)}"
        raise InputError(f"{self.name}: {self.path or 'the document'}{shown}: allowed: {allowed}")

    def get(self, key: str) -> Node | None:
        """The value under a key of this object; None when it is missing or null."""
        if not isinstance(self.value, dict):
            self.refuse("an object {…}")
        value = self.value.get(key)
        return None if value is None else Node(value, f"{self.path}.{key}".lstrip("."), self.name, self.warnings)

    def need(self, key: str, allowed: str) -> Node:
        """The value under a key that must be there."""
        node = self.get(key)
        if node is None:
            raise InputError(f"{self.name}: {f'{self.path}.{key}'.lstrip('.')} is missing: allowed: {allowed}")
        return node

    def items(self, allowed: str = "a list […]") -> list[Node]:
        if not isinstance(self.value, list):
            self.refuse(allowed)
        return [Node(value, f"{self.path}[{i}]", self.name, self.warnings) for i, value in enumerate(self.value)]

    def members(self) -> dict[str, Node]:
        """The values of this object by their keys, null ones too."""
        if not isinstance(self.value, dict):
            self.refuse("an object {…}")
        start = f"{self.path}." if self.path else ""
        return {key: Node(value, start + key, self.name, self.warnings) for key, value in self.value.items()}

    def list(self, key: str) -> list[Node]:
        """The items of a list under a key; none when it is missing."""
        node = self.get(key)
        return [] if node is None else node.items()

    def warn_unknown(self, known: Iterable[str]) -> None:
        """Note the keys that mean nothing here: they are kept, and probably misspelt."""
        if not isinstance(self.value, dict):
            self.refuse("an object {…}")
        for key in self.value.keys() - set(known):
            where = f"{self.path}.{key}".lstrip(".")
            self.warnings.append(f"{self.name}: {where} is not a key that is known here; it is kept and ignored")

    def text(self, allowed: str = "a text", secret: bool = False) -> str:
        if not isinstance(self.value, str):
            self.refuse(allowed, secret)
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("true or false")
        return self.value

    def choice(self, choices: Iterable[str]) -> str:
        if self.value not in (allowed := tuple(choices)):
            self.refuse(", ".join(allowed))
        return str(self.value)

    def number(self, allowed: str = "a finite number", least: float = -math.inf) -> float:
        """A finite number, not less than `least`."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.refuse(allowed)
        if not (abs(self.value) < _HUGE and self.value >= least):
            self.refuse(allowed)
        return float(self.value)

    def positive(self, unit: str) -> float:
        return self.number(f"a number above 0 ({unit})", least=_TINY)

    def numbers(self, count: int, allowed: str) -> tuple[float, ...]:
        values = self.items(allowed)
        if len(values) != count:
            self.refuse(allowed)
        return tuple(value.number() for value in values)

    def identifier(self, key: str, reserved: str) -> str:
        """The text form of an id: an integer, or letters, digits, _ and -; so 1 equals "1"."""
        node = self.need(key, _ID_ALLOWED)
        value = node.value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not (isinstance(value, str) and _ID.fullmatch(value)) or value == reserved:
            node.refuse(f"{_ID_ALLOWED}, but not {reserved}")
        return str(value)

    def refuse_repeated(self, key: str, identifier: str) -> None:
        """Refuse a list of objects two of which have the same id."""
        seen: set[str] = set()
        for node in self.list(key):
            found = node.need(identifier, _ID_ALLOWED)
            if str(found.value) in seen:
                found.refuse("each id once; an earlier one is the same")
            seen.add(str(found.value))

    def point(self) -> tuple[float, float]:
        x, y = self.numbers(2, "[x, y]")
        return x, y

    def points(self) -> F8:
        """A list of [x, y] as (n, 2)."""
        import numpy as np  # the command line reads settings with this module, and is there at once without it

        if isinstance(self.value, list) and all(map(_is_point, self.value)):  # as nearly always: without a node each
            return np.array(self.value, np.float64).reshape(-1, 2)
        return np.array([item.point() for item in self.items("a list of [x, y]")], dtype=np.float64).reshape(-1, 2)


def _is_point(value: Any) -> bool:
    return type(value) is list and len(value) == 2 and all(type(v) in (int, float) and abs(v) < _HUGE for v in value)


def _shown(value: Any) -> str:
    if isinstance(value, dict | list) and len(value) > 3:
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
