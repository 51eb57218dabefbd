"""Personal prices that somebody asks for and a second person decides on."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from carehome.db.billing import PersonalPriceRow
from carehome.db.residents import ResidentRow
from carehome.rules.periods import Period
from carehome.rules.prices.approval import NotWaiting, OwnPriceState, check_reason
from carehome.rules.rights import Right
from carehome.services.prices.deciding import check_second_in
from carehome.services.prices.own import (
    AskedPrice,
    OwnPrice,
    check_ceiling_in,
    own_prices_in,
)
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A personal price and the resident it is for."""

    resident: str
    price: OwnPrice


class OwnPrices(Service):
    """What one person can do with personal prices on their way to approval."""

    @needs(Right.SEE_FEES)
    def of(self, resident_id: int) -> list[OwnPrice]:
        """List the personal prices of a resident of any state, the newest first."""
        with self._reading() as session:
            return own_prices_in(session, PersonalPriceRow.resident_id == resident_id)

    @needs(Right.SEE_FEES)
    def waiting(self) -> list[AskedFor]:
        """List what waits for approval, the oldest first."""
        with self._reading() as session:
            return _named(session, PersonalPriceRow.state == OwnPriceState.ASKED)

    @needs(Right.SEE_FEES)
    def all(self) -> list[AskedFor]:
        """List the personal prices of everybody, what waits first."""
        with self._reading() as session:
            return _named(session, PersonalPriceRow.id > 0)

    @needs(Right.APPROVE_PRICES)
    def approve(self, price_id: int) -> None:
        """Let a personal price count from its day on."""
        with self._writing() as session:
            row = _waiting(session, price_id)
            check_ceiling_in(session, _asked(row))
            row.is_alone = check_second_in(session, row.asked_by, self._user)
            row.approver, row.decided_by = self._user.name, self._user.account_id
            row.decided_at = self._now()
            row.state = OwnPriceState.APPROVED

    @needs(Right.APPROVE_PRICES)
    def refuse(self, price_id: int, reason: str) -> None:
        """Say no to a personal price, and why."""
        with self._writing() as session:
            row = _waiting(session, price_id)
            row.answer = check_reason(reason)
            row.decided_by, row.decided_at = self._user.account_id, self._now()
            row.state = OwnPriceState.REFUSED

    @needs(Right.ASK_PRICE)
    def withdraw(self, price_id: int) -> None:
        """Take back what was asked for and nobody has decided on yet."""
        with self._writing() as session:
            _waiting(session, price_id).state = OwnPriceState.WITHDRAWN


def waiting_since_in(session: Session) -> list[date]:
    """Return since when personal prices wait for approval, the oldest first."""
    rows = session.scalars(
        select(PersonalPriceRow.asked_at)
        .where(PersonalPriceRow.state == OwnPriceState.ASKED)
        .order_by(PersonalPriceRow.asked_at)
    )
    return [asked.date() for asked in rows if asked]


def _waiting(session: Session, price_id: int) -> PersonalPriceRow:
    row = session.get(PersonalPriceRow, price_id)
    if row is None or row.state != OwnPriceState.ASKED:
        raise NotWaiting
    return row


def _asked(row: PersonalPriceRow) -> AskedPrice:
    span = Period(row.starts, row.ends)
    told = row.kind, row.value, row.reason
    return AskedPrice(row.resident_id, row.fee_item_id, span, *told)


def _named(session: Session, which: ColumnElement[bool]) -> list[AskedFor]:
    found = own_prices_in(session, which)
    who = select(ResidentRow.id, ResidentRow.name).where(
        ResidentRow.id.in_({price.resident_id for price in found})
    )
    names = {row.id: row.name for row in session.execute(who)}
    found.sort(key=lambda price: price.state is not OwnPriceState.ASKED)
    return [AskedFor(names[price.resident_id], price) for price in found]
