"""Word files with leaks: seeds 39 to 49."""

import io

import docx
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from tests.support.leaks import pictures
from tests.support.leaks.archives import packed, rewritten, saved
from tests.support.leaks.numbers import NUMBERS, A, B

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006/relationships"


def word(*texts, author="python-docx"):
    document = docx.Document()
    document.core_properties.author = author
    for text in texts or ("正文",):
        document.add_paragraph(text)
    return document


def clean():
    document = word("正文一", "正文二")
    document.add_heading("标题")
    table = document.add_table(2, 2)
    table.style = "Table Grid"
    for cell in table._cells:
        cell.text = "内容"
    document.add_picture(io.BytesIO(pictures.photo()))
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    return saved(document)


def properties():
    """Seed 39."""
    document = word(author="赵小树")
    document.core_properties.keywords = "内部资料"
    return saved(document)


def level_property():
    """Seed 40."""
    part = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
      xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
      <property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="密级">
      <vt:lpwstr>秘密</vt:lpwstr></property></Properties>"""
    return rewritten(saved(word()), {}, {"docProps/custom.xml": part.encode()})


def comment():
    """Seed 41."""
    document = word()
    remark = "这一户的情况还要再核实"
    document.add_comment(document.paragraphs[0].runs, text=remark, author="王某（示例）")
    return saved(document)


def _change(kind, text):
    name = "delText" if kind == "del" else "t"
    change = f'<w:{kind} {nsdecls("w")} w:id="9" w:author="王某（示例）">'
    return parse_xml(f"{change}<w:r><w:{name}>{text}</w:{name}></w:r></w:{kind}>")


def deleted():
    """Seed 42."""
    document = word("号码是")
    document.paragraphs[0]._p.append(_change("del", A))
    return saved(document)


def inserted():
    """Seed 43."""
    document = word("请联系")
    document.paragraphs[0]._p.append(_change("ins", NUMBERS["P1"]))
    return saved(document)


def restyled():
    """A tracked change of looks alone."""
    document = word()
    run = document.paragraphs[0].runs[0]._r.get_or_add_rPr()
    run.append(OxmlElement("w:rPrChange"))
    return saved(document)


def vanished():
    """Seed 44."""
    document = word()
    document.add_paragraph().add_run(A).font.hidden = True
    return saved(document)


def white_and_tiny():
    """Seed 45."""
    document = word(*["正文"] * 30)  # below the first lines, where the word alone is a fault
    font = document.add_paragraph().add_run("讨论稿，勿外传").font
    font.color.rgb, font.size = RGBColor(255, 255, 255), Pt(1)
    return saved(document)


def frame_off_the_page():
    """A frame left of its page."""
    document = word()
    frame = OxmlElement("w:framePr")
    frame.set(qn("w:x"), "-9000")
    document.add_paragraph(A)._p.get_or_add_pPr().append(frame)
    return saved(document)


def frame():
    """A frame on its page: no fault."""
    document = word()
    frame = OxmlElement("w:framePr")
    frame.set(qn("w:x"), "1200")
    document.add_paragraph("正文")._p.get_or_add_pPr().append(frame)
    return saved(document)


def hidden_by_style():
    """A run that is hidden by the style that its style is based on."""
    document = word()
    first = document.styles.add_style("底样式", 2)
    first.font.hidden = True
    second = document.styles.add_style("上样式", 2)
    second.base_style = first
    document.add_paragraph().add_run("藏着的话", style=second)
    return saved(document)


def white_on_colour():
    """A white head of a table on blue: no fault."""
    document = word()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("表头").font.color.rgb = RGBColor(255, 255, 255)
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F4E79"/>')
    )
    return saved(document)


_BOX = """<w:r %s xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">
 <w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:txbxContent>
 </wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>
 <w:t>%s</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>
 </mc:AlternateContent></w:r>"""


def text_box(first="秘密★10年", second="秘密★10年"):
    """Seed 46."""
    document = word()
    document.paragraphs[0]._p.append(parse_xml(_BOX % (nsdecls("w"), first, second)))
    return saved(document)


def old_text_box():
    """Only the branch for old programs holds the number."""
    return text_box("标题", B)


def second_header():
    """Seed 47."""
    document = word()
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "内部资料"
    return saved(document)


def cropped():
    """Seed 48."""
    document = word()
    document.add_picture(io.BytesIO(pictures.card()))
    fill = document.element.body.find(f".//{qn('a:blip')}").getparent()
    crop = OxmlElement("a:srcRect")
    crop.set("b", "90000")
    fill.insert(1, crop)
    return saved(document)


def shared_template():
    """Seed 49."""
    relation = (
        f'<Relationships xmlns="{PACKAGES}"><Relationship Id="rId1" Type="{RELATIONS}/'
        'attachedTemplate" Target="file:///\\\\10.1.2.3\\share\\gw.dotx" TargetMode="External"/>'
        "</Relationships>"
    )
    settings = f'<w:attachedTemplate {nsdecls("w", "r")} r:id="rId1"/>'.encode()
    return rewritten(
        saved(word()),
        {"word/settings.xml": lambda part: part.replace(b"<w:zoom", settings + b"<w:zoom", 1)},
        {"word/_rels/settings.xml.rels": relation.encode()},
    )


def starts_a_program():
    document = word()
    run = document.paragraphs[0].runs[0]._r
    run.append(
        parse_xml(f'<w:instrText {nsdecls("w")}>DDEAUTO excel "C:\\a.xlsx" A1</w:instrText>')
    )
    return saved(document)


def carries_a_workbook():
    from tests.support.leaks import sheets

    return rewritten(saved(word()), {}, {"word/embeddings/list.xlsx": sheets.plain_list()})


def list_in_a_table():
    document = word("名单")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("姓名", "身份证号", "赵小树", A), strict=True):
        cell.text = text
    return saved(document)


def macro():
    return rewritten(saved(word()), {}, {"word/vbaProject.bin": b"macro"})


def no_word_file():
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<broken"})


def encrypted():
    """A file with a password is an OLE2 file whatever its name says."""
    from tests.support.leaks.archives import old_document

    return old_document(("EncryptedPackage", "EncryptionInfo"))


def watermark():
    document = word()
    shape = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
        '<v:textpath string="机密★3年"/></v:shape></w:pict></w:r>'
    )
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(shape))
    return saved(document)


def drawing_of_old_form():
    from tests.support.leaks.pictures import metafile

    return rewritten(saved(word()), {}, {"word/media/image9.emf": metafile()})


def entity_bomb():
    """A part that would grow without end if its entities were resolved."""
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaa">{names}]><x>&a11;</x>'
    return rewritten(saved(word()), {}, {"word/notes9.xml": bomb.encode()})
