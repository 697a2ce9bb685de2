"""Tokens that are ours and in force, and all that are not."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.errors import UnknownCallerError
from heatmap_gui.logs import mask
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.tokens import MACHINE, Signing, digest
from tests.api.forgeries import forgeries, signed

NOW = float(int(time.time()))
DAY_S = 86_400.0
SEAL = Seal("a secret key of more than 32 bytes")
OURS = Signing(SEAL, "deployment")


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})


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


FORGED = forgeries(OURS.sign("alice", "stamp", NOW, 1800), SEAL, "deployment")
NOT_FORGED = {"stamp of before", "nobody", "a machine's that was never made"}  # what an account knows, no signature


@pytest.mark.parametrize("how", sorted(FORGED.keys() - NOT_FORGED))
def test_what_is_forged_is_refused(how: str) -> None:
    with pytest.raises(UnknownCallerError, match=r"none of ours|expired"):
        OURS.read(FORGED[how], NOW)


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
    machine, person = OURS.new_machine_token(), OURS.sign("alice", "stamp", NOW, 1800)
    for token in (machine, person):
        assert token not in mask(f"somebody came with {token} and left")
    assert machine.startswith(MACHINE) and len(digest(machine)) == 64 and OURS.new_machine_token() != machine


def test_what_no_machine_was_given_is_known_without_asking() -> None:
    token = OURS.new_machine_token()
    OURS.check_machine(token)
    others = Signing(Seal("another key of more than 32 bytes"), "deployment").new_machine_token()
    for wrong in (
        others,
        token[:-1],
        token + "0",
        token.replace("hmt_", "hmt-"),
        "hmt_",
        "hmt_" + "A" * 59,
    ):
        with pytest.raises(UnknownCallerError, match="none of ours"):
            OURS.check_machine(wrong)
