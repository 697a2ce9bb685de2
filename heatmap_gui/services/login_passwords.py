"""Passwords of users: which are good enough, and what is kept of them: argon2id (RFC 9106).

Its cost is OWASP's least for a server that answers others as well: 19 MiB, two passes, and only a few at once.
"""

from __future__ import annotations

import secrets
import threading
import unicodedata
from itertools import pairwise

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from heatmap_gui.core.errors import InputError, TooOftenError

SHORTEST, LONGEST = 12, 256  # signs
_DIFFERENT = 6  # signs at least, so that no row of keys pressed twice is one
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)
_AT_ONCE, _PATIENCE_S = 2, 5.0
_turns = threading.BoundedSemaphore(_AT_ONCE)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "abcdefghijklmnopqrstuvwxyz", "1234567890")
_STEPS = {step for row in _ROWS for a, b in pairwise(row) for step in (a + b, b + a)}
_WORDS = ("password", "passwort", "motdepasse", "heatmap", "traffic", "admin", "letmein", "welcome", "changeme")


def check_password(name: str, password: str) -> None:
    """Raises InputError in words where a password is too easy to guess, or too long to be one."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"a password has {SHORTEST} to {LONGEST} signs: take four words, for instance")
    rest = password.casefold()
    for known in (name.casefold(), *_WORDS):
        rest = rest.replace(known, known[:1])
    rest = "".join(b for a, b in pairwise(f" {rest}") if a + b not in _STEPS)
    if len(set(rest)) < _DIFFERENT:
        raise InputError("the password is too easy to guess: no names, no rows of keys, no repetitions")


def hashed(password: str) -> str:
    """What is kept of a password. Raises TooOftenError when too many wait."""
    with _Turn():
        return _HASHER.hash(_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the one; where nothing is kept it never is, and that takes as long. Raises TooOftenError."""
    with _Turn():
        try:
            return _HASHER.verify(kept or _NOBODY, _bytes(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


class _Turn:
    """A flood of log-ins neither takes all memory nor all processors."""

    def __enter__(self) -> None:
        if not _turns.acquire(timeout=_PATIENCE_S):
            raise TooOftenError("too many log in at the moment: try again", retry_after_s=_PATIENCE_S)

    def __exit__(self, *_: object) -> None:
        _turns.release()


def _bytes(password: str) -> bytes:
    """The same for a letter however a keyboard composes it (NFC; RFC 8265)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


_NOBODY = _HASHER.hash(secrets.token_bytes(16))
