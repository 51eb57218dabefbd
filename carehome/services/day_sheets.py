"""Why a bill is what it is: day by day, from a trial and from posted bills."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.billing import BillRow, BillRunRow, PriceListRow
from carehome.i18n import _, say_day, say_month, show_money, speaking
from carehome.reports.day_sheet import (
    DaySheetText,
    DaysText,
    PriceText,
    WhyText,
    write_day_sheet,
)
from carehome.rules import numbers
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.day_sheet import DayOfBill, DaySheet, day_sheet
from carehome.rules.billing.day_sheet_said import (
    LATE_SHEET,
    WHERE_NAMES,
    say_bill,
    say_closing,
    say_corrected,
    say_source,
    shares_of,
    show_exact,
)
from carehome.rules.billing.explanations import explain
from carehome.rules.billing.facts import Facts
from carehome.rules.billing.lines import Line
from carehome.rules.billing.stored import facts_from_json
from carehome.rules.prices.approval import ListState
from carehome.rules.rights import Right
from carehome.services.billing.again import (
    Checked,
    again_in,
    check_in,
    corrections_of_in,
)
from carehome.services.billing.posted import lines_in
from carehome.services.billing.trial import TrialBill
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class CorrectedMonth:
    """An earlier month as it is put right; without its facts there is no sheet."""

    month: date
    lines: tuple[Line, ...]
    sheet: DaySheet | None

    @property
    def fen(self) -> int:
        """Return by how much the month differs; what a payer refused does not."""
        return sum(line.amount_fen for line in self.lines if "cut" not in line.source)


@dataclass(frozen=True, slots=True)
class BillDays:
    """Somebody's bill laid out day by day.

    `approved` tells by the day a price list begins who approved it. A trial has no
    number.
    """

    resident_id: int
    resident: str
    bed: str
    grade: str
    month: date
    number: str
    sheet: DaySheet | None
    corrected: tuple[CorrectedMonth, ...]
    approved: Mapping[date, str]

    @property
    def own(self) -> int:
        """Return what the month itself comes to, in fen."""
        return self.sheet.total if self.sheet else 0

    @property
    def late(self) -> int:
        """Return what is put right of other months, in fen."""
        late = (line for each in self.corrected for line in each.lines)
        return sum(line.amount_fen for line in late)

    @property
    def total(self) -> int:
        """Return what the bill comes to, in fen."""
        return self.own + self.late


class DaySheets(Service):
    """What one person can learn about how bills came about."""

    @needs(Right.SEE_FEES)
    def of_trial(self, bill: TrialBill, month: date) -> BillDays:
        """Lay out a bill that is not posted yet."""
        facts = facts_from_json(bill.facts) if bill.facts else None
        known = {
            each.correction.month: facts_from_json(each.facts)
            for each in bill.corrections
        }
        heading = (bill.resident_id, bill.resident, bill.bed, bill.grade, month, "")
        with self._reading() as session:
            return _laid_out(session, heading, facts, bill.lines, known)

    @needs(Right.SEE_FEES)
    def of_bill(self, bill_id: int) -> BillDays:
        """Lay out a posted bill, by the facts that are stored with it."""
        with self._reading() as session:
            return _posted(session, bill_id)

    @needs(Right.SEE_FEES)
    def recomputed(self, bill_id: int) -> tuple[Line, ...]:
        """Compute a posted bill again from the facts stored with it."""
        with self._reading() as session:
            return again_in(session, [bill_id])[bill_id]

    @needs(Right.SEE_FEES)
    def check(self, month: date) -> Checked:
        """Compute all bills of a posted month again, and say which agree."""
        with self._reading() as session:
            return check_in(session, month)

    @needs(Right.SEE_FEES)
    @speaking()
    def write(self, sheet: BillDays, path: Path) -> None:
        """Write for the family why a bill is what it is, as a PDF."""
        with self._reading() as session:
            home = letterhead_in(session)
        write_day_sheet(path, sheet_text(sheet), home)


Heading = tuple[int, str, str, str, date, str]


def _posted(session: Session, bill_id: int) -> BillDays:
    row = session.get_one(BillRow, bill_id)
    heading = (
        *(row.resident_id, row.resident_name, row.bed, row.grade, row.month),
        numbers.write(row.year, row.number),
    )
    facts = facts_from_json(row.facts) if row.facts else None
    lines = lines_in(session, [bill_id])[bill_id]
    known = corrections_of_in(session, [bill_id]).get(bill_id, {})
    posted_at = session.get_one(BillRunRow, row.run_id).posted_at
    return _laid_out(session, heading, facts, lines, known, posted_at)


def _laid_out(
    session: Session,
    heading: Heading,
    facts: Facts | None,
    lines: Iterable[Line],
    known: Mapping[date, Facts],
    posted_at: datetime | None = None,
) -> BillDays:
    lines = list(lines)
    late = [line for line in lines if line.kind == "adjustment"]
    months = sorted({line.for_month for line in late})
    corrected = tuple(
        CorrectedMonth(
            month,
            tuple(line for line in late if line.for_month == month),
            _right(known[month]) if month in known else None,
        )
        for month in months
    )
    sheet = day_sheet(facts, lines) if facts else None
    return BillDays(*heading, sheet, corrected, _approved_in(session, posted_at))


def _right(facts: Facts) -> DaySheet:
    """Return the sheet of a month as it is known now."""
    return day_sheet(facts, bill_month(facts).lines)


def _approved_in(session: Session, posted_at: datetime | None) -> dict[date, str]:
    """Return who approved the list that begins on a day, as it was at a posting.

    A list that was corrected or taken back since is still the one of its bills.
    """
    query = (
        select(PriceListRow.starts, AccountRow.name)
        .join(AccountRow, AccountRow.id == PriceListRow.decided_by)
        .order_by(PriceListRow.decided_at)
    )
    if posted_at is None:
        query = query.where(PriceListRow.state == ListState.APPROVED)
    else:
        query = query.where(PriceListRow.decided_at <= posted_at)
    return dict(session.execute(query).all())


def closing_of(bill: BillDays, late: CorrectedMonth | None = None) -> list[str]:
    """Say how the days lead to the bill; those of its month, or of a corrected one."""
    sheet = late.sheet if late else bill.sheet
    if sheet is None:
        return []
    told = say_corrected(sheet, late.fen) if late else say_closing(sheet)
    if bill.corrected:
        told.append(say_bill(bill.month, bill.own, bill.late))
    return told


def sheet_text(bill: BillDays) -> DaySheetText:
    """Return what the paper for the family says."""
    late = [line for each in bill.corrected for line in each.lines]
    own = [each.line for each in bill.sheet.lines] if bill.sheet else []
    named = [bill.resident, bill.bed, bill.grade]
    if bill.number:
        named.append(_("No. {number}").format(number=bill.number))
    corrected = (_days_of(bill, each.sheet, each) for each in bill.corrected)
    return DaySheetText(
        "\u3000".join(filter(None, named)),
        _("Service fees of {month}").format(month=say_month(bill.month)),
        bill.total,
        tuple(
            WhyText(line.item_name, "\n".join(explain(line)), line.amount_fen)
            for line in (*own, *late)
        ),
        tuple(_prices(own, bill.approved)),
        tuple(filter(None, (_days_of(bill, bill.sheet), *corrected))),
        is_trial=not bill.number,
    )


def _prices(lines: Iterable[Line], approved: Mapping[date, str]) -> Iterator[PriceText]:
    """Yield each price with the days it held."""
    for line in lines:
        if line.kind in ("fee", "use"):
            days = say_day(line.starts)
            if line.days > 1:
                text = _("{first} to {last}")
                days = text.format(first=days, last=say_day(line.last_day))
            price = show_money(line.price_fen)
            each = _each(line).format(price=price)
            yield PriceText(line.item_name, days, each, say_source(line, approved))


def _each(line: Line) -> str:
    if line.kind == "use":
        return _("{price} each time")
    return _("{price} a day") if line.basis_days == 1 else _("{price} a month")


def _days_of(
    bill: BillDays, sheet: DaySheet | None, late: CorrectedMonth | None = None
) -> DaysText | None:
    """Return the days of a month as the paper shows them; `late` is a corrected one."""
    if sheet is None:
        return None
    shares = shares_of(sheet)

    def row(day: DayOfBill) -> tuple[str, ...]:
        found = [each.of(day) for each in shares]
        told = (show_exact(fen) if fen else "" for fen in found)
        return (say_day(day.day), _(WHERE_NAMES[day.where]), *told)

    sums = [sum((share.of(day) for day in sheet.days), Fraction()) for share in shares]
    title = _("{month}, day by day")
    if late:
        title = _("{month}, day by day, as it is put right")
    return DaysText(
        title.format(month=say_month(sheet.month)),
        _(LATE_SHEET) if late else "",
        (_("Day"), _("Where on that day"), *(_(share.title) for share in shares)),
        tuple(map(row, sheet.days)),
        (_("All days"), "", *map(show_exact, sums)),
        tuple(closing_of(bill, late)),
    )
