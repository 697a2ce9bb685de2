"""The addresses of cameras as an operator gives them: many from one template, the password apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from heatmap_gui.core.errors import InputError

PLACE = "{camera_id}"
SERVICE = "traffic-heatmap"  # under which passwords lie in the keyring
MOST_CAMERAS = 64
_ADDRESS = re.compile(
    r"(?P<start>[A-Za-z][A-Za-z0-9+.-]*://)"
    r"(?:(?P<user>[^/:@\s]*)(?::(?P<password>(?:file|keyring):[^@\s]*|[^/\s]*))?@)?(?P<rest>.*)"
)
_NUMBERS = re.compile(r"(\d{1,6})(?:\s*[-\u2013]\s*(\d{1,6}))?")


def split_login(url: str) -> tuple[str, str, str]:
    """An address without its user and password, and those two, unquoted; a reference as it is written."""
    found = _ADDRESS.fullmatch(url.strip())
    if found is None:
        return url.strip(), "", ""
    return found["start"] + found["rest"], unquote(found["user"] or ""), unquote(found["password"] or "")


def with_login(url: str, user: str, password: str) -> str:
    """An address with user and password, both quoted."""
    return _with(url, user, f":{quote(password, safe='')}" if password else "")


def with_reference(url: str, user: str, reference: str) -> str:
    """An address with its password as a reference to where it is (see `secrets`)."""
    return _with(url, user, f":{reference}")


def _with(url: str, user: str, password: str) -> str:
    start, separator, rest = url.partition("://")
    if not separator or not (user or password):
        return url
    return f"{start}://{quote(user, safe='')}{password}@{rest}"


def keyring_name(store: str, camera_id: str) -> str:
    """Where a camera's password lies within SERVICE: nothing in it ends a reference within an address."""
    return re.sub(r"[^A-Za-z0-9_.-]", "_", f"{store}.{camera_id}")


def read_numbers(text: str) -> list[str]:
    """The cameras of "1-4, 7" as their ids. Raises InputError where it says none, or too many."""
    found: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _NUMBERS.fullmatch(part)
        if match is None:
            raise InputError(f"cameras '{part}': write numbers such as 1-8 or 1, 3, 5")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 0 <= last - first < MOST_CAMERAS:
            raise InputError(f"cameras '{part}': at most {MOST_CAMERAS}, from the lower number to the higher")
        found += [str(number) for number in range(first, last + 1)]
    unique = list(dict.fromkeys(found))
    if not 0 < len(unique) <= MOST_CAMERAS:
        raise InputError(f"cameras '{text}': write 1 to {MOST_CAMERAS} numbers such as 1-8 or 1, 3, 5")
    return unique


def free_id(taken: Iterable[str]) -> str:
    """The number after the highest."""
    return str(max((int(known) for known in taken if known.isdecimal()), default=0) + 1)
