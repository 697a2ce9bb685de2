"""Who asks, and what they may. People have a role; machines a role and scopes; both perhaps only some of the stores."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Each may do what the one before it may. In this order."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class Scope(StrEnum):
    """What a machine's token is for. CHANGE: everything that neither reads, ingests, infers nor shows figures."""

    READ = "read"
    CHANGE = "change"
    INGEST = "ingest"
    INFER = "infer"
    METRICS = "metrics"


@dataclass(frozen=True, slots=True)
class Who:
    """name: of a user, or `token:NAME` of a machine. scopes, stores: None is all. session: of a log-in, else ""."""

    name: str
    role: Role
    scopes: frozenset[Scope] | None = None
    stores: frozenset[str] | None = None
    session: str = ""

    def may(self, role: Role, scope: Scope) -> bool:
        """Whether the role is enough, and the token was made for that."""
        return self.role.rank >= role.rank and (self.scopes is None or scope in self.scopes)

    def sees(self, store_name: str) -> bool:
        return self.stores is None or store_name in self.stores
