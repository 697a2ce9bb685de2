"""What went wrong, as problem objects (RFC 9457): the one form in which the API says no."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from heatmap_gui.core.errors import (
    ConflictError,
    ForbiddenError,
    HeatmapError,
    InputError,
    NotFoundError,
    TooOftenError,
    UnavailableError,
    UnknownCallerError,
)
from heatmap_gui.logs import mask

MEDIA_TYPE = "application/problem+json"
_STATUS: Mapping[type[HeatmapError], int] = {  # the first that fits
    UnknownCallerError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    TooOftenError: 429,
    InputError: 422,
    UnavailableError: 503,
}
_BUSY_S = 5.0  # when to try again what is not to be had now
_MOST_SAID = 20  # of wrong values in one answer
_log = logging.getLogger(__name__)


class WrongValue(BaseModel):
    """where: body, query, path or header, and the way to the value, dots between."""

    where: str
    detail: str


class ProblemDocument(BaseModel):
    """RFC 9457. errors: of a 422, each value that is wrong."""

    type: str = "about:blank"
    title: str = Field(description="What the status means.")
    status: int
    detail: str = Field(description="What happened, and what to do.")
    request_id: str | None = Field(default=None, description="What the log calls this request.")
    errors: list[WrongValue] = []


class ProblemError(HeatmapError):
    """What only HTTP knows: raised by the frame, not by services. Services raise HeatmapErrors."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})


def saying(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: the problems that are its own. What the frame says of all, it adds by itself:
    401 and 403, 413 and 415 where there is a body, 422 where anything is read, 429, 503.
    """
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def document(
    status: int, detail: str, request_id: str | None = None, errors: list[WrongValue] | None = None
) -> dict[str, Any]:
    """The body of a problem."""
    title = HTTPStatus(status).phrase
    said = ProblemDocument(title=title, status=status, detail=mask(detail), request_id=request_id, errors=errors or [])
    return said.model_dump(exclude_none=True, exclude_defaults=not errors) | {"type": said.type}


def answer(
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    errors: list[WrongValue] | None = None,
) -> JSONResponse:
    """A problem as a response."""
    said = document(status, detail, getattr(request.state, "request_id", None), errors)
    return JSONResponse(said, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def _of_ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HeatmapError)
    if isinstance(error, ProblemError):
        return answer(request, error.status, error.message, error.headers)
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    headers = {"WWW-Authenticate": 'Bearer realm="heatmap"'} if status == 401 else {}
    if status in (429, 503):
        headers["Retry-After"] = f"{ceil(getattr(error, 'retry_after_s', None) or _BUSY_S)}"
    return answer(request, status, error.message, headers)


def _of_values(request: Request, error: Exception) -> JSONResponse:
    """Where and what, never the value itself: it may be a password."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    wrong = [WrongValue(where=".".join(map(str, one["loc"])), detail=mask(one["msg"])) for one in found[:_MOST_SAID]]
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    first = f"{wrong[0].where}: {wrong[0].detail}{more}" if wrong else "the request cannot be read"
    return answer(request, 422, first, errors=wrong)


def _of_starlette(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    said = {404: f"there is nothing at {request.url.path}: /docs lists what there is"}
    return answer(request, error.status_code, said.get(error.status_code, error.detail), error.headers)


def _of_bugs(request: Request, error: Exception) -> JSONResponse:
    _log.critical("a bug", exc_info=error)
    return answer(request, 500, "this is a bug: please report it with the request_id and what error.log says")


def install(api: FastAPI) -> None:
    """From now on every error of this application is a problem object."""
    api.add_exception_handler(HeatmapError, _of_ours)
    api.add_exception_handler(RequestValidationError, _of_values)
    api.add_exception_handler(HTTPException, _of_starlette)
    api.add_exception_handler(Exception, _of_bugs)
