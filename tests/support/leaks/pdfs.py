"""PDF files with leaks: seeds 63 to 71. Text is drawn by hand, so each operator is known."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.support.leaks.archives import saved
from tests.support.leaks.numbers import A, B

_TEXT = "BT /F1 14 Tf 72 {y} Td ({text}) Tj ET\n"
_HAN = "BT /F2 14 Tf 72 {y} Td <{text}> Tj ET\n"
_BAR = "72 695 220 20"


def latin(text, y=700, before=""):
    return before + _TEXT.format(text=text, y=y)


def han(text, y=700):
    return _HAN.format(text=text.encode("utf-16-be").hex(), y=y)


def page(*contents, change=lambda file: None):
    file = pikepdf.new()
    for content in contents or (latin("text"),):
        made = file.add_blank_page(page_size=(595, 842))
        made.Resources = Dictionary(Font=Dictionary(F1=_latin_font(), F2=_han_font(file)))
        made.Contents = file.make_stream(content.encode())
    change(file)
    return saved(file)


def _latin_font():
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def _han_font(file):
    system = Dictionary(Registry=String("Adobe"), Ordering=String("GB1"), Supplement=4)
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=system, DW=1000,
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/STSong-Light"), Flags=6,
            FontBBox=Array([0, -200, 1000, 900]), ItalicAngle=0, Ascent=880, Descent=-120,
            CapHeight=880, StemV=93,
        ),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"),
        Encoding=Name("/UniGB-UCS2-H"), DescendantFonts=Array([file.make_indirect(below)]),
    )  # fmt: skip


def clean():
    table = "0.8 0.9 1 rg 60 640 300 30 re f 0 g\n"
    return page(han("关于印发方案的通知") + table + latin("12", 650), latin("2"))


def covered():
    """Seed 63."""
    return page(latin(A) + f"0 g {_BAR} re f\n")


def covered_by_path():
    """Seed 64."""
    return page(latin(A) + "0 g 72 695 m 292 695 l 292 715 l 72 715 l h f\n")


def shaded_cell():
    """A coloured cell below its text, a highlight that multiplies above: no fault."""

    def shine(file):
        state = Dictionary(BM=Name.Multiply)
        file.pages[0].Resources.ExtGState = Dictionary(G1=state)

    content = f"0.9 g {_BAR} re f 0 g\n" + latin("2019") + f"/G1 gs 1 1 0 rg {_BAR} re f\n"
    return page(content, change=shine)


def white():
    """Seed 65."""
    return page(latin(B, before="1 g\n"))


def white_on_blue():
    return page("0 0 0.6 rg 60 690 300 30 re f\n" + latin("2019", before="1 g\n"))


def off_layer():
    """Seed 66."""

    def layer(file):
        group = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("密级")))
        file.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
        file.pages[0].Resources.Properties = Dictionary(MC0=group)

    return page(f"/OC /MC0 BDC\n{han('秘密★3年')}EMC\n", change=layer)


def _annotated(**about):
    def note(file):
        made = Dictionary(Type=Name.Annot, Rect=Array([72, 690, 292, 720]), **about)
        file.pages[0].Annots = Array([file.make_indirect(made)])

    return note


def not_redacted():
    """Seed 67."""
    return page(latin("12345"), change=_annotated(Subtype=Name.Redact))


def sticky_note():
    """Seed 68."""
    return page(change=_annotated(Subtype=Name.Text, Contents=String("此处待领导审定")))


def inner_link():
    target = Dictionary(S=Name.URI, URI=String("http://192.168.3.17/a"))
    return page(change=_annotated(Subtype=Name.Link, A=target))


def public_link():
    target = Dictionary(S=Name.URI, URI=String("https://www.gov.cn/"))
    return page(change=_annotated(Subtype=Name.Link, A=target))


def earlier_revision():
    """Seed 69: what was there is blanked by an update at the end of the file."""
    first = page(latin(A))
    with pikepdf.open(io.BytesIO(first)) as file:
        number = file.pages[0].Contents.objgen[0]
    at = len(first) + 1
    blank = f"{number} 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{at:010} 00000 n \n"
    size, root, start = _trailer(first)
    last = f"trailer\n<</Size {size} /Root {root} 0 R /Prev {start}>>\nstartxref\n"
    return first + f"\n{blank}{table}{last}{at + len(blank)}\n%%EOF\n".encode()


def _trailer(data):
    with pikepdf.open(io.BytesIO(data)) as file:
        size, root = int(file.trailer.Size), file.Root.objgen[0]
    return size, root, int(data.rpartition(b"startxref")[2].split()[0])


def carries_a_workbook():
    """Seed 70."""
    from tests.support.leaks import sheets

    def attach(file):
        file.attachments["名单.xlsx"] = sheets.plain_list()

    return page(change=attach)


def title_and_script():
    """Seed 71."""

    def about(file):
        file.docinfo["/Title"] = String("实施方案（送审稿）")
        script = Dictionary(S=Name.JavaScript, JS=String("1"))
        file.Root.OpenAction = file.make_indirect(script)

    return page(change=about)


def off_the_page():
    return page(latin("12") + latin(B, y=-40))


def tiny():
    return page(latin("12") + latin(B).replace("14 Tf", "1 Tf").replace("700", "600"))


def white_on_a_line():
    """A bar that is drawn as one thick line: no fault."""
    return page("0 0 0.6 RG 30 w 60 704 m 360 704 l S\n" + latin("2019", before="1 g\n"))


def white_in_a_frame():
    """A thin frame is no ground."""
    return page("0 0 0.6 RG 1 w 60 690 300 30 re S\n" + latin(B, before="1 g\n"))


def over_the_edge():
    """A line too long for its page, as a poor layout leaves it."""
    return page(latin("12") + "BT /F1 14 Tf 500 600 Td (Implementation rules of a city) Tj ET\n")


def number_over_the_edge():
    return page(latin("12") + f"BT /F1 14 Tf 560 600 Td (No. {B}) Tj ET\n")


def blank_before_what_is_off():
    """Nothing of the line is on the page, though it begins with a blank."""
    return page(latin("12") + "BT /F1 14 Tf 600 600 Td ( not for everyone) Tj ET\n")


def white_past_its_bar():
    bar = "0 0 0.6 rg 60 690 60 30 re f\n"
    return page(bar + latin("Implementation rules", before="1 g\n"))


def white_after_black():
    """White words after black ones are no words that a layout cut."""
    start = "BT /F1 14 Tf 72 700 Td 0 g (Only: ) Tj 1 g (not for everyone) Tj ET\n"
    return page(start)


def printers_slip():
    return page(latin("12") + latin("report.indd   1   2026-05-06 10:20:11", y=-30))


def invisible():
    return page(latin("12") + latin(B, y=600, before="3 Tr\n"))


def scan_with_words():
    """A scan with the words that were read off it: they are there to be searched."""

    def scan(file):
        picture = file.make_stream(bytes(255 for _ in range(300)))
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = 10, 10, 8
        picture.ColorSpace = Name.DeviceRGB
        file.pages[0].Resources.XObject = Dictionary(I1=picture)

    content = "q 595 0 0 842 0 0 cm /I1 Do Q\n" + latin("2019", before="3 Tr\n")
    return page(content, change=scan)


def authored():
    def about(file):
        file.docinfo["/Author"] = String("赵小树")

    return page(change=about)


def form_value():
    def fill(file):
        field = Dictionary(FT=Name.Tx, T=String("a"), V=String(A))
        file.Root.AcroForm = Dictionary(Fields=Array([file.make_indirect(field)]))

    return page(change=fill)


def kept_by_a_program():
    def keep(file):
        kept = file.make_indirect(Dictionary(Text=Array([String(A)])))
        file.Root.PieceInfo = Dictionary(Editor=Dictionary(Private=kept))

    return page(change=keep)


def locked():
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(page())) as file:
        file.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    return stream.getvalue()


def curve_beside():
    """A bent line of a drawing whose frame holds the text, but not its shape: no fault."""
    return page(
        latin("2019 2020") + "0.5 g 60 690 m 60 740 l 66 740 l 66 696 l 300 696 l 300 690 l f\n"
    )


def drawn_twice():
    """Text under a coloured bar and again above it, as some programs draw: no fault."""
    return page(
        latin("2019 2020") + f"0 0 0.6 rg {_BAR} re f\n" + latin("2019 2020", before="1 g\n")
    )


def ink():
    """Full ink of a colour that has a name is no white: no fault."""

    def name(file):
        light = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
        space = Array([Name.Separation, Name.Black, Name.DeviceGray, light])
        file.pages[0].Resources.ColorSpace = Dictionary(CS0=space)

    return page(latin("2019", before="/CS0 cs 1 scn\n"), change=name)


def page_taken_out():
    """A page that is in the file and in no list of pages."""

    def take(file):
        left = file.pages[1].obj
        del file.pages[1]
        file.Root.Kept = left

    return page(latin("12"), latin(A), change=take)


def bomb():
    """A small file that carries one which unpacks to more than may be read."""

    def attach(file):
        stream = file.make_stream(zlib.compress(b"0" * 220_000_000, 1))
        stream.Filter = Name.FlateDecode
        carried = Dictionary(Type=Name.Filespec, F=String("a.bin"), EF=Dictionary(F=stream))
        file.Root.AF = Array([file.make_indirect(carried)])

    return page(change=attach)


_DRAWN = b"0 0 m 1 1 l n\n" * 8_000_000


def bomb_on_its_page():
    """A page whose own drawing unpacks to more than may be read."""

    def draw(file):
        stream = file.make_stream(zlib.compress(_DRAWN, 9))
        stream.Filter = Name.FlateDecode
        file.pages[0].Contents = stream

    return page(change=draw)


def bomb_packed_twice():
    def draw(file):
        stream = file.make_stream(zlib.compress(zlib.compress(_DRAWN, 9), 9))
        stream.Filter = Array([Name.FlateDecode, Name.FlateDecode])
        file.pages[0].Contents = stream

    return page(change=draw)


def bomb_in_letters():
    def draw(file):
        stream = file.make_stream(zlib.compress(_DRAWN, 9).hex().encode() + b">")
        stream.Filter = Array([Name.ASCIIHexDecode, Name.FlateDecode])
        file.pages[0].Contents = stream

    return page(change=draw)


def white_scan():
    """A large picture of white paper, which packs a thousandfold: no fault."""

    def scan(file):
        picture = file.make_stream(zlib.compress(b"\xff" * 4000 * 4000, 9))
        picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.FlateDecode
        picture.Width, picture.Height, picture.BitsPerComponent = 4000, 4000, 8
        picture.ColorSpace = Name.DeviceGray
        file.pages[0].Resources.XObject = Dictionary(I1=picture)

    return page("q 595 0 0 842 0 0 cm /I1 Do Q\n", change=scan)
