"""One shard of a group: its parts judged, its sites built, and a manifest for who joins the pieces.

Its sites are byte for byte those of a build of everything: a page follows from the parts that its
site shows, from what the site gathers and looks up elsewhere, and from what all parts share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.check import Checked, Progress, Survey, found_in, look, silent
from generator.crew import Crew
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import Severity, codes
from generator.model import Site
from generator.shards.deal import deal, loads
from generator.shards.glance import glance_at
from generator.shards.piece import Manifest, Shard, measure
from generator.sites.build import BuiltSite, Theme
from generator.sites.group import FailedSite, Group, build_group
from generator.sites.outputs import Outputs
from generator.store import NoStore

__all__ = ["Job", "Made", "build_shard"]


@dataclass(frozen=True, slots=True)
class Job:
    """Which shard to build, at which moment, with what, into which folder."""

    shard: Shard
    moment: datetime
    program: str
    theme: Theme
    out: Path
    force: bool = False  # whether to build although something in its parts is wrong


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a shard: what was found in its parts, and its sites."""

    findings: Sequence[Diagnostic]
    built: Sequence[BuiltSite] = ()
    failed: Sequence[FailedSite] = ()
    withheld: bool = False  # whether errors kept its sites from being built


def build_shard(surveyed: Survey, job: Job, crew: Crew, progress: Progress = silent) -> Made:
    """Builds a shard into its folder; a manifest stands there in any case, and is written last.

    `progress` hears of the stages of a check, and of one more: `sites`, which are done.
    """
    former = Manifest.read(job.out)
    Manifest.remove(job.out)
    hand = deal(list(loads(surveyed)), job.shard.of)[job.shard.number - 1]
    mine = sorted(name for load in hand for name in load.parts)
    known = surveyed.desk.shared.shared.sites
    sites = [known[load.site] for load in hand if load.site]
    others = surveyed.digests.keys() - mine
    glanced = glance_at(surveyed, sorted(others), sites, crew.jobs)
    indexes, judged = look(surveyed, mine, crew, progress)
    findings = found_in(indexes, judged)
    everything = dict(sorted({**glanced, **indexes}.items()))
    group = surveyed.group(everything)
    checked = Checked(surveyed.desk, everything, surveyed.base, group, findings)
    faulty = any(codes()[f.code].severity is Severity.ERROR for f in findings)
    made = Made(findings, withheld=faulty and not job.force)
    if sites and not made.withheld:
        made = _with_sites(checked, job, crew, sites, progress)
    for name in (former.sites if former is not None else {}).keys() - {s.unit for s in sites}:
        Outputs(job.out, name, NoStore()).remove()
    Manifest(
        job.shard.number,
        job.shard.of,
        surveyed.desk.reading.tree.commit,
        job.moment.isoformat(),
        min((site.until for site in made.built), default=""),
        job.program,
        job.theme.digest,
        dict(surveyed.digests),
        {name: index.plain() for name, index in indexes.items()},
        {name: found.plain() for name, found in judged.items()},
        {site.site: measure(job.out / site.site) for site in made.built},
        sum(site.pages for site in made.built),
        {site.site: site.reason for site in made.failed},
        made.withheld,
    ).write(job.out)
    return made


def _with_sites(
    checked: Checked, job: Job, crew: Crew, sites: Sequence[Site], progress: Progress
) -> Made:
    built: list[BuiltSite] = []
    failed: list[FailedSite] = []
    progress("sites", 0, len(sites))
    group = Group(checked, job.theme, job.out, job.moment)
    for site in build_group(group, crew, [site.unit for site in sites]):
        if isinstance(site, BuiltSite):
            built.append(site)
        else:
            failed.append(site)
        progress("sites", len(built) + len(failed), len(sites))
    return Made(checked.findings, built, failed)
