"""Trying prices on a real month: everything is read once, and nothing is stored."""

from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow
from carehome.db.billing import FeeItemRow, PriceListRow, PriceRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.rules.billing.runs import charged_days, ordinals
from carehome.rules.billing.tariff import PriceList
from carehome.rules.income import Basis, Lived
from carehome.rules.periods import DAY, months_after
from carehome.rules.rights import Right
from carehome.services.deposits.standings import Ledger
from carehome.services.fees import Book, terms_of
from carehome.services.grades import charged_by_in
from carehome.services.home import labels_in
from carehome.services.rulebook import pack_in
from carehome.services.service import Service, needs


class Trying(Service):
    """What one person can try with prices."""

    @needs(Right.SEE_FEES)
    def basis(self, list_id: int, month: date) -> Basis:
        """Read a month, and the price list that shall be tried on it."""
        with self._reading() as session:
            return _basis_in(session, list_id, month.replace(day=1))


def _basis_in(session: Session, list_id: int, month: date) -> Basis:
    end = months_after(month, 1)
    ledger = Ledger(session)
    book = Book(session)
    grades = charged_by_in(session, end)
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    lived = []
    for resident_id in sorted(book.stays):
        facts = book.facts(resident_id, month)
        days = charged_days(facts.stays, ordinals(facts.span), facts.settings)
        if days:
            lived_days = sum(last - first for first, last in days)
            lived.append(
                Lived(
                    resident_id,
                    names[resident_id],
                    grades.get(resident_id, ""),
                    facts,
                    ledger.held(resident_id),
                    Fraction(lived_days, (end - month).days),
                )
            )
    labels = labels_in(session, "nursing_grade")
    known = labels | {x.grade: x.grade for x in lived if x.grade not in labels}
    now = book.tariff.in_force(end - DAY) or PriceList(month, {})
    return Basis(
        month,
        session.scalar(select(func.count(BedRow.id))) or 0,
        tuple(lived),
        book.items,
        known,
        {grade: _care_item(book, grade) for grade in known},
        now,
        _list_in(session, list_id),
        pack_in(session, end - DAY),
    )


def _care_item(book: Book, grade: str) -> str:
    """Return what is charged for a grade, empty where nothing is."""
    try:
        return book.item_code("care", grade)
    except Refusal:
        return ""


def _list_in(session: Session, list_id: int) -> PriceList:
    """Return one version of the price list, however far it has come."""
    row = session.get_one(PriceListRow, list_id)
    prices = session.execute(
        select(FeeItemRow.code, PriceRow.fen)
        .join(FeeItemRow, FeeItemRow.id == PriceRow.fee_item_id)
        .where(PriceRow.price_list_id == list_id)
    )
    return PriceList(row.starts, dict(prices.all()), terms_of(row))
