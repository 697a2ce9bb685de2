"""Pictures in the body of a request: read into memory within limits of size and time, and never put on a disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated, Any

from fastapi import Depends
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from heatmap_gui.api.parts import Parts, needs
from heatmap_gui.api.problems import ProblemError
from heatmap_gui.core.image_bytes import MOST_BYTES
from heatmap_gui.core.who import Role, Scope, Who

FIELD = "file"
_FORM_BYTES = 64 << 10  # what a form may have around its file
_PATIENCE_S = 30.0
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

    spool_max_size = MOST_BYTES + _FORM_BYTES


async def _picture(request: Request, parts: Parts, who: Inferrer) -> AsyncGenerator[bytes, None]:
    """The bytes, with a place for them until they are answered."""
    with parts.inference.place(who.name):
        try:
            async with asyncio.timeout(_PATIENCE_S):
                content = await _read(request)
        except TimeoutError:
            raise ProblemError(408, f"the image did not come within {_PATIENCE_S:g} s: send it again") from None
        yield content


Picture = Annotated[bytes, Depends(_picture)]


async def _read(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _of_form(request)
    if kind.startswith("image/") or kind in _RAW:
        return b"".join([part async for part in _bounded(request, MOST_BYTES)])
    raise ProblemError(415, f"the body is {kind or 'of no type'}: send a form with the field {FIELD!r}, or an image")


async def _of_form(request: Request) -> bytes:
    parser = _InMemory(request.headers, _bounded(request, MOST_BYTES + _FORM_BYTES), max_files=1, max_fields=10)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise ProblemError(422, f"the form cannot be read: {error.message}") from None
    file = form.get(FIELD)
    if file is None or isinstance(file, str):
        raise ProblemError(422, f"the form has no file in its field {FIELD!r}: send one, as in curl -F file=@car.jpg")
    content = await file.read()
    await form.close()
    return content


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    read = 0
    try:
        async for part in request.stream():
            read += len(part)
            if read > most:
                raise ProblemError(413, f"the image has more than {MOST_BYTES >> 20} MiB: send a smaller one")
            yield part
    except ClientDisconnect:
        raise ProblemError(400, "the image did not come whole") from None
