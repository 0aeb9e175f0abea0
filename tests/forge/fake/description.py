"""GitHub's own description, as a judge of requests and of the fake's answers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema_rs

CUT = Path(__file__).parents[1] / "openapi" / "github.json"
_TEXTS = {
    "uri": "https://forge.invalid/x",
    "date-time": "2026-11-20T00:00:00Z",
    "email": "x@forge.invalid",
}


class BreachError(AssertionError):
    """A request or an answer that GitHub's description does not allow."""


def as_json_schema(value: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema says a list of types."""
    if isinstance(value, list):
        return [as_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    turned = {key: as_json_schema(item) for key, item in value.items()}
    if turned.pop("nullable", False) is True:
        if "enum" in turned and None not in turned["enum"]:
            turned["enum"] = [*turned["enum"], None]
        return {"anyOf": [turned, {"type": "null"}]}
    return turned


@dataclass(frozen=True)
class Operation:
    """One operation of the description, at its path."""

    name: str
    method: str
    template: str
    data: dict[str, Any]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.template)) + "$")


class Description:
    """The cut, with a validator for each of its schemas made when first asked for."""

    def __init__(self) -> None:
        self.whole = json.loads(CUT.read_text(encoding="utf-8"))
        self.components = as_json_schema(self.whole["components"])
        self.operations = [
            Operation(operation["operationId"], method.upper(), path, operation)
            for path, methods in self.whole["paths"].items()
            for method, operation in methods.items()
        ]
        self._validators: dict[str, Any] = {}

    def resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        """What a `$ref` stands for."""
        while "$ref" in value:
            _, _, kind, name = value["$ref"].split("/")
            value = self.whole["components"][kind][name]
        return value

    def breaches(self, schema: dict[str, Any], value: Any) -> list[str]:
        """What is wrong with a value, a line each."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            turned = as_json_schema(schema)
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                {"allOf": [turned], "components": self.components}, validate_formats=True
            )
        return [
            f"/{'/'.join(map(str, error.instance_path))}: {error.message[:300]}"
            for error in self._validators[key].iter_errors(value)
        ]

    def request(
        self, method: str, target: str, body: Any
    ) -> tuple[Operation, dict[str, str], dict[str, str]]:
        """The operation that a request means, with the values in its path and its query.

        Errors: BreachError where no operation of the cut takes it, or not with these values.
        """
        parts = urlsplit(target)
        for operation in self.operations:
            match = operation.pattern.fullmatch(parts.path)
            if match and operation.method == method:
                break
        else:
            raise BreachError(f"no operation of the cut takes {method} {parts.path}")
        in_path = {name: unquote(value) for name, value in match.groupdict().items()}
        in_query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
        self._parameters(operation, "path", in_path)
        self._parameters(operation, "query", in_query)
        self._body(operation, body)
        return operation, in_path, in_query

    def _parameters(self, operation: Operation, place: str, given: dict[str, str]) -> None:
        known = {
            parameter["name"]: parameter
            for parameter in map(self.resolved, operation.data.get("parameters", []))
            if parameter["in"] == place
        }
        if unknown := set(given) - set(known):
            raise BreachError(f"{operation.name} has no {place} parameter {sorted(unknown)}")
        for name, parameter in known.items():
            if name not in given:
                if parameter.get("required"):
                    raise BreachError(f"{operation.name} needs {name}")
                continue
            schema = self.resolved(parameter["schema"])
            value: Any = given[name]
            if schema.get("type") == "integer" and re.fullmatch(r"\d+", value):
                value = int(value)
            if schema.get("type") == "boolean" and value in ("true", "false"):
                value = value == "true"
            if wrong := self.breaches(schema, value):
                raise BreachError(f"{operation.name}, {name}={given[name]}: {wrong}")

    def _body(self, operation: Operation, body: Any) -> None:
        described = operation.data.get("requestBody")
        if described is None:
            if body is not None:
                raise BreachError(f"{operation.name} takes no body")
            return
        schema = described["content"]["application/json"]["schema"]
        if body is None:
            if described.get("required"):
                raise BreachError(f"{operation.name} needs a body")
            return
        if wrong := self.breaches(schema, body):
            raise BreachError(f"{operation.name}: {wrong}")
        unknown = set(body) - set(self.resolved(schema)["properties"])
        if unknown:
            raise BreachError(f"{operation.name} has no property {sorted(unknown)}")

    def schema_of(self, operation: Operation, status: int) -> dict[str, Any]:
        """The schema of an answer. Errors: BreachError where GitHub does not give that status."""
        response = operation.data["responses"].get(str(status))
        if response is None:
            raise BreachError(f"{operation.name} never answers {status}")
        content = self.resolved(response).get("content", {})
        found: dict[str, Any] = content.get("application/json", {}).get("schema", {})
        return found

    def answer(self, operation: Operation, status: int, body: Any) -> None:
        """Errors: BreachError where GitHub would not answer so."""
        if wrong := self.breaches(self.schema_of(operation, status), body):
            raise BreachError(f"{operation.name} {status}: " + "; ".join(wrong[:8]))

    def filled(self, schema: dict[str, Any], given: Any) -> Any:
        """`given` with every required property that it leaves out, of the right shape."""
        schema = self.resolved(schema)
        for word in ("allOf", "anyOf", "oneOf"):
            if word in schema and "properties" not in schema:
                return self._filled_choice(word, schema, given)
        if isinstance(given, list) and schema.get("type") == "array":
            return [self.filled(schema["items"], item) for item in given]
        if not isinstance(given, dict):
            return given
        properties = schema.get("properties", {})
        full = {
            name: self.filled(properties[name], value) if name in properties else value
            for name, value in given.items()
        }
        for name in schema.get("required", ()):
            if name not in full:
                full[name] = self._blank(properties.get(name, {}))
        return full

    def _filled_choice(self, word: str, schema: dict[str, Any], given: Any) -> Any:
        if word == "allOf":
            for part in schema[word]:
                given = self.filled(part, given)
            return given
        fitting = [part for part in schema[word] if self._may_be(part, given)]
        return self.filled(fitting[0], given) if fitting else given

    def _may_be(self, schema: dict[str, Any], given: Any) -> bool:
        kind = self.resolved(schema).get("type")
        kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
        return kind is None or given is None or isinstance(given, kinds.get(kind, object))

    def _blank(self, schema: dict[str, Any]) -> Any:
        if schema.get("nullable") or self.resolved(schema).get("nullable"):
            return None
        schema = self.resolved(schema)
        if "enum" in schema:
            return schema["enum"][0]
        for word in ("allOf", "anyOf", "oneOf"):
            if word in schema and "properties" not in schema:
                return self._blank(schema[word][0])
        kind = schema.get("type")
        if kind == "array":
            return [self._blank(schema["items"])] * schema.get("minItems", 0)
        plain = {
            "string": _TEXTS.get(schema.get("format", ""), "x"),
            "integer": schema.get("minimum", 0),
            "number": schema.get("minimum", 0),
            "boolean": False,
        }
        return plain[kind] if kind in plain else self.filled(schema, {})


@cache
def description() -> Description:
    """The cut, read once."""
    return Description()
