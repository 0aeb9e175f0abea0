"""Workbooks with leaks: seeds 50 to 60."""

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.support.leaks.archives import rewritten, saved
from tests.support.leaks.numbers import P1, P2, P3, A, B, C, D

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(change=lambda book: None):
    made = openpyxl.Workbook()
    made.active.title = "汇总"
    made.active["A1"] = "户数"
    made.active["A2"] = 12
    change(made)
    return saved(made)


def clean():
    def fill(made):
        sheet = made.active
        sheet["B1"], sheet["B2"], sheet["C2"] = "金额", 1234.5, "=A2*2"
        sheet["D1"].font = Font(color="FFFFFF")
        sheet["D1"].fill = PatternFill("solid", fgColor="1F4E79")
        sheet["D1"] = "表头"
        sheet["E1"].number_format = "yyyy-mm-dd"
        sheet["E1"] = 45000
        sheet.oddFooter.center.text = "第 &P 页"
        sheet.add_data_validation(DataValidation(type="list", formula1='"是,否"'))

    return book(fill)


def plain_list():
    def fill(made):
        made.active.append(["赵小树", A])

    return book(fill)


def hidden_sheet():
    """Seed 50."""

    def fill(made):
        sheet = made.create_sheet("底表")
        sheet["A1"], sheet["A2"], sheet.sheet_state = A, B, "hidden"

    return book(fill)


def very_hidden_sheet():
    """Seed 51."""

    def fill(made):
        sheet = made.create_sheet("底表")
        for row, number in enumerate((P1, P2, P3), 1):
            sheet.cell(row, 1, number)
        sheet.sheet_state = "veryHidden"

    return book(fill)


def hidden_columns():
    """Seed 52."""

    def fill(made):
        made.active["E2"] = B
        made.active.column_dimensions.group("C", "E", hidden=True)

    return book(fill)


def narrow_column():
    def fill(made):
        made.active["E2"] = "名单"
        made.active.column_dimensions["E"].width = 0.5

    return book(fill)


def hidden_row():
    """Seed 53."""

    def fill(made):
        made.active["B7"] = C
        made.active.row_dimensions[7].hidden = True

    return book(fill)


def blank_format():
    """Seed 54."""

    def fill(made):
        made.active["B2"] = D
        made.active["B2"].number_format = ";;;"

    return book(fill)


def white_font():
    """Seed 55."""

    def fill(made):
        made.active["B2"] = P3
        made.active["B2"].font = Font(color="FFFFFFFF")

    return book(fill)


def masked_by_formula():
    """Seed 56."""

    def fill(made):
        made.active["B2"] = A
        made.active["C2"] = '=REPLACE(B2,7,8,"********")'
        made.active.column_dimensions["B"].hidden = True

    return book(fill)


def comment_and_choices():
    """Seed 57."""

    def fill(made):
        made.active["A2"].comment = Comment(f"赵小树 {P1}", "王某（示例）")
        names = "赵小树,钱小花,孙小明,李小红,周小强"
        made.active.add_data_validation(DataValidation(type="list", formula1=f'"{names}"'))

    return book(fill)


def path_and_cache():
    """Seed 58."""

    def fill(made):
        path = r"'C:\Users\zhao\[低保.xlsx]Sheet1'!$A$1"
        made.defined_names["来源"] = DefinedName("来源", attr_text=path)

    part = (
        f'<externalLink xmlns="{_MAIN}"><externalBook><sheetDataSet><sheetData sheetId="0">'
        f'<row r="1"><cell r="A1" t="str"><v>{A}</v></cell></row></sheetData></sheetDataSet>'
        "</externalBook></externalLink>"
    )
    return rewritten(book(fill), {}, {"xl/externalLinks/externalLink1.xml": part.encode()})


def pivot_cache():
    """Seed 59."""
    part = (
        f'<pivotCacheRecords xmlns="{_MAIN}" count="2"><r><s v="赵小树"/><s v="{A}"/></r>'
        f'<r><s v="钱小花"/><s v="{B}"/></r></pivotCacheRecords>'
    )
    return rewritten(book(), {}, {"xl/pivotCache/pivotCacheRecords1.xml": part.encode()})


def number_as_number():
    """Seed 60: a workbook keeps fifteen digits of a number."""

    def fill(made):
        made.active["B2"] = int(A[:15] + "000")

    return book(fill)


def mobile_as_number():
    def fill(made):
        made.active["B1"], made.active["B2"] = "手机号码", int(P1)

    return book(fill)


def left_over_string():
    strings = f'<sst xmlns="{_MAIN}" count="0" uniqueCount="1"><si><t>{A}</t></si></sst>'
    return rewritten(book(), {}, {"xl/sharedStrings.xml": strings.encode()})


def header_mark():
    def fill(made):
        made.active.oddHeader.center.text = "内部资料"

    return book(fill)


def saved_where():
    path = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        b'2006"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/'
        b'office/spreadsheetml/2010/11/ac" url="C:\\Users\\zhao\\Desktop\\"/></mc:Choice>'
        b"</mc:AlternateContent>"
    )
    change = {"xl/workbook.xml": lambda part: part.replace(b"<sheets>", path + b"<sheets>")}
    return rewritten(book(), change)


def revisions():
    part = f'<revisions xmlns="{_MAIN}"><rcc><oc><is><t>{B}</t></is></oc></rcc></revisions>'
    return rewritten(book(), {}, {"xl/revisions/revisionLog1.xml": part.encode()})
