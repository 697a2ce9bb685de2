"""Which passwords are good enough, and what is kept of them."""

from __future__ import annotations

import pytest

from heatmap_gui.core.errors import InputError, TooOftenError
from heatmap_gui.services import login_passwords
from heatmap_gui.services.login_passwords import LONGEST, check_password, hashed, matches

BAD = [
    *(
        "",
        "short",
        "elevenchars",
        "x" * (LONGEST + 1),
        "aaaaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "000000000000",
    ),
    *("qwertyuiop123", "qwertyuiopasdfgh", "asdfghjklasdfghjkl", "passwordpassword", "Password1234", "password1234!"),
    *("abcdefghijkl", "zyxwvutsrqpo", "heatmap-heatmap", "traffic-heatmap", "adminadminadmin", "letmeinletmein"),
    *("Alice-Alice-Alice", "alicealice12", "changemechangeme", "welcomewelcome1"),
]
GOOD = [
    "four words are fine",
    "correct horse battery",
    "Tr0ub4dor&3-and-more",
    "пароль из слов",
    "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧",
    "x3;Fq9!kLm2@zz",
]


@pytest.mark.parametrize("password", BAD)
def test_what_is_easy_to_guess_is_refused_and_not_repeated(password: str) -> None:
    with pytest.raises(InputError, match=r"a password has|too easy to guess") as refused:
        check_password("alice", password)
    assert not password or password not in refused.value.message


@pytest.mark.parametrize("password", GOOD)
def test_others_are_not(password: str) -> None:
    check_password("alice", password)


def test_what_is_kept_is_argon2id_and_says_nothing() -> None:
    first, second = hashed(GOOD[0]), hashed(GOOD[0])
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and first != second
    assert matches(first, GOOD[0]) and matches(second, GOOD[0])
    assert not matches(first, GOOD[0] + " ") and not matches(first, GOOD[0].upper()) and not matches(first, "")
    assert not matches("damaged", GOOD[0])


def test_every_sign_counts_and_accents_however_they_are_typed() -> None:
    long = "x" * (LONGEST - 1)
    assert not matches(hashed(long + "a"), long + "b")
    assert matches(hashed("cafe\u0301 au lait le matin"), "caf\u00e9 au lait le matin")
    assert not matches(hashed("half a \ud800 pair is none"), "half a \udc00 pair is none")


def test_nobody_has_no_password_and_looking_costs_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Counting:
        def verify(self, kept: str, password: bytes) -> bool:
            asked.append(kept.rsplit("$", 2)[0])
            return True

    kept = hashed(GOOD[0])
    monkeypatch.setattr(login_passwords, "_HASHER", Counting())
    assert not matches(None, GOOD[0]) and matches(kept, GOOD[0])
    assert asked == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2  # the same work


def test_a_flood_waits_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_passwords, "_PATIENCE_S", 0.0)
    for _ in range(login_passwords._AT_ONCE):
        assert login_passwords._turns.acquire(blocking=False)
    try:
        with pytest.raises(TooOftenError, match="try again"):
            matches(None, "x")
    finally:
        for _ in range(login_passwords._AT_ONCE):
            login_passwords._turns.release()
    assert not matches(None, "x")
