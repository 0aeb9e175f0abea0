"""Slides with leaks: seeds 61 and 62."""

from pptx import Presentation
from pptx.util import Inches

from tests.support.leaks.archives import rewritten, saved
from tests.support.leaks.numbers import P1, A, C


def _slides(count=1):
    made = Presentation()
    made.core_properties.author = made.core_properties.last_modified_by = ""
    for _ in range(count):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "标题"
    return made


def clean():
    made = _slides(2)
    table = made.slides[0].shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text = "户数"
    made.slides[1].notes_slide.notes_text_frame.text = ""
    return saved(made)


def notes():
    """Seed 61."""
    made = _slides(3)
    made.slides[2].notes_slide.notes_text_frame.text = f"联系人赵小树 {P1}"
    return saved(made)


def harmless_notes():
    made = _slides()
    made.slides[0].notes_slide.notes_text_frame.text = "讲三分钟"
    return saved(made)


def off_the_slide():
    """Seed 62."""
    made = _slides()
    box = made.slides[0].shapes.add_textbox(-Inches(5), Inches(1), Inches(3), Inches(1))
    box.text_frame.text = C
    return saved(made)


def hidden_slide():
    made = _slides(2)
    made.slides[1].shapes.title.text = A
    made.slides[1]._element.set("show", "0")
    return saved(made)


def list_in_a_table():
    made = _slides()
    table = made.slides[0].shapes.add_table(1, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 1).text = A
    return saved(made)


def chart_workbook():
    from tests.support.leaks import sheets

    return rewritten(saved(_slides()), {}, {"ppt/embeddings/list.xlsx": sheets.plain_list()})
