"""Users, sessions and machines: who is let in, and what ends that at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from heatmap_gui.core.errors import (
    ConflictError,
    ForbiddenError,
    HeatmapError,
    InputError,
    NotFoundError,
    TooOftenError,
    UnknownCallerError,
)
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.services.accounts import Accounts
from heatmap_gui.services.secrets import Seal
from heatmap_gui.store import audit
from heatmap_gui.store.audit import Wanted
from heatmap_gui.store.database import Database, open_database
from tests.store.conftest import empty

NOW = 1_766_325_600.0
PASSWORD, ANOTHER = "four words are fine", "other words as well"
HERE, THERE = "10.0.0.1", "203.0.113.9"
ROOT = Who("local:root", Role.ADMIN)
SEAL = Seal("a secret key of more than 32 bytes")


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database("", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def accounts(database: Database, clock: Clock) -> Accounts:
    made = Accounts(database, SEAL, 1800, clock)
    made.add_user(ROOT, "ada", PASSWORD, Role.ADMIN)
    made.add_user(ROOT, "alice", PASSWORD, Role.OPERATOR, ["shop"])
    return made


def said(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as connection:
        return [(entry.who, entry.action, entry.subject) for entry in audit.newest(connection, Wanted(), 99)][::-1]


def test_who_logs_in_is_known_until_the_session_expires(accounts: Accounts, clock: Clock) -> None:
    login = accounts.log_in("alice", PASSWORD, HERE)
    assert login.expires_in_s == 1800
    assert accounts.who(login.token) == login.who
    assert login.who == Who("alice", Role.OPERATOR, None, frozenset({"shop"}), login.who.session)
    clock.now += 1799.9
    assert accounts.who(login.token) == login.who
    clock.now += 0.2  # also where it was just remembered
    with pytest.raises(UnknownCallerError, match="expired"):
        accounts.who(login.token)


@pytest.mark.parametrize(
    ("name", "password"),
    [("alice", ANOTHER), ("alice", ""), ("nobody", PASSWORD), ("", ""), ("a\0b", PASSWORD), ("\ud800", "\ud800")],
)
def test_all_others_hear_the_same(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(UnknownCallerError) as refused:
        accounts.log_in(name, password, HERE)
    assert refused.value.message == "user or password are wrong"


ENDS: dict[str, Callable[[Accounts, Who], object]] = {
    "logged out": lambda accounts, who: accounts.log_out(who),
    "own password": lambda accounts, who: accounts.change_own_password(who, PASSWORD, ANOTHER, HERE),
    "password": lambda accounts, who: accounts.change_user(ROOT, who.name, password=ANOTHER),
    "role": lambda accounts, who: accounts.change_user(ROOT, who.name, role=Role.VIEWER),
    "stores": lambda accounts, who: accounts.change_user(ROOT, who.name, stores=["another"]),
    "removed": lambda accounts, who: accounts.remove_user(ROOT, who.name),
}


@pytest.mark.parametrize("how", ENDS)
def test_what_ends_a_session_ends_it_at_once(accounts: Accounts, database: Database, clock: Clock, how: str) -> None:
    elsewhere = Accounts(database, SEAL, 1800, clock)  # another process
    login = accounts.log_in("alice", PASSWORD, HERE)
    assert elsewhere.who(login.token) == accounts.who(login.token)
    ENDS[how](accounts, login.who)
    with pytest.raises(UnknownCallerError, match="ended"):
        accounts.who(login.token)
    clock.now += 0.99
    with pytest.raises(UnknownCallerError, match="ended"):
        elsewhere.who(login.token)


def test_a_user_of_the_same_name_is_another_one(accounts: Accounts) -> None:
    login = accounts.log_in("alice", PASSWORD, HERE)
    accounts.remove_user(ROOT, "alice")
    accounts.add_user(ROOT, "alice", PASSWORD, Role.OPERATOR, ["shop"])
    with pytest.raises(UnknownCallerError):
        accounts.who(login.token)


def test_one_session_ends_and_the_other_goes_on(accounts: Accounts) -> None:
    first, second = accounts.log_in("alice", PASSWORD, HERE), accounts.log_in("alice", PASSWORD, THERE)
    accounts.log_out(first.who)
    assert accounts.who(second.token) == second.who


def test_what_is_read_while_it_ends_is_not_remembered(
    accounts: Accounts, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that began before the end and is answered after it: the next one hears the truth."""
    login = accounts.log_in("alice", PASSWORD, HERE)
    ended = threading.Event()
    person = accounts._person

    def slowly(token: str, now: float) -> object:
        found = person(token, now)
        if not ended.is_set():
            ended.set()
            accounts.log_out(login.who)
        return found

    accounts._remembered.clear()
    monkeypatch.setattr(accounts, "_person", slowly)
    accounts.who(login.token)
    with pytest.raises(UnknownCallerError):
        accounts.who(login.token)


