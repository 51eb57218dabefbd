"""What is prepaid for whom, how long it lasts, and where it is more than may be."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow
from carehome.rules.billing import payments as rules
from carehome.rules.billing.tariff import NoPrice
from carehome.services.fees import Book, service_fee_of
from carehome.services.payments import balances_in
from carehome.services.receipts import places_in
from carehome.services.rulebook import pack_in


@dataclass(frozen=True, slots=True)
class PrepaidStanding:
    """What is prepaid for one resident; who has left pays no monthly fee any more.

    `cap` is None while no price list says what a month costs.
    """

    resident_id: int
    resident: str
    place: str
    fen: int
    monthly_fee: int | None
    cap: int | None
    lives_here: bool

    @property
    def months(self) -> Fraction | None:
        """For how many months it lasts at the prices of today."""
        return rules.months_ahead(self.fen, self.monthly_fee or 0)

    @property
    def excess(self) -> int:
        """What is prepaid above the cap, in fen."""
        return 0 if self.cap is None else max(self.fen - self.cap, 0)


def prepaid_in(session: Session, today: date) -> list[PrepaidStanding]:
    """List for whom something is prepaid, first where it is too much."""
    prepaid = {who: fen for who, (_, fen) in balances_in(session).items() if fen > 0}
    names: dict[int, str] = defaultdict(str)
    names.update(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    places = places_in(session, today, prepaid)
    months = pack_in(session, today).prepaid.months
    book = Book(session, list(prepaid))
    found = []
    for resident_id, fen in prepaid.items():
        fee = _fee(book, resident_id, today)
        cap = None if fee is None else rules.prepaid_cap(months, fee)
        here = any(stay.holds(today) for stay in book.stays.get(resident_id, ()))
        who = resident_id, names[resident_id], places.get(resident_id, "")
        found.append(PrepaidStanding(*who, fen, fee, cap, here))
    return sorted(found, key=lambda each: (-each.excess, -each.fen))


def _fee(book: Book, resident_id: int, day: date) -> int | None:
    try:
        return service_fee_of(book, resident_id, day).total
    except NoPrice:
        return None
