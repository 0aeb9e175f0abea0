"""The whole group: its sites side by side in processes, and the page that stands above them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markupsafe import escape

from generator.check import Checked
from generator.check import desk as at_work
from generator.check.elsewhere import part_named
from generator.corpus import Corpus
from generator.crew import Crew, Task
from generator.sites.build import BuiltSite, Piece, Theme, build_site
from generator.sites.listing import Listing
from generator.sites.orders import Order, orders
from generator.sites.outputs import Ledger, Outputs
from generator.sites.scene import is_mark, scene_of
from generator.sites.view import PageError
from generator.store import NoStore, digest_of

__all__ = ["FailedSite", "Group", "build_group", "theme_of", "write_group_files"]


@dataclass(frozen=True, slots=True)
class FailedSite:
    """A site that could not be built, and why; its last good output is still in place."""

    site: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """A checked group at a moment, on its way into the folder `out`."""

    checked: Checked
    theme: Theme
    out: Path
    instant: datetime

    def outputs(self, site: str) -> Outputs:
        """The folder of a site."""
        return Outputs(self.out, site, self.checked.desk.store)


@dataclass(frozen=True, slots=True)
class _Job:
    """A share of a site's work, complete for a process that has only its desk."""

    order: Order
    theme: Theme
    out: Path
    instant: datetime
    share: tuple[int, int]


def theme_of(root: Path) -> Theme:
    """The theme of the repository at `root`."""
    files = [root / "mkdocs.yml", *sorted(f for f in (root / "theme").rglob("*") if f.is_file())]
    rows = (digest_of(f.relative_to(root).as_posix(), f.read_bytes()) for f in files if f.is_file())
    return Theme(root, digest_of(*rows))


def build_group(
    group: Group, crew: Crew, sites: Sequence[str] | None = None
) -> Iterator[BuiltSite | FailedSite]:
    """Builds `sites`, or all, yielding each as it is done; a failure does not stop others.

    A site of which nothing has changed costs a look at its ledger.
    """
    group.out.mkdir(parents=True, exist_ok=True)
    wanted = [o for o in orders(group.checked, group.theme.digest) if not sites or o.site in sites]
    now = Listing.at(group.checked.group, group.instant)
    assert now is not None  # the caller has seen that there is a portal
    stale = []
    for order in wanted:
        outputs = group.outputs(order.site)
        outputs.recover()
        ledger = outputs.ledger()
        if ledger is not None and _holds(group, order, ledger, f"{now.now:%Y-%m-%d %H:%M:%S}"):
            yield _built(order.site, ledger, 0)
        else:
            stale.append(order)
    at_work.desk = group.checked.desk
    yield from _build(group, crew, stale)


def _holds(group: Group, order: Order, ledger: Ledger, now: str) -> bool:
    """Whether a site would be built again as its folder has it."""
    if ledger.key != order.key or not ledger.since <= now < ledger.until:
        return False
    digests = group.checked.desk.reading.tree.parts()
    changed = {part for part, digest in ledger.parts.items() if digests.get(part, "") != digest}
    elsewhere = group.checked.desk.elsewhere
    return all(
        is_mark(mark, name, elsewhere.stamp(name))
        for name, mark in ledger.trace.items()
        if part_named(name) in changed
    )


