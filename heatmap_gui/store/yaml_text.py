"""YAML written by people, as far as it is another way to write JSON: one document of objects, lists, texts and numbers.

Words without quotes may be decimal numbers, null, and the booleans of YAML 1.1 (yes, on, true); the others are texts as
they stand, so that 007, 12:30 and 2026-01-01 stay what they are. Anchors, aliases and tags are refused: a few lines of
them can mean gigabytes, or code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml: the same, slower
_DEEPEST = 20
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")  # longer ones are texts
_FLOAT = re.compile(r"[-+]?(?=\.?[0-9])(0|[1-9][0-9]*)?(\.[0-9]*([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)")
_SENSES = {None: ("", "~", "null"), True: ("true", "yes", "on"), False: ("false", "no", "off")}
_WORDS = {form: sense for sense, words in _SENSES.items() for w in words for form in (w, w.capitalize(), w.upper())}


def parse_yaml(text: str, name: str) -> Node:
    """The root of a YAML document; `name` is what messages call it. Raises InputError with the line."""
    try:
        return Node(_Reading(text, name).document(), "", name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        what, advice = error.problem, "correct it there"
        if mark and text[mark.index : mark.index + 1] == "\t":
            what, advice = "a tab", "indent with spaces"
        raise InputError(f"{name}: not YAML: {what}{_at(mark)}: {advice}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, text.find(chr(error.character))) + 1
        what = f"the control character U+{error.character:04X}"
        raise InputError(f"{name}: not YAML: {what} in line {line}: remove it") from None


class _Reading:
    """One pass over the events of a text."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Any:
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise InputError(f"{self._name}: nothing is written in it: fill it, or restore it from a copy")
        value = self._value(next(self._events), 0)
        next(self._events)  # the document's end
        if not isinstance(after := next(self._events), yaml.StreamEndEvent):
            self._refuse(after, "a second document begins", "keep one")
        return value

    def _value(self, event: yaml.Event, depth: int) -> Any:
        self._refuse_shorthand(event)
        if depth > _DEEPEST:
            self._refuse(event, f"nested more than {_DEEPEST} deep", "correct it there")
        if isinstance(event, yaml.ScalarEvent):
            return _meant(event.value) if event.implicit[0] else event.value  # implicit: without quotes
        return self._list(depth) if isinstance(event, yaml.SequenceStartEvent) else self._object(depth)

    def _list(self, depth: int) -> list[Any]:
        values = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, depth + 1))
        return values

    def _object(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            self._refuse_shorthand(key)
            if not isinstance(key, yaml.ScalarEvent):
                self._refuse(key, "a list or an object is no key", "write a word before the colon")
            if key.value in values:
                self._refuse(key, f"the key {key.value[:40]} is there twice", "keep one of them")
            values[key.value] = self._value(next(self._events), depth + 1)
        return values

    def _refuse_shorthand(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None) is not None:  # an alias has one too: the anchor's
            self._refuse(event, "anchors and aliases (&, *) are not taken", "write the value out, or a text in quotes")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, "tags (!) are not taken", "leave it away, or write the text in quotes")

    def _refuse(self, event: yaml.Event, what: str, advice: str) -> NoReturn:
        raise InputError(f"{self._name}: {what}{_at(event.start_mark)}: {advice}")


def _meant(word: str) -> Any:
    """What a word without quotes stands for."""
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) else word


def _at(mark: Any) -> str:
    """mark: either parser's, or None."""
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
