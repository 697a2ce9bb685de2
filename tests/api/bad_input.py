"""Bad requests for every route, made from what /openapi.json says of it: values that cannot be right, and right ones of
the wrong size, age or owner.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from fastapi import FastAPI
from jsonschema import Draft202012Validator

from heatmap_gui.api.routes import ROUTES

METHODS = ("get", "post", "put", "patch", "delete")
WORDS = (
    "",
    " ",
    "NaN",
    "-Infinity",
    "1e999",
    "-1",
    "9" * 400,
    "null",
    "[]",
    "{",
    "x" * 5000,
    "a\x00b",
    "../..",
    "💥",
    "'--",
)
TIMES = ("1800-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2025-01-01T00:00:00", "2025-13-45T99:00:00Z", "0001-01-01")
VALUES: tuple[Any, ...] = (None, True, -1, 0, 10**400, 1.5, "", "x" * 5000, "a\x00b", [], {}, [[[]]], {"a": {"b": 1}})
BODIES = (
    b"", b"null", b"[]", b"{}", b"0", b'"x"', b"{", b"\xff\xfe", b"NaN", b'{"a": NaN}', b"[" * 100_000,
    b'{"a":' * 50_000, b"[" + b"0," * 200_000 + b"0]", b'{"x": "' + b"y" * 2_000_000 + b'"}', b"1" * 5000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a path, and what the OpenAPI document says of it. components: of that document."""

    method: str
    path: str
    said: Mapping[str, Any]
    components: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    def parameters(self, where: str) -> list[Mapping[str, Any]]:
        return [one for one in self.said.get("parameters", ()) if one["in"] == where]

    @property
    def kinds(self) -> Mapping[str, Any]:
        """What its body may be, by content type."""
        kinds: Mapping[str, Any] = self.said.get("requestBody", {}).get("content", {})
        return kinds

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        return self.resolved(self.components["schemas"][name]) if name else schema

    def allows(self, schema: Mapping[str, Any], value: Any) -> bool:
        """Whether a value is what the document says. Text may be read as a number, or as JSON's words."""
        whole = {**schema, "components": self.components}
        validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return validator.is_valid(value)


@dataclass(frozen=True, slots=True)
class Bad:
    """A request that is not right. must: it has to be refused; else it may be, and must not break anything."""

    what: str
    path: str
    must: bool
    sent: Mapping[str, Any] = field(default_factory=dict)


def operations() -> list[Operation]:
    """Of all routes, whatever stands behind them."""
    api = FastAPI()
    for name in ROUTES:
        api.include_router(import_module(f"heatmap_gui.api.routes.{name}").router)
    document = api.openapi()
    components = document.get("components", {})
    return [
        Operation(method, path, said, components)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
        if method in METHODS
    ]


def requests_of(operation: Operation) -> Iterator[Bad]:
    """All that can be wrong about it, one thing at a time."""
    right = _path(operation, {})
    for parameter in operation.parameters("path"):
        for value in ("unknown-7", "-1", "0", "9" * 30, "x" * 300, "%00", "a%2Fb", "%F0%9F%92%A5", "NaN"):
            yield Bad(f"{parameter['name']} {value}", _path(operation, {parameter["name"]: value}), must=False)
    for parameter in operation.parameters("query"):
        name, schema = parameter["name"], operation.resolved(parameter["schema"])
        for value in (*WORDS, *TIMES):
            must = _not_text(schema) and not _may_be(operation, schema, value)
            yield Bad(f"{name}={value[:40]!r}", right, must, {"params": {name: value}})
        yield Bad(f"{name} twice", right, False, {"params": {name: ["1", "2"]}})
    names = {parameter["name"] for parameter in operation.parameters("query")}
    if {"from", "to"} <= names:
        century = {"from": "1926-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
        backwards = {"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
        bounded = "day" in names  # others are lists in pages, whatever the time
        yield Bad("a century", right, bounded, {"params": century})
        yield Bad("backwards", right, bounded, {"params": backwards})
    yield from _bodies(operation, right)


def _bodies(operation: Operation, right: str) -> Iterator[Bad]:
    for kind in operation.kinds:
        headers = {"Content-Type": kind.replace("*", "png")}
        if kind == "multipart/form-data":
            headers["Content-Type"] += "; boundary=b"
        for body in BODIES:
            must = not (kind == "application/json" and _right(operation, kind, body))
            yield Bad(f"{kind}: {body[:30]!r}", right, must, {"content": body, "headers": headers})
    if "application/json" in operation.kinds:
        yield from _wrong_values(operation, right)
    if operation.kinds:
        yield Bad("another type", right, True, {"content": b"a,b", "headers": {"Content-Type": "text/csv"}})
        yield Bad("no body", right, False)
    form = operation.kinds.get("multipart/form-data")
    for name in operation.resolved(form["schema"]).get("properties", {}) if form else ():
        for value in ("", "NaN", "9" * 400, "x" * 5000, "[[1,2]]", "a\x00b"):
            yield Bad(f"form {name}={value[:20]!r}", right, False, {"files": {name: (None, value)}})


def _wrong_values(operation: Operation, right: str) -> Iterator[Bad]:
    """Each property of a JSON object with values that are none of it, and one that nobody knows."""
    schema = operation.resolved(operation.kinds["application/json"]["schema"])
    for name, of in schema.get("properties", {}).items():
        for value in VALUES:
            must = not operation.allows(of, value)
            content = json.dumps({name: value}).encode()
            yield Bad(f"{name}: {str(value)[:30]}", right, must, _json(content))
        yield Bad(f"{name}: NaN", right, True, _json(f'{{"{name}": NaN}}'.encode()))
    yield Bad("unknown key", right, schema.get("additionalProperties") is False, _json(b'{"unknown_key": 1}'))


def _json(content: bytes) -> dict[str, Any]:
    return {"content": content, "headers": {"Content-Type": "application/json"}}


def _path(operation: Operation, values: Mapping[str, str]) -> str:
    path = operation.path
    for parameter in operation.parameters("path"):
        path = path.replace(f"{{{parameter['name']}}}", values.get(parameter["name"], "1"))
    return path


def _not_text(schema: Mapping[str, Any]) -> bool:
    """Whether a query's value has to be more than a text of any kind."""
    choices = schema.get("anyOf", [schema])
    return all(one.get("type") != "string" or "enum" in one or "const" in one for one in choices)


def _may_be(operation: Operation, schema: Mapping[str, Any], text: str) -> bool:
    """Whether a query's text can be read as what the schema says."""
    readings: list[Any] = [text, [text]]
    for read in (int, float):
        try:
            readings.append(read(text))
        except ValueError:
            continue
    readings += [True, None] if text.strip().lower() in ("", "null", "true") else []
    return any(operation.allows(schema, reading) for reading in readings)


def _right(operation: Operation, kind: str, body: bytes) -> bool:
    """Whether a body is what the document says."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return operation.allows(operation.kinds[kind]["schema"], value)
