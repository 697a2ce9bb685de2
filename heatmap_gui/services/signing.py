"""Signatures of webhooks, by which a receiver knows who sent them (Standard Webhooks 1.0, symmetric)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from heatmap_gui.core.errors import InputError

_PREFIX = "whsec_"


def signing_key(secret: str) -> bytes:
    """The key that a secret (`whsec_` and base64) stands for. Raises InputError, which does not show it."""
    try:
        key = base64.b64decode(secret.strip().removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise InputError("webhook_secret: it must be whsec_ and base64: `openssl rand -base64 32` makes one")
    return key


def signature(key: bytes, name: str, at: int, body: bytes) -> str:
    """Of a message: its id, the Unix time of this try and its body."""
    digest = hmac.digest(key, f"{name}.{at}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(digest).decode()