def test_questions_rarely_reach_the_database(accounts: Accounts, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    login = accounts.log_in("alice", PASSWORD, HERE)
    asked: list[str] = []
    person = accounts._person

    def counted(token: str, now: float) -> object:
        asked.append(token)
        return person(token, now)

    monkeypatch.setattr(accounts, "_person", counted)
    for _ in range(1000):
        clock.now += 0.01
        accounts.who(login.token)
    assert 10 <= len(asked) <= 25


def test_an_attacker_does_not_lock_alice_out(accounts: Accounts, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(UnknownCallerError):
            accounts.log_in("alice", "a guess", THERE)
    with pytest.raises(TooOftenError) as refused:
        accounts.log_in("alice", PASSWORD, THERE)  # right, and yet not looked at
    assert 0 < refused.value.retry_after_s <= 1
    assert accounts.log_in("alice", PASSWORD, HERE).who.name == "alice"
    clock.now += refused.value.retry_after_s
    assert accounts.log_in("alice", PASSWORD, THERE).who.name == "alice"


def test_who_does_not_exist_is_throttled_as_who_does(accounts: Accounts) -> None:
    heard = []
    for name in ("alice", "nobody"):
        for _ in range(7):
            with pytest.raises(HeatmapError) as refused:
                accounts.log_in(name, "a guess", f"192.0.2.{len(name)}")
            heard.append((type(refused.value), refused.value.message))
    assert heard[:7] == heard[7:]


def test_many_guesses_at_once_are_no_more_guesses(accounts: Accounts) -> None:
    def guess(n: int) -> str:
        try:
            accounts.log_in("alice", f"a guess {n}", THERE)
        except HeatmapError as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(16) as pool:
        heard = list(pool.map(guess, range(24)))
    assert heard.count("UnknownCallerError") == 5 and heard.count("TooOftenError") == 19


def test_passwords_are_guessed_no_faster_by_who_is_logged_in(accounts: Accounts) -> None:
    login = accounts.log_in("alice", PASSWORD, HERE)
    for _ in range(5):
        with pytest.raises(UnknownCallerError):
            accounts.change_own_password(login.who, "a guess", ANOTHER, HERE)
    with pytest.raises(TooOftenError):
        accounts.change_own_password(login.who, PASSWORD, ANOTHER, HERE)


def test_machines_have_scopes_stores_and_an_end(
    accounts: Accounts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, text = accounts.make_token(ROOT, "till-3", Role.OPERATOR, [Scope.INGEST], 2, ["shop"])
    assert accounts.who(text) == Who("token:till-3", Role.OPERATOR, frozenset({Scope.INGEST}), frozenset({"shop"}))
    assert text not in str(token) and accounts.tokens(9) == [token]
    clock.now += 2 * 86_400
    with pytest.raises(UnknownCallerError, match="expired"):
        accounts.who(text)
    _, other = accounts.make_token(ROOT, "till-4", Role.VIEWER, [Scope.READ], 2)
    assert accounts.who(other).stores is None
    accounts.revoke_token(ROOT, "till-4")
    monkeypatch.setattr(Database, "read", lambda self: pytest.fail("the database was asked"))
    with pytest.raises(UnknownCallerError, match="none of ours"):
        accounts.who(other[:-1])
    monkeypatch.undo()
    with pytest.raises(UnknownCallerError, match="revoked"):
        accounts.who(other)


@pytest.mark.parametrize("text", ["", "x", "é", "\ud800", "hmt_\ud800", "x" * 1_000_000, "hmt_", "a.b.c", "\0"])
def test_what_is_no_token_is_nobodys(accounts: Accounts, text: str) -> None:
    with pytest.raises(UnknownCallerError):
        accounts.who(text)


def test_a_machine_changes_no_accounts(accounts: Accounts) -> None:
    _, text = accounts.make_token(ROOT, "robot", Role.ADMIN, list(Scope), 1)
    robot = accounts.who(text)
    for what in (
        lambda: accounts.add_user(robot, "eve", PASSWORD, Role.ADMIN),
        lambda: accounts.change_user(robot, "alice", role=Role.ADMIN),
        lambda: accounts.remove_user(robot, "alice"),
        lambda: accounts.make_token(robot, "more", Role.ADMIN, list(Scope), 1),
        lambda: accounts.revoke_token(robot, "robot"),
        lambda: accounts.change_own_password(robot, PASSWORD, ANOTHER, HERE),
    ):
        with pytest.raises(ForbiddenError):
            what()
    with pytest.raises(InputError, match="no session"):
        accounts.log_out(robot)


def test_the_last_admin_stays_one(accounts: Accounts) -> None:
    with pytest.raises(ConflictError, match="last admin"):
        accounts.remove_user(ROOT, "ada")
    with pytest.raises(ConflictError, match="last admin"):
        accounts.change_user(ROOT, "ada", role=Role.VIEWER)
    accounts.change_user(ROOT, "ada", password=ANOTHER)
    accounts.change_user(ROOT, "alice", role=Role.ADMIN, stores=None)
    accounts.remove_user(ROOT, "ada")
    assert [(user.name, user.role) for user in accounts.users(9)] == [("alice", Role.ADMIN)]


def test_what_will_not_do_changes_nothing(accounts: Accounts, database: Database) -> None:
    before = accounts.users(9), said(database)
    for what, kind in (
        (lambda: accounts.add_user(ROOT, "alice", PASSWORD, Role.VIEWER), ConflictError),
        (lambda: accounts.add_user(ROOT, "token:x", PASSWORD, Role.VIEWER), InputError),
        (lambda: accounts.add_user(ROOT, "bob", "short", Role.VIEWER), InputError),
        (lambda: accounts.add_user(ROOT, "bob", PASSWORD, Role.ADMIN, ["shop"]), ConflictError),
        (lambda: accounts.change_user(ROOT, "nobody", role=Role.VIEWER), NotFoundError),
        (lambda: accounts.change_user(ROOT, "alice", role=Role.ADMIN), ConflictError),  # of one store
        (lambda: accounts.remove_user(ROOT, "nobody"), NotFoundError),
        (lambda: accounts.make_token(ROOT, "a b", Role.VIEWER, [Scope.READ], 1), InputError),
        (lambda: accounts.make_token(ROOT, "x", Role.VIEWER, [], 1), InputError),
        (lambda: accounts.make_token(ROOT, "x", Role.VIEWER, [Scope.READ], 367), InputError),
        (lambda: accounts.make_token(ROOT, "x", Role.VIEWER, [Scope.READ], float("nan")), InputError),
        (lambda: accounts.revoke_token(ROOT, "nothing"), NotFoundError),
    ):
        with pytest.raises(kind):
            what()
    assert (accounts.users(9), said(database)) == before


def test_the_audit_tells_of_every_change_and_no_secret(accounts: Accounts, database: Database) -> None:
    login = accounts.log_in("ada", PASSWORD, HERE)
    with pytest.raises(UnknownCallerError):
        accounts.log_in("hunter2-typed-as-a-name", PASSWORD, THERE)
    accounts.change_user(login.who, "alice", role=Role.VIEWER)
    _, text = accounts.make_token(login.who, "till", Role.VIEWER, [Scope.READ], 1)
    accounts.revoke_token(login.who, "till")
    accounts.remove_user(login.who, "alice")
    accounts.change_own_password(login.who, PASSWORD, ANOTHER, HERE)
    accounts.log_out(login.who)
    assert said(database) == [
        ("local:root", "user added", "ada"),
        ("local:root", "user added", "alice"),
        ("ada", "login", HERE),
        ("nobody", "login refused", THERE),
        ("ada", "user changed", "alice"),
        ("ada", "token made", "till"),
        ("ada", "token revoked", "till"),
        ("ada", "user removed", "alice"),
        ("ada", "password changed", "ada"),
        ("ada", "logout", "ada"),
    ]
    written = b"".join(path.read_bytes() for path in Path(str(database.engine.url.database)).parent.iterdir())
    for secret in (PASSWORD, ANOTHER, text, login.token, "hunter2"):
        assert secret.encode() not in written


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_admins_who_remove_each_other_at_once(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = ""
    if kind == "postgresql":
        url = request.getfixturevalue("postgresql_url")
        empty(url)
    database = open_database(url, tmp_path / "both")
    accounts = Accounts(database, SEAL, 1800)
    for round_ in range(5):
        names = [f"a{round_}", f"b{round_}"]
        for name in names:
            accounts.add_user(ROOT, name, PASSWORD, Role.ADMIN)
        for user in accounts.users(9):
            if user.name not in names:
                accounts.remove_user(ROOT, user.name)
        start = threading.Barrier(2)

        def remove(name: str, start: threading.Barrier = start) -> bool:
            start.wait()
            try:
                accounts.remove_user(ROOT, name)
            except ConflictError:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(remove, names)) == [False, True]
        assert len(accounts.users(9)) == 1
    database.close()
