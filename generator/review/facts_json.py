"""The JSON that facts come as: read strictly, with its lists in one order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.review.canonical import canonical

__all__ = ["json_of", "sorted_lists", "value_of"]


class _DuplicateKeyError(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _DuplicateKeyError
    return found


def _number(text: str) -> Any:
    raise ValueError(text)


def json_of(given: bytes | Mapping[str, Any]) -> tuple[Any, str]:
    """The JSON value, and empty; or None, and why there is none."""
    try:
        if isinstance(given, bytes):
            text = given.decode("utf-8")
            value = json.loads(text, object_pairs_hook=_object, parse_constant=_number)
        else:
            value = given
        canonical(value)  # what has no canonical form has no digest
    except UnicodeDecodeError:
        return None, "不是 UTF-8 编码"
    except _DuplicateKeyError:
        return None, "有重复的键"
    except RecursionError:
        return None, "嵌套过深"
    except ValueError:
        return None, "不是合格的 JSON"
    return value, ""


def sorted_lists(value: Any) -> Any:
    """The value with every list in the order of its members' canonical JSON."""
    if isinstance(value, dict):
        return {
            key: sorted_lists(part) if isinstance(part, (dict, list)) else part
            for key, part in value.items()
        }
    if isinstance(value, list):
        return sorted((sorted_lists(part) for part in value), key=canonical)
    return value


def value_of(given: bytes | Mapping[str, Any]) -> Any:
    """The facts as a JSON value with its lists sorted, whatever their shape; None where they are
    no JSON at all."""
    return sorted_lists(json_of(given)[0])
