"""Edits that can be undone. Values are frozen and replaced, so a past state is kept by keeping the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Step(Generic[T]):
    """What was before an edit, and the words for the edit."""

    value: T
    what: str
    joins: str


class History(Generic[T]):
    """A value with what it was before. Mutable, owned by one thread.

    joins: edits that follow each other under one name are one step (a drag, a series of nudges); "": never joined.
    """

    def __init__(self, value: T) -> None:
        self.value = value
        self._past: list[_Step[T]] = []
        self._future: list[_Step[T]] = []

    @property
    def undoes(self) -> str:
        """The words for what `undo` takes back; empty when there is nothing."""
        return self._past[-1].what if self._past else ""

    @property
    def redoes(self) -> str:
        return self._future[-1].what if self._future else ""

    def put(self, value: T, what: str, joins: str = "") -> None:
        """The value is this now. What was undone before cannot be redone any more."""
        if not (joins and self._past and self._past[-1].joins == joins and not self._future):
            self._past.append(_Step(self.value, what, joins))
            del self._past[:-_MOST]
        self.value = value
        self._future.clear()

    def part(self) -> None:
        """What comes next is a step of its own, whatever name it has: a gesture ended."""
        if self._past:
            last = self._past[-1]
            self._past[-1] = _Step(last.value, last.what, "")

    def undo(self) -> bool:
        return self._move(self._past, self._future)

    def redo(self) -> bool:
        return self._move(self._future, self._past)

    def _move(self, source: list[_Step[T]], target: list[_Step[T]]) -> bool:
        if not source:
            return False
        step = source.pop()
        target.append(_Step(self.value, step.what, ""))
        self.value = step.value
        return True
