"""What a change would cost, shown before it is confirmed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from carehome.db.beds import BedRow
from carehome.db.billing import FeeItemRow
from carehome.rules import deposits
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.facts import ItemUse, PersonalPrice
from carehome.rules.billing.lines import Line as BillLine
from carehome.rules.billing.service_fee import ServiceFee, day_exact_difference
from carehome.rules.consequences import Change, Line
from carehome.rules.periods import Period, month_of
from carehome.rules.rights import Right
from carehome.rules.rulepacks import RulePack
from carehome.services.beds.suiting import bed_lines
from carehome.services.fees import Book, service_fee_of
from carehome.services.grades import grade_lines
from carehome.services.held import held_in
from carehome.services.prices.own import AskedPrice
from carehome.services.rulebook import rulebook_in
from carehome.services.service import Service, needs
from carehome.services.shifts.changing import cover_lines

# What a change brings with it besides money: a subject adds its source here.
SOURCES: tuple[Callable[[Session, Change, date], Iterable[Line]], ...] = (
    grade_lines,
    bed_lines,
    cover_lines,
)


@dataclass(frozen=True, slots=True)
class FeeChange:
    """How a change of bed, grade or meals from a day on changes what is paid.

    Amounts are fen. `difference` is what the month of `starts` costs more, to the
    day; `days` are the charged days of that month from `starts` on. A cap is None
    where the rule pack gives none. `lines` are what the subjects say besides.
    """

    starts: date
    before: ServiceFee
    after: ServiceFee
    difference: int
    days: int
    cap_before: int | None
    cap_after: int | None
    held: int
    overheld_by: date | None
    lines: tuple[Line, ...] = ()

    @property
    def excess(self) -> int:
        """What would be held above the new cap."""
        if self.cap_after is None:
            return 0
        return deposits.excess(self.held, self.cap_after)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a month comes to under some terms, and how much deposit that allows."""

    fee: ServiceFee
    cap: int | None


class Consequences(Service):
    """What one person can look ahead at."""

    @needs(Right.SEE_FEES)
    def as_it_is(self, resident_id: int, day: date) -> Outlook:
        """Look at the fee of a day as things stand."""
        with self._reading() as session:
            book = Book(session, [resident_id], with_reserved=True)
            return _outlook(session, book, resident_id, day)

    @needs(Right.CHANGE_RESIDENTS)
    def of_admission(
        self, resident_id: int, grade: str, plan: str, starts: date
    ) -> Outlook:
        """Look at the fee of somebody who is being admitted, with a reserved bed."""
        with self._reading() as session:
            book = Book(session, [resident_id], with_reserved=True)
            for category, code in (("care", grade), ("meal", plan)):
                uses = _changed(book, resident_id, category, code, Period(starts))
                book.uses[resident_id] = uses
            return _outlook(session, book, resident_id, starts)

    @needs(Right.ASSIGN_BEDS)
    def of_bed(self, resident_id: int, bed_id: int, starts: date) -> FeeChange:
        """Look at a move to another bed."""
        with self._reading() as session:
            bed_class = session.get_one(BedRow, bed_id).bed_class
            change = Change(resident_id, starts, bed_id=bed_id)
            book = Book(session, [resident_id], with_reserved=True)
            span = Period(starts)  # a move replaces the later ones
            return _look(session, book, change, "bed", bed_class, span, self._today())

    @needs(Right.SET_GRADE)
    def of_grade(self, resident_id: int, grade: str, starts: date) -> FeeChange:
        """Look at another nursing grade."""
        with self._reading() as session:
            change = Change(resident_id, starts, grade=grade)
            book = Book(session, [resident_id], with_reserved=True)
            span = _until_the_next(book, resident_id, "care", starts)
            return _look(session, book, change, "care", grade, span, self._today())

    @needs(Right.SEE_FEES)
    def of_own_price(self, asked: AskedPrice) -> FeeChange:
        """Look at a price for one resident alone."""
        who, span = asked.resident_id, asked.span
        with self._reading() as session:
            code = session.get_one(FeeItemRow, asked.item_id).code
            price = PersonalPrice(
                code,
                span,
                asked.kind,  # type: ignore[arg-type]  # the service checks it
                asked.value,
                asked.reason,
                self._user.name,
            )
            book = Book(session, [who], with_reserved=True)

            def agree() -> None:
                book.personal[who] = [*book.personal.get(who, ()), price]

            def concerns(line: BillLine) -> bool:
                return line.item_code == code

            return _weigh(session, book, who, span, agree, concerns)

    @needs(Right.CHANGE_RESIDENTS)
    def of_meals(self, resident_id: int, plan: str, starts: date) -> FeeChange:
        """Look at another meal plan."""
        with self._reading() as session:
            change = Change(resident_id, starts, meal=plan)
            book = Book(session, [resident_id], with_reserved=True)
            span = _until_the_next(book, resident_id, "meal", starts)
            return _look(session, book, change, "meal", plan, span, self._today())


