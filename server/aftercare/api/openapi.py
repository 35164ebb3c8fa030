"""The OpenAPI 3.1 document, made from the declarations that serve the calls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from aftercare import __version__
from aftercare.api.answers import ErrorAnswer
from aftercare.api.operations import Operation
from aftercare.gate import BODY_MOST

_REF = "#/components/schemas/{model}"
_PART = re.compile(r"<int:([a-z_]+)>")
_ALWAYS = ("wrong_host", "foreign_site", "foreign_origin", "internal")


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """The whole document, as a JSON object."""
    operations = list(operations)
    models = {ErrorAnswer, *(each.takes for each in operations), *(each.gives for each in operations)} - {None}
    ordered = sorted((model for model in models if model), key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in ordered], ref_template=_REF)
    paths: dict[str, Any] = {}
    for each in operations:
        paths.setdefault(_PART.sub(r"{\1}", each.path), {})[each.method.lower()] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aftercare",
            "version": __version__,
            "description": "The server beside the Aftercare extension; it answers on this machine only.",
        },
        "servers": [
            {"url": "http://127.0.0.1:{port}", "variables": {"port": {"default": "9317"}}},
        ],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(each: Operation) -> dict[str, Any]:
    errors = [*_ALWAYS, *(["not_paired"] if each.needs_token else []), *each.errors]
    described: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
            for name in _PART.findall(each.path)
        ],
        "responses": {
            "200": {"description": "Done.", "content": _content(_given(each))},
            "default": {
                "description": f"`error.code` is one of: {', '.join(_errors(each, errors))}.",
                "content": _content(_ref(ErrorAnswer)),
            },
        },
    }
    if not each.needs_token:
        described["security"] = []
    if each.takes:
        described["requestBody"] = {
            "required": True,
            "description": f"At most {BODY_MOST} bytes.",
            "content": _content(_ref(each.takes)),
        }
    return described


def _errors(each: Operation, errors: list[str]) -> list[str]:
    return [*errors, "json_only", "too_large", "bad_request"] if each.takes else errors


def _given(each: Operation) -> dict[str, Any]:
    if each.gives is None:
        return {"type": "object"}
    return {"type": "object", "required": ["result"], "properties": {"result": _ref(each.gives)}}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
