"""Pieces → the group: held against one another and the tree, judged together, put in place.

Nothing in the output folder is touched before all pieces are known to belong together. A piece
made a little earlier than another still does as long as none of its sites would read otherwise
by now: then all of them are what one build would have made at the latest moment.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.check import Checked, Progress, Survey, conclude, silent, survey
from generator.check.judging import Judged
from generator.check.part import Index
from generator.schema import Schemas
from generator.shards.piece import Manifest, Shard
from generator.sites.build import Theme
from generator.sites.group import FailedSite, write_group_files
from generator.sites.listing import Listing
from generator.sites.outputs import Outputs
from generator.store import NoStore, Store
from generator.tree import Tree

__all__ = ["Joined", "Pieces", "RefusedError", "read_pieces"]


class RefusedError(ValueError):
    """Pieces that do not belong together, or not to this tree; the reason is told in Chinese."""


@dataclass(frozen=True)
class Joined:
    """A group of which every part is judged, with the pieces that hold its sites."""

    checked: Checked
    pieces: Pieces

    @property
    def failed(self) -> list[FailedSite]:
        """The sites that could not be built, whichever piece they belong to."""
        manifests = self.pieces.manifests.values()
        return [FailedSite(*row) for each in manifests for row in each.failed.items()]

    def withheld(self) -> list[Shard]:
        """The shards whose sites were not built because of errors in their parts."""
        return [Shard(m.number, m.of) for m in self.pieces.manifests.values() if m.withheld]

    def put_in_place(self, out: Path) -> None:
        """Moves the sites into `out`, removes those no longer planned, writes what stands above.

        All are brought beside their places first, so that what takes long comes before what shows.
        """
        out.mkdir(parents=True, exist_ok=True)
        waiting: list[Outputs] = []
        for folder, manifest in self.pieces.manifests.items():
            for site in manifest.sites:
                outputs = Outputs(out, site, NoStore())
                outputs.recover()
                shutil.move(folder / site, outputs.staging)
                waiting.append(outputs)
            Manifest.remove(folder)
        for outputs in waiting:
            outputs.open()
            outputs.swap()
        write_group_files(self.checked.group, out)


@dataclass(frozen=True)
class Pieces:
    """Pieces that belong together, by their folders."""

    manifests: Mapping[Path, Manifest]

    @property
    def moment(self) -> datetime:
        """The instant for which all of them hold."""
        return max(manifest.at for manifest in self.manifests.values())

    def join(
        self, tree: Tree, schemas: Schemas, theme: Theme, store: Store, progress: Progress = silent
    ) -> Joined:
        """What the rules say of all parts together. Errors: RefusedError."""
        one = next(iter(self.manifests.values()))
        if dict(tree.parts()) != one.digests:
            raise RefusedError("内容库里的内容和这些分片生成时的不同：请切换到同一个提交再合并。")
        if theme.digest != one.theme:
            raise RefusedError("内容库里的 theme 或 mkdocs.yml 和这些分片生成时的不同。")
        indexes, judged = self._found()
        if set(indexes) != set(one.digests) or set(judged) != set(indexes):
            raise RefusedError("有的单位不在任何一个分片里，或者在两个分片里：请重新生成全部分片。")
        surveyed = survey(tree, schemas, store, indexes)
        for name, index in indexes.items():
            self._hold(surveyed, name, index, judged[name])
        checked = conclude(surveyed, indexes, judged, progress)
        now = Listing.at(checked.group, self.moment)
        if now is not None:
            self._still(f"{now.now:%Y-%m-%d %H:%M:%S}")
        return Joined(checked, self)

    def _found(self) -> tuple[dict[str, Index], dict[str, Judged]]:
        indexes: dict[str, Index] = {}
        judged: dict[str, Judged] = {}
        for manifest in self.manifests.values():
            for name, plain in manifest.indexes.items():
                if name in indexes:
                    return {}, {}
                indexes[name] = Index(*plain)
            judged |= {name: Judged(*plain) for name, plain in manifest.judged.items()}
        return dict(sorted(indexes.items())), judged

    @staticmethod
    def _hold(surveyed: Survey, name: str, index: Index, judged: Judged) -> None:
        errand, reference = surveyed.errand(name), surveyed.desk.reading.reference
        if (index.digest, index.reference) != (errand.digest, reference):
            raise RefusedError(f"分片里单位 {name} 的内容和内容库里的不同。")
        if judged.key != errand.key:
            raise RefusedError(
                f"分片里单位 {name} 的检查结果和内容库里的对不上：git 历史不同，"
                "或者有未提交的改动而各分片的时刻不同。请用完整的克隆，并以同一个 --moment 生成。"
            )

    def _still(self, now: str) -> None:
        """Errors: RefusedError where a site would read otherwise by now."""
        for manifest in self.manifests.values():
            if manifest.until and manifest.until <= now:
                raise RefusedError(
                    f"分片 {manifest.number}/{manifest.of} 生成得太早：从 {manifest.until} 起"
                    f"它的网站就不同了，而别的分片是 {now} 的。请以同一个 --moment 重新生成。"
                )


def read_pieces(folders: Sequence[Path], program: str) -> Pieces:
    """The pieces in `folders`, in their order. Errors: RefusedError."""
    found: dict[Path, Manifest] = {}
    numbers: dict[int, Path] = {}
    for folder in folders:
        manifest = Manifest.read(folder)
        if manifest is None:
            raise RefusedError(f"{folder} 不是分片，或者没有生成完、已经损坏、已经合并过。")
        if manifest.program != program:
            raise RefusedError(f"{folder} 是用另一个版本的程序或另一套 schemas 生成的。")
        if manifest.number in numbers:
            twice = f"{numbers[manifest.number]} 和 {folder}"
            raise RefusedError(f"{twice} 都是第 {manifest.number} 片。")
        numbers[manifest.number] = folder
        found[folder] = manifest
    counts = sorted({manifest.of for manifest in found.values()})
    if len(counts) != 1:
        said = "、".join(map(str, counts))
        raise RefusedError(f"这些分片不是同一次划分的：总片数分别是 {said}。")
    if missing := sorted(set(range(1, counts[0] + 1)) - numbers.keys()):
        said = "、".join(map(str, missing))
        raise RefusedError(f"共 {counts[0]} 片，缺第 {said} 片。")
    if len({manifest.theme for manifest in found.values()}) != 1:
        raise RefusedError("这些分片是用不同的 theme 或 mkdocs.yml 生成的。")
    one = found[numbers[1]]
    for folder, manifest in found.items():
        if manifest.digests != one.digests:
            raise RefusedError(
                f"{numbers[1]} 和 {folder} 是不同内容的分片"
                f"（提交 {one.commit[:12] or '无'} 和 {manifest.commit[:12] or '无'}）。"
            )
        if torn := manifest.incomplete(folder):
            raise RefusedError(f"{folder} 里的网站 {'、'.join(torn)} 不完整。")
    return Pieces({numbers[number].resolve(): found[numbers[number]] for number in sorted(numbers)})
