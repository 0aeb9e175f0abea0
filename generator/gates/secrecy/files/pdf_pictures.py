"""The pictures of a PDF file: each as a picture by itself, each once."""

from __future__ import annotations

import io

import pikepdf

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["pictures"]


def pictures(file: pikepdf.Pdf, walk: Walk) -> Found:
    """What the pictures hold; those of the pages with the number of their first page."""
    done: set[tuple[int, int]] = set()
    for number, page in enumerate(file.pages, 1):
        waiting = [page.get("/Resources")]
        depth = 0
        while waiting and depth < limit("members"):
            depth += 1
            resources = waiting.pop()
            if not isinstance(resources, pikepdf.Dictionary):
                continue
            found = resources.get("/XObject")
            for item in found.as_dict().values() if isinstance(found, pikepdf.Dictionary) else ():
                if not isinstance(item, pikepdf.Stream) or item.objgen in done:
                    continue
                done.add(item.objgen)
                if str(item.get("/Subtype", "")) == "/Form":
                    waiting.append(item.get("/Resources"))
                elif str(item.get("/Subtype", "")) == "/Image":
                    yield from guarded(
                        _picture(item, walk, f"第{number}页图片"), f"第{number}页图片"
                    )


def _picture(item: pikepdf.Stream, walk: Walk, place: str) -> Found:
    if min(int(item.get("/Width", 0)), int(item.get("/Height", 0))) < limit("ocr_side"):
        return
    if int(item.get("/Width", 0)) * int(item.get("/Height", 0)) > limit("pixels"):
        yield Fault("A1", place, why="图片太大")
        return
    if _filters(item) == ["/DCTDecode"]:
        data = item.read_raw_bytes()
        walk.budget.take(len(data))
        yield from walk.inner("picture.jpg", data, place)
        return
    if item.get("/ImageMask"):
        return  # a stencil, with no picture in it
    stream = io.BytesIO()
    pikepdf.PdfImage(item).as_pil_image().convert("RGB").save(stream, "PNG", compress_level=1)
    yield from walk.inner("picture.png", stream.getvalue(), place)


def _filters(item: pikepdf.Stream) -> list[str]:
    found = item.get("/Filter")
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]
