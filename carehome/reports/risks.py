"""The assessment of risks on paper, with the notice that the family signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import N_, _, show_day
from carehome.reports.grid import HEAD, Field, Grid, Row, flow
from carehome.reports.sheet import (
    A4,
    BODY,
    INK,
    PALE,
    SMALL,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)

_TABLE_TOP = 43.0
_LATER_TOP = 22.0
_FOOT = 13.0
_TYPE = 9.0
_BLANK = "____"
SHORT = 8  # letters of a label that needs little room before its line


@dataclass(frozen=True, slots=True)
class RiskText:
    """One risk in words; the first of `grounds` and `measures` matter most."""

    risk: str
    level: str
    is_at_risk: bool
    grounds: Sequence[str]
    measures: Sequence[str]
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class RiskNotice:
    """All that stands on the paper; days and people not known yet stay blank."""

    resident: str
    sex: str
    age: int | None
    bed: str
    day: date
    assessors: Sequence[str]
    risks: Sequence[RiskText]
    standard: str
    is_finished: bool = True
    told_to: str = ""
    told_by: str = ""
    told_on: date | None = None
    signer: str = ""
    signed_on: date | None = None


def write_risks(path: Path, notice: RiskNotice, home: Letterhead) -> None:
    """Write the assessment and the notice as one PDF."""
    with drawing(path, _("Risk assessment and notice"), A4, home) as sheet:
        grid = Grid(sheet.left, _fields(sheet), _TYPE, 2.2)
        rows = [row for risk in notice.risks for row in grid.lay(_cells(risk))]
        told = broken(_telling(notice), sheet.right_edge - sheet.left, BODY)
        _draw(sheet, notice, grid, rows, told)


def _fields(sheet: Sheet) -> tuple[Field, ...]:
    narrow = (
        Field(_("Risk"), 25),
        Field(_("Judged"), 13),
        Field(_("What points to it"), 50),
    )
    by = Field(_("Responsible"), 22)
    room = sheet.right_edge - sheet.left - by.width
    room -= sum(field.width for field in narrow)
    return (*narrow, Field(_("Measures"), room), by)


def _cells(risk: RiskText) -> tuple[str, ...]:
    if not risk.is_at_risk:
        usual = _("Usual care")
        return risk.risk, risk.level, _("; ").join(risk.grounds), usual, ""
    return (
        risk.risk,
        risk.level,
        _("; ").join(risk.grounds),
        _("; ").join(risk.measures),
        risk.responsible,
    )


def _telling(notice: RiskNotice) -> str:
    at_risk = [risk.risk for risk in notice.risks if risk.is_at_risk]
    named = _(", ").join(at_risk) or _("none at present")
    return _(
        "The home has assessed the risks of daily care of {name}. At risk: {risks}. "
        "The measures above lower these risks and cannot rule them out: even with due "
        "care an accident may happen. What changes in body or mind, and what visitors "
        "bring to eat or take, please tell the staff at once; please help with the "
        "measures. The risks are assessed again at least once a year, and as soon as "
        "something changes. I have been told of this and have understood it."
    ).format(name=notice.resident, risks=named)


def _draw(
    sheet: Sheet,
    notice: RiskNotice,
    grid: Grid,
    rows: Sequence[Row],
    told: Sequence[str],
) -> None:
    closing = 8 + leading(BODY) * len(told) + 40
    room = sheet.height - _FOOT - HEAD
    pages = flow(
        [row.height for row in rows], room - _TABLE_TOP, room - _LATER_TOP, closing
    )
    for number, chosen in enumerate(pages, start=1):
        with sheet.page(number, len(pages), _source(notice)):
            y = _TABLE_TOP if number == 1 else _LATER_TOP
            if number == 1:
                _heading(sheet, notice)
            else:
                carried_on = _("{name}, risk assessment, continued")
                title = carried_on.format(name=notice.resident)
                sheet.text(sheet.left, 17, title, BODY, bold=True)
            y = grid.head(sheet, y)
            y = grid.rows(sheet, y, rows[chosen.start : chosen.stop])
            if number == len(pages):
                _close(sheet, notice, told, y + 7)


def _source(notice: RiskNotice) -> str:
    return _(
        "{standard}. The standard gives no points: signs and measures are the home's."
    ).format(standard=notice.standard)


def _heading(sheet: Sheet, notice: RiskNotice) -> None:
    middle = sheet.width / 2
    sheet.centre(middle, 13, sheet.head.home, 10.5, tone=PALE)
    sheet.centre(middle, 22, _("Risk assessment and notice"), 17, bold=True)
    if not notice.is_finished:
        sheet.right(sheet.right_edge, 13, _("Draft, not finished"), bold=True)
    sheet.rule(sheet.left, sheet.right_edge, 27, 1.1, INK)
    age = "" if notice.age is None else str(notice.age)
    facts = (
        (N_("Name"), notice.resident, 34),
        (N_("Sex"), notice.sex, 18),
        (N_("Age"), age, 18),
        (N_("Bed"), notice.bed, 28),
        (N_("Assessed on"), show_day(notice.day), 34),
        (N_("Assessed by"), _(", ").join(notice.assessors), 50),
    )
    x = sheet.left
    for label, value, width in facts:
        sheet.text(x, 32.5, _(label), SMALL, tone=PALE)
        is_name = x == sheet.left
        size = 12.0 if is_name else 10.0
        sheet.fit(x, 38.5, width - 3, value or _BLANK, size, bold=is_name)
        x += width


def _close(sheet: Sheet, notice: RiskNotice, told: Sequence[str], y: float) -> None:
    """Write the notice, and the lines to sign on for both sides."""
    sheet.text(sheet.left, y, _("Notice"), 10.5, bold=True)
    y += leading(BODY) + 1.5
    for line in told:
        sheet.text(sheet.left, y, line)
        y += leading(BODY)
    y += 7
    left = (
        (N_("Resident or agent (signature)"), ""),
        (N_("Relation to the resident"), ""),
        (N_("Day"), _said(notice.signed_on)),
    )
    right = (
        (N_("Assessors (signature)"), ""),
        (N_("Explained by"), notice.told_by),
        (N_("Explained on"), _said(notice.told_on)),
    )
    half = (sheet.right_edge - sheet.left) / 2
    for at, (mine, theirs) in enumerate(zip(left, right, strict=True)):
        level = y + at * 9.5
        _line(sheet, sheet.left, level, half - 6, *mine)
        _line(sheet, sheet.left + half, level, half, *theirs)


def _line(
    sheet: Sheet, x: float, y: float, width: float, label: str, value: str
) -> None:
    """Lay a line to write on after a label, with what is known already."""
    name = 42.0 if len(_(label)) > SHORT else 27.0
    sheet.fit(x, y, name - 2, _("{label}:").format(label=_(label)), tone=PALE)
    sheet.rule(x + name, x + width, y + 1.2)
    if value:
        sheet.fit(x + name + 2, y, width - name - 2, value)


def _said(day: date | None) -> str:
    return show_day(day) if day else ""
