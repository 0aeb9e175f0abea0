"""The pictures of a PDF file: each as a picture by itself, each once."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.pdf_other import Other
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["pictures"]


def pictures(file: pikepdf.Pdf, data: bytes, walk: Walk) -> Found:
    """What the pictures hold; those of the pages with the number of their first page."""
    done: set[tuple[int, int]] = set()
    for number, page in enumerate(file.pages, 1):
        place, drawn = f"第{number}页图片", False
        small = page.get("/Thumb")
        if isinstance(small, pikepdf.Stream):  # a small picture of the page, as it once was
            yield from guarded(_picture(small, walk, f"{place}缩略图"), place)
        for item in _images(page.get("/Resources"), done):
            if "/JBIG2Decode" not in _filters(item):
                yield from guarded(_picture(item, walk, place), place)
            elif not drawn:
                drawn = True
                yield from guarded(_drawn(data, number, walk, place), place)


def _images(resources: object, done: set[tuple[int, int]]) -> Iterator[pikepdf.Stream]:
    """The pictures that a page or a form draws, and those of the forms that it draws."""
    found = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    for item in found.as_dict().values() if isinstance(found, pikepdf.Dictionary) else ():
        if not isinstance(item, pikepdf.Stream) or item.objgen in done:
            continue
        done.add(item.objgen)
        if str(item.get("/Subtype", "")) == "/Image":
            yield item
            if isinstance(mask := item.get("/SMask"), pikepdf.Stream) and mask.objgen not in done:
                done.add(mask.objgen)
        else:
            yield from _images(item.get("/Resources"), done)


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


def _drawn(data: bytes, number: int, walk: Walk, place: str) -> Found:
    """A whole page as it is printed, for a form of picture that only a program for pages reads."""
    stream = io.BytesIO()
    with Other.of(data) as other:
        other.drawn(number).save(stream, "PNG", compress_level=1)
    yield from walk.inner("page.png", stream.getvalue(), place)


def _filters(item: pikepdf.Stream) -> list[str]:
    found = item.get("/Filter")
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]
