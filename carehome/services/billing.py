"""Month end: trial, review, post; and the posted bills.

Posting writes the bills, their lines and their log in batches and seals them with the
run's own row: the database refuses a run whose bills do not add up, a gap in the
numbers, a month out of order, and any later change.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.billing import BillLineRow, BillRow, BillRunRow
from carehome.db.change_log import ChangeRow, note_many
from carehome.db.residents import AbsenceRow, GradeChangeRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, say_month
from carehome.rules.billing.adjustments import adjustments
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.lines import Line
from carehome.rules.billing.stored import facts_from_json, facts_to_json
from carehome.rules.periods import Period, month_of, months_after
from carehome.rules.rights import Right
from carehome.services.fees import Book
from carehome.services.home import labels_in, profile_in
from carehome.services.payments import settle_in
from carehome.services.service import Service, needs

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


class AlreadyPosted(Refusal):
    """A month is posted once."""

    text = N_(
        "{month} is already posted. What came later is corrected in the next bill."
    )


class NotInOrder(Refusal):
    """Months are posted one after the other."""

    text = N_("Post {month} first: months are posted in order.")


class TooEarly(Refusal):
    """A month is posted at the earliest in the month before it."""

    text = N_("{month} is too far ahead to be posted.")


class ProblemsLeft(Refusal):
    """Some residents' bills could not be computed."""

    text = N_(
        "{count} bills cannot be computed yet. Mend what the list says, then try again."
    )


class FactsChanged(Refusal):
    """Somebody changed something after the trial."""

    text = N_(
        "Something was changed after this trial. Make the trial once more and look at "
        "it before posting."
    )


class OldFacts(Refusal):
    """Corrections of months long past need the director."""

    text = N_(
        "{count} corrections reach back more than {months} months. The director must "
        "confirm them."
    )


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

    @property
    def total(self) -> int:
        """The sum of the lines in fen, those to be confirmed left out."""
        return sum(line.amount_fen for line in self.lines)


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

    @property
    def total(self) -> int:
        """The sum of all bills in fen."""
        return sum(bill.total for bill in self.bills)

    @property
    def to_confirm(self) -> int:
        """How many corrections need the director."""
        return sum(len(bill.to_confirm) for bill in self.bills)


@dataclass(frozen=True, slots=True)
class PostedRun:
    """A posted month."""

    run_id: int
    month: date
    posted_at: Any
    posted_by: str
    bills: int
    total: int


@dataclass(frozen=True, slots=True)
class PostedBill:
    """A posted bill."""

    bill_id: int
    year: int
    number: int
    month: date
    resident_id: int
    resident: str
    bed: str
    grade: str
    total: int
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        """The number as people say it: 2026-000123."""
        return f"{self.year}-{self.number:06d}"


class Billing(Service):
    """What one person can do with bills."""

    @needs(Right.SEE_FEES)
    def next_month(self) -> date:
        """Return the month that is to be posted next: the first day of it."""
        with self._reading() as session:
            return _next_month(session) or months_after(
                self._today().replace(day=1), -1
            )

    @needs(Right.SEE_FEES)
    def trial(self, month: date, step: Step | None = None) -> Trial:
        """Compute a month's bills without storing anything."""
        with self._reading() as session:
            return _trial(session, month.replace(day=1), step)

    @needs(Right.POST_BILLS)
    def post(self, trial: Trial, confirm_old: bool = False) -> PostedRun:
        """Post exactly the bills of a trial; all of them or none."""
        if trial.problems:
            raise ProblemsLeft(count=len(trial.problems))
        if trial.month > months_after(self._today().replace(day=1), 1):
            raise TooEarly(month=say_month(trial.month))
        with self._writing() as session:
            _check_order(session, trial.month)
            if _newest_change(session) != trial.change_id:
                raise FactsChanged
            if trial.to_confirm and not (
                confirm_old and self._user.may(Right.CONFIRM_OLD_FACTS)
            ):
                months = profile_in(session).adjust_months
                raise OldFacts(count=trial.to_confirm, months=months)
            run = _store(session, trial, self._now(), self._user.name)
            settle_in(session, {bill.resident_id for bill in trial.bills})
            return run

    @needs(Right.SEE_FEES)
    def runs(self) -> list[PostedRun]:
        """List the posted months, the newest first."""
        with self._reading() as session:
            rows = session.scalars(select(BillRunRow).order_by(BillRunRow.month.desc()))
            return [_run(row) for row in rows]

    @needs(Right.SEE_FEES)
    def bills(self, month: date) -> list[PostedBill]:
        """List a posted month's bills in the order of their numbers."""
        with self._reading() as session:
            return bills_in(session, month)

    @needs(Right.SEE_FEES)
    def bills_of(self, resident_id: int) -> list[PostedBill]:
        """List one resident's bills, the newest first."""
        with self._reading() as session:
            return _bills(session, BillRow.resident_id == resident_id)[::-1]

    @needs(Right.SEE_FEES)
    def recomputed(self, bill_id: int) -> tuple[Line, ...]:
        """Compute a posted bill again from the facts stored with it.

        The corrections of earlier months are not facts of this month: they are the
        posted ones.
        """
        with self._reading() as session:
            facts = session.get_one(BillRow, bill_id).facts
            posted = _lines(session, [bill_id])[bill_id]
            again = bill_month(facts_from_json(facts)).lines
            return again + tuple(x for x in posted if x.kind == "adjustment")


