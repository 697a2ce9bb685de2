"""The OpenAPI document: FastAPI's, with the problems that the frame answers for every route."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from heatmap_gui.api.problems import ProblemDocument, saying

_REF = "#/components/schemas/{model}"


def described(api: FastAPI) -> dict[str, Any]:
    """Made once, at the first question."""
    if api.openapi_schema is None:
        found = get_openapi(title=api.title, version=api.version, summary=api.summary, routes=api.routes)
        for path in found["paths"].values():
            for operation in path.values():
                _add_problems(operation)
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
        expected += [413, 415]
    if "requestBody" in operation or operation.get("parameters"):
        responses.pop("422", None)
        expected.append(422)
    operation["responses"] = {str(status): said for status, said in saying(*sorted(expected)).items()} | responses
