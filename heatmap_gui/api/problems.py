"""What went wrong, as problem objects (RFC 9457): the one form in which the API says no."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
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
    errors: list[WrongValue] | None = None


class ProblemError(HeatmapError):
    """What only HTTP knows: raised by the frame, not by services. Services raise HeatmapErrors."""

    def __init__(self, status_code: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.headers = dict(headers or {})


def saying(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: the problems that are its own. What the frame says of all, it adds by itself:
    401 and 403, 413 and 415 where there is a body, 422 where anything is read, 429, 503.
    """
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def answer(
    status: int,
    detail: str,
    request_id: str | None,
    headers: Mapping[str, str] | None = None,
    errors: list[WrongValue] | None = None,
) -> JSONResponse:
    """A problem as a response."""
    title = HTTPStatus(status).phrase
    said = ProblemDocument(title=title, status=status, detail=mask(detail), request_id=request_id, errors=errors)
    return JSONResponse(said.model_dump(exclude_none=True), status, dict(headers or {}), MEDIA_TYPE)


def answer_to(error: Exception, request_id: str | None) -> JSONResponse:
    """What is said about an error; one that nobody expected is logged, as the bug that it is."""
    if isinstance(error, RequestValidationError):
        return _about_values(error, request_id)
    if isinstance(error, HTTPException | ProblemError):
        detail = error.detail if isinstance(error, HTTPException) else error.message
        if isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND:
            detail = "there is nothing at this address: /docs lists what there is"
        return answer(error.status_code, detail, request_id, error.headers)
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), None)
    if status is None or not isinstance(error, HeatmapError):
        _log.critical("a bug", exc_info=error)
        said = "this is a bug: please report it with the request_id and what error.log says"
        return answer(HTTPStatus.INTERNAL_SERVER_ERROR, said, request_id)
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="heatmap"'
    elif status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers["Retry-After"] = f"{ceil(getattr(error, 'retry_after_s', None) or _BUSY_S)}"
    return answer(status, error.message, request_id, headers)


def _about_values(error: RequestValidationError, request_id: str | None) -> JSONResponse:
    """Where and what, never the value itself: it may be a password."""
    found = error.errors()
    wrong = [WrongValue(where=".".join(map(str, one["loc"])), detail=mask(one["msg"])) for one in found[:_MOST_SAID]]
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    first = f"{wrong[0].where}: {wrong[0].detail}{more}" if wrong else "the request cannot be read"
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, first, request_id, errors=wrong)


def _methods(api: FastAPI, request: Request) -> list[str]:
    """All that a path takes; a router names those of its first route alone."""
    found = {
        method
        for route in iter_route_contexts(api.routes)
        if route.path_regex is not None and route.path_regex.fullmatch(request.scope["path"])
        for method in route.methods or ()
    }
    return sorted(found)


def install(api: FastAPI) -> None:
    """From now on every error of this application is a problem object."""

    def handle(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            error = HTTPException(error.status_code, headers={"Allow": ", ".join(_methods(api, request))})
        return answer_to(error, getattr(request.state, "request_id", None))

    for kind in (HeatmapError, RequestValidationError, HTTPException):
        api.add_exception_handler(kind, handle)
