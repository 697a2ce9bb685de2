"""The plain way to send webhooks: one `requests.post` a call, signed as Standard Webhooks 1.0 says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Iterable

import requests

_TIMEOUT_S = 10.0


def send(url: str, token: str, key: bytes, messages: Iterable[tuple[str, bytes]]) -> int:
    """Post (id, JSON body) one after the other -> how many were taken."""
    taken = 0
    for name, body in messages:
        at = str(int(time.time()))
        digest = hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
            "webhook-id": name,
            "webhook-timestamp": at,
            "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
        }
        answer = requests.post(url, data=body, headers=headers, timeout=_TIMEOUT_S)
        taken += answer.ok
    return taken