def _build(group: Group, crew: Crew, stale: Sequence[Order]) -> Iterator[BuiltSite | FailedSite]:
    """Builds sites, a large one in as many shares as there are processes."""
    total = sum(order.weight for order in stale)
    tasks = []
    for order in stale:
        many = crew.jobs > 1 and order.weight * crew.jobs * 2 > total and order.weight > _LARGE
        count = crew.jobs if many else 1
        for number in range(count):
            job = _Job(order, group.theme, group.out, group.instant, (number, count))
            home = order.site if count == 1 else f"{order.site}/{number}"
            tasks.append(Task(job, 1 + order.weight // count, home))
    pieces: dict[str, list[Piece | FailedSite]] = {}
    keys = {order.site: order.key for order in stale}
    for site, count, made in crew.each(_make, tasks):
        if isinstance(made, BuiltSite) or count == 1:
            assert not isinstance(made, Piece)  # a site of one piece is settled where it was made
            yield made
            continue
        pieces.setdefault(site, []).append(made)
        if len(pieces[site]) == count:
            yield _settle(group.outputs(site), keys[site], pieces[site])


_LARGE = 2_000  # records from which a site is worth being shared out


def _make(job: _Job) -> tuple[str, int, Piece | BuiltSite | FailedSite]:
    """A share of a site as a piece; a site that is one piece, put in place at once."""
    desk = at_work.desk
    assert desk is not None  # set before any worker starts
    order = job.order
    outputs = Outputs(job.out, order.site, desk.store)
    try:
        scene = scene_of(
            desk, order.site, dict(order.parts), order.gathers, job.instant, order.context
        )
        piece = build_site(scene, job.theme, outputs, order.key, job.share)
    except PageError as error:
        shutil.rmtree(outputs.staging, ignore_errors=True)
        return order.site, job.share[1], FailedSite(order.site, str(error))
    if job.share[1] > 1:
        return order.site, job.share[1], piece
    return order.site, 1, _settle(outputs, order.key, [piece])


def _settle(
    outputs: Outputs, key: str, pieces: Sequence[Piece | FailedSite]
) -> BuiltSite | FailedSite:
    """Puts what was made in place, and the ledger of it into the store."""
    for piece in pieces:
        if isinstance(piece, FailedSite):
            shutil.rmtree(outputs.staging, ignore_errors=True)
            return piece
    made = [piece for piece in pieces if isinstance(piece, Piece)]
    ledger = Ledger(key, made[0].ledger.since, min(piece.ledger.until for piece in made))
    for piece in made:
        ledger.files |= piece.ledger.files
        ledger.trace |= piece.ledger.trace
        ledger.parts |= piece.ledger.parts
        ledger.pages += piece.ledger.pages
        ledger.assets += piece.ledger.assets
        ledger.bytes += piece.ledger.bytes
    before = outputs.filed()
    outputs.open()
    if any(piece.whole for piece in made):
        outputs.swap()
    else:
        assert before is not None  # only then is a site changed in place
        changes = (change for piece in made for change in piece.changed)
        outputs.change(changes, before.files.keys() - ledger.files.keys())
    outputs.close(ledger)
    written = sum(piece.written for piece in made)
    return _built(outputs.site, ledger, written)


def _built(site: str, ledger: Ledger, written: int) -> BuiltSite:
    return BuiltSite(site, ledger.pages, ledger.assets, ledger.bytes, written, ledger.until)


def write_group_files(corpus: Corpus, out: Path) -> None:
    """Writes what stands above the sites: a list of hosts for servers, a way in for people.

    Sites of the last build that the corpus no longer holds are removed: what nobody plans is not
    kept. One whose record is only broken keeps its last good output, as a failed site does, and
    folders that no build made are not touched.
    """
    former = _former_sites(out)
    kept = {name: url for name, url in former.items() if f"units/{name}/site" in corpus.broken}
    sites = kept | {name: site.url for name, site in corpus.sites.items()}
    items = "".join(
        f'<li><a href="{escape(name)}/index.html">{escape(site.name)}</a></li>'
        for name, site in sorted(corpus.sites.items(), key=lambda row: row[1].role)
    )
    page = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><title>网站群</title></head>'
        f"<body><h1>网站群</h1><ul>{items}</ul></body></html>\n"
    )
    (out / "index.html").write_text(page, "utf-8")
    for name in former.keys() - sites.keys():
        Outputs(out, name, NoStore()).remove()
    (out / "sites.json").write_text(json.dumps(sites, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _former_sites(out: Path) -> dict[str, str]:
    """The sites that the last build left in `out`, with their addresses."""
    try:
        listed: dict[str, str] = json.loads((out / "sites.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {name: url for name, url in listed.items() if name.replace("-", "").isalnum()}
