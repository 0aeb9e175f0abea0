"""Pictures with leaks: seeds 72 to 76. Cards are drawn, so nobody's is shown."""

import io
import struct

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from tests.support.leaks.numbers import P2, D

_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def saved(image, form="PNG", **options):
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def scene(size=(640, 480)):
    """A picture with something in it: bright on the left, dark on the right."""
    image = Image.linear_gradient("L").rotate(90).resize(size).convert("RGB")
    ImageDraw.Draw(image).rectangle((20, 20, 120, 90), fill=(200, 30, 30))
    return image


def photo(form="JPEG", **options):
    return saved(scene(), form, **options)


def _exif(first=b"", small=b"", position=False):
    """EXIF by hand: an author, a position, a small picture."""
    entries = [(0x013B, 2, first)] if first else []
    count = len(entries) + position
    at = 8 + 2 + 12 * count + 4
    head = b"II*\0" + struct.pack("<IH", 8, count)
    body = b""
    for tag, kind, value in entries:
        head += struct.pack("<HHII", tag, kind, len(value), at + len(body))
        body += value
    if position:
        place = at + len(body)
        head += struct.pack("<HHII", 0x8825, 4, 1, place)
        degrees = struct.pack("<6I", 35, 1, 29, 1, 26, 1)
        data = place + 2 + 12 * 2 + 4
        body += struct.pack("<HHHI4sHHII", 2, 1, 2, 2, b"N\0\0\0", 2, 5, 3, data)
        body += b"\0" * 4 + degrees
    following = at + len(body) if small else 0
    head += struct.pack("<I", following)
    if small:
        start = following + 2 + 12 * 3 + 4
        body += struct.pack("<H", 3) + struct.pack("<HHII", 0x0103, 3, 1, 6)
        body += struct.pack("<HHII", 0x0201, 4, 1, start)
        body += struct.pack("<HHII", 0x0202, 4, 1, len(small)) + b"\0" * 4 + small
    return b"Exif\0\0" + head + body


def located():
    """Seed 72."""
    return photo(exif=_exif(position=True))


def authored():
    return photo(exif=_exif(first="赵小树".encode() + b"\0"))


def small_uncropped():
    """Seed 73."""
    return saved(scene((640, 280)), "JPEG", exif=_exif(small=saved(scene((160, 120)), "JPEG")))


def small_with_bars():
    """A camera's small picture of a wide photo, with black bars: no fault."""
    small = Image.new("RGB", (160, 120))
    small.paste(scene((640, 280)).resize((160, 70)), (0, 25))
    return saved(scene((640, 280)), "JPEG", exif=_exif(small=saved(small, "JPEG")))


def rest_after_end():
    """Seed 74."""
    return photo("PNG") + photo("PNG")[60:]


def card():
    """Seed 75."""
    image = Image.new("RGB", (760, 480), (235, 240, 245))
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(_FONT, 30)
    lines = (
        "姓名  赵小树", "性别  男    民族  汉", "出生  1905 年 6 月 6 日", "住址  某县某乡某村",
        f"公民身份号码  {D}",
    )  # fmt: skip
    for row, text in enumerate(lines):
        draw.text((50, 50 + 75 * row), text, font=font, fill=(20, 20, 20))
    return saved(image)


def poster():
    """What people need to bring: words of a card, but no card."""
    image = Image.new("RGB", (760, 320), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(_FONT, 30)
    for row, text in enumerate(
        ("所需材料", "居民身份证", "居民户口簿", "填写姓名、性别、民族、住址")
    ):
        draw.text((50, 30 + 65 * row), text, font=font, fill=(20, 20, 20))
    return saved(image)


def code(text=f"https://www.example.gov.cn/a?tel={P2}"):
    """Seed 76."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return saved(Image.fromarray(zxingcpp.write_barcode_to_image(made, scale=6)))


def worded(**texts):
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    for key, text in texts.items():
        about.add_itxt(key, text)
    return photo("PNG", pnginfo=about)


def marked():
    return worded(Keywords="内部资料")


def archive_inside():
    from tests.support.leaks.archives import packed

    return photo() + packed({"a.txt": b"x"})


def metafile():
    """A drawing of Windows with one text in it."""
    text = f"证件{D}".encode("utf-16-le")
    head = struct.pack("<II", 1, 88) + b"\0" * 32 + b" EMF" + b"\0" * 44
    record = struct.pack("<II", 84, 76 + len(text)) + b"\0" * 36
    record += struct.pack("<II", len(text) // 2, 76) + b"\0" * 24 + text
    return head + record + struct.pack("<II", 14, 20) + b"\0" * 12


def edited():
    """A picture whose XMP tells of its history and of who made it."""
    packet = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
      <dc:creator><rdf:Seq><rdf:li>赵小树</rdf:li></rdf:Seq></dc:creator>
      <xmpMM:History><rdf:Seq/></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>"""
    return worded(**{"XML:com.adobe.xmp": packet})


def drawing():
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"><text>图</text><g style="display:none"><text>{D}'
        "</text></g><script>1</script></svg>"
    ).encode()
