"""The page at /docs: the OpenAPI document for people. One file, no script, nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape
from http import HTTPStatus
from typing import Any

from heatmap_gui.resources import resource

Document = Mapping[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")
_EXAMPLE = """curl -X POST http://127.0.0.1:8000/auth/token -H 'Content-Type: application/json' \\
     -d '{"username": "ann", "password": "…"}'
curl http://127.0.0.1:8000/api/v1/sites -H 'Authorization: Bearer TOKEN'"""


def reference(document: Document) -> tuple[str, str]:
    """The page, and the Content-Security-Policy that lets its style in and nothing else."""
    style = resource("resources/api/reference.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"
    return "".join(_page(document, style)), policy


def _page(document: Document, style: str) -> Iterator[str]:
    info = document["info"]
    by_tag: dict[str, list[tuple[str, str, Document]]] = defaultdict(list)
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                by_tag[item[method].get("tags", ["more"])[0]].append((method, path, item[method]))
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(info['title'])} API</title><style>{style}</style></head><body><div class=page><nav>"
    for tag, operations in by_tag.items():
        yield f"<h2>{escape(tag)}</h2><ul>"
        for method, path, _ in operations:
            link = f"{_method(method)}{escape(path)}"
            yield f'<li><a href="#{_anchor(method, path)}">{link}</a></li>'
        yield "</ul>"
    yield f"</nav><main><h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>"
    yield f"<p class=lead>{escape(info.get('summary', ''))}</p>"
    yield "<p>A token is needed for all but what says so. Errors are problem objects (RFC 9457): <code>status</code>,"
    yield " <code>title</code>, <code>detail</code>, and for wrong values <code>errors</code>; 409 says that values are"
    yield " right one by one, but not together or not with what is there. Lists come in pages: send"
    yield " <code>next</code> as <code>cursor</code>. Times are ISO 8601 with an offset. The same for programs:"
    yield f' <a href="/openapi.json">/openapi.json</a>.</p><pre>{escape(_EXAMPLE)}</pre>'
    schemas = document.get("components", {}).get("schemas", {})
    for tag, operations in by_tag.items():
        yield f"<h2>{escape(tag)}</h2>"
        for method, path, operation in operations:
            yield from _operation(method, path, operation, schemas)
    yield "</main></div></body></html>"


def _operation(method: str, path: str, operation: Document, schemas: Document) -> Iterator[str]:
    who = operation.get("x-role", "a token") if operation.get("security") else "everybody"
    yield f'<details id="{_anchor(method, path)}"><summary>{_method(method)}<code>{escape(path)}</code>'
    said = operation.get("description") or operation.get("summary", "")
    yield f"<span class=said>{escape(said.split('. ')[0].split(chr(10))[0])}</span><span class=who>{escape(who)}</span>"
    yield f"</summary><div class=inside><p>{escape(said)}</p>"
    if parameters := operation.get("parameters"):
        yield "<h4>Parameters</h4><table>"
        for one in parameters:
            yield _row(
                one["name"], f"{one['in']} · {_kind(one['schema'])}", one.get("description", ""), one["required"]
            )
        yield "</table>"
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<h4>Body, {escape(kind)}</h4>{_fields(content.get('schema', {}), schemas)}"
    for status, response in operation["responses"].items():
        phrase = HTTPStatus(int(status)).phrase if status.isdigit() else status
        problem = [kind for kind in response.get("content", {}) if kind.startswith("application/problem")]
        if not problem:
            kinds = ", ".join(response.get("content", {}))
            yield f"<h4>{escape(status)} {escape(phrase)} {escape(kinds)}</h4>"
            for content in response.get("content", {}).values():
                yield _fields(content.get("schema", {}), schemas)
    problems = [s for s, r in operation["responses"].items() if "application/problem+json" in r.get("content", {})]
    yield f"<h4>Problems</h4><p>{escape(', '.join(problems)) or 'none'}</p></div></details>"


def _fields(schema: Document, schemas: Document) -> str:
    """What an object has, a row a field; of anything else what it is."""
    whole = _resolved(schema, schemas)
    inner = _resolved(whole.get("items", {}), schemas) if whole.get("type") == "array" else whole
    intro = f"<p>{escape(inner['description'])}</p>" if inner.get("description") else ""
    properties = inner.get("properties")
    if not properties:
        return f"<p><code>{escape(_kind(schema))}</code></p>{intro}"
    needed = inner.get("required", ())
    rows = (_row(name, _kind(one), one.get("description", ""), name in needed) for name, one in properties.items())
    many = "<p>A list of:</p>" if inner is not whole else ""
    return f"{many}{intro}<table>{''.join(rows)}</table>"


def _row(name: str, kind: str, said: str, needed: bool) -> str:
    mark = ' class="needed"' if needed else ""
    return f"<tr><td><code{mark}>{escape(name)}</code></td><td>{escape(kind)}</td><td>{escape(said)}</td></tr>"


def _resolved(schema: Document, schemas: Document) -> Document:
    reference = schema.get("$ref")
    found: Document = schemas.get(reference.rpartition("/")[2], {}) if reference else schema
    return found


def _kind(schema: Document) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    said = str(schema.get("format") or schema.get("type", "anything"))
    limits = (("≥", "minimum"), (">", "exclusiveMinimum"), ("≤", "maximum"), ("<", "exclusiveMaximum"))
    found = [f"{sign} {schema[name]:g}" for sign, name in limits if name in schema]
    default = f", default {schema['default']}" if schema.get("default") is not None else ""
    return " ".join([said, *found]) + default


def _method(method: str) -> str:
    return f'<span class="method {method}">{method.upper()}</span>'


def _anchor(method: str, path: str) -> str:
    return escape(f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""), quote=True)
