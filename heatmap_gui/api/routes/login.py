"""Log in, log out, another password."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from starlette.requests import Request
from starlette.responses import Response

from heatmap_gui.api.parts import Parts, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.services.login_passwords import LONGEST

router = APIRouter(prefix="/auth", tags=["accounts"])
Password = Annotated[SecretStr, Field(max_length=LONGEST)]


class Credentials(BaseModel):
    """Who logs in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: str = Field(max_length=64)
    password: Password


class TokenAnswer(BaseModel):
    """access_token: sent with each request as `Authorization: Bearer ...`. expires_in: seconds."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int


class PasswordChange(BaseModel):
    """The one until now, and the one from now on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    current_password: Password
    new_password: Password


@router.post("/token", responses=saying(401))
def log_in(parts: Parts, request: Request, body: Credentials) -> TokenAnswer:
    """A token for who has that name and password."""
    login = parts.accounts.log_in(body.username, body.password.get_secret_value(), _address(request))
    return TokenAnswer(access_token=login.token, expires_in=login.expires_in_s)


@router.post("/logout", status_code=204)
def log_out(parts: Parts, who: Viewer) -> Response:
    """Ends the session that asks: its token is nobody's from now on."""
    parts.accounts.log_out(who)
    return Response(status_code=204)


@router.post("/password", status_code=204)
def change_password(parts: Parts, who: Viewer, request: Request, body: PasswordChange) -> Response:
    """Another password for who asks. All sessions end, also this one."""
    parts.accounts.change_own_password(
        who, body.current_password.get_secret_value(), body.new_password.get_secret_value(), _address(request)
    )
    return Response(status_code=204)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
