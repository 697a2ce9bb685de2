"""The OpenAPI document: FastAPI's, with the problems that the frame answers for every route."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from heatmap_gui.api.parts import Needs
from heatmap_gui.api.problems import ProblemDocument, saying

_REF = "#/components/schemas/{model}"


def described(api: FastAPI) -> dict[str, Any]:
    """Made once, at the first question."""
    if api.openapi_schema is None:
        found = get_openapi(title=api.title, version=api.version, summary=api.summary, routes=api.routes)
        needed = _roles(api)
        for path, item in found["paths"].items():
            for method, operation in item.items():
                _add_problems(operation)
                if (path, method) in needed:
                    operation["x-role"] = needed[path, method]
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        model = ProblemDocument.model_json_schema(ref_template=_REF)
        schemas.update(model.pop("$defs"), ProblemDocument=model)
        api.openapi_schema = found
    return api.openapi_schema


def _add_problems(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    expected = [429, 503]
    if operation.get("security"):
        expected += [401, 403]
    if "requestBody" in operation:
        expected += [400, 413, 415]
    if "requestBody" in operation or operation.get("parameters"):
        responses.pop("422", None)
        expected.append(422)
    operation["responses"] = {str(status): said for status, said in saying(*sorted(expected)).items()} | responses


def _roles(api: FastAPI) -> dict[tuple[str, str], str]:
    """By path and method: the least role."""
    found: dict[tuple[str, str], str] = {}
    for route in iter_route_contexts(api.routes):
        calls = list(_calls(route.dependant)) if hasattr(route, "dependant") else []
        needed = [call.role for call in calls if isinstance(call, Needs)]
        found |= {(str(route.path), method.lower()): role for method in route.methods or () for role in needed}
    return found


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
