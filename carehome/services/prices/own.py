"""What single residents pay beside the price list, or instead of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import (
    FeeItemRow,
    PersonalPriceRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.billing import checks
from carehome.rules.billing.facts import PersonalPrice
from carehome.rules.periods import Period
from carehome.services.fees import as_personal_price
from carehome.services.prices.sheets import as_item


class PersonalPriceTaken(Refusal):
    """The resident already has a personal price for the item on those days."""

    text = N_("“{item}” already has a personal price from {day}. End that one first.")


class BadCover(Refusal):
    """Another payer bears nothing, or more than all."""

    text = N_("Another payer bears 1 to 100 per cent, or an amount above 0.")


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """What a resident pays for an item instead of the list price."""

    price_id: int
    item_id: int
    item: str
    starts: date
    ends: date | None
    kind: str
    value: int
    reason: str
    approver: str


@dataclass(frozen=True, slots=True)
class OwnCharge:
    """A charge of one resident beside bed, care and meals; a standing one counts 0."""

    charge_id: int
    item_id: int
    item: str
    starts: date
    ends: date | None
    quantity: int
    note: str

    @property
    def is_standing(self) -> bool:
        """Say whether it is charged for a span rather than by use."""
        return self.quantity == 0


@dataclass(frozen=True, slots=True)
class OwnCover:
    """What another payer bears of one resident's fees."""

    cover_id: int
    payer: str
    payer_name: str
    category: str
    starts: date
    ends: date | None
    kind: str
    value: int


def set_own_price_in(
    session: Session,
    resident_id: int,
    item_id: int,
    span: Period,
    kind: str,
    value: int,
    reason: str,
    approver: str,
) -> int:
    """Agree on a personal price within another deed."""
    checks.check_span(span)
    item = session.get_one(FeeItemRow, item_id)
    row = PersonalPriceRow(
        resident_id=resident_id,
        fee_item_id=item_id,
        starts=span.start,
        ends=span.end,
        kind=kind,
        value=value,
        reason=reason.strip(),
        approver=approver,
    )
    codes = {item_id: item.code}
    fresh: PersonalPrice = as_personal_price(row, codes)
    checks.check_personal_prices([fresh], {item.code: as_item(item)})
    others = session.scalars(
        select(PersonalPriceRow).where(
            PersonalPriceRow.resident_id == resident_id,
            PersonalPriceRow.fee_item_id == item_id,
        )
    )
    for other in others:
        if as_personal_price(other, codes).period.overlaps(span):
            raise PersonalPriceTaken(item=item.name, day=other.starts)
    session.add(row)
    session.flush()
    return row.id
