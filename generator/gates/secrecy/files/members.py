"""An archive's members, read one by one within limits, so that no bomb goes off."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from generator.gates.secrecy.files.found import TooMuchError
from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.walk import Budget

__all__ = ["Members", "tree_of"]


def tree_of(data: bytes, mended: bool = False) -> etree._Element:
    """XML as a tree: no entity is resolved, nothing is fetched. Errors: XMLSyntaxError.

    mended: take what is not well formed for what it most likely means
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=mended
    )
    return etree.fromstring(data, parser)


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an archive. Errors: BadZipFile; TooMuchError."""

    archive: zipfile.ZipFile
    budget: Budget
    names: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes, budget: Budget) -> Members:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if len(members) > limit("members"):
            raise TooMuchError("里面的文件太多")
        for member in members:
            big = member.file_size > limit("ratio_from")
            if big and member.file_size > limit("ratio") * max(member.compress_size, 1):
                raise TooMuchError("压缩得异常，像是压缩炸弹")
        names = dict.fromkeys(one.filename for one in members if not one.is_dir())
        return cls(archive, budget, tuple(names))

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """The bytes of a member, whatever its header says of their number."""
        with self.archive.open(name) as stream:
            data = stream.read(max(self.budget.bytes, 0) + 1)
        self.budget.take(len(data))
        return data

    def tree(self, name: str) -> etree._Element:
        """A member as XML."""
        return tree_of(self.read(name))
