"""Pictures in the body of a request: read into memory at once, and never put on a disk."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated, Any

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from heatmap_gui.api.parts import Parts, needs
from heatmap_gui.api.problems import ProblemError
from heatmap_gui.core.image_bytes import MOST_BYTES
from heatmap_gui.core.who import Role, Scope, Who

FIELD = "file"
LARGEST_BYTES = MOST_BYTES + (64 << 10)  # of a form with its file: `max_body_size=` of a route that takes a `Picture`
_RAW = ("image/*", "application/octet-stream")
_PICTURE = {"type": "string", "format": "binary", "description": "JPEG, PNG, WebP, BMP or GIF (its first frame)."}

Inferrer = Annotated[Who, Depends(needs(Role.OPERATOR, Scope.INFER))]

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"A form with the field `{FIELD}`, or the image itself; at most {MOST_BYTES >> 20} MiB.",
        "content": {
            "multipart/form-data": {"schema": {"type": "object", "required": [FIELD], "properties": {FIELD: _PICTURE}}},
            **{kind: {"schema": _PICTURE} for kind in _RAW},
        },
    }
}
"""`openapi_extra=` of a route that takes a `Picture`."""


class _InMemory(MultiPartParser):
    """Starlette's would put what is longer than a megabyte into a temporary file."""

    spool_max_size = LARGEST_BYTES


async def _picture(request: Request, parts: Parts, who: Inferrer) -> AsyncGenerator[bytes, None]:
    """The bytes, with a place for them until they are answered."""
    with parts.inference.place(who.name):
        try:
            yield await _read(request)
        except ClientDisconnect:
            raise ProblemError(400, "the image did not come whole") from None


Picture = Annotated[bytes, Depends(_picture)]


async def _read(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _of_form(request)
    if kind.startswith("image/") or kind in _RAW:
        return await request.body()
    raise ProblemError(415, f"the body is {kind or 'of no type'}: send a form with the field {FIELD!r}, or an image")


async def read_form(request: Request) -> FormData:
    """A form with one file at most, in memory. Raises ProblemError where it cannot be read."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise ProblemError(415, "the body is no form: send multipart/form-data")
    parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=10)
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise ProblemError(422, f"the form cannot be read: {error.message}") from None


async def _of_form(request: Request) -> bytes:
    form = await read_form(request)
    file = form.get(FIELD)
    if file is None or isinstance(file, str):
        raise ProblemError(422, f"the form has no file in its field {FIELD!r}: send one, as in curl -F file=@car.jpg")
    content = await file.read()
    await form.close()
    return content