def _look(
    session: Session,
    book: Book,
    change: Change,
    category: str,
    applies_to: str,
    wanted: Period,
    today: date,
) -> FeeChange:
    """Weigh a change of bed, grade or meals, and what it brings with it besides."""
    who = change.resident_id

    def alter() -> None:
        book.uses[who] = _changed(book, who, category, applies_to, wanted)

    def concerns(line: BillLine) -> bool:
        return line.category == category

    found = _weigh(session, book, who, wanted, alter, concerns)
    lines = (line for source in SOURCES for line in source(session, change, today))
    return replace(found, lines=tuple(lines))


def _weigh(
    session: Session,
    book: Book,
    resident_id: int,
    wanted: Period,
    alter: Callable[[], None],
    concerns: Callable[[BillLine], bool],
) -> FeeChange:
    """Compare what is paid before and after `alter` has changed the book."""
    starts = wanted.start
    before = service_fee_of(book, resident_id, starts)
    month = month_of(starts)
    facts_before = book.facts(resident_id, month.start)
    alter()
    after = service_fee_of(book, resident_id, starts)
    facts_after = book.facts(resident_id, month.start)
    charged = [
        line
        for line in bill_month(facts_after).lines
        if line.kind == "fee" and concerns(line)
    ]
    span = wanted.within(month) or Period(starts, starts)
    days = sum(Period(line.starts, line.ends).days_within(span) for line in charged)
    book_of_rules = rulebook_in(session)
    pack = book_of_rules.on(starts)
    found = FeeChange(
        starts,
        before,
        after,
        day_exact_difference(facts_before, facts_after),
        days,
        _cap(pack, before),
        _cap(pack, after),
        held_in(session, resident_id),
        None,
    )
    if found.excess:
        refund_by = starts + timedelta(days=book_of_rules.refund_days(starts))
        return replace(found, overheld_by=refund_by)
    return found


def _outlook(session: Session, book: Book, resident_id: int, day: date) -> Outlook:
    fee = service_fee_of(book, resident_id, day)
    return Outlook(fee, _cap(rulebook_in(session).on(day), fee))


def _cap(pack: RulePack, fee: ServiceFee) -> int | None:
    return deposits.cap(pack, fee.total, fee.bed) if pack.deposit else None


def _until_the_next(
    book: Book, resident_id: int, category: str, starts: date
) -> Period:
    """Return how long something holds from a day on: until what is noted to follow."""
    noted = [
        use.period
        for use in book.uses.get(resident_id, ())
        if book.items[use.item_code].category == category
    ]
    ends = [each.end for each in noted if each.holds(starts) and each.end is not None]
    follow = [each.start for each in noted if each.start > starts]
    return Period(starts, min((*ends, *follow), default=None))


def _changed(
    book: Book, resident_id: int, category: str, applies_to: str, wanted: Period
) -> list[ItemUse]:
    """Return a resident's uses with those of one category changed for some days."""
    kept = []
    for use in book.uses.get(resident_id, ()):
        if book.items[use.item_code].category != category:
            kept.append(use)
            continue
        if use.period.start < wanted.start:
            end = min(use.period.end or wanted.start, wanted.start)
            kept.append(ItemUse(use.item_code, Period(use.period.start, end)))
        elif wanted.end is not None and use.period.start >= wanted.end:
            kept.append(use)
    if applies_to:
        kept.append(ItemUse(book.item_code(category, applies_to), wanted))
    return kept
