"""What a schema asks, in words: the type of a field, its limits, its options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["example_of", "limits", "options", "type_words"]

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "是否（true 或 false）",
    "array": "列表",
    "object": "一组字段",
    "null": "空",
}
_FORMATS = {
    "local-datetime": "时间（年-月-日 时:分）",
    "local-date": "日期（年-月-日）",
    "local-month": "月份（年-月）",
    "local-time": "时刻（时:分）",
}
_ASSETS = {"image": "图片文件", "attachment": "附件文件"}
_LIMITS = (
    ("minLength", "maxLength", "个字"),
    ("minItems", "maxItems", "项"),
    ("minProperties", "maxProperties", "项"),
    ("minimum", "maximum", ""),
)


def type_words(schema: Mapping[str, Any], items: Mapping[str, Any] | None = None) -> str:
    """How a value is written; `items` is the schema of a list's items."""
    if "enum" in schema or "const" in schema:
        return "选项"
    if "x-asset" in schema:
        return _ASSETS[schema["x-asset"]]
    if "x-reference" in schema:
        return "代号（引用）"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    names = schema.get("type", "string")
    said = "或".join(_TYPES[name] for name in ([names] if isinstance(names, str) else names))
    if items:
        inner = type_words(items)
        return f"列表，每项是{inner}" if inner != "选项" else "列表，每项是一个选项"
    return said


def limits(schema: Mapping[str, Any]) -> str:
    """The bounds of a value: `2 至 200 个字`; empty where there are none worth saying."""
    return "；".join(_limits(schema))


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    for low, high, unit in _LIMITS:
        least, most = schema.get(low), schema.get(high)
        if unit == "个字" and least == 1:
            least = None  # that a field is not empty goes without saying
        if least is not None and most is not None:
            yield f"{least} 至 {most} {unit}".rstrip()
        elif least is not None:
            yield f"至少 {least} {unit}".rstrip() if unit else f"不小于 {least}"
        elif most is not None:
            yield f"最多 {most} {unit}".rstrip() if unit else f"不大于 {most}"
    if schema.get("uniqueItems"):
        yield "各项不重复"


def options(schema: Mapping[str, Any]) -> tuple[tuple[Any, str], ...]:
    """The values a field may take, each with its Chinese word; empty where it takes any."""
    values = schema.get("enum", [schema["const"]] if "const" in schema else ())
    labels = schema.get("x-labels", {})
    return tuple((value, str(labels.get(str(value), value))) for value in values)


def example_of(schema: Mapping[str, Any]) -> Any:
    """The first example, or None."""
    return (schema.get("examples") or [None])[0]
