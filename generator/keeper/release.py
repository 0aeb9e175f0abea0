"""A release: exactly the blobs that the ledger names, built twice, explained file by file.

A full release is of the ledger as it stands, and only while trunk agrees with it. One for holds is
the last release once more, minus what is down by now: nothing new comes with it, so it needs no
agreement of trunk and runs at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import unescape

from generator.clock import wall_time
from generator.keeper.book import Book, Signer
from generator.keeper.building import Made, errors_of, explained, listing_of, make
from generator.keeper.manifest import Output, as_bytes, last_release, manifest_path
from generator.keeper.material import drift, materialise, strange_program
from generator.keeper.plugins import refused_plugins
from generator.keeper.refused import RefusedError
from generator.keeper.rules import rules_at
from generator.keeper.tombstones import bury, put_tombstones
from generator.review.ledger import Entry
from generator.review.ledger_fold import fold
from generator.review.ledger_state import PathState
from generator.sites.listing import Listing
from generator.tools import tools_key

__all__ = ["Plan", "Released", "plan_release", "produce", "record"]

_SHOWN = 8
_LOCKS = ("requirements.lock", "package-lock.json")
_ADDRESS = re.compile(rb"<(?:loc|id)>([^<]*)</(?:loc|id)>")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a release is made from: the approved files, as of a moment, at a size of the ledger."""

    kind: str  # full | holds
    paths: Mapping[str, PathState]
    down: Mapping[str, PathState]
    moment: datetime
    size: int
    head: str
    commit: str | None


@dataclass(frozen=True, slots=True)
class Released:
    """A finished group in a folder, and its manifest."""

    folder: Path
    outputs: Mapping[str, Output]


def plan_release(book: Book, now: datetime, *, holds: bool) -> Plan:
    """What may be released. Errors: RefusedError with the code that refuses it."""
    if not book.entries:
        raise RefusedError("ledger_missing", "没有台账，不能生成正式网站；试看请用 --preview")
    suspects = book.state.suspects()
    if suspects:
        said = f"签署它们的密钥已被吊销，要重新审核：{_shown(suspects)}"
        raise RefusedError("ledger_invalid", said)
    last = last_release(book)
    if holds:
        if last is None:
            raise RefusedError("ledger_missing", "还没有发布过，没有可以撤稿的网站")
        return _of_last(book, last[1])
    _, policy = rules_at(book.objects, book.state)
    differences = drift(book, policy.target)
    if differences:
        raise RefusedError("ledger_drift", f"主干和台账不一致：{_shown(differences)}")
    live = book.state.live()
    return Plan(
        "full", live, _down(book.state.paths), now, book.state.size, book.state.head,
        book.objects.ref(policy.target),
    )  # fmt: skip


def _of_last(book: Book, release: Mapping[str, Any]) -> Plan:
    """The last release minus what is down, removed or expunged by now."""
    told = release["ledger"]
    then = fold(book.entries[: told["size"]])
    down = _down(book.state.paths)
    expunged = book.state.expunged
    paths = {
        path: one
        for path, one in then.live().items()
        if path not in down and one.git not in expunged
    }
    moment = datetime.fromisoformat(release["built_at"])
    return Plan("holds", paths, down, moment, told["size"], told["head"], release["commit"])


def _down(paths: Mapping[str, PathState]) -> dict[str, PathState]:
    return {path: one for path, one in paths.items() if one.is_down}


def _shown(rows: Iterable[str]) -> str:
    found = list(rows)
    more = f" 等 {len(found)} 处" if len(found) > _SHOWN else ""
    return "；".join(found[:_SHOWN]) + more


