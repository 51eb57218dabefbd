"""A month as it would be posted: bills, corrections, problems; nothing is stored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.billing import BillRow, BillRunRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.rules.billing.adjustments import Adjustments, adjustments
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.facts import Facts
from carehome.rules.billing.gaps import Gap, gaps
from carehome.rules.billing.lines import Line
from carehome.rules.billing.stored import facts_to_json
from carehome.rules.billing.tariff import SERVICE_CATEGORIES
from carehome.rules.periods import Period, month_of, months_after
from carehome.services.billing.late import charged_in, late_in, newest_change_in
from carehome.services.fees import Book
from carehome.services.grades import charged_by_in
from carehome.services.home import labels_in, profile_in

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TrialBill:
    """What one resident's bill would be."""

    resident_id: int
    resident: str
    bed: str
    grade: str
    lines: tuple[Line, ...]
    to_confirm: tuple[Line, ...]
    facts: str
    gaps: tuple[Gap, ...] = ()

    @property
    def total(self) -> int:
        """The sum of the lines in fen, those to be confirmed left out."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The lines as they would be posted, those to be confirmed among them."""
        return self.lines + self.to_confirm


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one resident's bill cannot be computed."""

    resident_id: int
    resident: str
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A whole month as it would be posted; `finals` have had their final bill of it."""

    month: date
    bills: tuple[TrialBill, ...]
    problems: tuple[Problem, ...]
    change_id: int
    first_number: int
    finals: int = 0

    @property
    def total(self) -> int:
        """The sum of all bills in fen."""
        return sum(bill.total for bill in self.bills)

    @property
    def to_confirm(self) -> int:
        """How many corrections need the director."""
        return sum(len(bill.to_confirm) for bill in self.bills)


def trial_in(session: Session, month: date, step: Step | None) -> Trial:
    """Compute what a month comes to for everybody, within another deed.

    Who had the final bill of this month already gets no second one, only what came to
    be known since.
    """
    book = Book(session)
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    late = late_in(session, month)
    work = _Work(session, book, month, late)
    span = month_of(month)
    due = {
        resident_id
        for resident_id, stays in book.stays.items()
        if any(_touches(stay.admitted, stay.discharged, span) for stay in stays)
    }
    due |= {resident_id for resident_id, uses in book.extras.items() if uses}
    due |= set().union(*late.values())
    due &= names.keys()  # the change log also knows who was never admitted after all
    finals = billed_in(session, month)
    bills, problems = [], []
    for done, resident_id in enumerate(sorted(due, key=work.headings.order)):
        if step and done % 50 == 0:
            step(done, len(due))
        name = names[resident_id]
        try:
            bill = work.bill(resident_id, name, resident_id not in finals)
        except Refusal as refusal:
            problems.append(Problem(resident_id, name, refusal.message))
            continue
        if bill.all_lines:
            bills.append(bill)
    return replace(_trial(session, month, bills, problems), finals=len(finals))


def final_in(session: Session, resident_id: int) -> tuple[Trial, ...]:
    """Compute what somebody who has left is still to be billed, month by month.

    The months that are not billed yet come first; what came to be known of others
    stands on the last of these bills, or on one of its own. Whoever has come back is
    billed by the month again.
    """
    book = Book(session, [resident_id])
    if book.stays[resident_id][-1].discharged is None:
        return ()
    name = session.get_one(ResidentRow, resident_id).name
    months, last = _unbilled(session, book, resident_id)
    at = months[-1] if months else last
    late = late_in(session, months_after(at, 1), resident_id)
    trials = []
    for month in months or [at]:
        corrects = late if month == at else {}
        work = _Work(session, book, month, corrects)
        bill = work.bill(resident_id, name, bool(months))
        if bill.all_lines:
            trials.append(_trial(session, month, [bill], []))
    return tuple(trials)


def _unbilled(
    session: Session, book: Book, resident_id: int
) -> tuple[list[date], date]:
    """Return the months of which somebody has no bill yet, and the last there is."""
    stay = book.stays[resident_id][-1]
    assert stay.discharged is not None, "a final bill is of somebody who has left"
    days = [stay.discharged, *(use.on for use in book.extras.get(resident_id, ()))]
    last = max(days).replace(day=1)
    posted = session.scalar(
        select(func.max(BillRunRow.month)).where(BillRunRow.departure_id.is_(None))
    )
    if posted is not None:
        month = months_after(posted, 1)
    else:
        began = session.scalar(select(func.min(AccountRow.created_on)))
        month = max(stay.admitted, began or stay.admitted).replace(day=1)
        month = min(month, stay.discharged.replace(day=1))
    months = []
    while month <= last:
        if resident_id not in billed_in(session, month):
            months.append(month)
        month = months_after(month, 1)
    return months, max(last, posted or last)


def billed_in(session: Session, month: date) -> set[int]:
    """Return who had a final bill that charges a month."""
    query = (
        select(BillRow.resident_id)
        .join(BillRunRow, BillRunRow.id == BillRow.run_id)
        .where(
            BillRow.month == month,
            BillRunRow.departure_id.is_not(None),
            BillRow.facts != "",
        )
    )
    return set(session.scalars(query))


def _trial(
    session: Session,
    month: date,
    bills: Sequence[TrialBill],
    problems: Sequence[Problem],
) -> Trial:
    change_id, number = newest_change_in(session), last_number_in(session, month) + 1
    return Trial(month, tuple(bills), tuple(problems), change_id, number)


class _Work:
    """What the bills of one month are written from."""

    def __init__(
        self, session: Session, book: Book, month: date, late: dict[date, set[int]]
    ) -> None:
        self._book, self._month, self._late = book, month, late
        self._charged = charged_in(session, set().union(*late.values()), late)
        self._months_back = profile_in(session).adjust_months
        self.headings = _headings(session, month)

    def bill(self, resident_id: int, name: str, charges: bool) -> TrialBill:
        """Write one bill: the month unless it is charged already, and corrections.

        Without a month of its own it has no facts either.
        """
        span = month_of(self._month)
        fixed = self._corrections(resident_id, span)
        bed = self.headings.beds.get(resident_id, "")
        grade = self.headings.grades.get(resident_id, "")
        if not charges:
            more = (fixed.lines, fixed.to_confirm, "")
            return TrialBill(resident_id, name, bed, grade, *more)
        facts = self._book.facts(resident_id, self._month)
        lines = bill_month(facts).lines
        return TrialBill(
            resident_id,
            name,
            bed,
            grade,
            lines + fixed.lines,
            fixed.to_confirm,
            facts_to_json(facts),
            _gaps(facts, lines, span),
        )

    def _corrections(self, resident_id: int, span: Period) -> Adjustments:
        posted = self._charged.get(resident_id, {})
        months = [day for day, ids in self._late.items() if resident_id in ids]
        now = {
            day: bill_month(self._book.facts(resident_id, day, span.end)).lines
            for day in months
        }
        before = {day: posted.get(day, ()) for day in months}
        # The month itself is corrected too, where a final bill has charged it before.
        after, back = months_after(self._month, 1), self._months_back + 1
        return adjustments(before, now, after, back)


def _gaps(facts: Facts, lines: Iterable[Line], span: Period) -> tuple[Gap, ...]:
    """Return the days without a service fee; whoever paid a whole month has none."""
    days = dict.fromkeys(SERVICE_CATEGORIES, 0)
    for line in lines:
        if line.kind == "fee" and line.category in days:
            days[line.category] += line.days
    return () if min(days.values()) == span.days else tuple(gaps(facts))


def _touches(admitted: date, discharged: date | None, span: Period) -> bool:
    """Say whether a stay may be charged for on some day of a span."""
    assert span.end is not None, "a month has an end"
    return admitted < span.end and (discharged is None or discharged >= span.start)


@dataclass(frozen=True, slots=True)
class _Headings:
    """What stands at the head of each resident's bill."""

    beds: dict[int, str]
    grades: dict[int, str]

    def order(self, resident_id: int) -> tuple[str, int]:
        """Order bills by bed, as they are handed out."""
        return self.beds.get(resident_id, "~"), resident_id


def _headings(session: Session, month: date) -> _Headings:
    """Return the last bed and grade of each resident in a month."""
    end = months_after(month, 1)
    beds = session.execute(
        select(BedUseRow.resident_id, RoomRow.name, BedRow.label)
        .join(BedRow, BedRow.id == BedUseRow.bed_id)
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .where(
            BedUseRow.kind == "occupied",
            BedUseRow.starts < end,
            BedUseRow.ends.is_(None) | (BedUseRow.ends > month),
        )
        .order_by(BedUseRow.starts)
    )
    labels = labels_in(session, "nursing_grade")
    return _Headings(
        {resident_id: f"{room}-{bed}" for resident_id, room, bed in beds},
        {
            resident_id: labels.get(grade, grade)
            for resident_id, grade in charged_by_in(session, end).items()
        },
    )


def last_number_in(session: Session, month: date) -> int:
    """Return the last bill number of the year of a month."""
    query = select(func.max(BillRow.number)).filter_by(year=month.year)
    return session.scalar(query) or 0
