"""Write a short document for a word processor: a heading, and blocks with a picture each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

CHINESE = "微软雅黑"
"""The font Chinese signs are asked for in; where there is none, the word processor takes its own."""
PICTURE = Cm(2.6)


@dataclass(frozen=True, slots=True)
class Block:
    """heading and lines below it; picture: a PNG beside them, empty for none."""

    heading: str
    lines: Sequence[str]
    picture: bytes = b""


def write_docx(title: str, lead: str, blocks: Iterable[Block]) -> bytes:
    """A .docx: the title, a sentence, and a table of the blocks that no page's end cuts in two."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE)
    heading = document.add_paragraph()
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(18)
    document.add_paragraph(lead)
    table = document.add_table(rows=0, cols=2)
    for block in blocks:
        row = table.add_row()
        row.height, row.height_rule = Cm(3), WD_ROW_HEIGHT_RULE.AT_LEAST
        words, beside = row.cells
        words.width, beside.width = Cm(12.5), Cm(3.5)
        words.paragraphs[0].add_run(block.heading).bold = True
        for line in block.lines:
            words.add_paragraph(line)
        if block.picture:
            beside.paragraphs[0].add_run().add_picture(BytesIO(block.picture), width=PICTURE)
    target = BytesIO()
    document.save(target)
    return target.getvalue()
