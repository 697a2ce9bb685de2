"""Lists in pages: at most a thousand items, and an opaque cursor that says where the next page begins."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from math import isfinite
from typing import Annotated, Generic, NamedTuple, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from heatmap_gui.core.errors import NotFoundError

T = TypeVar("T")
Row = TypeVar("Row")
Key = tuple[float | int | str, ...]
MOST = 1_000
_MOST_INT = 1 << 62


class Page(BaseModel, Generic[T]):
    """items: at most `limit`. next: the cursor of the next page; null: this is the last one."""

    items: list[T]
    next: str | None = Field(description="The cursor of the next page; null: this was the last one.")


class Asked(NamedTuple):
    """Which page is wanted: `limit` items behind the one of this key; None: from the beginning."""

    limit: int
    after: Key | None

    def key(self, *kinds: type[float] | type[int] | type[str]) -> Key | None:
        """`after`, when it is of these types; raises NotFoundError when it is another list's."""
        after = self.after
        if after is not None and [type(part) for part in after] != list(kinds):
            raise _unknown()
        return after

    def time_and_id(self) -> tuple[float, str] | None:
        """`after` of a list that is in the order of time. Raises as `key` does."""
        key = self.key(float, str)
        return None if key is None else (float(key[0]), str(key[1]))


def page(found: Sequence[Row], asked: Asked, key: Callable[[Row], Key], item: Callable[[Row], T]) -> Page[T]:
    """found: the rows of this page, and one more where there are any behind it. key: where a row is in the order."""
    rows = found[: asked.limit]
    return Page(
        items=[item(row) for row in rows],
        next=_written(key(rows[-1])) if rows and len(found) > asked.limit else None,
    )


def _asked(
    limit: Annotated[int, Query(ge=1, le=MOST, description="The most items of a page.")] = 100,
    cursor: Annotated[
        str | None,
        Query(max_length=400, pattern="^[A-Za-z0-9_-]+$", description="`next` of the page before."),
    ] = None,
) -> Asked:
    return Asked(limit, None if cursor is None else _read(cursor))


def _written(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _read(cursor: str) -> Key:
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise _unknown() from None
    if not isinstance(key, list) or not all(map(_plain, key)):
        raise _unknown()
    return tuple(key)


def _plain(part: object) -> bool:
    """Whether a database can compare its rows with it."""
    if type(part) is str:
        return part.isprintable()  # no NUL, no half of a surrogate pair
    return (type(part) is int and abs(part) < _MOST_INT) or (type(part) is float and isfinite(part))


def _unknown() -> NotFoundError:
    return NotFoundError("cursor: there is no such page: begin without one, and go on with `next` of each answer")


Paging = Annotated[Asked, Depends(_asked)]
