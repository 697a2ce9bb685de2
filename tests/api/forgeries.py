"""Tokens that look like somebody's and are nobody's, each wrong in one way."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

import jwt

from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.tokens import Signing


def _coded(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(head: Mapping[str, Any], claims: Mapping[str, Any], key: bytes, how: str = "sha256") -> str:
    """A token made by hand."""
    body = f"{_coded(head)}.{_coded(claims)}"
    return f"{body}.{base64.urlsafe_b64encode(hmac.digest(key, body.encode(), how)).rstrip(b'=').decode()}"


def forgeries(token: str, seal: Seal, deployment: str) -> dict[str, str]:
    """By how they are wrong. token: a good one of the deployment that has this seal."""
    head, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    key, mark = seal.key(f"access tokens {head['kid']}"), head["kid"].split(".")[0]
    body, _, signature = token.rpartition(".")
    now, user, stamp = time.time(), claims["sub"], claims["stamp"]
    far = {"iat": int(now) - 7200, "exp": int(now) - 3600}
    found = {
        "another key": Signing(Seal("another key of more than 32 bytes"), deployment).sign(user, stamp, now, 1800),
        "another key under our kid": signed(head, claims, b"k" * 32),
        "an empty key": signed(head, claims, b""),
        "the kid for a key": signed(head, claims, head["kid"].encode()),
        "another deployment": Signing(seal, "another").sign(user, stamp, now, 1800),
        "no signature": f"{body}.",
        "no signature at all": body,
        "signature of another": f"{_coded(head)}.{_coded(claims | {'jti': 'x'})}.{signature}",
        "later end": f"{_coded(head)}.{_coded(claims | {'exp': claims['exp'] + 1})}.{signature}",
        "kid of another day": signed(head | {"kid": f"{mark}.1"}, claims, key),
        "kid of another secret": signed(head | {"kid": f"00000000.{head['kid'].split('.')[1]}"}, claims, key),
        "kid of a file": signed(head | {"kid": "../../dev/null"}, claims, b""),
        "kid of a query": signed(head | {"kid": "x' UNION SELECT 'k"}, claims, b"k"),
        "kid that is a number": signed(head | {"kid": 1}, claims, key),
        "no kid": signed({name: head[name] for name in head if name != "kid"}, claims, key),
        "key brought along": signed(head | {"jwk": {"kty": "oct", "k": "aw"}}, claims, b"k"),
        "key to be fetched": signed(head | {"jku": "http://127.0.0.1:9/"}, claims, b"k"),
        "another kind of token": signed(head | {"typ": "JWT"}, claims, key),
        "another audience": signed(head, claims | {"aud": "another"}, key),
        "a name that is none": signed(head, claims | {"sub": 1}, key),
        "a time that is none": signed(head, claims | {"exp": "never"}, key),
        "not yet": signed(head, claims | {"nbf": int(now) + 3600}, key),
        "expired": signed(head, claims | far, key),
        "stamp of before": signed(head, claims | {"stamp": "before"}, key),
        "nobody": signed(head, claims | {"sub": "nobody"}, key),
        "dots": "..",
        "words": "not a token",
        "a machine's that was never made": "hmt_" + "A" * 43,
    }
    for alg, how in (("HS384", "sha384"), ("HS512", "sha512"), ("RS256", "sha256"), ("ES256", "sha256")):
        found[f"alg {alg}"] = signed(head | {"alg": alg}, claims, key, how)
    for alg in ("none", "None", "NONE", "nOnE", ""):
        found[f"alg {alg!r}"] = f"{_coded(head | {'alg': alg})}.{_coded(claims)}."
        found[f"alg {alg!r}, signed"] = signed(head | {"alg": alg}, claims, key)
    return found | {
        f"without {name}": signed(head, {k: v for k, v in claims.items() if k != name}, key) for name in claims
    }
