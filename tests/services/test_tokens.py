"""Tokens that are ours and in force, and all that are not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.errors import UnknownCallerError
from heatmap_gui.logs import mask
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.tokens import MACHINE, Signing, digest, new_machine_token

NOW = 1_766_325_600.0
DAY_S = 86_400.0
SEAL = Seal("a secret key of more than 32 bytes")
OURS = Signing(SEAL, "deployment")


def coded(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})


def signed(head: Mapping[str, Any], claims: Mapping[str, Any], key: bytes, how: str = "sha256") -> str:
    body = f"{coded(head)}.{coded(claims)}"
    signature = base64.urlsafe_b64encode(hmac.digest(key, body.encode(), how)).rstrip(b"=").decode()
    return f"{body}.{signature}"


def key_of(head: Mapping[str, Any]) -> bytes:
    return SEAL.key(f"access tokens {head['kid']}")


def test_a_token_says_what_it_was_made_with_until_it_expires() -> None:
    token = OURS.sign("alice", "stamp", NOW, 1800)
    said = OURS.read(token, NOW + 1799)
    assert (said.user, said.stamp, said.expires_at) == ("alice", "stamp", NOW + 1800)
    assert OURS.sign("alice", "stamp", NOW, 1800) != token  # another session
    with pytest.raises(UnknownCallerError, match="expired"):
        OURS.read(token, NOW + 1800)


def test_one_signed_by_hand_as_ours_are_is_ours() -> None:
    """Else the forged ones below would be refused for another reason."""
    head, claims = parts(OURS.sign("alice", "stamp", NOW, 1800))
    assert OURS.read(signed(head, claims, key_of(head)), NOW).user == "alice"


def forged() -> dict[str, str]:
    token = OURS.sign("alice", "stamp", NOW, 1800)
    head, claims = parts(token)
    key = key_of(head)
    body, _, signature = token.rpartition(".")
    other = Signing(Seal("another key of more than 32 bytes"), "deployment")
    found = {
        "another key": other.sign("alice", "stamp", NOW, 1800),
        "another key under our kid": signed(head, claims, b"k" * 32),
        "an empty key": signed(head, claims, b""),
        "another deployment": Signing(SEAL, "another").sign("alice", "stamp", NOW, 1800),
        "no signature": f"{body}.",
        "no signature at all": body,
        "signature of another": f"{coded(head)}.{coded(claims | {'sub': 'bob'})}.{signature}",
        "HS384": signed(head | {"alg": "HS384"}, claims, key, "sha384"),
        "HS512": signed(head | {"alg": "HS512"}, claims, key, "sha512"),
        "said RS256": signed(head | {"alg": "RS256"}, claims, key),
        "said EdDSA": signed(head | {"alg": "EdDSA"}, claims, key),
        "no kid": signed({k: v for k, v in head.items() if k != "kid"}, claims, key),
        "kid of another day": signed(head | {"kid": f"{head['kid'].split('.')[0]}.1"}, claims, key),
        "kid that is a number": signed(head | {"kid": 1}, claims, key),
        "kid of a file": signed(head | {"kid": "../../dev/null"}, claims, b""),
        "kid of a query": signed(head | {"kid": "x' UNION SELECT 'k"}, claims, b"k"),
        "key brought along": signed(head | {"jwk": {"kty": "oct", "k": "aw"}}, claims, b"k"),
        "key to be fetched": signed(head | {"jku": "http://127.0.0.1:9/"}, claims, b"k"),
        "another kind of token": signed(head | {"typ": "JWT"}, claims, key),
        "another audience": signed(head, claims | {"aud": "another"}, key),
        "a name that is none": signed(head, claims | {"sub": 1}, key),
        "a time that is none": signed(head, claims | {"exp": "never"}, key),
        "not yet": signed(head, claims | {"nbf": NOW + 10 * 365 * DAY_S}, key),
        "empty": "",
        "dots": "..",
        "not a token": "a.b.c",
        "a list": f"{coded(head)}.{base64.urlsafe_b64encode(b'[]').decode()}.{signature}",
        "SHA-256 alone": f"{body}.{hashlib.sha256(key + body.encode()).hexdigest()}",
    }
    found |= {f"alg {alg}": f"{coded(head | {'alg': alg})}.{coded(claims)}." for alg in ("none", "None", "NONE", "")}
    found |= {f"without {c}": signed(head, {k: v for k, v in claims.items() if k != c}, key) for c in claims}
    return found


@pytest.mark.parametrize("how", forged())
def test_what_is_forged_is_refused(how: str) -> None:
    with pytest.raises(UnknownCallerError, match="none of ours"):
        OURS.read(forged()[how], NOW)


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_whatever_comes_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnknownCallerError):
        OURS.read(text, NOW)


def test_the_key_changes_each_day_and_who_came_yesterday_stays() -> None:
    before = OURS.sign("alice", "stamp", NOW, DAY_S)
    after = OURS.sign("alice", "stamp", NOW + DAY_S - 1, DAY_S)
    kids = {parts(token)[0]["kid"] for token in (before, after)}
    assert len(kids) == 2
    assert OURS.read(before, NOW + DAY_S - 1).user == OURS.read(after, NOW + DAY_S - 1).user == "alice"
    assert Signing(SEAL, "deployment").read(after, NOW).user == "alice"  # of a host whose clock is a day ahead


def test_keys_for_two_purposes_are_two() -> None:
    assert len({SEAL.key("a"), SEAL.key("b"), Seal("another key of more than 32 bytes").key("a")}) == 3


def test_tokens_are_masked_wherever_they_stand() -> None:
    machine, person = new_machine_token(), OURS.sign("alice", "stamp", NOW, 1800)
    for token in (machine, person):
        assert token not in mask(f"somebody came with {token} and left")
    assert machine.startswith(MACHINE) and len(digest(machine)) == 64 and new_machine_token() != machine
