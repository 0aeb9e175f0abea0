"""Cuts out of GitHub's own descriptions what the adapter uses, so that tests can hold it to them.

    npm install --ignore-scripts @octokit/openapi@23.0.2 @octokit/graphql-schema@15.26.1
    python tests/forge/openapi/cut.py node_modules

writes `github.json` (OpenAPI) and `github.graphql` beside this file. An operation, a type or a
field that the descriptions no longer have ends the cut: then the adapter has to change, too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    build_ast_schema,
    parse,
    print_ast,
)

HERE = Path(__file__).parent
REST = "@octokit/openapi/generated/api.github.com.json"
GRAPHQL = "@octokit/graphql-schema/schema.graphql"

# `actions/list-workflow-runs-for-repo` would bring runs of other workflows: it is not used.
OPERATIONS = (
    "actions/get-reviews-for-run",
    "actions/list-workflow-runs",
    "checks/create",
    "issues/create-comment",
    "issues/list-events-for-timeline",
    "issues/update-comment",
    "pulls/get",
    "pulls/list",
    "pulls/list-commits",
    "pulls/list-files",
    "pulls/list-reviews",
    "pulls/merge",
    "repos/get",
    "repos/get-branch-rules",
    "repos/get-repo-ruleset",
    "repos/list-activities",
)

# What describes to people, not to a checker; a property may bear these names, so only where a
# schema or an operation can have them.
PROSE = ("description", "summary", "example", "examples", "externalDocs", "tags", "x-github")
_MAPS = ("properties", "schemas", "responses", "parameters", "headers", "paths", "content")

FIELDS = {
    "Query": ("repository",),
    "Repository": ("pullRequest",),
    "PullRequest": ("reviews", "commits", "timelineItems"),
    "PullRequestReviewConnection": ("nodes", "pageInfo", "totalCount"),
    "PullRequestReview": ("author", "comments", "fullDatabaseId", "lastEditedAt", "state"),
    "PullRequestReviewCommentConnection": ("nodes", "totalCount"),
    "PullRequestReviewComment": ("author", "body", "path"),
    "PullRequestCommitConnection": ("nodes", "pageInfo", "totalCount"),
    "PullRequestCommit": ("commit",),
    "Commit": ("authors", "oid"),
    "GitActorConnection": ("nodes", "totalCount"),
    "GitActor": ("email", "name", "user"),
    "PullRequestTimelineItemsConnection": ("nodes", "pageInfo", "totalCount"),
    "BaseRefChangedEvent": ("actor", "createdAt", "currentRefName", "previousRefName"),
    "HeadRefForcePushedEvent": ("actor", "afterCommit", "beforeCommit", "createdAt"),
    "ReviewDismissedEvent": ("actor", "createdAt", "previousReviewState", "review"),
    "PageInfo": ("endCursor", "hasNextPage"),
    "Actor": ("login",),
    "User": ("databaseId", "login"),
    "Bot": ("databaseId", "login"),
    "Mannequin": ("databaseId", "login"),
    "Organization": ("databaseId", "login"),
    "EnterpriseUserAccount": ("login",),
}
UNIONS = {
    "PullRequestTimelineItems": (
        "BaseRefChangedEvent",
        "HeadRefForcePushedEvent",
        "ReviewDismissedEvent",
    )
}


def bare(value: Any, names: bool = False) -> Any:
    """A description without what it says to people only; `names`: its keys are names of things."""
    if isinstance(value, list):
        return [bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: bare(item, names=key in _MAPS and not names)
        for key, item in value.items()
        if names or key not in PROSE
    }


def references(value: Any) -> Iterator[str]:
    """Every `$ref` in a description."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref" and isinstance(item, str):
                yield item
            else:
                yield from references(item)


def cut_rest(whole: dict[str, Any]) -> dict[str, Any]:
    """The operations of the list, with the parts that they refer to. Errors: KeyError."""
    paths: dict[str, Any] = {}
    missing = set(OPERATIONS)
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            name = operation.get("operationId") if isinstance(operation, dict) else None
            if name in missing:
                missing.remove(name)
                paths.setdefault(path, {})[method] = _operation(operation)
    if missing:
        raise KeyError(f"no longer described: {sorted(missing)}")
    parts: dict[str, dict[str, Any]] = {}
    wanted = list(references(paths))
    while wanted:
        _, _, kind, name = wanted.pop().split("/")
        if name not in parts.setdefault(kind, {}):
            parts[kind][name] = bare(whole["components"][kind][name])
            wanted.extend(references(parts[kind][name]))
    return {
        "openapi": whole["openapi"],
        "info": {"title": "GitHub, a cut of @octokit/openapi", "version": "23.0.2"},
        "servers": [{"url": "https://api.github.com"}],
        "paths": paths,
        "components": {kind: dict(sorted(parts[kind].items())) for kind in sorted(parts)},
    }


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation; its responses and parts keep the description that OpenAPI asks for."""
    kept: dict[str, Any] = bare(operation)
    for response in kept["responses"].values():
        if "$ref" not in response:
            response["description"] = "as GitHub describes it"
    return kept


def cut_graphql(whole: DocumentNode) -> DocumentNode:
    """The types and fields of the list, with the arguments' own types. Errors: KeyError."""
    known = {
        node.name.value: node for node in whole.definitions if hasattr(node, "name") and node.name
    }
    kept: dict[str, DefinitionNode] = {}
    wanted: list[str] = []
    for name, fields in FIELDS.items():
        node = known[name]
        assert isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode)
        described = {field.name.value: field for field in node.fields or ()}
        chosen = [described[field] for field in fields]
        for field in chosen:
            wanted.append(_named(field.type))
            wanted.extend(_named(argument.type) for argument in field.arguments or ())
        interfaces = tuple(face for face in node.interfaces or () if face.name.value in FIELDS)
        kept[name] = type(node)(
            name=node.name, fields=tuple(chosen), interfaces=interfaces, directives=()
        )
    for name, members in UNIONS.items():
        node = known[name]
        assert isinstance(node, UnionTypeDefinitionNode)
        types = tuple(kind for kind in node.types or () if kind.name.value in members)
        assert len(types) == len(members), f"{name} lost a member"
        kept[name] = UnionTypeDefinitionNode(name=node.name, types=types, directives=())
    while wanted:
        name = wanted.pop()
        if name in kept or name in ("String", "Int", "Boolean", "ID", "Float"):
            continue
        node = known[name]
        kept[name] = node
        if isinstance(node, EnumTypeDefinitionNode | ScalarTypeDefinitionNode):
            continue
        wanted.extend(_named(field.type) for field in getattr(node, "fields", None) or ())
    return DocumentNode(definitions=tuple(kept[name] for name in sorted(kept)))


def _named(kind: TypeNode) -> str:
    while not isinstance(kind, NamedTypeNode):
        kind = kind.type  # type: ignore[attr-defined]
    return kind.name.value


def main(modules: Path) -> None:
    """Writes both cuts anew."""
    rest = cut_rest(json.loads((modules / REST).read_text(encoding="utf-8")))
    text = json.dumps(rest, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / "github.json").write_text(text + "\n", encoding="utf-8")
    graphql = cut_graphql(parse((modules / GRAPHQL).read_text(encoding="utf-8"), no_location=True))
    build_ast_schema(graphql)  # whole in itself
    bare_text = re.sub(r'^ *"""(?:.|\n)*?"""\n', "", print_ast(graphql), flags=re.MULTILINE)
    (HERE / "github.graphql").write_text(bare_text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