def produce(book: Book, plan: Plan, work: Path, jobs: int) -> Released:
    """The group, made in folders below the empty folder `work`.

    Errors: RefusedError with the code that refuses it.
    """
    source = work / "source"
    materialise(book.objects, plan.paths, source)
    strange = strange_program(plan.paths)
    if strange:
        said = f"运行的程序不是批准的程序：{_shown(strange)}"
        raise RefusedError("bytes_differ", said)
    refused = refused_plugins(source)
    if refused:
        raise RefusedError("plugin_refused", _shown(refused))
    _no_new_errors(book, plan, source, work, jobs)
    made = make(source, work / "first", plan.moment, jobs)
    again = make(source, work / "second", plan.moment, 1)
    if made.digests != again.digests:
        changed = sorted(
            path
            for path in made.digests.keys() | again.digests.keys()
            if made.digests.get(path) != again.digests.get(path)
        )
        raise RefusedError("not_reproducible", f"两次生成不同：{_shown(changed)}")
    listing = listing_of(source, plan.moment)
    outputs = explained(made, source, listing, plan.paths)
    unexplained = sorted(made.digests.keys() - outputs.keys())
    unexplained += _too_early(outputs, plan, listing)
    unexplained += _strange_addresses(made, listing)
    if unexplained:
        raise RefusedError("output_unexplained", f"说不清来历的文件：{_shown(unexplained)}")
    outputs |= put_tombstones(made, source, listing, bury(book))
    return Released(made.folder, dict(sorted(outputs.items())))


def _no_new_errors(book: Book, plan: Plan, source: Path, work: Path, jobs: int) -> None:
    """Refuses content with errors; those that only a hold brings about (a link to it) aside."""
    errors = {(f.code, f.place): f for f in errors_of(source, plan.moment, jobs)}
    if not errors or plan.kind == "holds":
        return
    if plan.down:
        whole = work / "whole"
        materialise(book.objects, {**plan.paths, **plan.down}, whole)
        kept = {(f.code, f.place) for f in errors_of(whole, plan.moment, jobs)}
        errors = {key: f for key, f in errors.items() if key in kept}
    if errors:
        rows = sorted(f"{f.place.path}:{f.place.line} {f.code}" for f in errors.values())
        raise RefusedError("content_errors", f"内容有错误，请先运行 gongkai check：{_shown(rows)}")


def _too_early(outputs: Mapping[str, Output], plan: Plan, listing: Listing) -> list[str]:
    """Outputs of files whose time, as the ledger has it, has not come."""
    group = listing.corpus.group
    assert group is not None  # it was built
    now = f"{wall_time(plan.moment, group.time_zone):%Y-%m-%d %H:%M:%S}"
    return [
        path
        for path, one in outputs.items()
        if one.by in ("page", "table")
        for source in one.sources
        if (plan.paths[source].publishes_at or "") > now
    ]


def _strange_addresses(made: Made, listing: Listing) -> list[str]:
    """Addresses in maps and feeds of sites for which no file was made."""
    found = []
    for site in listing.corpus.sites.values():
        home = site.url.rstrip("/") + "/"
        for name in ("sitemap.xml", "feed.xml"):
            data = (made.folder / site.unit / name).read_bytes()
            for address in _ADDRESS.findall(data):
                text = unescape(address.decode("utf-8"))
                path = unquote(text.removeprefix(home))
                path += "index.html" if not path or path.endswith("/") else ""
                if text.startswith(home) and f"{site.unit}/{path}" not in made.digests:
                    found.append(f"{site.unit}/{name}：{text}")
    return found


def record(book: Book, plan: Plan, released: Released, signer: Signer, now: str) -> Entry:
    """The `release` entry, with the manifest beside it. Errors: MovedError."""
    entries = {path: one.approved for path, one in {**plan.paths, **plan.down}.items()}
    manifest = as_bytes(released.outputs, entries)
    path = manifest_path(book.state.size + 1)
    locks = {name: plan.paths[name].sha256 for name in _LOCKS if name in plan.paths}
    locks["program"] = hashlib.sha256(
        tools_key(released.folder.parent / "source").encode()
    ).hexdigest()
    body = {
        "site": "group", "kind": plan.kind, "commit": plan.commit,
        "ledger": {"size": plan.size, "head": plan.head},
        "manifest": {
            "path": path, "sha256": hashlib.sha256(manifest).hexdigest(),
            "files": len(released.outputs),
        },
        "locks": locks, "built_at": plan.moment.isoformat(timespec="seconds"),
    }  # fmt: skip
    return book.append([("release", body)], now, signer, {path: manifest})[0]
