"""What a JSON text would cost a parser, counted while it comes in: its depth the stack, its objects and values memory.

A text of empty objects grows to twenty times its size when it is read, and one of brackets alone overflows the stack.
"""

from __future__ import annotations

import re

import numpy as np

_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_PIECE = 1 << 16  # bytes at once
_STEP = np.zeros(256, np.int8)
_STEP[list(b"[{")], _STEP[list(b"]}")] = 1, -1


class JsonDepth:
    """deepest: the most brackets that were open at once. opened: lists and objects in all; commas: between values.

    Right for what is JSON, whatever stands in its strings.
    """

    def __init__(self) -> None:
        self.deepest = 0
        self.opened = 0
        self.commas = 0
        self._open = 0
        self._in_string = 0
        self._held = b""  # a backslash whose letter has not come yet

    def feed(self, text: bytes) -> None:
        """The next bytes, cut anywhere."""
        plain = self._held + text
        if b"\\" in plain:
            plain = _ESCAPED.sub(b"", plain)
        self._held = b"\\" if plain.endswith(b"\\") else b""
        plain = plain.removesuffix(b"\\")
        for start in range(0, len(plain), _PIECE):
            piece = np.frombuffer(plain, np.uint8, min(_PIECE, len(plain) - start), start)
            inside = (np.cumsum(piece == ord('"'), dtype=np.int32) + self._in_string) & 1
            steps = np.where(inside, 0, _STEP[piece])
            depths = np.cumsum(steps, dtype=np.int32) + self._open
            self.opened += int(np.count_nonzero(steps > 0))
            self.commas += int(np.count_nonzero((piece == ord(",")) & (inside == 0)))
            self.deepest = max(self.deepest, int(depths.max()))
            self._open, self._in_string = int(depths[-1]), int(inside[-1])
