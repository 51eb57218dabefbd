"""A month as it would be posted: bills, corrections, problems; nothing is stored."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.billing import BillLineRow, BillRow, BillRunRow
from carehome.db.change_log import ChangeRow
from carehome.db.residents import AbsenceRow, GradeChangeRow, ResidentRow
from carehome.errors import Refusal
from carehome.rules.billing.adjustments import adjustments
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.facts import Facts
from carehome.rules.billing.gaps import Gap, gaps
from carehome.rules.billing.lines import Line
from carehome.rules.billing.stored import facts_to_json
from carehome.rules.billing.tariff import SERVICE_CATEGORIES
from carehome.rules.periods import Period, month_of, months_after
from carehome.services.fees import Book
from carehome.services.home import labels_in, profile_in

Step = Callable[[int, int], None]

# How far back posted months are computed again; older ones are closed for good (ours).
LOOK_BACK = 12
_OF_ONE = (
    "stay",
    "bed_use",
    "grade_change",
    "meal_choice",
    "absence",
    "personal_price",
    "standing_charge",
    "charge",
    "cover",
    "resident",
)
_OF_ALL = ("price_list", "price", "fee_item", "home")
FACTS = frozenset((*_OF_ONE, *_OF_ALL, "bed", "bill_run"))  # what a trial stands on


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
    """A whole month as it would be posted."""

    month: date
    bills: tuple[TrialBill, ...]
    problems: tuple[Problem, ...]
    change_id: int
    first_number: int

    @property
    def total(self) -> int:
        """The sum of all bills in fen."""
        return sum(bill.total for bill in self.bills)

    @property
    def to_confirm(self) -> int:
        """How many corrections need the director."""
        return sum(len(bill.to_confirm) for bill in self.bills)


def trial_in(session: Session, month: date, step: Step | None) -> Trial:
    """Compute what a month comes to for everybody, within another deed."""
    book = Book(session)
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    headings = _headings(session, month)
    late = _late(session, month)
    charged = _charged(session, set().union(*late.values()), late)
    span = month_of(month)
    due = {
        resident_id
        for resident_id, stays in book.stays.items()
        if any(_touches(stay.admitted, stay.discharged, span) for stay in stays)
    }
    due |= {resident_id for resident_id, uses in book.extras.items() if uses}
    due |= set(charged) | set().union(*late.values())
    due &= names.keys()  # the change log also knows who was never admitted after all
    months_back = profile_in(session).adjust_months
    bills, problems = [], []
    for done, resident_id in enumerate(sorted(due, key=headings.order)):
        if step and done % 50 == 0:
            step(done, len(due))
        name = names[resident_id]
        try:
            facts = book.facts(resident_id, month)
            lines = bill_month(facts).lines
            posted = charged.get(resident_id, {})
            to_correct = [day for day, ids in late.items() if resident_id in ids]
            fixed = adjustments(
                {day: posted.get(day, ()) for day in to_correct},
                {
                    day: bill_month(book.facts(resident_id, day, span.end)).lines
                    for day in to_correct
                },
                month,
                months_back,
            )
        except Refusal as refusal:
            problems.append(Problem(resident_id, name, refusal.message))
            continue
        if lines or fixed.lines or fixed.to_confirm:
            bills.append(
                TrialBill(
                    resident_id,
                    name,
                    headings.beds.get(resident_id, ""),
                    headings.grades.get(resident_id, ""),
                    lines + fixed.lines,
                    fixed.to_confirm,
                    facts_to_json(facts),
                    _gaps(facts, lines, span),
                )
            )
    change_id, number = newest_change_in(session), last_number_in(session, month) + 1
    return Trial(month, tuple(bills), tuple(problems), change_id, number)


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
    grades = session.execute(
        select(GradeChangeRow.resident_id, GradeChangeRow.grade)
        .where(GradeChangeRow.starts < end, GradeChangeRow.consent_by != "")
        .order_by(GradeChangeRow.starts)
    )
    labels = labels_in(session, "nursing_grade")
    return _Headings(
        {resident_id: f"{room}-{bed}" for resident_id, room, bed in beds},
        {resident_id: labels.get(grade, grade) for resident_id, grade in grades},
    )


def _late(session: Session, month: date) -> dict[date, set[int]]:
    """Return who has facts that a posted month was computed without.

    These are the residents whose records changed after the posting, all of them when
    a price or a setting did, and those whose absence went on beyond the month.
    """
    runs = session.scalars(
        select(BillRunRow).where(
            BillRunRow.month < month,
            BillRunRow.month >= months_after(month, -LOOK_BACK),
        )
    )
    late: dict[date, set[int]] = {}
    for run in runs:
        end = months_after(run.month, 1)
        if _prices_changed(session, run.change_id):
            late[run.month] = set(session.scalars(select(ResidentRow.id)))
            continue
        changed = select(ChangeRow.resident_id).where(
            ChangeRow.id > run.change_id,
            ChangeRow.record.in_(_OF_ONE),
            ChangeRow.action != "look",
        )
        away = select(AbsenceRow.resident_id).where(
            AbsenceRow.left_on < end,
            AbsenceRow.returned_on.is_(None) | (AbsenceRow.returned_on > end),
        )
        late[run.month] = {
            resident_id
            for query in (changed, away)
            for resident_id in session.scalars(query.distinct())
            if resident_id is not None
        }
    return late


def _prices_changed(session: Session, change_id: int) -> bool:
    """Say whether something that touches everybody's bill changed since."""
    query = select(ChangeRow.id).where(
        ChangeRow.id > change_id, ChangeRow.record.in_(_OF_ALL)
    )
    if session.scalar(query.limit(1)) is not None:
        return True
    beds = select(ChangeRow.after).where(
        ChangeRow.id > change_id,
        ChangeRow.record == "bed",
        ChangeRow.action == "update",
    )
    return any("bed_class" in (after or {}) for after in session.scalars(beds))


def _charged(
    session: Session, resident_ids: Collection[int], months: Iterable[date]
) -> dict[int, dict[date, list[Line]]]:
    """Return all posted lines of some residents by the month they are for."""
    found: dict[int, dict[date, list[Line]]] = defaultdict(lambda: defaultdict(list))
    rows = session.execute(
        select(BillRow.resident_id, BillLineRow.for_month, BillLineRow.detail)
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .where(BillLineRow.for_month.in_(list(months)))
    )
    for resident_id, for_month, detail in rows:
        if resident_id in resident_ids:
            found[resident_id][for_month].append(Line.from_json(detail))
    return found


def newest_change_in(session: Session) -> int:
    """Return the number of the newest change that bills are computed from."""
    query = select(func.max(ChangeRow.id)).where(
        ChangeRow.record.in_(FACTS),
        ChangeRow.action != "look",
    )
    return session.scalar(query) or 0


def last_number_in(session: Session, month: date) -> int:
    """Return the last bill number of the year of a month."""
    query = select(func.max(BillRow.number)).filter_by(year=month.year)
    return session.scalar(query) or 0
