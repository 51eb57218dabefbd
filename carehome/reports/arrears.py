"""Who owes how much since when, and who has paid ahead: papers and workbooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from carehome.i18n import _, show_day, show_money
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook
from carehome.rules.arrears import AGE_NAMES


@dataclass(frozen=True, slots=True)
class ArrearsText:
    """What one resident owes, by the age of the debt; when somebody was reminded."""

    place: str
    name: str
    by_age: tuple[int, ...]
    due_since: date
    reminded: str = ""
    promised_on: date | None = None
    contact: str = ""
    phone: str = ""

    @property
    def owed(self) -> int:
        """What is owed in all."""
        return sum(self.by_age)


@dataclass(frozen=True, slots=True)
class PrepaidText:
    """What is prepaid for one resident, and how long it lasts."""

    place: str
    name: str
    fen: int
    monthly_fee: int | None
    months: Fraction | None
    cap: int | None
    excess: int


def write_arrears(
    path: Path, arrears: Sequence[ArrearsText], day: date, home: Letterhead
) -> None:
    """Write the list as a PDF, by the age of the debts."""
    write_list(path, _arrears(arrears, day), home, A4_WIDE)


def write_arrears_workbook(
    path: Path, arrears: Sequence[ArrearsText], day: date, home: Letterhead
) -> None:
    """Write the list as a workbook."""
    write_workbook(path, _arrears(arrears, day), home)


def write_prepaid(
    path: Path, prepaid: Sequence[PrepaidText], day: date, home: Letterhead
) -> None:
    """Write what is prepaid as a PDF, first what is too much."""
    write_list(path, _prepaid(prepaid, day), home)


def write_prepaid_workbook(
    path: Path, prepaid: Sequence[PrepaidText], day: date, home: Letterhead
) -> None:
    """Write what is prepaid as a workbook."""
    write_workbook(path, _prepaid(prepaid, day), home)


def _arrears(arrears: Sequence[ArrearsText], day: date) -> Table:
    total = sum(each.owed for each in arrears)
    note = _("As of {day}, {count} residents owe {amount}.").format(
        day=show_day(day), count=len(arrears), amount=show_money(total)
    )
    ages = [sum(fen) for fen in zip(*(x.by_age for x in arrears), strict=True)]
    sums = (total, *(fen or None for fen in ages or [0] * len(AGE_NAMES)))
    return Table(
        title=_("List of arrears"),
        notes=(note, _("Days are counted from the day on which a bill was due.")),
        columns=(
            Column(_("Bed"), 15),
            Column(_("Name"), 16),
            Column(_("Owed (yuan)"), 14, Kind.MONEY),
            *(Column(_(name), 13, Kind.MONEY) for name in AGE_NAMES.values()),
            Column(_("Due since"), 12, Kind.DAY),
            Column(_("Reminded last"), 18),
            Column(_("Promised by"), 12, Kind.DAY),
            Column(_("Contact"), 18),
            Column(_("Phone"), 15),
        ),
        rows=[
            (
                *(each.place, each.name, each.owed),
                *(fen or None for fen in each.by_age),
                *(each.due_since, each.reminded, each.promised_on),
                *(each.contact, each.phone),
            )
            for each in arrears
        ],
        sums=(_("Total"), None, *sums, None, None, None, None, None),
        signatures=(_("Prepared by"), _("Checked by")),
    )


def _prepaid(prepaid: Sequence[PrepaidText], day: date) -> Table:
    total = sum(each.fen for each in prepaid)
    over = sum(each.excess for each in prepaid)
    note = _("As of {day}, {amount} are prepaid for {count} residents.").format(
        day=show_day(day), count=len(prepaid), amount=show_money(total)
    )
    return Table(
        title=_("List of prepaid fees"),
        notes=(note,),
        columns=(
            Column(_("Bed"), 15),
            Column(_("Name"), 16),
            Column(_("Prepaid (yuan)"), 14, Kind.MONEY),
            Column(_("Monthly fee (yuan)"), 14, Kind.MONEY),
            Column(_("Lasts for months"), 12),
            Column(_("At most (yuan)"), 14, Kind.MONEY),
            Column(_("Above it (yuan)"), 14, Kind.MONEY),
        ),
        rows=[
            (
                *(each.place, each.name, each.fen, each.monthly_fee),
                "" if each.months is None else f"{float(each.months):.1f}",
                *(each.cap, each.excess or None),
            )
            for each in prepaid
        ],
        sums=(_("Total"), None, total, None, None, None, over),
        signatures=(_("Prepared by"), _("Checked by")),
    )
