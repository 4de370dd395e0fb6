"""Adapter: a report as a PDF file, through reportlab. Slow for many lines: call it off the event loop."""

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.doctemplate import BaseDocTemplate

from qa_monitor.reports.charts import charts
from qa_monitor.reports.dates import day_name
from qa_monitor.reports.definitions import DEFINITIONS
from qa_monitor.reports.records import Report
from qa_monitor.reports.table import report_rows
from qa_monitor.reports.words import WORDS
from streams.records import Language

FONT, BOLD = "Vera", "VeraBd"
MOST_ROWS = 5_000
"""A file of more is for no reader: such a report is cut, and says so."""
MARGIN = 12 * mm
NAME_WIDTH = 46 * mm


def report_pdf(report: Report, language: Language) -> bytes:
    """The report on A4 sheets, wide side up, heads repeated on each."""
    load_fonts()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=landscape(A4),
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title_of(report, language),
        author="qa-monitor",
        lang=language.value,
        invariant=1,
    )
    number = partial(_number_page, WORDS[language].page)
    document.build(story_of(report, language), onFirstPage=number, onLaterPages=number)
    return out.getvalue()


def title_of(report: Report, language: Language) -> str:
    """What it is about, and by whom its lines are."""
    words = WORDS[language]
    return f"{words.kinds[report.asked.kind]} – {words.by[report.asked.by].lower()}"


def story_of(report: Report, language: Language) -> list[Flowable]:
    """What stands on its pages, from the top. Latin letters that the fonts lack would come out as boxes."""
    load_fonts()
    words, asked = WORDS[language], report.asked
    heads, rows = report_rows(report, language)
    return [
        Paragraph(escape(title_of(report, language)), _style(BOLD, 14, after=4)),
        Paragraph(
            escape(f"{day_name(asked.first, language)} – {day_name(asked.last, language)}, {asked.zone}"),
            _style(FONT, 9, after=6),
        ),
        *_drawn(report, language),
        _table(heads, rows[:MOST_ROWS], len(DEFINITIONS[asked.kind]))
        if rows
        else Paragraph(escape(words.empty), _style(BOLD, 9)),
        Spacer(1, 4 * mm),
        *(Paragraph(escape(text), _style(FONT, 7)) for text in _notes(report, language, len(rows))),
    ]


def load_fonts() -> None:
    """Once in a process: the fonts come with the library."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        folder = Path(reportlab.__file__).parent / "fonts"
        for name in (FONT, BOLD):
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def _style(font: str, size: float, after: float = 0.0) -> ParagraphStyle:
    return ParagraphStyle(font + str(size), fontName=font, fontSize=size, leading=size * 1.3, spaceAfter=after)


def _drawn(report: Report, language: Language) -> Sequence[Flowable]:
    """The charts beside each other, above the table."""
    drawn = charts(report, language)
    if not drawn:
        return ()
    half = (landscape(A4)[0] - 2 * MARGIN) / 2
    row = Table([[*drawn, *[""] * (2 - len(drawn))]], colWidths=[half, half])
    row.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return (row, Spacer(1, 2 * mm))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], figures: int) -> LongTable:
    """The last so many columns are figures."""
    head, cell = _style(BOLD, 7), _style(FONT, 7)
    width = landscape(A4)[0] - 2 * MARGIN
    rest = (width - NAME_WIDTH) / max(1, len(heads) - 1)
    cells: list[list[Paragraph | str]] = [[Paragraph(escape(text), head) for text in heads]]
    named = len(heads) - figures
    # names may be long and are broken into lines, which takes time; figures are in short lines already
    cells += [[*(Paragraph(escape(text), cell) for text in row[:named]), *row[named:]] for row in rows]
    table = LongTable(cells, colWidths=[NAME_WIDTH, *[rest] * (len(heads) - 1)], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 1), (-1, -1), FONT, 7),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
                ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.HexColor("#c5cbd0")),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return table


def _notes(report: Report, language: Language, rows: int) -> Sequence[str]:
    words = WORDS[language]
    notes = [words.note, words.few] if rows else []
    if rows and any(period.cut for period in report.periods):
        notes.append(words.partial)
    if report.pending:
        notes.append(words.pending.format(n=report.pending))
    if report.withheld:
        notes.append(words.withheld.format(n=report.withheld))
    if rows > MOST_ROWS:
        notes.append(words.cut.format(n=MOST_ROWS, all=rows))
    return notes


def _number_page(text: str, canvas: Canvas, _: BaseDocTemplate) -> None:
    canvas.setFont(FONT, 7)
    canvas.drawRightString(landscape(A4)[0] - MARGIN, MARGIN / 2, text.format(n=canvas.getPageNumber()))
