"""A month as it would be posted: bills, corrections, problems; nothing is stored."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.billing import BillRow, BillRunRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.rules.billing.adjustments import Correction, Standing, corrections
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.facts import Facts
from carehome.rules.billing.gaps import Gap, gaps
from carehome.rules.billing.lines import Line
from carehome.rules.billing.stored import facts_to_json
from carehome.rules.billing.tariff import SERVICE_CATEGORIES
from carehome.rules.periods import Period, month_of, months_after
from carehome.services.billing.late import (
    charged_in,
    choices_in,
    late_in,
    newest_change_in,
)
from carehome.services.fees import Book
from carehome.services.grades import charged_by_in
from carehome.services.home import labels_in, profile_in
from carehome.services.payers.cuts import cuts_in

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and the facts of the month by which it was computed."""

    correction: Correction
    facts: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the correction."""
        return self.correction.lines

    @property
    def is_waiting(self) -> bool:
        """Say whether it waits for the director."""
        return self.correction.standing is Standing.WAITING


@dataclass(frozen=True, slots=True)
class LateFact:
    """A correction of somebody's posted month, in the next bill or not.

    `left_on` is set of somebody who is gone.
    """

    resident_id: int
    resident: str
    bed: str
    left_on: date | None
    correction: Correction


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
    corrections: tuple[Corrected, ...] = ()

    @property
    def total(self) -> int:
        """The sum of the lines in fen, those to be confirmed left out."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The lines with those to be confirmed, as a final bill holds them."""
        return self.lines + self.to_confirm

    @property
    def sure(self) -> "TrialBill":
        """The bill without what waits for the director."""
        return replace(self, to_confirm=())


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
    late: tuple[LateFact, ...] = ()

    @property
    def total(self) -> int:
        """The sum of all bills in fen."""
        return sum(bill.total for bill in self.bills)

    @property
    def to_confirm(self) -> int:
        """How many corrections need the director."""
        waiting = Standing.WAITING
        return sum(each.correction.standing is waiting for each in self.late)

    @property
    def sure(self) -> "Trial":
        """The trial without what waits for the director, as a month is posted."""
        return replace(self, bills=tuple(bill.sure for bill in self.bills))


def trial_in(session: Session, month: date, step: Step | None) -> Trial:
    """Compute what a month comes to for everybody, within another deed.

    Who had the final bill of this month already gets no second one, only what came to
    be known since.
    """
    book = Book(session)
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    late = late_in(session, month)
    cuts = cuts_in(session)
    work = _Work(session, book, month, late, cuts)
    span = month_of(month)
    due = {
        resident_id
        for resident_id, stays in book.stays.items()
        if any(_touches(stay.admitted, stay.discharged, span) for stay in stays)
    }
    due |= {resident_id for resident_id, uses in book.extras.items() if uses}
    due |= set().union(*late.values()) | cuts.keys()
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
        bills.append(bill)
    trial = _trial(session, month, [x for x in bills if x.lines], problems)
    late_ones = [each for bill in bills for each in _late(bill, book)]
    return replace(trial, finals=len(finals), late=tuple(late_ones))


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
        refused = cuts_in(session) if month == at else {}
        work = _Work(session, book, month, corrects, refused)
        bill = work.bill(resident_id, name, bool(months))
        if bill.all_lines:
            made = _trial(session, month, [bill], [])
            trials.append(replace(made, late=tuple(_late(bill, book))))
    return tuple(trials)


def old_in(
    session: Session, month: date, resident_ids: Collection[int] | None = None
) -> list[LateFact]:
    """Return what corrects months so long past that the director is asked.

    `month` is the one that is posted next; of some residents, or of all.
    """
    oldest = months_after(month, -profile_in(session).adjust_months)
    late = {day: ids for day, ids in late_in(session, month).items() if day < oldest}
    whose = set().union(*late.values())
    if resident_ids is not None:
        whose &= set(resident_ids)
    if not whose:
        return []
    book = Book(session, whose)
    work = _Work(session, book, month, late, cuts_in(session))
    rows = session.execute(
        select(ResidentRow.id, ResidentRow.name).where(ResidentRow.id.in_(whose))
    )
    found: list[LateFact] = []
    for resident_id, name in rows.all():
        try:
            corrected = work.corrected(resident_id)
        except Refusal:
            continue  # the trial names it among what must be fixed first
        bed = work.headings.beds.get(resident_id, "")
        found += _late_of(resident_id, name, bed, corrected, book)
    return found


def _late(bill: TrialBill, book: Book) -> Iterator[LateFact]:
    """Yield the corrections of one resident, those left out among them."""
    who = (bill.resident_id, bill.resident, bill.bed)
    return _late_of(*who, bill.corrections, book)


def _late_of(
    resident_id: int,
    name: str,
    bed: str,
    corrected: Sequence[Corrected],
    book: Book,
) -> Iterator[LateFact]:
    stays = book.stays.get(resident_id)
    left_on = stays[-1].discharged if stays else None
    for each in corrected:
        yield LateFact(resident_id, name, bed, left_on, each.correction)


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
        self,
        session: Session,
        book: Book,
        month: date,
        late: dict[date, set[int]],
        cuts: dict[int, list[Line]],
    ) -> None:
        self._book, self._month, self._late = book, month, late
        self._cuts = cuts
        self._charged = charged_in(session, set().union(*late.values()), late)
        self._months_back = profile_in(session).adjust_months
        self._choices = choices_in(session)
        self.headings = _headings(session, month)

    def bill(self, resident_id: int, name: str, charges: bool) -> TrialBill:
        """Write one bill: the month unless it is charged already, and corrections.

        Without a month of its own it has no facts either.
        """
        corrected = self.corrected(resident_id)
        fixed = [line for x in corrected if x.correction.is_in for line in x.lines]
        waiting = [line for x in corrected if x.is_waiting for line in x.lines]
        late = (*fixed, *self._cuts.get(resident_id, ()))
        heading = (resident_id, name, *self.headings.of(resident_id))
        if not charges:
            return TrialBill(*heading, late, tuple(waiting), "", (), corrected)
        facts = self._book.facts(resident_id, self._month)
        lines = bill_month(facts).lines
        return TrialBill(
            *heading,
            lines + late,
            tuple(waiting),
            facts_to_json(facts),
            _gaps(facts, lines, month_of(self._month)),
            corrected,
        )

    def corrected(self, resident_id: int) -> tuple[Corrected, ...]:
        """Return what corrects the months that were posted, this one among them.

        It is where a final bill has charged it before.
        """
        posted = self._charged.get(resident_id, {})
        end = months_after(self._month, 1)
        facts = {
            day: self._book.facts(resident_id, day, end)
            for day, ids in self._late.items()
            if resident_id in ids
        }
        now = {day: bill_month(known).lines for day, known in facts.items()}
        refused = self._cuts.get(resident_id, ())
        before = {
            day: [*posted.get(day, ()), *(x for x in refused if x.for_month == day)]
            for day in facts
        }
        oldest = months_after(self._month, -self._months_back)
        choices = self._choices.get(resident_id, {})
        found = corrections(before, now, oldest, choices)
        return tuple(Corrected(x, facts_to_json(facts[x.month])) for x in found)


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

    def of(self, resident_id: int) -> tuple[str, str]:
        """Return the bed and the grade of a resident."""
        return self.beds.get(resident_id, ""), self.grades.get(resident_id, "")

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
