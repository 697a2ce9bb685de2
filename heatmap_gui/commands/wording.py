"""Numbers with their nouns, as commands print them."""

from __future__ import annotations


def count(number: int, noun: str, plural: str = "") -> str:
    """1 camera, 2 cameras; plural: where it is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
