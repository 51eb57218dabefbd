"""The score table as a workbook whose formulas add up again what is typed over.

Items lie part by part and section by section; every sum is a formula of the cells above
it. What the program came to stands in each formula as its value.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports.book import Book, writing
from carehome.reports.sheet import Letterhead
from carehome.rules.ratings.grades import GRADE_NAMES, part_line
from carehome.rules.ratings.items import PART_NAMES, GradeLine, Part
from carehome.rules.ratings.points import ONE
from carehome.rules.ratings.submission import Line, Submission

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FULL, OWN, EXPERT = 3, 4, 5  # columns of points
_SUMMED = {FULL: "D", OWN: "E", EXPERT: "F"}
_WIDTHS = (10, 16, 46, 8, 8, 8, 34, 26)
_GROUND = "#F1F5F6"
NAMES = {FULL: "full", OWN: "own", EXPERT: "expert"}


def write_score_book(
    path: Path, submission: Submission, notes: Sequence[str], head: Letterhead
) -> None:
    """Write the score table and the lines of the grades."""
    title = _("Score table of the self-assessment")
    with writing(path, title, head) as book:
        table = _Scores(book, submission, title, notes, head)
        table.write()
        _Grades(book, submission, table, notes, head).write()


class _Scores:
    """The sheet of items; remembers in which cells the sums stand."""

    def __init__(
        self,
        book: Book,
        submission: Submission,
        title: str,
        notes: Sequence[str],
        head: Letterhead,
    ) -> None:
        self._book = book
        self._submission = submission
        self.name = _("Score table")
        self._sheet, self._line = book.sheet(self.name, title, notes)
        _stamp(self._sheet, submission, head)
        self.parts: dict[Part, int] = {}  # the lines of the sums of the parts
        self.total = 0

    def write(self) -> None:
        """Write every part with its sections, then the total."""
        titles = (
            *(_("Code"), _("Second-level item"), _("What is judged")),
            *(_("Full mark"), _("Own points"), _("Expert")),
            *(_("Reason for the deduction"), _("Evidence")),
        )
        self._book.headings(self._sheet, self._line, titles)
        for place, width in enumerate(_WIDTHS):
            self._sheet.set_column(place, place, width)
        self._sheet.freeze_panes(self._line + 1, 0)
        self._line += 1
        for part in Part:
            lines = [each for each in self._submission.lines if each.item.part is part]
            if lines:
                self._part(part, lines)
        self.total = self._line
        rows = list(self.parts.values())
        self._sum(_("Total"), rows, list(self._submission.lines), "total")

    def _part(self, part: Part, lines: Sequence[Line]) -> None:
        """Write the sections of a part, and under them its sum."""
        sections = []
        for section, group in groupby(lines, lambda line: line.item.section):
            inside = list(group)
            first = self._line
            for line in inside:
                self._item(line)
            name = section or _(PART_NAMES[part])
            span = range(first, self._line)
            sections.append(self._line)
            self._sum(_("Sum of {name}").format(name=name), span, inside, "")
        self.parts[part] = self._line
        words = _("Part: {part}").format(part=_(PART_NAMES[part]))
        self._sum(words, sections, lines, f"part_{part}")

    def _item(self, line: Line) -> None:
        own = None if line.hundredths is None else points(line.hundredths)
        told = (
            *(line.item.code, line.item.section, line.item.name),
            *(points(line.item.hundredths), own, None),
            *(line.reason, line.told),
        )
        for place, value in enumerate(told):
            style = {"num_format": "0.##"} if place in _SUMMED else {}
            self._book.write(
                self._sheet, self._line, place, value, text_wrap=True, **style
            )
        limits = {"validate": "decimal", "criteria": "between", "minimum": 0}
        limits |= {"maximum": f"=$D${self._line + 1}"}
        self._sheet.data_validation(self._line, OWN, self._line, EXPERT, limits)
        self._line += 1

    def _sum(
        self, words: str, rows: Sequence[int], lines: Sequence[Line], name: str
    ) -> None:
        """Write a sum of the rows named, under what the program came to."""
        style = {"bold": True, "bg_color": _GROUND}
        for place in range(len(_WIDTHS)):
            value = words if place == 0 else None
            self._book.write(self._sheet, self._line, place, value, **style)
        got = {
            FULL: sum(line.item.hundredths for line in lines),
            OWN: sum(line.hundredths or 0 for line in lines),
        }
        shape = self._book.boxed(num_format="0.##", **style)
        for place, letter in _SUMMED.items():
            cells = _cells(letter, rows)
            formula = f"=ROUND(SUM({cells}),2)"
            known: object = float(points(got[place])) if place in got else ""
            if place == EXPERT:  # empty until an expert has filled something in
                formula = f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),2))'
            self._sheet.write_formula(self._line, place, formula, shape, known)
            if name:
                self._book.name(f"{name}_{NAMES[place]}", self.cell(place, self._line))
        self._line += 1

    def cell(self, place: int, line: int) -> str:
        """Return a cell of this sheet as other sheets name it."""
        return f"'{self.name}'!${_SUMMED[place]}${line + 1}"


class _Grades:
    """The sheet of grades: what each asks, and whether the points come to it."""

    def __init__(
        self,
        book: Book,
        submission: Submission,
        scores: _Scores,
        notes: Sequence[str],
        head: Letterhead,
    ) -> None:
        self._book = book
        self._submission = submission
        self._scores = scores
        title = _("Grades by points")
        told = [*notes, _("Conditions of the grades are not part of this sheet.")]
        self._sheet, self._line = book.sheet(title, title, told)
        _stamp(self._sheet, submission, head)

    def write(self) -> None:
        """Write a row for each grade, then the highest that the points come to."""
        parts = list(self._scores.parts)
        titles = [_("Grade of the home"), _("Total asked"), _("Part asked, %")]
        titles += [_(PART_NAMES[part]) for part in parts]
        titles += [_("Short of in total"), _("Enough points")]
        self._book.headings(self._sheet, self._line, titles)
        self._sheet.set_column(0, len(titles) - 1, 14)
        standings = {each.grade: each for each in self._submission.standings}
        lines = sorted(self._submission.table.lines, key=lambda line: line.grade)
        first = self._line + 1
        for line in lines:
            self._line += 1
            self._grade(line, parts, standings[line.grade].has_points)
        self._line += 1
        enough = chr(ord("A") + len(titles) - 1)
        span = f"{enough}{first + 1}:{enough}{self._line}"
        words = _("Highest grade by points")
        self._book.write(self._sheet, self._line, 0, words, bold=True)
        reached = self._submission.by_points
        formula = f"=SUMPRODUCT(MAX({span}))"
        shape = self._book.boxed(bold=True)
        self._sheet.write_formula(self._line, 1, formula, shape, reached)
        self._book.name("grade_by_points", f"'{self._sheet.name}'!$B${self._line + 1}")

    def _grade(self, line: GradeLine, parts: Sequence[Part], is_enough: bool) -> None:
        """Write what a grade asks; its last cell is the grade if the points suffice."""
        at = self._line
        own = self._scores.cell(OWN, self._scores.total)
        self._book.write(self._sheet, at, 0, _(GRADE_NAMES[line.grade]))
        self._book.write(self._sheet, at, 1, points(line.hundredths))
        self._book.write(self._sheet, at, 2, line.percent)
        marks = self._submission.table.marks
        shape = self._book.boxed(num_format="0.##")
        tests = [f"{own}>=$B{at + 1}"]
        for place, part in enumerate(parts, start=3):
            row = self._scores.parts[part]
            full = self._scores.cell(FULL, row)
            asked = f"=ROUNDUP(ROUND({full}*$C{at + 1}/100,6),2)"
            known = float(points(part_line(line, marks[part])))
            self._sheet.write_formula(at, place, asked, shape, known)
            letter = chr(ord("A") + place)
            tests.append(f"{self._scores.cell(OWN, row)}>={letter}{at + 1}")
        place = 3 + len(parts)
        missing = max(line.hundredths - self._submission.total, 0)
        short = f"=MAX(ROUND($B{at + 1}-{own},2),0)"
        self._sheet.write_formula(at, place, short, shape, float(points(missing)))
        formula = f"=IF(AND({','.join(tests)}),{line.grade},0)"
        value = line.grade if is_enough else 0
        shown = self._book.boxed(num_format=f'"{_("yes")}";;"{_("no")}"')
        self._sheet.write_formula(at, place + 1, formula, shown, value)


def points(hundredths: int) -> Decimal:
    """Return points as a workbook counts them."""
    return Decimal(hundredths) / ONE


def _stamp(sheet: "Worksheet", submission: Submission, head: Letterhead) -> None:
    """Say above every printed page that the points are not official."""
    practice = _("Practice, not valid") if head.demo else ""
    if marks := [each for each in (submission.table.stamp, practice) if each]:
        sheet.set_header("&C&B&16" + _(" \u00b7 ").join(marks))


def _cells(letter: str, rows: Sequence[int]) -> str:
    """Name cells of a column: those in a row as a span, others one by one."""
    if isinstance(rows, range):
        return f"{letter}{rows[0] + 1}:{letter}{rows[-1] + 1}"
    return ",".join(f"{letter}{row + 1}" for row in rows)
