"""Who asks: users who log in, machines with a token; and what ends that, at once.

Each change is in the same transaction as its entry in the audit. What `who` found is remembered for half a second at
most, so that other processes' changes count within one; this process's own count from the next question on.
"""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import EllipsisType
from typing import Any, NamedTuple

from heatmap_gui.core.errors import ConflictError, ForbiddenError, InputError, TooOftenError, UnknownCallerError
from heatmap_gui.core.throttle import KNOWN_S, WINDOW_S, subscriber, wait_s
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.services import login_passwords as passwords
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.tokens import LONGEST, MACHINE, Signing, digest
from heatmap_gui.store import accounts, audit, logins
from heatmap_gui.store.accounts import ApiToken, User
from heatmap_gui.store.database import Database, Transaction

NAME = r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}"
_REMEMBERED_S = 0.5
_MOST_REMEMBERED = 4096
_DAY_S = 86_400.0
LONGEST_TOKEN_DAYS = 366


class Login(NamedTuple):
    """token: shown once. expires_in_s: how long it lasts."""

    token: str
    expires_in_s: int
    who: Who


class _Found(NamedTuple):
    who: Who
    expires_at: float
    read_at: float


class Accounts:
    """The accounts of one deployment. Any thread may ask. life_s: of a session. clock: Unix seconds."""

    def __init__(self, database: Database, seal: Seal, life_s: float, clock: Callable[[], float] = time.time) -> None:
        self._database, self._life_s, self._clock = database, life_s, clock
        self._signing = Signing(seal, database.deployment)
        self._blind = seal.key("who tries to log in")
        self._lock = threading.Lock()
        self._remembered: dict[str, _Found] = {}
        self._changes = 0

    def who(self, token: str) -> Who:
        """Whose token it is. Raises UnknownCallerError for one that is none, or not any more."""
        if not token or len(token) > LONGEST or not token.isascii():
            raise UnknownCallerError("this is no token: log in, or ask an admin for one")
        key, now = digest(token), self._clock()
        with self._lock:
            found, changes = self._remembered.get(key), self._changes
        if found is None or not 0 <= now - found.read_at < _REMEMBERED_S:
            found = self._machine(token, key, now) if token.startswith(MACHINE) else self._person(token, now)
            with self._lock:
                if changes == self._changes:  # else what was read may be of the time before
                    if len(self._remembered) >= _MOST_REMEMBERED:
                        self._remembered.clear()
                    self._remembered[key] = found
        if now >= found.expires_at:
            raise UnknownCallerError("the token has expired: log in for another one, or ask an admin")
        return found.who

    def _person(self, token: str, now: float) -> _Found:
        claims = self._signing.read(token, now)
        with self._database.read() as transaction:
            user = accounts.user_of_session(transaction, claims.user, claims.session)
        if user is None or user.stamp != claims.stamp:
            raise UnknownCallerError("the session has ended: log in anew")
        who = Who(user.name, user.role, stores=user.stores, session=claims.session)
        return _Found(who, claims.expires_at, now)

    def _machine(self, token: str, key: str, now: float) -> _Found:
        self._signing.check_machine(token)
        with self._database.read() as transaction:
            known = accounts.find_token(transaction, key)
        if known is None:
            raise UnknownCallerError("the token was revoked: ask an admin for another one")
        return _Found(Who(f"token:{known.name}", known.role, known.scopes, known.stores), known.expires_at, now)

    def log_in(self, name: str, password: str, address: str) -> Login:
        """A new session. address: where it is tried from.

        Raises UnknownCallerError where name and password do not belong together, TooOftenError without looking.
        """
        now = self._clock()
        user = self._checked(name, password, address, now)
        with self._database.write() as transaction:
            audit.note(transaction, now, user.name, "login", address)
        token = self._signing.sign(user.name, user.stamp, now, self._life_s)
        return Login(token, int(self._life_s), self.who(token))

    def _checked(self, name: str, password: str, address: str, now: float) -> User:
        """Who has that name and password; each try counts."""
        account, place = self._hidden("account", name), self._hidden("address", subscriber(address))
        with self._database.write() as transaction:
            tries = logins.look(transaction, account, place, now - WINDOW_S)
            left_s = wait_s(tries, now)
            if left_s <= 0:  # counted before it is looked at: many at once gain nothing
                logins.count(transaction, account, place, tries.failures + 1, now)
            user = accounts.find_user(transaction, name) if re.fullmatch(NAME, name) else None
        if left_s > 0:
            raise TooOftenError("too many log-ins failed: wait, and try again", retry_after_s=left_s)
        right = passwords.matches(user.password if user else None, password)
        with self._database.write() as transaction:
            if user is None or not right:  # what was given for a name may have been a password: it is not kept
                audit.note(transaction, now, user.name if user else "nobody", "login refused", address)
            else:
                logins.succeed(transaction, account, place, now)
            logins.forget(transaction, now - WINDOW_S, now - KNOWN_S)
        if user is None or not right:
            raise UnknownCallerError("user or password are wrong")
        return user

    def log_out(self, who: Who) -> None:
        """Ends the session that `who` asks with. Raises InputError where that is none."""
        if not who.session:
            raise InputError("a machine's token has no session: an admin revokes it")
        now = self._clock()
        with self._changing() as transaction:
            accounts.end_session(transaction, who.session, now + _DAY_S, now)
            audit.note(transaction, now, who.name, "logout", who.name)

    def change_own_password(self, who: Who, password: str, new: str, address: str) -> None:
        """By the user, who has to know the one until now. It ends all sessions. Raises as `log_in` does, InputError."""
        now = self._clock()
        if not who.session:
            raise ForbiddenError("only who is logged in has a password")
        user = self._checked(who.name, password, address, now)
        self._renew(user.name, {"password": _kept(user.name, new)}, who, "password changed", now)

    def users(self, limit: int, after: str = "") -> list[User]:
        """By their names; after: the last one of the page before."""
        with self._database.read() as transaction:
            return accounts.list_users(transaction, limit=limit, after=after)

    def add_user(self, by: Who, name: str, password: str, role: Role, stores: Collection[str] | None = None) -> User:
        """A new user. Raises InputError where name or password will not do, ConflictError where there is one."""
        _only_people(by)
        if not re.fullmatch(NAME, name):
            raise InputError(f"user {name!r}: allowed: at most 64 letters, digits, and . _ @ - after the first")
        now, limits = self._clock(), _limits(role, stores)
        user = User(
            name=name, role=role, stores=limits, password=_kept(name, password), stamp=_stamp(),
            created_at=now, changed_at=now,
        )  # fmt: skip
        with self._changing() as transaction:
            accounts.add_user(transaction, user)
            audit.note(transaction, now, by.name, "user added", name, _about(role, limits))
        return user

    def change_user(
        self,
        by: Who,
        name: str,
        *,
        password: str | None = None,
        role: Role | None = None,
        stores: Collection[str] | EllipsisType | None = ...,
    ) -> User:
        """Another password, role or stores (None: all; ...: as they are). It ends all sessions of the user.

        Raises NotFoundError, InputError where it will not do, ConflictError where no admin would be left.
        """
        _only_people(by)
        new: dict[str, Any] = {}
        if password is not None:
            new["password"] = _kept(name, password)
        if role is not None:
            new["role"] = role
        if stores is not ...:
            new["stores"] = stores
        return self._renew(name, new, by, "user changed", self._clock())

    def _renew(self, name: str, new: Mapping[str, Any], by: Who, action: str, now: float) -> User:
        with self._changing() as transaction:
            admins = accounts.admins(transaction)
            before = accounts.get_user(transaction, name)
            user = replace(before, **new, stamp=_stamp(), changed_at=now)
            user = replace(user, stores=_limits(user.role, user.stores))
            if user.role != Role.ADMIN:
                _one_left(admins, name)
            accounts.put_user(transaction, user)
            changed = ", ".join(sorted(new))
            audit.note(transaction, now, by.name, action, name, f"{changed}; {_about(user.role, user.stores)}")
        return user

    def remove_user(self, by: Who, name: str) -> None:
        """Ends all sessions of the user as well. Raises NotFoundError, ConflictError where no admin would be left."""
        _only_people(by)
        with self._changing() as transaction:
            admins = accounts.admins(transaction)
            accounts.get_user(transaction, name)
            _one_left(admins, name)
            accounts.remove_user(transaction, name)
            audit.note(transaction, self._clock(), by.name, "user removed", name)

    def tokens(self, limit: int, after: str = "") -> list[ApiToken]:
        """By their names; after: the last one of the page before."""
        with self._database.read() as transaction:
            return accounts.list_tokens(transaction, limit=limit, after=after)

    def make_token(
        self,
        by: Who,
        name: str,
        role: Role,
        scopes: Collection[Scope],
        days: float,
        stores: Collection[str] | None = None,
    ) -> tuple[ApiToken, str]:
        """A machine's token, and the text that is shown this once. Raises InputError, ConflictError."""
        _only_people(by)
        if not re.fullmatch(NAME, name):
            raise InputError(f"token {name!r}: allowed: at most 64 letters, digits, and . _ @ - after the first")
        if not scopes:
            raise InputError(f"token {name}: scopes: allowed: at least one of {', '.join(Scope)}")
        if not 0 < days <= LONGEST_TOKEN_DAYS:
            raise InputError(f"token {name}: days: allowed: more than 0, at most {LONGEST_TOKEN_DAYS}")
        text, now = self._signing.new_machine_token(), self._clock()
        token = ApiToken(
            name=name, digest=digest(text), role=role, scopes=frozenset(scopes), stores=_limits(role, stores),
            made_by=by.name, created_at=now, expires_at=now + days * _DAY_S,
        )  # fmt: skip
        with self._changing() as transaction:
            accounts.add_token(transaction, token)
            said = f"{', '.join(sorted(scopes))}; {_about(role, token.stores)}"
            audit.note(transaction, now, by.name, "token made", name, said)
        return token, text

    def revoke_token(self, by: Who, name: str) -> None:
        """Raises NotFoundError."""
        _only_people(by)
        with self._changing() as transaction:
            accounts.remove_token(transaction, name)
            audit.note(transaction, self._clock(), by.name, "token revoked", name)

    @contextmanager
    def _changing(self) -> Iterator[Transaction]:
        """A transaction after which nobody is remembered."""
        with self._database.write() as transaction:
            yield transaction
        with self._lock:
            self._changes += 1
            self._remembered.clear()

    def _hidden(self, what: str, text: str) -> str:
        """What tells it apart and cannot be read: somebody may have given a password for a name."""
        return hmac.digest(self._blind, f"{what} {text}".encode("utf-8", "surrogatepass"), "sha256").hex()[:32]


def _kept(name: str, password: str) -> str:
    passwords.check_password(name, password)
    return passwords.hashed(password)


def _stamp() -> str:
    return secrets.token_urlsafe(9)


def _limits(role: Role, stores: Collection[str] | None) -> frozenset[str] | None:
    if stores is None:
        return None
    if role == Role.ADMIN:
        raise ConflictError("stores: an admin is for all of them: choose another role, or no stores")
    return frozenset(stores)


def _about(role: Role, stores: Collection[str] | None) -> str:
    return f"{role} of {'all stores' if stores is None else ', '.join(sorted(stores)) or 'no store'}"


def _only_people(by: Who) -> None:
    if by.scopes is not None:
        raise ForbiddenError("a machine's token changes no accounts: log in")


def _one_left(admins: Collection[str], name: str) -> None:
    if list(admins) == [name]:
        raise ConflictError(f"{name} is the last admin: make another user one first")
