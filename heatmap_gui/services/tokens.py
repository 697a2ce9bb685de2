"""What callers bring: JSON web tokens of people (RFC 7519, 9068), made anew by each log-in, and machines' own tokens.

One algorithm, HMAC-SHA256, whatever a token says. Its key changes each day: `kid` names the secret and the day, and the
key comes from both, so all processes with one SECRET_KEY have it and none has to keep it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

import jwt

from heatmap_gui.core.errors import UnknownCallerError
from heatmap_gui.services.secrets import Seal

MACHINE = "hmt_"  # begins a machine's token: scanners for secrets find it
LONGEST = 2048
_ALGORITHM, _TYPE, _AUDIENCE = "HS256", "at+jwt", "heatmap-api"
_DAY_S = 86_400
_MARK = 16  # signs at the end of a machine's token that follow from the others
_KID = re.compile(r"([0-9a-f]{8})\.(\d{1,6})")
_CLAIMS = ["sub", "jti", "stamp", "iat", "exp", "iss", "aud"]


class Claims(NamedTuple):
    """user: a name. session: the log-in's id. stamp: of the user then. expires_at: Unix seconds."""

    user: str
    session: str
    stamp: str
    expires_at: float


class Signing:
    """Signs and reads the tokens of one deployment. Any thread may use it."""

    def __init__(self, seal: Seal, deployment: str) -> None:
        self._seal, self._issuer = seal, deployment
        self._machines = seal.key("marks of machines' tokens")
        self._print = seal.key("print of the signing key").hex()[:8]

    def sign(self, user: str, stamp: str, now: float, life_s: float) -> str:
        """A token for a new session, which lasts life_s, at most a day."""
        kid = self._kid(int(now) // _DAY_S)
        claims = {
            "iss": self._issuer, "aud": _AUDIENCE, "sub": user, "jti": secrets.token_urlsafe(12), "stamp": stamp,
            "iat": int(now), "exp": int(now + life_s),
        }  # fmt: skip
        return jwt.encode(claims, self._key(kid), algorithm=_ALGORITHM, headers={"kid": kid, "typ": _TYPE})

    def read(self, token: str, now: float) -> Claims:
        """What a token says that is ours and in force. Raises UnknownCallerError."""
        try:
            head = jwt.get_unverified_header(token)
            kid = self._known(head.get("kid"), int(now) // _DAY_S)
            if head.get("typ") != _TYPE:
                raise jwt.InvalidTokenError
            options: jwt.types.Options = {"require": _CLAIMS, "verify_exp": False, "verify_iat": False}
            said = jwt.decode(
                token, self._key(kid), [_ALGORITHM], options=options, audience=_AUDIENCE, issuer=self._issuer
            )
            claims = Claims(said["sub"], said["jti"], str(said["stamp"]), float(said["exp"]))
        except (jwt.PyJWTError, TypeError, ValueError):
            raise UnknownCallerError("the token is none of ours: log in for another one") from None
        if now >= claims.expires_at:
            raise UnknownCallerError("the token has expired: log in for another one")
        return claims

    def new_machine_token(self) -> str:
        """Shown once: what is kept of it is its digest."""
        text = MACHINE + secrets.token_urlsafe(32)
        return text + self._mark(text)

    def check_machine(self, token: str) -> None:
        """Raises UnknownCallerError on what was never made here: a flood of guesses asks no database. token: ASCII."""
        if not hmac.compare_digest(self._mark(token[:-_MARK]), token[-_MARK:]):
            raise UnknownCallerError("the token is none of ours: ask an admin for one")

    def _mark(self, text: str) -> str:
        return hmac.digest(self._machines, text.encode(), "sha256").hex()[:_MARK]

    def _kid(self, day: int) -> str:
        return f"{self._print}.{day}"

    def _known(self, kid: object, today: int) -> str:
        """A kid that may be in use, also by a host whose clock is ahead. Raises ValueError on all others."""
        found = _KID.fullmatch(kid) if isinstance(kid, str) else None
        if found is None or found[1] != self._print or abs(int(found[2]) - today) > 1:
            raise ValueError(kid)
        return found[0]

    def _key(self, kid: str) -> bytes:
        return self._seal.key(f"access tokens {kid}")


def digest(token: str) -> str:
    """SHA-256: nobody guesses 256 random bits, however quick the hash."""
    return hashlib.sha256(token.encode()).hexdigest()