def _trial(session: Session, month: date, step: Step | None) -> Trial:
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
    months_back = profile_in(session).adjust_months
    bills, problems = [], []
    for done, resident_id in enumerate(sorted(due, key=headings.order)):
        if step and done % 50 == 0:
            step(done, len(due))
        name = names[resident_id]
        try:
            facts = book.facts(resident_id, month)
            lines = bill_month(facts).lines
            fixed = adjustments(
                charged.get(resident_id, {}),
                {
                    day: bill_month(book.facts(resident_id, day, span.end)).lines
                    for day, ids in late.items()
                    if resident_id in ids
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
                )
            )
    return Trial(month, tuple(bills), tuple(problems), _newest_change(session))


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


def _newest_change(session: Session) -> int:
    """Return the number of the newest change that bills are computed from."""
    query = select(func.max(ChangeRow.id)).where(
        ChangeRow.record.in_((*_OF_ONE, *_OF_ALL, "bed", "bill_run")),
        ChangeRow.action != "look",
    )
    return session.scalar(query) or 0


def _next_month(session: Session) -> date | None:
    last = session.scalar(select(func.max(BillRunRow.month)))
    return months_after(last, 1) if last else None


def _check_order(session: Session, month: date) -> None:
    due = _next_month(session)
    if due is None or due == month:
        return
    if month < due:
        raise AlreadyPosted(month=say_month(month))
    raise NotInOrder(month=say_month(due))


def _store(session: Session, trial: Trial, now: Any, by: str) -> PostedRun:
    """Write the bills in batches, then the run that seals them."""
    connection = session.connection()
    run_id = _last(session, BillRunRow.id) + 1
    bill_id = _last(session, BillRow.id)
    year = trial.month.year
    number = session.scalar(select(func.max(BillRow.number)).filter_by(year=year)) or 0
    deed = session.info["deed"]
    bills: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    for place, bill in enumerate(trial.bills, 1):
        all_lines = bill.lines + bill.to_confirm
        total = sum(line.amount_fen for line in all_lines)
        bills.append(
            {
                "id": bill_id + place,
                "run_id": run_id,
                "year": year,
                "number": number + place,
                "resident_id": bill.resident_id,
                "month": trial.month,
                "total_fen": total,
                "resident_name": bill.resident,
                "bed": bill.bed,
                "grade": bill.grade,
                "facts": bill.facts,
            }
        )
        lines.extend(
            {
                "bill_id": bill_id + place,
                "position": position,
                "kind": line.kind,
                "item_code": line.item_code,
                "item_name": line.item_name,
                "for_month": line.for_month,
                "amount_fen": line.amount_fen,
                "detail": line.to_json(),
            }
            for position, line in enumerate(all_lines)
        )
        after = {"number": number + place, "total_fen": total}
        log.append(
            deed.entry("insert", "bill", bill_id + place, bill.resident_id, after=after)
        )
    run = BillRunRow(
        id=run_id,
        month=trial.month,
        posted_at=now,
        posted_by=by,
        bills=len(bills),
        total_fen=sum(bill["total_fen"] for bill in bills),
        change_id=trial.change_id,
    )
    if bills:
        connection.execute(insert(BillRow), bills)
        connection.execute(insert(BillLineRow), lines)
        note_many(session, "bill", log)
    session.add(run)
    session.flush()
    return _run(run)


def _last(session: Session, column: Any) -> int:
    return session.scalar(select(func.max(column))) or 0


def _run(row: BillRunRow) -> PostedRun:
    return PostedRun(
        row.id, row.month, row.posted_at, row.posted_by, row.bills, row.total_fen
    )


def bills_in(session: Session, month: date) -> list[PostedBill]:
    """Return a posted month's bills within another deed."""
    return _bills(session, BillRow.month == month.replace(day=1))


def _bills(session: Session, condition: Any) -> list[PostedBill]:
    rows = session.scalars(
        select(BillRow).where(condition).order_by(BillRow.year, BillRow.number)
    ).all()
    lines = _lines(session, [row.id for row in rows])
    return [
        PostedBill(
            row.id,
            row.year,
            row.number,
            row.month,
            row.resident_id,
            row.resident_name,
            row.bed,
            row.grade,
            row.total_fen,
            lines[row.id],
        )
        for row in rows
    ]


def _lines(session: Session, bill_ids: list[int]) -> Mapping[int, tuple[Line, ...]]:
    found: dict[int, list[Line]] = {bill_id: [] for bill_id in bill_ids}
    if bill_ids:
        rows = session.execute(
            select(BillLineRow.bill_id, BillLineRow.detail)
            .where(BillLineRow.bill_id.between(min(bill_ids), max(bill_ids)))
            .order_by(BillLineRow.bill_id, BillLineRow.position)
        )
        for bill_id, detail in rows:
            if bill_id in found:
                found[bill_id].append(Line.from_json(detail))
    return {bill_id: tuple(lines) for bill_id, lines in found.items()}
