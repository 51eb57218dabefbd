"""A report of figures on A4, and as a workbook with the lists behind its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports.book import Book, add_table, writing
from carehome.reports.flowing import Flow
from carehome.reports.grid import Field
from carehome.reports.sheet import A4_WIDE, PALE, Letterhead, Sheet, drawing
from carehome.reports.table import Table
from carehome.rules.figures import Number, Unit
from carehome.rules.money import half_up, yuan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TOP, _FOOT, _TYPE = 28.0, 14.0, 8.5  # the title lies below the practice stamp
_HEAD = 20.0
# How a workbook shows a value of each unit; whole numbers need no tenth.
_PATTERNS = {Unit.MONEY: "#,##0.00", Unit.SHARE: "0.0%", Unit.RATIO: '"1 : "0.0'}
_WIDTHS = (16, 34, 14, 10, 18, 46, 40, 40)


@dataclass(frozen=True, slots=True)
class LinePaper:
    """One line: as it reads, and its exact value where it has one."""

    part: str
    label: str
    value: Number | None
    kind: Unit | None
    shown: str
    unit: str
    change: str
    words: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report: its title, its days, what is said above it, its lines, the lists."""

    title: str
    days: str
    notes: tuple[str, ...]
    compared: str
    lines: tuple[LinePaper, ...]
    lists: tuple[Table, ...] = ()


def write_report(path: Path, paper: ReportPaper, head: Letterhead) -> None:
    """Write a report as a PDF, its lines under the headings of their parts."""
    flow = Flow(A4_WIDE, _TOP, _FOOT, _TYPE)
    title = _("{report}: {days}").format(report=paper.title, days=paper.days)
    flow.begin(title)
    for note in (*paper.notes, paper.compared):
        flow.say(note)
    for (part, kind), lines in groupby(paper.lines, key=_part_and_kind):
        flow.gap(2)
        flow.heading(part)
        if kind:
            flow.table(_fields(flow.width), [(_cells(line), False) for line in lines])
        else:
            told = [((x.label, x.shown, x.note), False) for x in lines]
            flow.table(_told_fields(flow.width), told)
    flow.put(_HEAD, partial(_sign, flow))
    pages = len(flow.pages)
    foot = _("{home}, {title}").format(home=head.home, title=title)
    with drawing(path, title, A4_WIDE, head) as sheet:
        for number, pieces in enumerate(flow.pages, start=1):
            with sheet.page(number, pages, foot):
                if number == 1:
                    sheet.text(flow.left, 12, head.home, 10.5, tone=PALE)
                for y, draw in pieces:
                    draw(sheet, y)


def _part_and_kind(line: LinePaper) -> tuple[str, bool]:
    """Tell figures from what the home says of itself, which has no unit or meaning."""
    return line.part, line.kind is not None


def _told_fields(width: float) -> list[Field]:
    shares = ((_("Column of the form"), 0.3), (_("Content"), 0.4), (_("Note"), 0.3))
    return [Field(title, width * share) for title, share in shares]


def _fields(width: float) -> list[Field]:
    shares = (
        (_("Name of the figure"), 0.2, False),
        (_("Value"), 0.1, True),
        (_("Unit of it"), 0.07, False),
        (_("Change since"), 0.1, True),
        (_("Meaning"), 0.3, False),
        (_("Rests on"), 0.23, False),
    )
    return [Field(title, width * share, figures) for title, share, figures in shares]


def _cells(line: LinePaper) -> Sequence[str]:
    told = (line.words, line.note)
    return (
        line.label,
        line.shown,
        line.unit,
        line.change,
        "\n".join(filter(None, told)),
        line.source,
    )


def _sign(flow: Flow, sheet: Sheet, y: float) -> None:
    labels = (_("Made by"), _("Head of the home"), _("Day"))
    sheet.signatures(y + 14, labels, flow.left, flow.right)


def write_report_workbook(path: Path, paper: ReportPaper, head: Letterhead) -> None:
    """Write a report as xlsx: real numbers, and a sheet for each list."""
    with writing(path, paper.title, head) as book:
        _front(book, paper)
        for number, table in enumerate(paper.lists, start=1):
            add_table(book, f"{number} {table.title}", table, (paper.days,))


def _front(book: Book, paper: ReportPaper) -> None:
    notes = (paper.days, *paper.notes, paper.compared)
    sheet, line = book.sheet(_("The report"), paper.title, notes)
    titles = (
        _("Part of the report"),
        *(_("Name of the figure"), _("Value"), _("Unit of it"), _("Change since")),
        *(_("Meaning"), _("Rests on"), _("To know about it")),
    )
    book.headings(sheet, line, titles)
    sheet.freeze_panes(line + 1, 2)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    for row, each in enumerate(paper.lines, start=line + 1):
        _row(book, sheet, row, each)


def _row(book: Book, sheet: "Worksheet", row: int, line: LinePaper) -> None:
    words = (line.part, line.label)
    for place, text in enumerate(words):
        book.write(sheet, row, place, text, text_wrap=True)
    if line.value is None or line.kind is None:
        book.write(sheet, row, 2, line.shown, align="right", text_wrap=True)
    else:
        value, pattern = _number(line.value, line.kind)
        book.write(sheet, row, 2, value, num_format=pattern)
    rest = (line.unit, line.change, line.words, line.source, line.note)
    for place, text in enumerate(rest, start=3):
        book.write(sheet, row, place, text, text_wrap=True)


def _number(value: Number, kind: Unit) -> tuple[object, str]:
    """Return a value as a workbook reckons with it, and how it is shown."""
    if kind is Unit.MONEY:
        return yuan(half_up(*value.as_integer_ratio())), _PATTERNS[kind]
    if kind in _PATTERNS:
        return float(value), _PATTERNS[kind]
    is_whole = value.denominator == 1
    return (int(value), "0") if is_whole else (float(value), "0.0")
