"""Users, and the tokens of machines: for admins who are logged in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from heatmap_gui.api.paging import Page, Paging, page
from heatmap_gui.api.parts import Admin, Parts
from heatmap_gui.api.problems import saying
from heatmap_gui.api.routes.login import Password
from heatmap_gui.core.who import Role, Scope
from heatmap_gui.services.accounts import LONGEST_TOKEN_DAYS, NAME
from heatmap_gui.store.accounts import ApiToken, User

router = APIRouter(prefix="/api/v1", tags=["accounts"])
Name = Annotated[str, Field(pattern=f"^{NAME}$")]
NamePath = Annotated[str, Path(pattern=f"^{NAME}$")]
Stores = Annotated[
    frozenset[Annotated[str, Field(min_length=1, max_length=100)]] | None,
    Field(max_length=1000, description="Which stores; null: all. An admin is for all of them."),
]


class UserAnswer(BaseModel):
    """changed_at: when something about the user was changed, which ended all sessions."""

    name: str
    role: Role
    stores: list[str] | None
    created_at: datetime
    changed_at: datetime


class NewUser(BaseModel):
    """Who is to be let in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    password: Password
    role: Role
    stores: Stores = None


class UserChange(BaseModel):
    """What is to be different; what is not named stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    password: Password | None = None
    role: Role | None = None
    stores: Stores = None


class TokenFacts(BaseModel):
    """A machine's token without what the machine sends."""

    name: str
    role: Role
    scopes: list[Scope]
    stores: list[str] | None
    made_by: str
    created_at: datetime
    expires_at: datetime


class NewToken(BaseModel):
    """What a machine is to be let do, and for how many days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    role: Role = Role.VIEWER
    scopes: frozenset[Scope] = Field(min_length=1)
    stores: Stores = None
    days: float = Field(default=90, gt=0, le=LONGEST_TOKEN_DAYS, allow_inf_nan=False)


class MadeToken(TokenFacts):
    """token: what the machine sends as `Authorization: Bearer ...`. It is shown this once."""

    token: str


@router.get("/users", responses=saying(404))
def list_users(parts: Parts, who: Admin, paging: Paging) -> Page[UserAnswer]:
    """All users, by their names."""
    after = paging.key(str) or ("",)
    return page(parts.accounts.users(paging.limit + 1, str(after[0])), paging, lambda user: (user.name,), _user)


@router.post("/users", status_code=201, responses=saying(409))
def add_user(parts: Parts, who: Admin, body: NewUser) -> UserAnswer:
    """One more user."""
    return _user(parts.accounts.add_user(who, body.name, body.password.get_secret_value(), body.role, body.stores))


@router.patch("/users/{name}", responses=saying(404, 409))
def change_user(parts: Parts, who: Admin, name: NamePath, body: UserChange) -> UserAnswer:
    """Another password, role or stores. It ends all sessions of the user."""
    password = body.password.get_secret_value() if body.password else None
    stores = body.stores if "stores" in body.model_fields_set else ...
    return _user(parts.accounts.change_user(who, name, password=password, role=body.role, stores=stores))


@router.delete("/users/{name}", status_code=204, responses=saying(404, 409))
def remove_user(parts: Parts, who: Admin, name: NamePath) -> Response:
    """The user is nobody from now on. The last admin stays."""
    parts.accounts.remove_user(who, name)
    return Response(status_code=204)


@router.get("/tokens", responses=saying(404))
def list_tokens(parts: Parts, who: Admin, paging: Paging) -> Page[TokenFacts]:
    """All tokens of machines, by their names."""
    after = paging.key(str) or ("",)
    found = parts.accounts.tokens(paging.limit + 1, str(after[0]))
    return page(found, paging, lambda token: (token.name,), _facts)


@router.post("/tokens", status_code=201, responses=saying(409))
def make_token(parts: Parts, who: Admin, body: NewToken) -> MadeToken:
    """A token for a machine. It is in this answer, and nowhere else."""
    token, text = parts.accounts.make_token(who, body.name, body.role, body.scopes, body.days, body.stores)
    return MadeToken(token=text, **dict(_facts(token)))


@router.delete("/tokens/{name}", status_code=204, responses=saying(404))
def revoke_token(parts: Parts, who: Admin, name: NamePath) -> Response:
    """The token is nobody's from now on."""
    parts.accounts.revoke_token(who, name)
    return Response(status_code=204)


def _user(user: User) -> UserAnswer:
    return UserAnswer(
        name=user.name,
        role=user.role,
        stores=_sorted(user.stores),
        created_at=datetime.fromtimestamp(user.created_at, UTC),
        changed_at=datetime.fromtimestamp(user.changed_at, UTC),
    )


def _facts(token: ApiToken) -> TokenFacts:
    return TokenFacts(
        name=token.name,
        role=token.role,
        scopes=sorted(token.scopes),
        stores=_sorted(token.stores),
        made_by=token.made_by,
        created_at=datetime.fromtimestamp(token.created_at, UTC),
        expires_at=datetime.fromtimestamp(token.expires_at, UTC),
    )


def _sorted(stores: frozenset[str] | None) -> list[str] | None:
    return None if stores is None else sorted(stores)
